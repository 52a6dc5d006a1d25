"""Dot-product attention against Keras and loops, differences, and what permutations do to it."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.attention import (
    attention_weights,
    attention_weights_backward,
    scaled_dot_product_attention,
    scaled_dot_product_attention_backward,
)
from dlcourse.scratch.gradient_check import check_gradient

seeds = st.integers(0, 10**6)
# m, t_q, t_k, d, d_v
SIZES = [(2, 3, 4, 5, 2), (1, 1, 1, 1, 1), (3, 1, 4, 2, 1), (2, 4, 1, 3, 2), (1, 2, 3, 1, 4)]


def example(m=2, t_q=3, t_k=4, d=5, d_v=2, seed=0):
    rng = np.random.default_rng(seed)
    q, k = rng.standard_normal((m, t_q, d)), rng.standard_normal((m, t_k, d))
    mask = rng.random((m, t_q, t_k)) < 0.7
    return q, k, rng.standard_normal((m, t_k, d_v)), mask, rng


def test_forward_against_the_layer_of_keras():
    q, k, v, _, _ = example(t_q=4)
    seen = np.array([[True, True, False, True], [True, False, False, True]])
    layer = keras.layers.Attention(dtype="float64")
    for mask, causal in [(None, False), (seen, False), (seen, True)]:
        # it does not scale by √d, so it gets a query that is scaled already
        inputs = [keras.ops.convert_to_tensor(x) for x in (q / np.sqrt(5), v, k)]
        expected, expected_weights = layer(
            inputs, mask=[None, mask], use_causal_mask=causal, return_attention_scores=True
        )
        ours = np.ones((1, 4, 4), bool) if mask is None else seen[:, np.newaxis]
        output, weights = scaled_dot_product_attention(
            q, k, v, ours & np.tri(4, dtype=bool) if causal else ours
        )
        np.testing.assert_allclose(output, expected.numpy(), rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(weights, expected_weights.numpy(), rtol=1e-10, atol=1e-13)


def test_forward_against_the_operation_of_keras():
    q, k, v, mask, _ = example(d=4)  # it rounds 1/√d to float32, which is exact for 4
    mask[..., 0] = True  # it lets a query that may look nowhere look everywhere
    expected = keras.ops.dot_product_attention(
        *(x[:, :, np.newaxis] for x in (q, k, v)), mask=mask[:, np.newaxis]
    )
    output, _ = scaled_dot_product_attention(q, k, v, mask)
    np.testing.assert_allclose(output, expected.numpy()[:, :, 0], rtol=1e-10, atol=1e-13)


def test_forward_against_loops():
    q, k, v, mask, _ = example()
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    for i, j in np.ndindex(2, 3):
        seen = [s for s in range(4) if mask[i, j, s]]
        powers = {s: np.exp(sum(q[i, j] * k[i, s]) / np.sqrt(5)) for s in seen}
        total = sum(powers.values())
        expected = sum((powers[s] / total * v[i, s] for s in seen), np.zeros(2))
        np.testing.assert_allclose(output[i, j], expected, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(
            weights[i, j], [powers[s] / total if s in seen else 0 for s in range(4)], rtol=1e-12
        )


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("masked", [False, True])
def test_backward_against_differences(sizes, masked):
    q, k, v, mask, rng = example(*sizes)
    mask[:, 0] = False  # a query that may look nowhere
    mask = mask if masked and sizes[1] > 1 else None
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    upstream = rng.standard_normal(output.shape)
    gradients = scaled_dot_product_attention_backward(upstream, q, k, v, weights)
    report = check_gradient(
        lambda p: np.sum(upstream * scaled_dot_product_attention(*p.values(), mask)[0]),
        {"q": q, "k": k, "v": v},
        dict(zip("qkv", gradients, strict=True)),
    )
    assert report.ratio < 1e-7, report


def test_the_softmax_backward_against_differences():
    rng = np.random.default_rng(0)
    scores, upstream = rng.standard_normal((2, 3, 2, 4))
    mask = [[True, True, False, True], [False, True, False, True]]
    gradient = attention_weights_backward(upstream, attention_weights(scores, mask))
    report = check_gradient(
        lambda s: np.sum(upstream * attention_weights(s, mask)), scores, gradient
    )
    assert report.ratio < 1e-7, report
    assert np.all(gradient[:, ~np.array(mask)] == 0)


def test_empty_batch_and_no_query():
    for q, k, v, mask, _ in (example(m=0), example(t_q=0)):
        output, weights = scaled_dot_product_attention(q, k, v, mask)
        assert output.shape == (*q.shape[:2], 2)
        gradients = scaled_dot_product_attention_backward(output, q, k, v, weights)
        assert [g.shape for g in gradients] == [q.shape, k.shape, v.shape]


def test_heads_are_a_batch_axis():
    q, k, v, mask, _ = example(m=6)
    split = [x.reshape(2, 3, *x.shape[1:]) for x in (q, k, v, mask)]
    output, weights = scaled_dot_product_attention(*split)
    expected, expected_weights = scaled_dot_product_attention(q, k, v, mask)
    np.testing.assert_allclose(output.reshape(expected.shape), expected, rtol=1e-12)
    np.testing.assert_allclose(weights.reshape(expected_weights.shape), expected_weights)


def test_a_blind_query_gets_nothing():
    q, k, v, mask, _ = example()
    mask[0, 1] = False
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    assert not np.any(output[0, 1]) and not np.any(weights[0, 1])
    others = np.any(mask, axis=-1)
    np.testing.assert_allclose(weights.sum(axis=-1)[others], 1)


@given(seeds)
def test_permuted_queries_give_permuted_outputs(seed):
    q, k, v, mask, rng = example(seed=seed)
    order = rng.permutation(3)
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    permuted, permuted_weights = scaled_dot_product_attention(q[:, order], k, v, mask[:, order])
    np.testing.assert_allclose(permuted, output[:, order], rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(permuted_weights, weights[:, order], rtol=1e-10, atol=1e-13)


@given(seeds)
def test_permuted_keys_and_values_change_nothing(seed):
    q, k, v, mask, rng = example(seed=seed)
    order = rng.permutation(4)
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    permuted, permuted_weights = scaled_dot_product_attention(
        q, k[:, order], v[:, order], mask[..., order]
    )
    np.testing.assert_allclose(permuted, output, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(permuted_weights, weights[..., order], rtol=1e-10, atol=1e-13)


@given(seeds)
def test_self_attention_is_blind_to_order(seed):
    x = np.random.default_rng(seed).standard_normal((2, 5, 3))
    order = np.random.default_rng(seed + 1).permutation(5)
    output, _ = scaled_dot_product_attention(x, x, x)
    permuted, _ = scaled_dot_product_attention(x[:, order], x[:, order], x[:, order])
    np.testing.assert_allclose(permuted, output[:, order], rtol=1e-10, atol=1e-13)


@given(seeds, st.floats(-1e4, 1e4))
def test_a_shift_of_the_scores_changes_nothing(seed, shift):
    rng = np.random.default_rng(seed)
    scores, mask = rng.standard_normal((2, 3, 4)), rng.random((2, 3, 4)) < 0.6
    weights = attention_weights(scores, mask)
    np.testing.assert_allclose(attention_weights(scores + shift, mask), weights, atol=1e-10)


@pytest.mark.parametrize("size", [1e4, -1e4])
def test_extreme_scores(size):
    weights = attention_weights([[size, 0.0, -size]])
    assert weights.tolist() == ([[1.0, 0.0, 0.0]] if size > 0 else [[0.0, 0.0, 1.0]])


def test_single_precision_stays_and_zeros_and_ones_are_a_mask():
    q, k, v, mask, _ = example()
    q, k, v = (x.astype(np.float32) for x in (q, k, v))
    output, weights = scaled_dot_product_attention(q, k, v, mask)
    gradients = scaled_dot_product_attention_backward(output, q, k, v, weights)
    assert {a.dtype for a in (output, weights, *gradients)} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(
        output, scaled_dot_product_attention(q, k, v, mask.astype(np.float32))[0]
    )


Q, K, V, MASK, _ = example()
WEIGHTS = scaled_dot_product_attention(Q, K, V)[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scaled_dot_product_attention(Q, K[..., 1:], V), r"k: expected .*d=5\); got \(2, "),
        (lambda: scaled_dot_product_attention(Q, K, V[:, 1:]), r"v: expected .*t_k=4, d_v\); got"),
        (lambda: scaled_dot_product_attention(Q, K[:1], V), r"k: expected shape \(2, t_k, d=5\)"),
        (lambda: scaled_dot_product_attention(Q[0, 0], K, V), r"q: expected .*t_q, d\); got \(5,"),
        (lambda: scaled_dot_product_attention(Q, K[:, :0], V[:, :0]), "k: expected at least one"),
        (
            lambda: scaled_dot_product_attention(Q, K, V, MASK[:, 1:]),
            r"mask: expected a shape that broadcasts to the scores, \(2, 3, 4\); got \(2, 2, 4\)",
        ),
        (lambda: attention_weights(np.ones((2, 0))), "scores: expected at least one key"),
        (lambda: attention_weights_backward([[1.0]], [[0.5, 0.5]]), r"d_weights: expected .*1, 2"),
        (
            lambda: scaled_dot_product_attention_backward(V, Q, K, V, WEIGHTS),
            r"d_output: expected shape \(2, t_q=3, d_v=2\); got \(2, 4, 2\)",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
