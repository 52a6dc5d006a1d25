"""Softmax over rows: by hand, its gradient by differences, and two classes as one neuron."""

import numpy as np
import pytest

from dlcourse.scratch.classic_softmax import (
    cross_entropy,
    softmax,
    softmax_cross_entropy,
    two_classes,
)


def test_golden_numbers():
    found = softmax(np.array([[5.0, 2.0, -1.0, 3.0]]))
    np.testing.assert_allclose(found, [[0.842, 0.042, 0.002, 0.114]], atol=5e-4)
    loss = cross_entropy(np.array([[0.3, 0.2, 0.1, 0.4]]), np.array([[0, 1, 0, 0]]))
    np.testing.assert_allclose(loss, [-np.log(0.2)])


def test_rows_are_the_examples():
    rng = np.random.default_rng(0)
    Z = rng.normal(size=(4, 3))
    expected = [np.exp(z) / np.exp(z).sum() for z in Z]
    np.testing.assert_allclose(softmax(Z), expected)


def test_cost_and_gradient():
    rng = np.random.default_rng(0)
    Z, Y = rng.normal(size=(4, 3)), np.eye(3)[[0, 2, 2, 1]]
    cost, dZ = softmax_cross_entropy(Z, Y)
    np.testing.assert_allclose(cost, np.mean(cross_entropy(softmax(Z), Y)))
    h = 1e-6
    for i, j in np.ndindex(4, 3):
        step = np.zeros((4, 3))
        step[i, j] = h
        rise = softmax_cross_entropy(Z + step, Y)[0] - softmax_cross_entropy(Z - step, Y)[0]
        np.testing.assert_allclose(dZ[i, j], rise / (2 * h), atol=1e-9)


def test_two_classes_are_one_neuron():
    rng = np.random.default_rng(0)
    W, b, X = rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(5, 3))
    w, b_one = two_classes(W, b)
    np.testing.assert_allclose(1 / (1 + np.exp(-(X @ w + b_one))), softmax(X @ W + b)[:, 1:])
    with pytest.raises(ValueError, match="W: expected"):
        two_classes(np.zeros((3, 3)), np.zeros(3))
