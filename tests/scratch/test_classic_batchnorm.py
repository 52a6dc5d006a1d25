"""Batch normalization in prediction: against the formula by loops, and folded into its layer."""

import numpy as np
import pytest

from dlcourse.scratch.classic_batchnorm import batch_norm_inference, fold_batch_norm


def normalization(rng, n):
    running = {"mean": rng.normal(size=n), "variance": rng.uniform(0.1, 4.0, n)}
    return rng.normal(size=n), rng.normal(size=n), running


def test_every_number_by_the_formula():
    rng = np.random.default_rng(0)
    gamma, beta, running = normalization(rng, 3)
    Z = rng.normal(size=(4, 3))
    expected = [
        [
            g * (z - mean) / (variance + 0.01) ** 0.5 + b
            for z, g, b, mean, variance in zip(
                row, gamma, beta, running["mean"], running["variance"], strict=True
            )
        ]
        for row in Z
    ]
    np.testing.assert_allclose(batch_norm_inference(Z, gamma, beta, running, 0.01), expected)


def test_folding_changes_nothing():
    rng = np.random.default_rng(0)
    gamma, beta, running = normalization(rng, 3)
    W, X = rng.normal(size=(5, 3)), rng.normal(size=(7, 5))
    folded, b = fold_batch_norm(W, gamma, beta, running, 0.2)
    expected = batch_norm_inference(X @ W, gamma, beta, running, 0.2)
    np.testing.assert_allclose(X @ folded + b, expected, rtol=1e-12, atol=1e-12)


def test_wrong_weights_are_named():
    with pytest.raises(ValueError, match="W: expected"):
        fold_batch_norm(np.zeros(3), 1, 1, {"mean": 0, "variance": 1})
    with pytest.raises(ValueError, match="epsilon: expected"):
        fold_batch_norm(np.zeros((1, 1)), [1], [1], {"mean": 0, "variance": 1}, 0)
