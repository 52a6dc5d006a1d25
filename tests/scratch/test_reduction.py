"""PCA against scikit-learn up to sign, angles against SciPy, a linear autoencoder's subspace."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from dlcourse.scratch.reduction import (
    pca_fit,
    pca_inverse_transform,
    pca_transform,
    subspace_angles,
)

seeds = st.integers(0, 10**6)


def data(seed=0, m=20, n=6):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((m, n)) @ rng.standard_normal((n, n)) + 5 * rng.standard_normal(n)


@pytest.mark.parametrize(
    ("X", "k"),
    [(data(), 3), (data(), 6), (data(m=4), 2), (data(n=1), 1), (load_digits().data[:100], 5)],
    ids=["tall", "all", "wide", "one column", "digits"],
)
def test_against_scikit_learn(X, k):
    ours, theirs = pca_fit(X, k), PCA(k, svd_solver="full").fit(X)
    signs = np.sign(np.sum(ours["components"] * theirs.components_, axis=1))
    np.testing.assert_allclose(ours["mean"], theirs.mean_)
    np.testing.assert_allclose(
        ours["components"] * signs[:, np.newaxis], theirs.components_, atol=1e-10
    )
    np.testing.assert_allclose(ours["explained_variance"], theirs.explained_variance_)
    np.testing.assert_allclose(ours["explained_variance_ratio"], theirs.explained_variance_ratio_)
    Z = pca_transform(X, ours)
    np.testing.assert_allclose(Z * signs, theirs.transform(X), atol=1e-9)
    np.testing.assert_allclose(
        pca_inverse_transform(Z, ours), theirs.inverse_transform(theirs.transform(X)), atol=1e-9
    )


@given(seeds, st.integers(1, 6))
def test_orthonormal_components_and_the_error_they_leave(seed, k):
    X = data(seed)
    pca = pca_fit(X, k)
    np.testing.assert_allclose(pca["components"] @ pca["components"].T, np.eye(k), atol=1e-12)
    error = X - pca_inverse_transform(pca_transform(X, pca), pca)
    left = 1 - np.sum(pca["explained_variance_ratio"])
    total = np.sum((X - X.mean(axis=0)) ** 2)
    assert np.sum(error**2) == pytest.approx(left * total, abs=1e-9 * total)


@given(seeds)
def test_no_other_subspace_leaves_less(seed):
    X = data(seed)
    centered = X - X.mean(axis=0)
    pca = pca_fit(X, 2)
    other, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((6, 2)))
    kept = [np.sum((centered @ basis) ** 2) for basis in (pca["components"].T, other)]
    assert kept[0] >= kept[1]


def test_constant_data_vary_nowhere():
    pca = pca_fit(np.ones((3, 2)), 2)
    assert pca["explained_variance"].tolist() == pca["explained_variance_ratio"].tolist() == [0, 0]
    assert pca_transform(np.ones((0, 2)), pca).shape == (0, 2)


@pytest.mark.parametrize(("k", "other"), [(2, 2), (3, 1), (1, 4), (4, 4), (1, 1)])
def test_angles_against_scipy(k, other):
    rng = np.random.default_rng(k)
    A, B = rng.standard_normal((k, 6)), rng.standard_normal((other, 6))
    expected = np.sort(linalg.subspace_angles(A.T, B.T))
    np.testing.assert_allclose(subspace_angles(A, B), expected, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("angle", [1e-12, 1e-8, 1e-3, 1.0, np.pi / 2 - 1e-9, np.pi / 2])
def test_angles_to_all_their_digits(angle):
    A = np.eye(4)[:2]
    B = np.array([[1, 0, 0, 0], [0, np.cos(angle), 0, np.sin(angle)]])
    assert subspace_angles(A, B).tolist() == pytest.approx([0, angle], rel=1e-9, abs=1e-15)


@given(seeds)
def test_the_basis_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    A, B = rng.standard_normal((2, 3, 7))
    mixed = (rng.standard_normal((3, 3)) + 5 * np.eye(3)) @ A
    np.testing.assert_allclose(subspace_angles(mixed, B), subspace_angles(A, B), atol=1e-9)
    np.testing.assert_allclose(subspace_angles(mixed, A), 0, atol=1e-9)


def test_a_linear_autoencoder_finds_the_subspace_but_not_the_components():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((200, 5)) * [3, 2, 0.9, 0.8, 0.7] + 1
    centered = X - X.mean(axis=0)
    encoder, decoder = rng.normal(0, 0.1, (5, 2)), rng.normal(0, 0.1, (2, 5))
    for _ in range(3000):
        error = (centered @ encoder @ decoder - centered) / len(X)
        d_decoder = (centered @ encoder).T @ error
        encoder = encoder - 0.05 * centered.T @ error @ decoder.T
        decoder = decoder - 0.05 * d_decoder
    components = pca_fit(X, 2)["components"]
    assert np.max(subspace_angles(decoder, components)) < 1e-6
    assert np.max(subspace_angles(decoder[:1], components[:1])) > 1e-2


def test_single_precision_stays():
    X = data().astype(np.float32)
    pca = pca_fit(X, 2)
    Z = pca_transform(X, pca)
    angles = subspace_angles(pca["components"], X[:2])
    arrays = [*pca.values(), Z, pca_inverse_transform(Z, pca), angles]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pca_fit(np.ones(3), 1), r"X: expected shape \(m, n\); got \(3,\)"),
        (lambda: pca_fit(np.full((3, 2), np.nan), 1), "X: expected numbers; got NaN in 6 of 6"),
        (lambda: pca_fit(np.ones((1, 3)), 1), "X: expected at least two examples"),
        (lambda: pca_fit(np.ones((0, 3)), 1), "X: expected at least one entry"),
        (lambda: pca_fit(data(), 7), "k: expected from 1 to 6; got 7"),
        (lambda: pca_fit(data(), 0), "k: expected a whole number of at least 1; got 0"),
        (lambda: pca_transform(np.ones((2, 5)), pca_fit(data(), 2)), r"X: expected shape \(m, 6\)"),
        (lambda: pca_inverse_transform(data(), pca_fit(data(), 2)), r"Z: expected shape \(m, 2\)"),
        (lambda: subspace_angles(np.eye(3), np.eye(2)), r"B: expected shape \(l, n=3\)"),
        (
            lambda: subspace_angles(np.eye(2), np.ones((2, 2))),
            "B: expected 2 independent rows; got",
        ),
        (
            lambda: subspace_angles(np.eye(2), np.ones((3, 2))),
            "B: expected 3 independent rows; got",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
