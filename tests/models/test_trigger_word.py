"""The trigger-word network: the course's sizes, causality, and that it learns a short sound."""

import keras
import numpy as np
import pytest

from dlcourse.audio import SceneRecipe, detect_events, label_steps, model_inputs, synthesize_scenes
from dlcourse.models.trigger_word import build_trigger_word

SMALL = {"filters": 6, "kernel_size": 5, "strides": 2, "units": 4, "dropout": 0.0}


def parameters(frequencies, filters, kernel, units):
    """Counted by hand; each of a GRU's three gates has two biases."""
    convolution = frequencies * kernel * filters + filters + 4 * filters
    grus = sum(3 * units * (n + units + 2) + 4 * units for n in (filters, units))
    return convolution + grus + units + 1


def test_the_sizes_of_the_course():
    model = build_trigger_word()
    assert model.input_shape == (None, 5511, 101)
    assert model.output_shape == (None, 1375, 1)
    assert model.count_params() == parameters(101, 196, 15, 128) == 523_329
    assert [layer.rate for layer in model.layers if hasattr(layer, "rate")] == [0.8] * 4


@pytest.mark.parametrize(("columns", "kernel", "stride"), [(5, 5, 2), (20, 4, 3), (31, 5, 1)])
def test_steps_are_those_of_the_labels(columns, kernel, stride):
    model = build_trigger_word((columns, 3), filters=2, kernel_size=kernel, strides=stride, units=2)
    assert model.output_shape == (None, label_steps(columns, kernel, stride), 1)
    assert model.count_params() == parameters(3, 2, kernel, 2)


def test_it_does_not_hear_the_future():
    model = build_trigger_word((31, 3), **SMALL)
    x = np.random.default_rng(0).normal(size=(1, 31, 3)).astype(np.float32)
    changed = x.copy()
    changed[:, 15:] += 1  # the kernels of steps 0 to 5 end at column 14
    before, after = model.predict_on_batch(x)[0, :, 0], model.predict_on_batch(changed)[0, :, 0]
    np.testing.assert_allclose(before[:6], after[:6], atol=1e-6)
    assert abs(before[6] - after[6]) > 1e-6
    assert np.all((before > 0) & (before < 1))


def test_it_learns_to_tell_a_rising_tone_from_a_falling_one():
    t = np.arange(1200) / 8000
    rising = 0.1 * np.sin(2 * np.pi * (500 + 6000 * t) * t)
    noise = 0.005 * np.random.default_rng(1).normal(size=10_000)
    clips = [noise], [rising], [rising[::-1].copy()]
    recipe = SceneRecipe(6_000, 30, 4, (0, 1), (0, 1))
    scenes = synthesize_scenes(96, clips, np.random.default_rng(0), recipe)
    inputs = model_inputs(scenes.samples, 8000, 160, 80)
    keras.utils.set_random_seed(0)
    model = build_trigger_word(
        inputs.shape[1:], filters=12, kernel_size=15, strides=2, units=12, dropout=0.0
    )
    assert model.output_shape[1:] == scenes.labels.shape[1:]
    model.compile(keras.optimizers.Adam(1e-2), "binary_crossentropy")
    model.fit(inputs[:64], scenes.labels[:64], batch_size=16, epochs=12, verbose=0)
    found = model.predict(inputs[64:], verbose=0)[..., 0]
    counts = [len(detect_events(p, refractory=4)) for p in found]
    right = np.mean(np.equal(counts, [len(a) for a in scenes.activates[64:]]))
    assert right >= 0.9


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"filters": 0}, "filters: expected a whole number of at least 1; got 0"),
        ({"strides": 0}, "strides: expected"),
        ({"units": 1.5}, "units: expected"),
        ({"kernel_size": 32}, "input_shape: .*at least kernel_size, 32, columns"),
        ({"dropout": 1.0}, r"dropout: expected a number in \[0, 1\)"),
        ({"input_shape": (31,)}, "input_shape: expected"),
    ],
)
def test_wrong_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        build_trigger_word(**{"input_shape": (31, 3), **SMALL, **change})
