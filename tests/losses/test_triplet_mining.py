"""Mined triplets against loops over all of them: values, ties, and odd batches."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.losses import (
    BatchAllTripletLoss,
    BatchHardTripletLoss,
    SemiHardTripletLoss,
    batch_all_triplet_loss,
)
from tests.losses.losses_on_backends import MINERS, WAYS, go
from tests.losses.mined_by_loops import LOOPS, distances_one_by_one

FLOAT32 = 1e-5
SEED = st.integers(0, 2**32 - 1)
CLASSES = {
    BatchHardTripletLoss: "hard",
    SemiHardTripletLoss: "semi-hard",
    BatchAllTripletLoss: "all",
}


def batch(seed, whole_numbers):
    """A few classes, some with one example; whole numbers make ties, which are then exact."""
    rng = np.random.default_rng(seed)
    m = rng.integers(1, 10)
    labels = rng.integers(0, rng.integers(1, 5), m)
    x = rng.integers(-2, 3, (m, 2)) if whole_numbers else rng.normal(size=(m, 3))
    return labels, x.astype(np.float32)


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    go(request.param, monkeypatch.setattr)


@pytest.mark.parametrize("miner", MINERS)
@pytest.mark.usefixtures("way")
@settings(max_examples=20)
@given(SEED, st.booleans(), st.booleans(), st.sampled_from([0.5, 1.0, 3.0]))
def test_mean_is_that_of_the_loops(miner, seed, whole_numbers, squared, margin):
    labels, x = batch(seed, whole_numbers)
    expected = LOOPS[miner](labels, distances_one_by_one(x, squared), margin)
    values = np.asarray(MINERS[miner](labels, x, margin, squared))
    assert values.shape == labels.shape
    np.testing.assert_allclose(values.mean(), expected, rtol=FLOAT32, atol=FLOAT32)


@pytest.mark.usefixtures("way")
@settings(max_examples=15)
@given(SEED, st.booleans())
def test_batch_all_over_all_valid_triplets(seed, whole_numbers):
    labels, x = batch(seed, whole_numbers)
    expected = LOOPS["all"](labels, distances_one_by_one(x, True), 1.0, average="valid")
    mean = np.mean(batch_all_triplet_loss(labels, x, 1.0, average="valid"))
    np.testing.assert_allclose(mean, expected, rtol=FLOAT32, atol=FLOAT32)


@pytest.mark.parametrize("miner", MINERS)
@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("labels", [[3, 3, 3, 3], [1, 2, 3, 4], [7]], ids=str)
def test_batches_without_any_triplet_cost_nothing(miner, labels):
    x = np.random.default_rng(0).normal(size=(len(labels), 5))
    assert np.array_equal(MINERS[miner](labels, x), np.zeros(len(labels)))


@pytest.mark.parametrize("miner", MINERS)
@pytest.mark.usefixtures("way")
def test_an_anchor_without_partner_costs_nothing_but_is_a_negative(miner):
    x = np.array([[0.0], [1.0], [1.5]], np.float32)
    values = np.asarray(MINERS[miner]([0, 0, 1], x, margin=2.0))
    assert values[2] == 0 and values[1] > 0


@pytest.mark.parametrize("miner", MINERS)
def test_far_from_the_origin_nothing_is_lost(miner):
    labels, x = np.arange(12) % 3, np.random.default_rng(0).integers(0, 9, (12, 4)) / 8
    moved = ((x + c).astype(np.float32) for c in (0, 4096))
    near, far = (np.asarray(MINERS[miner](labels, x)) for x in moved)
    np.testing.assert_allclose(far, near, rtol=FLOAT32)


@pytest.mark.parametrize("miner", MINERS)
def test_half_precision_is_computed_in_single(miner):
    labels, x = [0, 0, 1, 1], (300 * np.eye(4)).astype(np.float16)
    assert np.all(np.isfinite(MINERS[miner](labels, x)))
    assert keras.backend.standardize_dtype(MINERS[miner](labels, x).dtype) == "float32"


@pytest.mark.parametrize("kind", CLASSES)
def test_classes_for_compile(kind):
    labels, x = batch(3, False)
    loss = kind(margin=0.5, squared=False)
    expected = np.mean(MINERS[CLASSES[kind]](labels, x, 0.5, False))
    assert float(loss(labels[:, None], x)) == pytest.approx(expected, rel=FLOAT32)
    again = keras.losses.deserialize(keras.losses.serialize(loss))
    assert again.get_config() == loss.get_config() and type(again) is kind


def test_average_is_kept_by_the_config():
    loss = BatchAllTripletLoss(average="valid")
    assert BatchAllTripletLoss.from_config(loss.get_config()).average == "valid"


@pytest.mark.parametrize("kind", CLASSES)
def test_fit_lowers_the_loss(kind):
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(4), 8)
    x = (rng.normal(size=(4, 6))[labels] + rng.normal(size=(32, 6))).astype(np.float32)
    layers = [keras.Input((6,)), keras.layers.Dense(3), keras.layers.UnitNormalization()]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.SGD(0.3), kind(), jit_compile=False)
    history = model.fit(x, labels, batch_size=32, epochs=8, verbose=0).history["loss"]
    assert history[-1] < history[0]


@pytest.mark.parametrize("miner", MINERS)
@pytest.mark.parametrize(
    ("labels", "shape", "margin", "message"),
    [
        ([0, 1], (3, 2), 0.2, r"labels: .* shape \(3,\) or \(3, 1\); got shape \(2,\)"),
        ([[0, 1], [1, 0]], (2, 2), 0.2, "labels: expected .* argmax"),
        ([0, 1], (2, 2, 2), 0.2, r"embeddings: expected one row .* got shape \(2, 2, 2\)"),
        ([], (0, 2), 0.2, "labels: expected at least one example, got an empty batch"),
        ([0, 1], (2, 2), 0.0, "margin: expected a positive number, got 0.0"),
    ],
)
def test_impossible_arguments_are_refused(miner, labels, shape, margin, message):
    with pytest.raises(ValueError, match=message):
        MINERS[miner](np.array(labels), np.ones(shape), margin)


def test_unknown_averages_are_refused():
    with pytest.raises(ValueError, match="average: expected 'active' .* got 'mean'"):
        BatchAllTripletLoss(average="mean")


@pytest.mark.parametrize("miner", MINERS)
@pytest.mark.usefixtures("way")
def test_within_xla_and_with_a_batch_of_unknown_size(miner):
    import tensorflow as tf

    labels, x = batch(3, True)
    expected = np.asarray(MINERS[miner](labels, x, 1.0))
    kinds = [tf.TensorSpec([None], tf.int64), tf.TensorSpec([None, 2], tf.float32)]
    for xla in (True, False):
        compiled = tf.function(
            lambda y, x: MINERS[miner](y, x, 1.0), input_signature=kinds, jit_compile=xla
        )
        np.testing.assert_allclose(compiled(labels, x), expected, rtol=FLOAT32, atol=FLOAT32)
