import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.losses import (
    LocalizationLoss,
    localization_cross_entropy,
    localization_squared_error,
)

FLOAT32 = 1e-5
FORMS = {
    "squared_error": localization_squared_error,
    "cross_entropy": localization_cross_entropy,
}


def examples(seed, n_classes=3):
    """Targets of which some hold an object, the rest of the others being nonsense; and answers."""
    rng = np.random.default_rng(seed)
    present = rng.integers(0, 2, 6)
    classes = np.eye(n_classes)[rng.integers(0, n_classes, 6)]
    y_true = np.concatenate([present[:, None], rng.random((6, 4)), classes], axis=1)
    return y_true.astype(np.float32), rng.normal(size=y_true.shape).astype(np.float32)


def squared_by_hand(true, pred):
    if true[0] == 1:
        return sum((p - t) ** 2 for t, p in zip(true, pred, strict=True))
    return (pred[0] - true[0]) ** 2


def mixed_by_hand(true, pred):
    probability = 1 / (1 + np.exp(-pred[0]))
    if true[0] == 0:
        return -np.log(1 - probability)
    box = np.sum((pred[1:5] - true[1:5]) ** 2)
    shares = np.exp(pred[5:]) / np.exp(pred[5:]).sum()
    return -np.log(probability) + box - np.log(shares[true[5:] == 1].item())


@pytest.mark.parametrize(
    ("loss", "by_hand"),
    [
        (localization_squared_error, squared_by_hand),
        (localization_cross_entropy, mixed_by_hand),
    ],
)
@given(st.integers(0, 2**32 - 1))
def test_one_value_per_example_as_by_hand(loss, by_hand, seed):
    y_true, y_pred = examples(seed)
    pairs = zip(y_true.astype(float), y_pred.astype(float), strict=True)
    expected = [by_hand(*pair) for pair in pairs]
    np.testing.assert_allclose(loss(y_true, y_pred), expected, rtol=1e-4, atol=FLOAT32)


@pytest.mark.parametrize("loss", [localization_squared_error, localization_cross_entropy])
def test_without_an_object_the_rest_costs_nothing_and_teaches_nothing(loss):
    import tensorflow as tf

    y_true, y_pred = (tf.constant(array) for array in examples(0))
    with tf.GradientTape() as tape:
        tape.watch(y_pred)
        total = tf.reduce_sum(loss(y_true, y_pred))
    slope = tape.gradient(total, y_pred).numpy()
    absent = y_true.numpy()[:, 0] == 0
    assert absent.any() and not absent.all()
    assert (slope[absent][:, 1:] == 0).all() and (slope[absent][:, 0] != 0).all()
    assert (slope[~absent][:, 1:5] != 0).all()


def test_gradients_against_central_differences():
    import tensorflow as tf

    y_true, y_pred = (array.astype(np.float64) for array in examples(1))
    tensor = tf.constant(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(tensor)
        total = tf.reduce_sum(localization_cross_entropy(y_true, tensor))
    slope = tape.gradient(total, tensor).numpy()
    for place in np.ndindex(y_pred.shape):
        step = np.zeros_like(y_pred)
        step[place] = 1e-5
        up, down = (
            np.sum(localization_cross_entropy(y_true, tf.constant(y_pred + sign * step)))
            for sign in (1, -1)
        )
        assert slope[place] == pytest.approx((up - down) / 2e-5, abs=1e-7)


def test_for_compile():
    y_true, y_pred = examples(2)
    for form, function in FORMS.items():
        loss = LocalizationLoss(form)
        assert float(loss(y_true, y_pred)) == pytest.approx(
            float(np.mean(function(y_true, y_pred))), rel=FLOAT32
        )
        again = keras.losses.deserialize(keras.losses.serialize(loss))
        assert again.form == form


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: localization_squared_error(np.zeros(3), np.zeros(3)), "expected equal shapes"),
        (lambda: localization_squared_error(np.zeros((1, 3)), np.zeros((1, 2))), "equal shapes"),
        (lambda: localization_cross_entropy(np.zeros((1, 5)), np.zeros((1, 5))), "n >= 6"),
        (lambda: LocalizationLoss("absolute"), "form: expected one of"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
