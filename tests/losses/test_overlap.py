"""Dice and soft IoU: sets of pixels as the oracle, Keras's Dice, and the odd cases."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.losses import DiceLoss, SoftIoULoss, dice_loss, soft_iou_loss

FLOAT32 = 1e-5
SEED = st.integers(0, 2**32 - 1)
LOSSES = {DiceLoss: dice_loss, SoftIoULoss: soft_iou_loss}


def regions(seed, classes):
    """Sharp regions: one-hot for several classes, any pixels for a binary task."""
    rng = np.random.default_rng(seed)
    if classes == 1:
        return tuple(rng.integers(0, 2, (3, 4, 5, 1)).astype(np.float32) for _ in range(2))
    return tuple(
        np.eye(classes, dtype=np.float32)[rng.integers(0, classes, (3, 4, 5))] for _ in range(2)
    )


def by_sets(truth, guess, score):
    """Mean over the classes of one picture, from sets of places."""
    scores = []
    for c in range(truth.shape[-1]):
        true, guessed = (set(np.flatnonzero(x[..., c])) for x in (truth, guess))
        scores.append(1 - score(true, guessed) if true | guessed else 0.0)
    return np.mean(scores)


SCORES = {
    dice_loss: lambda t, g: 2 * len(t & g) / (len(t) + len(g)),
    soft_iou_loss: lambda t, g: len(t & g) / len(t | g),
}


@pytest.mark.parametrize("loss", SCORES)
@given(SEED, st.integers(1, 3))
def test_sharp_regions_as_sets_of_pixels(loss, seed, classes):
    truth, guess = regions(seed, classes)
    expected = [by_sets(*pair, SCORES[loss]) for pair in zip(truth, guess, strict=True)]
    np.testing.assert_allclose(loss(truth, guess, smooth=1e-6), expected, atol=FLOAT32)


@given(SEED)
def test_dice_of_one_class_is_that_of_keras(seed):
    rng = np.random.default_rng(seed)
    truth, guess = rng.random((2, 3, 4, 4, 1)).astype(np.float32)
    expected = keras.losses.dice(truth, guess, axis=(1, 2, 3))
    np.testing.assert_allclose(dice_loss(truth, guess, smooth=1e-6), expected, atol=FLOAT32)


@pytest.mark.parametrize("loss", SCORES)
def test_equal_regions_cost_nothing_also_empty_ones(loss):
    for region in (np.zeros((2, 3, 3, 1)), np.ones((2, 3, 3, 1)), np.eye(3)[None, :, :, None]):
        np.testing.assert_allclose(loss(region, region), 0, atol=FLOAT32)


@pytest.mark.parametrize("loss", SCORES)
@given(SEED, st.sampled_from([1e-3, 1.0]))
def test_values_lie_between_0_and_1_and_dice_below_iou(loss, seed, smooth):
    truth, guess = np.random.default_rng(seed).random((2, 3, 4, 4, 2)).astype(np.float32)
    values = np.asarray(loss(truth, guess, smooth))
    assert values.shape == (3,) and np.all((values >= 0) & (values <= 1))
    dice, iou = (np.asarray(one(truth, guess, smooth)) for one in SCORES)
    assert np.all(dice <= iou)


@pytest.mark.parametrize("loss", SCORES)
def test_half_precision_does_not_overflow(loss):
    region = np.ones((1, 300, 300, 1), np.float16)
    np.testing.assert_allclose(loss(region, region), 0, atol=FLOAT32)


@pytest.mark.parametrize("kind", LOSSES)
def test_for_compile(kind):
    truth, guess = regions(0, 2)
    loss = kind(smooth=0.5)
    expected = np.mean(LOSSES[kind](truth, guess, 0.5))
    assert float(loss(truth, guess)) == pytest.approx(expected, rel=FLOAT32)
    again = keras.losses.deserialize(keras.losses.serialize(loss))
    assert again.get_config() == loss.get_config() and again.smooth == 0.5


@pytest.mark.parametrize("loss", SCORES)
@pytest.mark.parametrize(
    ("truth", "guess", "smooth", "message"),
    [
        ((2, 4, 4), (2, 4, 4, 1), 1.0, r"got shapes \(2, 4, 4\) and \(2, 4, 4, 1\)"),
        ((2, 4), (2, 4), 1.0, "y_true: expected the shape of y_pred"),
        ((2, 4, 1), (2, 4, 1), 0.0, "smooth: expected a positive number, got 0.0"),
    ],
)
def test_impossible_arguments_are_refused(loss, truth, guess, smooth, message):
    with pytest.raises(ValueError, match=message):
        loss(np.ones(truth), np.ones(guess), smooth)
