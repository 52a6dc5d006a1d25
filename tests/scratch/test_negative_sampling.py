"""Negative sampling against Keras's binary cross-entropy, differences and the law of its draws."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.negative_sampling import (
    draw_negatives,
    keep_probability,
    negative_sampling_backward,
    negative_sampling_forward,
    noise_distribution,
)


def example(m=4, V=6, n=3, k=5, seed=0):
    rng = np.random.default_rng(seed)
    h, U = rng.standard_normal((m, n)), rng.standard_normal((V, n))
    return h, rng.integers(V, size=m), rng.integers(V, size=(m, k)), U


def test_it_is_one_plus_k_logistic_regressions():
    h, targets, negatives, U = example()
    words = np.column_stack([targets, negatives])
    logits = np.einsum("mn,mkn->mk", h, U[words])
    labels = np.zeros_like(logits)
    labels[:, 0] = 1
    losses = keras.ops.binary_crossentropy(labels, logits, from_logits=True).numpy()
    cost, _ = negative_sampling_forward(h, targets, negatives, U)
    assert cost == pytest.approx(losses.sum(axis=1).mean())


@pytest.mark.parametrize(
    ("m", "V", "n", "k"), [(4, 6, 3, 5), (1, 6, 3, 1), (3, 1, 2, 4), (2, 5, 1, 2), (3, 4, 2, 0)]
)
def test_gradients_against_differences(m, V, n, k):
    h, targets, negatives, U = example(m, V, n, k)
    dh, dU = negative_sampling_backward(negative_sampling_forward(h, targets, negatives, U)[1])
    report = check_gradient(
        lambda p: negative_sampling_forward(p["h"], targets, negatives, p["U"])[0],
        {"h": h, "U": U},
        {"h": dh, "U": dU},
    )
    assert report.ratio < 1e-7, report


def test_no_example_costs_nothing():
    h, targets, negatives, U = example(m=0)
    cost, cache = negative_sampling_forward(h, targets, negatives, U)
    dh, dU = negative_sampling_backward(cache)
    assert cost == 0.0 and dh.shape == (0, 3) and not np.any(dU)


def test_extreme_scores():
    cost, cache = negative_sampling_forward([[1.0]], [0], [[1]], [[-1e4], [1e4]])
    assert cost == 2e4
    assert all(np.all(np.isfinite(gradient)) for gradient in negative_sampling_backward(cache))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_noise_by_its_formula(counts):
    powers = [count**0.75 for count in counts]
    np.testing.assert_allclose(noise_distribution(counts), np.array(powers) / sum(powers))


def test_noise_lies_between_the_text_and_all_alike():
    counts = np.array([900, 90, 10])
    text = noise_distribution(counts, power=1)
    np.testing.assert_allclose(text, counts / 1000)
    noise = noise_distribution(counts)
    assert noise[0] < text[0] and noise[2] > text[2]


def test_draws_follow_the_noise():
    noise = noise_distribution([50, 20, 5, 1, 0])
    draws = draw_negatives(4000, 5, noise, np.random.default_rng(0))
    observed = np.bincount(draws.ravel(), minlength=5)
    assert draws.shape == (4000, 5) and observed[4] == 0
    assert stats.chisquare(observed[:4], noise[:4] * draws.size).pvalue > 0.001
    assert draw_negatives(0, 5, noise, np.random.default_rng(0)).shape == (0, 5)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any), st.floats(1e-6, 2))
def test_subsampling_by_its_formula(counts, threshold):
    total = sum(counts)
    expected = [min(1, np.sqrt(threshold * total / c)) if c else 1 for c in counts]
    np.testing.assert_allclose(keep_probability(counts, threshold), expected)
    assert np.max(keep_probability(counts, threshold)) <= 1


def test_single_precision_stays():
    h, targets, negatives, U = example()
    h, U = h.astype(np.float32), U.astype(np.float32)
    counts = np.array([3, 1], np.float32)
    gradients = negative_sampling_backward(negative_sampling_forward(h, targets, negatives, U)[1])
    arrays = [*gradients, keep_probability(counts), noise_distribution(counts)]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


H, TARGETS, NEGATIVES, U = example()
RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: keep_probability([1, 2], 0), "threshold: expected a number above 0; got 0"),
        (lambda: keep_probability([1, -2]), "counts: expected finite numbers .* got -2.0 to 1.0"),
        (lambda: keep_probability([]), "counts: expected at least one entry"),
        (lambda: noise_distribution([0, 0]), "counts: expected finite numbers .* not all 0"),
        (lambda: noise_distribution([1, np.nan]), "counts: expected numbers; got NaN"),
        (lambda: noise_distribution([1], 1.5), r"power: expected a number in \(0, 1\]; got 1.5"),
        (lambda: draw_negatives(1, 0, [1.0], RNG), "k: expected a whole number of at least 1"),
        (lambda: draw_negatives(-1, 1, [1.0], RNG), "m: expected a whole number of at least 0"),
        (lambda: draw_negatives(1, 1, [-1.0, 2.0], RNG), "noise: expected finite numbers"),
        (
            lambda: negative_sampling_forward(H, TARGETS, NEGATIVES[1:], U),
            r"negatives: expected shape \(m=4, k\); got \(3, 5\)",
        ),
        (
            lambda: negative_sampling_forward(H, TARGETS, NEGATIVES + 6, U),
            "negatives: expected integers from 0 to 5",
        ),
        (
            lambda: negative_sampling_forward(H[:, :2], TARGETS, NEGATIVES, U),
            r"h: expected shape \(m, n=3\); got \(4, 2\)",
        ),
        (
            lambda: negative_sampling_forward(H, TARGETS, NEGATIVES, U * np.nan),
            "U: expected numbers; got NaN",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
