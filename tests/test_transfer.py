"""Transfer: what is frozen stays, features are computed once, and few examples do."""

import keras
import numpy as np
import pytest

from dlcourse.datasets.digits_on_photos import digits_on_photos
from dlcourse.models.lenet import build_course_lenet
from dlcourse.transfer import (
    TwoPhases,
    cut,
    fit_in_two_phases,
    freeze,
    join,
    precompute_features,
)

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(24, 4)).astype("float32"), RNG.integers(3, size=24)


def small_extractor():
    inputs = keras.Input((4,))
    x = keras.layers.Dense(6, "relu", name="first")(inputs)
    x = keras.layers.BatchNormalization(name="normalization")(x)
    x = keras.layers.Dropout(0.5, name="dropout")(x)
    return keras.Model(inputs, keras.layers.Dense(5, "tanh", name="second")(x))


def small_head():
    return keras.Sequential([keras.Input((5,)), keras.layers.Dense(3, "softmax")])


def weights(model):
    return {weight.path: np.array(weight.numpy()) for weight in model.weights}


def moved(model, before):
    return {path.split("/")[-2] for path, w in weights(model).items() if np.any(w != before[path])}


def transfer(phases):
    extractor, head = small_extractor(), small_head()
    before = weights(extractor)
    loss = "sparse_categorical_crossentropy"
    result = fit_in_two_phases(extractor, head, X, Y, loss, phases)
    return result, moved(extractor, before)


def test_the_first_phase_changes_the_head_alone():
    result, changed = transfer(TwoPhases(head_epochs=3, tuning_epochs=0))
    assert changed == set() and result.tuning_history is None
    assert len(result.head_history.history["loss"]) == 3


def test_the_second_phase_changes_the_last_layers_and_no_moving_average():
    _, changed = transfer(TwoPhases(head_epochs=1, tuning_epochs=2, tuned_layers=1))
    assert changed == {"second"}
    extractor, head = small_extractor(), small_head()
    before = weights(extractor)
    phases = TwoPhases(head_epochs=1, tuning_epochs=2, tuned_layers=3)
    fit_in_two_phases(extractor, head, X, Y, "sparse_categorical_crossentropy", phases)
    after = weights(extractor)
    changed = {path for path in after if np.any(after[path] != before[path])}
    assert {"normalization/gamma", "first/kernel"} <= changed
    assert not any("moving" in path for path in changed)


def test_learning_in_phases_makes_the_loss_fall():
    result, _ = transfer(TwoPhases(head_epochs=30, head_rate=1e-2, tuning_epochs=10))
    losses = result.head_history.history["loss"] + result.tuning_history.history["loss"]
    assert losses[-1] < losses[29] < 0.97 * losses[0]


def test_features_computed_once_are_those_of_the_joined_model():
    extractor, head = small_extractor(), small_head()
    model = join(extractor, head)
    expected = head(precompute_features(extractor, X, batch_size=7))
    for training in (False, True):  # nothing is dropped below the head in either
        found = keras.ops.convert_to_numpy(model(X, training=training))
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_a_cut_model_shares_its_weights():
    model = small_extractor()
    part = cut(model, "first")
    model.get_layer("first").set_weights([np.eye(4, 6), np.zeros(6)])
    expected = np.maximum(np.pad(X, ((0, 0), (0, 2))), 0)
    np.testing.assert_allclose(precompute_features(part, X), expected, rtol=1e-6)


@pytest.mark.parametrize("but_last", [0, 1, 2, 3])
def test_freezing_counts_layers_with_weights_from_the_end(but_last):
    model = freeze(freeze(small_extractor()), but_last)
    learning = [layer.name for layer in model.layers if layer.trainable_weights]
    assert learning == ["first", "normalization", "second"][3 - but_last :]


def test_wrong_arguments_are_named():
    model = small_extractor()
    with pytest.raises(ValueError, match="layer_name: expected one of .*second; got 'third'"):
        cut(model, "third")
    with pytest.raises(ValueError, match="but_last: expected 0 to 3"):
        freeze(model, 4)
    wide = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
    with pytest.raises(ValueError, match=r"head: expected one that takes \(None, 5\)"):
        join(model, wide)
    with pytest.raises(ValueError, match="phases: expected a tuning_rate above 0 and below"):
        fit_in_two_phases(model, small_head(), X, Y, "mse", TwoPhases(tuning_rate=0.1))


def accuracy(model, images, labels):
    return np.mean(model.predict(images, verbose=0).argmax(axis=1) == labels)


def photos(parts, low):
    """Training images and labels of the digits 0 to 4 (low), or 5 to 9, the latter from 0."""
    images = np.concatenate([part.train_images for part in parts]).astype("float32") / 255
    labels = np.concatenate([part.train_labels for part in parts])
    wanted = (labels < 5) == low
    return images[wanted], labels[wanted] % 5


def test_other_digits_help_where_there_are_three_examples_of_each():
    loss, rate = "sparse_categorical_crossentropy", 1e-3
    parts = [digits_on_photos(seed) for seed in range(8)]
    keras.utils.set_random_seed(0)
    old = build_course_lenet(classes=5)
    old.compile(keras.optimizers.Adam(rate), loss)
    old.fit(*photos(parts, low=True), epochs=4, batch_size=32, verbose=0)
    images, labels = photos(parts[:1], low=False)
    few = np.concatenate([np.flatnonzero(labels == digit)[:3] for digit in range(5)])
    unseen = np.setdiff1d(np.arange(len(labels)), few)
    head = keras.Sequential([keras.Input((120,)), keras.layers.Dense(5, "softmax")])
    phases = TwoPhases(60, 1e-2, 15, rate)
    new = fit_in_two_phases(cut(old, "FC3"), head, images[few], labels[few], loss, phases)
    scratch = build_course_lenet(classes=5)
    scratch.compile(keras.optimizers.Adam(rate), loss)
    scratch.fit(images[few], labels[few], epochs=70, batch_size=32, verbose=0)
    found, baseline = (
        accuracy(model, images[unseen], labels[unseen]) for model in (new.model, scratch)
    )
    assert found > baseline + 0.03, f"transferred {found:.1%}, from scratch {baseline:.1%}"
