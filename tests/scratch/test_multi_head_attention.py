"""Multi-head attention against Keras's layer with the same weights, and against differences."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.attention_masks import create_look_ahead_mask
from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.multi_head_attention import (
    SHAPES,
    multi_head_attention_backward,
    multi_head_attention_forward,
)

SIZES = {"m": 2, "t_q": 3, "t_k": 4, "n_q": 5, "n_k": 3, "n_v": 2, "heads": 2, "d": 3, "d_v": 2,
         "n_out": 4}  # fmt: skip
INPUTS = {"query": ("m", "t_q", "n_q"), "keys": ("m", "t_k", "n_k"), "values": ("m", "t_k", "n_v")}


def example(seed=0, **sizes):
    sizes = SIZES | sizes
    rng = np.random.default_rng(seed)
    arrays = {
        name: rng.standard_normal([sizes[letter] for letter in shape])
        for name, shape in (INPUTS | SHAPES).items()
    }
    return arrays, rng.random([sizes[letter] for letter in ("m", "t_q", "t_k")]) < 0.7, rng


def forward(arrays, mask=None):
    inputs = [arrays[name] for name in INPUTS]
    return multi_head_attention_forward(*inputs, {n: arrays[n] for n in SHAPES}, mask)


@pytest.mark.parametrize("masked", [False, True])
def test_forward_against_keras(masked):
    arrays, mask, _ = example(d=4)  # Keras rounds 1/√d to float32, which is exact for 4
    mask[..., 0] = True  # Keras lets a query that may look nowhere look everywhere
    mask = mask if masked else None
    layer = keras.layers.MultiHeadAttention(2, 4, value_dim=2, output_shape=4, dtype="float64")
    layer.build(arrays["query"].shape, arrays["values"].shape, arrays["keys"].shape)
    # of query, keys, values and output, in this order: as in SHAPES
    shapes = [tuple(weight.shape) for weight in layer.weights]
    assert shapes == [arrays[name].shape for name in SHAPES]
    layer.set_weights([arrays[name] for name in SHAPES])
    expected, weights = layer(
        *(arrays[name] for name in ("query", "values", "keys")),
        attention_mask=mask,
        return_attention_scores=True,
    )
    output, cache = forward(arrays, mask)
    np.testing.assert_allclose(output, expected.numpy(), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(cache["weights"], weights.numpy(), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(
    "sizes",
    [{}, dict.fromkeys(SIZES, 1), {"heads": 1, "t_q": 1}, {"m": 1, "t_k": 1, "d_v": 1, "n_out": 1}],
)
@pytest.mark.parametrize("masked", [False, True])
def test_backward_against_differences(sizes, masked):
    arrays, mask, rng = example(seed=1, **sizes)
    mask = mask | (np.arange(mask.shape[2]) == 0) if masked else None
    output, cache = forward(arrays, mask)
    upstream = rng.standard_normal(output.shape)
    gradients = multi_head_attention_backward(upstream, cache)
    report = check_gradient(lambda a: np.sum(upstream * forward(a, mask)[0]), arrays, gradients)
    assert report.ratio < 1e-7, report


def test_empty_batch():
    arrays, mask, _ = example(m=0)
    output, cache = forward(arrays, mask)
    gradients = multi_head_attention_backward(output, cache)
    assert output.shape == (0, 3, 4)
    assert {n: g.shape for n, g in gradients.items()} == {
        f"d{n}": a.shape for n, a in arrays.items()
    }
    assert not any(np.any(g) for g in gradients.values())


@given(st.integers(0, 10**6))
def test_self_attention_permutes_with_its_sequence(seed):
    arrays, _, rng = example(seed, t_q=4, n_k=5, n_v=5)
    x, order = arrays["query"], rng.permutation(4)
    output, _ = forward(arrays | dict.fromkeys(INPUTS, x))
    permuted, _ = forward(arrays | dict.fromkeys(INPUTS, x[:, order]))
    np.testing.assert_allclose(permuted, output[:, order], rtol=1e-9, atol=1e-11)


def test_one_mask_for_all_heads_and_all_examples():
    arrays, _, _ = example(t_k=3)
    look_ahead = create_look_ahead_mask(3)
    output, cache = forward(arrays, look_ahead)
    assert np.all(cache["weights"][..., ~look_ahead[0]] == 0)
    np.testing.assert_array_equal(output, forward(arrays, look_ahead[0])[0])


def test_single_precision_stays():
    arrays, mask, _ = example()
    output, cache = forward({n: a.astype(np.float32) for n, a in arrays.items()}, mask)
    gradients = multi_head_attention_backward(output, cache)
    assert {a.dtype for a in (output, *gradients.values())} == {np.dtype(np.float32)}


A, MASK, _ = example()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"query": A["query"][0]}, r"query: expected shape \(m, t_q, n_q\); got \(3, 5\)"),
        ({"values": A["values"][:, 1:]}, r"values: expected shape \(m=2, t_k=4, n_v\)"),
        ({"Wk": A["Wk"][:, :1]}, r"Wk: expected shape \(n_k=3, heads=2, d=3\); got \(3, 1, 3\)"),
        ({"Wo": A["Wo"][0]}, r"Wo: expected shape \(heads=2, d_v=2, n_out\); got \(2, 4\)"),
        ({"bo": A["bo"][1:]}, r"bo: expected shape \(n_out=4,\); got \(3,\)"),
        ({"bq": A["bq"] * np.nan}, "bq: expected numbers; got NaN in 6 of 6"),
        ({"keys": A["keys"][:, :0], "values": A["values"][:, :0]}, "k: expected at least one key"),
    ],
)
def test_bad_input_is_named(changed, message):
    with pytest.raises(ValueError, match=message):
        forward(A | changed)


def test_a_gradient_or_mask_of_another_shape_is_named():
    with pytest.raises(ValueError, match=r"d_output: expected shape \(2, 3, 4\); got \(2, 3, 1\)"):
        multi_head_attention_backward(np.ones((2, 3, 1)), forward(A)[1])
    with pytest.raises(ValueError, match=r"mask: .*\(2, 2, 3, 4\); got \(2, 1, 4, 3\)"):
        forward(A, np.swapaxes(MASK, 1, 2))
