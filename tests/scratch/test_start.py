"""Mean and spread by hand and as the property that standardising needs."""

import numpy as np

from dlcourse.scratch.start import mean_and_spread


def test_by_hand():
    mean, spread = mean_and_spread(np.array([[1.0, 3.0, 5.0], [2.0, 2.0, 2.0]]))
    np.testing.assert_allclose(mean, [[3.0], [2.0]])
    np.testing.assert_allclose(spread, [[np.sqrt(8 / 3)], [0.0]])


def test_standardised_features_have_mean_zero_and_spread_one():
    X = np.random.default_rng(0).normal(7, [[2.0], [30.0]], (2, 50))
    mean, spread = mean_and_spread(X)
    Z = (X - mean) / spread
    np.testing.assert_allclose(Z.sum(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose((Z**2).sum(axis=1), 50)
