"""Additive attention against Keras, loops and differences."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.additive_attention import (
    additive_attention_backward,
    additive_attention_forward,
)
from dlcourse.scratch.gradient_check import check_gradient

# m, t_q, t_k, n_q, n_k, n_v, units
SIZES = [(2, 3, 4, 2, 3, 5, 4), (1, 1, 1, 1, 1, 1, 1), (3, 1, 4, 2, 1, 2, 3), (2, 3, 2, 1, 2, 1, 1)]


def example(sizes=SIZES[0], seed=0):
    m, t_q, t_k, n_q, n_k, n_v, units = sizes
    rng = np.random.default_rng(seed)
    shapes = {
        "query": (m, t_q, n_q), "keys": (m, t_k, n_k), "values": (m, t_k, n_v),
        "Wq": (n_q, units), "Wk": (n_k, units), "w": (units,),
    }  # fmt: skip
    arrays = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    return arrays, rng.random((m, t_q, t_k)) < 0.7, rng


def forward(arrays, mask=None):
    sequences = [arrays[name] for name in ("query", "keys", "values")]
    return additive_attention_forward(*sequences, {n: arrays[n] for n in ("Wq", "Wk", "w")}, mask)


def test_forward_against_keras():
    arrays, _, _ = example()
    seen = np.array([[True, True, False, True], [True, False, False, True]])
    # the layer of Keras leaves the two projections to us
    query, keys = arrays["query"] @ arrays["Wq"], arrays["keys"] @ arrays["Wk"]
    inputs = [keras.ops.convert_to_tensor(x) for x in (query, arrays["values"], keys)]
    layer = keras.layers.AdditiveAttention(dtype="float64")
    layer.build([x.shape for x in inputs])
    layer.set_weights([arrays["w"]])
    for mask in (None, seen):
        expected, weights = layer(inputs, mask=[None, mask], return_attention_scores=True)
        context, cache = forward(arrays, None if mask is None else mask[:, np.newaxis])
        np.testing.assert_allclose(context, expected.numpy(), rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(cache["weights"], weights.numpy(), rtol=1e-10, atol=1e-13)


def test_forward_against_loops():
    a, mask, _ = example()
    context, _ = forward(a, mask)
    for i, j in np.ndindex(2, 3):
        powers = {
            s: np.exp(a["w"] @ np.tanh(a["Wq"].T @ a["query"][i, j] + a["Wk"].T @ a["keys"][i, s]))
            for s in range(4)
            if mask[i, j, s]
        }
        total = sum(powers.values())
        expected = sum((p / total * a["values"][i, s] for s, p in powers.items()), np.zeros(5))
        np.testing.assert_allclose(context[i, j], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("masked", [False, True])
def test_backward_against_differences(sizes, masked):
    arrays, mask, rng = example(sizes)
    mask = mask | (np.arange(sizes[2]) == 0) if masked else None
    context, cache = forward(arrays, mask)
    upstream = rng.standard_normal(context.shape)
    gradients = additive_attention_backward(upstream, cache)
    report = check_gradient(lambda a: np.sum(upstream * forward(a, mask)[0]), arrays, gradients)
    assert report.ratio < 1e-7, report


def test_empty_batch():
    arrays, mask, _ = example((0, *SIZES[0][1:]))
    context, cache = forward(arrays, mask)
    gradients = additive_attention_backward(context, cache)
    assert context.shape == (0, 3, 5)
    assert {n: g.shape for n, g in gradients.items()} == {
        f"d{n}": a.shape for n, a in arrays.items()
    }
    assert not any(np.any(g) for g in gradients.values())


@given(st.integers(0, 10**6))
def test_permutations_of_queries_and_of_keys(seed):
    arrays, mask, rng = example(seed=seed)
    queries, keys = rng.permutation(3), rng.permutation(4)
    permuted = arrays | {
        "query": arrays["query"][:, queries],
        "keys": arrays["keys"][:, keys],
        "values": arrays["values"][:, keys],
    }
    context, _ = forward(arrays, mask)
    again, _ = forward(permuted, mask[:, queries][..., keys])
    np.testing.assert_allclose(again, context[:, queries], rtol=1e-10, atol=1e-13)


def test_single_precision_stays():
    arrays, mask, _ = example()
    context, cache = forward({n: a.astype(np.float32) for n, a in arrays.items()}, mask)
    gradients = additive_attention_backward(context, cache)
    assert {a.dtype for a in (context, *gradients.values())} == {np.dtype(np.float32)}


A, MASK, _ = example()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"query": A["query"][0]}, r"query: expected shape \(m, t_q, n_q\); got \(3, 2\)"),
        ({"keys": A["keys"][:1]}, r"keys: expected shape \(m=2, t_k, n_k\); got \(1, 4, 3\)"),
        ({"values": A["values"][:, 1:]}, r"values: expected shape \(m=2, t_k=4, n_v\)"),
        ({"Wk": A["Wk"].T}, r"Wk: expected shape \(n_k=3, units=4\); got \(4, 3\)"),
        ({"w": A["w"] * np.nan}, "w: expected numbers; got NaN in 4 of 4"),
        ({"keys": A["keys"][:, :0], "values": A["values"][:, :0]}, "scores: expected at least one"),
    ],
)
def test_bad_input_is_named(changed, message):
    with pytest.raises(ValueError, match=message):
        forward(A | changed)


def test_a_gradient_or_mask_of_another_shape_is_named():
    with pytest.raises(ValueError, match=r"d_context: expected shape \(2, 3, 5\); got \(2, 3, 4\)"):
        additive_attention_backward(np.ones((2, 3, 4)), forward(A)[1])
    with pytest.raises(ValueError, match=r"mask: .* \(2, 3, 4\); got \(2, 4, 3\)"):
        forward(A, np.swapaxes(MASK, 1, 2))
