"""CBOW and skip-gram against Keras's cross-entropy, and against differences."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from dlcourse.scratch.context_windows import skip_gram_pairs
from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.word2vec_softmax import (
    cbow_backward,
    cbow_forward,
    skip_gram_backward,
    skip_gram_forward,
    softmax_output_backward,
    softmax_output_forward,
)

SIZES = [(4, 6, 3, 4), (1, 6, 3, 2), (3, 1, 2, 1), (2, 5, 1, 3), (5, 2, 1, 1)]  # m, V, n, c


def example(m=4, V=6, n=3, c=4, seed=0):
    rng = np.random.default_rng(seed)
    E, U = rng.standard_normal((2, V, n))
    return E, U, rng.integers(V, size=(m, c)), rng.integers(V, size=m)


def cross_entropy(h, targets, U):
    losses = keras.losses.sparse_categorical_crossentropy(targets, h @ U.T, from_logits=True)
    return np.mean(losses.numpy())


def test_costs_against_keras():
    E, U, contexts, targets = example()
    h = keras.layers.Embedding(6, 3, weights=[E], dtype="float64")(contexts).numpy().mean(axis=1)
    assert cbow_forward(contexts, targets, E, U)[0] == pytest.approx(cross_entropy(h, targets, U))
    centers = contexts[:, 0]
    expected = cross_entropy(E[centers], targets, U)
    assert skip_gram_forward(centers, targets, E, U)[0] == pytest.approx(expected)


@pytest.mark.parametrize(("m", "V", "n", "c"), SIZES)
def test_gradients_against_differences(m, V, n, c):
    E, U, contexts, targets = example(m, V, n, c)
    parameters = {"E": E, "U": U}
    gradients = cbow_backward(cbow_forward(contexts, targets, E, U)[1])
    report = check_gradient(
        lambda p: cbow_forward(contexts, targets, p["E"], p["U"])[0], parameters, gradients
    )
    # with one word nothing can be learnt, and noise has no direction
    assert report.ratio < 1e-7 if V > 1 else abs(report.numeric) < 1e-9, report
    centers = contexts[:, 0]
    gradients = skip_gram_backward(skip_gram_forward(centers, targets, E, U)[1])
    report = check_gradient(
        lambda p: skip_gram_forward(centers, targets, p["E"], p["U"])[0], parameters, gradients
    )
    assert report.ratio < 1e-7 if V > 1 else abs(report.numeric) < 1e-9, report


def test_output_gradients_against_differences():
    rng = np.random.default_rng(1)
    parameters = {"h": rng.standard_normal((3, 2)), "U": rng.standard_normal((4, 2))}
    targets = [3, 0, 3]
    dh, dU = softmax_output_backward(
        softmax_output_forward(parameters["h"], targets, parameters["U"])[1]
    )
    report = check_gradient(
        lambda p: softmax_output_forward(p["h"], targets, p["U"])[0], parameters, {"h": dh, "U": dU}
    )
    assert report.ratio < 1e-7, report


def test_no_example_costs_nothing():
    E, U, contexts, targets = example(m=0)
    cost, cache = cbow_forward(contexts, targets, E, U)
    assert cost == 0.0
    assert not any(np.any(gradient) for gradient in cbow_backward(cache).values())
    cost, cache = skip_gram_forward([], [], E, U)
    assert cost == 0.0
    assert {name: g.shape for name, g in skip_gram_backward(cache).items()} == {
        "dE": (6, 3),
        "dU": (6, 3),
    }


@given(st.floats(-1e4, 1e4))
def test_a_shift_of_all_scores_changes_nothing(shift):
    # a further number that is 1 in every h and the same in every u shifts all scores
    E, U, contexts, targets = example()
    h = E[contexts[:, 0]]
    longer = np.hstack([h, np.ones((len(h), 1))])
    shifted = np.hstack([U, np.full((len(U), 1), shift)])
    cost, _ = softmax_output_forward(longer, targets, shifted)
    assert cost == pytest.approx(softmax_output_forward(h, targets, U)[0], rel=1e-9)


def test_extreme_scores_cost_what_the_logarithm_says():
    cost, cache = softmax_output_forward([[1.0]], [1], [[1e4], [-1e4]])
    assert cost == 2e4
    assert all(np.all(np.isfinite(gradient)) for gradient in softmax_output_backward(cache))


def test_descent_learns_who_stands_beside_whom():
    text = np.array([0, 1, 2, 3] * 5)
    centers, contexts = skip_gram_pairs(text, radius=1)
    rng = np.random.default_rng(0)
    E, U = rng.normal(0, 0.1, (2, 4, 3))
    for _ in range(300):
        gradients = skip_gram_backward(skip_gram_forward(centers, contexts, E, U)[1])
        E, U = E - 2 * gradients["dE"], U - 2 * gradients["dU"]
    probabilities = special.softmax(E @ U.T, axis=1)
    expected = np.zeros((4, 4))
    np.add.at(expected, (centers, contexts), 1)
    expected /= expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probabilities, expected, atol=0.03)


def test_single_precision_stays():
    E, U, contexts, targets = example()
    E, U = E.astype(np.float32), U.astype(np.float32)
    gradients = cbow_backward(cbow_forward(contexts, targets, E, U)[1])
    gradients |= skip_gram_backward(skip_gram_forward(targets, targets, E, U)[1])
    assert {g.dtype for g in gradients.values()} == {np.dtype(np.float32)}


E, U, CONTEXTS, TARGETS = example()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cbow_forward(CONTEXTS, TARGETS, E, U[:5]), r"U: expected shape \(V=6, n=3\)"),
        (lambda: cbow_forward(CONTEXTS, TARGETS, E * np.nan, U), "E: expected numbers; got NaN"),
        (lambda: cbow_forward(CONTEXTS, [6] * 4, E, U), "targets: expected integers from 0 to 5"),
        (lambda: cbow_forward(CONTEXTS[:, 0], TARGETS, E, U), r"contexts: expected shape \(m, c\)"),
        (lambda: cbow_forward(CONTEXTS[:, :0], TARGETS, E, U), "contexts: expected at least one"),
        (lambda: cbow_forward(CONTEXTS, TARGETS[1:], E, U), r"targets: expected shape \(m=4,\)"),
        (lambda: skip_gram_forward(TARGETS, [0], E, U), r"contexts: expected shape \(m=4,\)"),
        (lambda: skip_gram_forward(TARGETS * 1.0, TARGETS, E, U), "centers: expected integers; "),
        (lambda: softmax_output_forward(E[:, :2], [0] * 6, U), r"h: expected shape \(m, n=3\)"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
