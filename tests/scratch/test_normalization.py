"""The input normaliser against scikit-learn, and its promise to learn from train alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.preprocessing import StandardScaler

from dlcourse.scratch.normalization import denormalize, fit_normalizer, normalize

matrices = arrays(
    np.float64,
    st.tuples(st.integers(1, 4), st.integers(1, 6)),
    elements=st.integers(-1000, 1000).map(lambda n: n / 8),
)


@given(matrices)
def test_same_as_scikit_learn(X):
    mu, sigma = fit_normalizer(X)
    scaler = StandardScaler().fit(X.T)
    np.testing.assert_allclose(sigma.ravel(), scaler.scale_, rtol=1e-9)
    np.testing.assert_allclose(normalize(X, mu, sigma), scaler.transform(X.T).T, atol=1e-9)


@given(matrices)
def test_train_has_mean_0_and_spread_1(X):
    Z = normalize(X, *fit_normalizer(X))
    np.testing.assert_allclose(Z.mean(axis=1), 0, atol=1e-9)
    np.testing.assert_allclose(Z.std(axis=1), (np.ptp(X, axis=1) > 0).astype(float), atol=1e-9)


@given(matrices)
def test_there_and_back(X):
    mu, sigma = fit_normalizer(X)
    np.testing.assert_allclose(denormalize(normalize(X, mu, sigma), mu, sigma), X, atol=1e-9)


def test_divided_by_the_standard_deviation_and_not_by_the_variance():
    mu, sigma = fit_normalizer(np.array([[0.0, 8.0]]))
    assert (mu.tolist(), sigma.tolist()) == ([[4.0]], [[4.0]])
    assert normalize(np.array([[12.0]]), mu, sigma).tolist() == [[2.0]]


def test_the_test_set_goes_through_the_transformation_of_train():
    train, test = np.array([[0.0, 2.0]]), np.array([[10.0, 12.0]])
    assert normalize(test, *fit_normalizer(train)).tolist() == [[9.0, 11.0]]


@pytest.mark.parametrize("value", [0.1, -1e9 / 3, 5e-324])
def test_a_feature_that_never_changes_becomes_0(value):
    X = np.full((1, 7), value)
    mu, sigma = fit_normalizer(X)
    assert sigma.tolist() == [[1.0]]
    np.testing.assert_allclose(normalize(X, mu, sigma), 0, atol=1e-6)


def test_precision_and_no_examples():
    X = np.random.default_rng(0).random((3, 8)).astype(np.float32)
    mu, sigma = fit_normalizer(X)
    assert {a.dtype for a in (mu, sigma, normalize(X, mu, sigma))} == {np.dtype(np.float32)}
    assert normalize(X[:, :0], mu, sigma).shape == (3, 0)
    assert fit_normalizer([[1, 2]])[0].dtype == np.float64


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.zeros(3), r"X_train: expected a matrix \(n_x, m\).*got \(3,\)"),
        (np.zeros((3, 0)), r"X_train: .*at least one example; got \(3, 0\)"),
        (np.array([[1.0, np.nan]]), "X_train: expected finite numbers; got NaN"),
    ],
)
def test_a_bad_training_set_is_named(X, message):
    with pytest.raises(ValueError, match=message):
        fit_normalizer(X)


@pytest.mark.parametrize(
    ("arrays_given", "message"),
    [
        ((np.zeros(3), np.zeros((3, 1)), np.ones((3, 1))), r"X\w*: expected a matrix"),
        ((np.zeros((3, 2)), np.zeros(3), np.ones((3, 1))), r"mu: expected a column \(3, 1\).*\(3,"),
        ((np.zeros((3, 2)), np.zeros((3, 1)), np.ones((1, 1))), r"sigma: expected a column"),
        ((np.zeros((1, 2)), np.zeros((1, 1)), np.zeros((1, 1))), "sigma: expected numbers above 0"),
    ],
)
def test_statistics_that_do_not_fit_are_named(arrays_given, message):
    for transform in (normalize, denormalize):
        with pytest.raises(ValueError, match=message):
            transform(*arrays_given)
