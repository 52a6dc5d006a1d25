"""Triplet and contrastive loss of given examples, and the distances below them."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from dlcourse.losses import (
    ContrastiveLoss,
    TripletLoss,
    contrastive_loss,
    euclidean_distance,
    pairwise_distances,
    squared_distance,
    triplet_loss,
)

FLOAT32, FLOAT64 = 1e-5, 1e-7
SEED = st.integers(0, 2**32 - 1)


@given(SEED, st.booleans())
def test_triplets_as_by_hand(seed, squared):
    rng = np.random.default_rng(seed)
    a, p, n = rng.normal(size=(3, 5, 4))
    power = 2 if squared else 1
    d_p, d_n = (np.linalg.norm(a - x, axis=1) ** power for x in (p, n))
    loss = np.asarray(triplet_loss(a, p, n, 0.7, squared))
    np.testing.assert_allclose(loss, np.maximum(d_p - d_n + 0.7, 0), rtol=FLOAT64, atol=FLOAT64)


@given(SEED)
def test_contrastive_as_by_hand(seed):
    rng = np.random.default_rng(seed)
    same, distance = rng.integers(0, 2, 6), 3 * rng.random(6)
    pulled, pushed = distance**2 / 2, np.maximum(1.5 - distance, 0) ** 2 / 2
    expected = np.where(same == 1, pulled, pushed)
    for column in (distance, distance[:, None]):
        loss = np.asarray(contrastive_loss(same, column, margin=1.5))
        np.testing.assert_allclose(loss, expected, rtol=FLOAT64)


@given(SEED, st.booleans())
def test_distances_are_those_of_scipy(seed, squared):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(6, 3)) + 100 * rng.normal(size=3)
    expected = cdist(x, x, "sqeuclidean" if squared else "euclidean")
    np.testing.assert_allclose(pairwise_distances(x, squared), expected, rtol=1e-6, atol=1e-6)
    rows = squared_distance if squared else euclidean_distance
    np.testing.assert_allclose(rows(x, x[::-1]), np.diag(expected[:, ::-1]), rtol=1e-6)


def test_whole_numbers_are_as_far_apart_as_floats():
    assert np.asarray(squared_distance([[3]], [[0]])).tolist() == [9.0]


def test_losses_for_compile():
    y = np.random.default_rng(0).normal(size=(4, 3, 2)).astype(np.float32)
    loss = TripletLoss(margin=0.5, squared=False)
    expected = np.mean(triplet_loss(y[:, 0], y[:, 1], y[:, 2], 0.5, False))
    assert float(loss(np.zeros(4), y)) == pytest.approx(expected, rel=FLOAT32)
    contrastive = ContrastiveLoss(margin=2.0)
    expected = np.mean(contrastive_loss([1, 0], np.array([1.0, 1.5]), 2.0))
    assert float(contrastive([1, 0], [[1.0], [1.5]])) == pytest.approx(expected, rel=FLOAT32)
    for one in (loss, contrastive):
        again = keras.losses.deserialize(keras.losses.serialize(one))
        assert again.get_config() == one.get_config()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: triplet_loss(*np.ones((3, 2, 2)), margin=-1), "margin: expected a positive"),
        (lambda: squared_distance([[1.0]], [[1.0, 2.0]]), "b: expected .* of a, 1; got 2"),
        (lambda: TripletLoss()([0], np.ones((2, 2, 5))), r"y_pred: .* got shape \(2, 2, 5\)"),
        (lambda: contrastive_loss([1, 0], np.ones((2, 3))), r"y_pred: .* got shape \(2, 3\)"),
        (lambda: contrastive_loss([1], np.ones(2)), "y_true: .* each of the 2 distances; got 1"),
        (lambda: contrastive_loss([1], np.ones(1), margin=0), "margin: expected a positive"),
        (lambda: pairwise_distances(np.ones(3)), r"embeddings: .* got shape \(3,\)"),
    ],
)
def test_impossible_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
