"""Which part of an image a unit sees: asked of the network itself, by changing single pixels."""

import keras
import numpy as np
import pytest
from keras import layers

from dlcourse.maximizing_patches import maximizing_patches, receptive_field


def _chain(*chain, shape=(24, 24, 1)):
    keras.utils.set_random_seed(0)
    return keras.Sequential([keras.Input(shape), *chain])


def _conv(name="seen", **kwargs):
    return layers.Conv2D(1, kernel_initializer="ones", name=name, **kwargs)


CHAINS = {
    "one": [_conv(kernel_size=3)],
    "same": [_conv("first", kernel_size=5, padding="same"), _conv(kernel_size=3, padding="same")],
    "strided": [
        _conv("first", kernel_size=3, strides=2, padding="same"), _conv(kernel_size=3, strides=2)
    ],
    "pooled": [
        _conv("first", kernel_size=3),
        layers.AveragePooling2D(2),
        layers.ReLU(),
        _conv(kernel_size=4, padding="same"),
    ],
    "dilated": [_conv("first", kernel_size=3, dilation_rate=2), _conv(kernel_size=2, strides=3)],
}  # fmt: skip


@pytest.mark.parametrize("name", CHAINS)
def test_the_receptive_field_is_what_pixels_reach(name):
    """Every kernel is of ones: a position answers exactly to the pixels that it sees."""
    model = _chain(*(layer.from_config(layer.get_config()) for layer in CHAINS[name]))
    field = receptive_field(model, "seen")
    pixels = np.eye(24, dtype="float32")[:, :, None, None] * np.ones((1, 1, 24, 1), "float32")
    answers = model.predict(pixels, verbose=0)[..., 0].sum(axis=2)  # (row of the image, row of out)
    for position in range(2, answers.shape[1] - 2):
        begin = field.offset + field.stride * position
        seen = np.flatnonzero(answers[:, position])
        # a dilated window has holes, so its border counts
        assert (seen[0], seen[-1]) == (max(begin, 0), min(begin + field.size, 24) - 1)


def test_a_planted_pattern_is_found():
    rng = np.random.default_rng(0)
    pattern = rng.choice([-1.0, 1.0], (3, 3))
    images = rng.uniform(-0.2, 0.2, (6, 12, 12, 1)).astype("float32")
    places, strengths = rng.integers(0, 9, (6, 2)), [0.5, 3, 1, 2, 4, 2.5]
    for image, (row, column), strength in zip(images, places, strengths, strict=True):
        image[row : row + 3, column : column + 3, 0] += strength * pattern
    model = _chain(_conv(kernel_size=3), shape=(12, 12, 1))
    model.set_weights([pattern[:, :, None, None], np.zeros(1)])
    patches, activations = maximizing_patches(model, "seen", images, n_patches=4)
    assert patches.shape == (1, 4, 3, 3, 1)
    for patch, image in zip(patches[0], (4, 1, 5, 3), strict=True):
        row, column = places[image]
        np.testing.assert_array_equal(patch, images[image, row : row + 3, column : column + 3])
    assert np.all(np.diff(activations[0]) < 0)


def test_beyond_the_border_it_is_black():
    images = np.ones((1, 4, 4, 1), "float32")
    images[0, 0, 0] = 9
    model = _chain(_conv(kernel_size=3, padding="same"), shape=(4, 4, 1))
    centre = np.zeros((3, 3, 1, 1))
    centre[1, 1] = 1
    model.set_weights([centre, np.zeros(1)])
    patches, _ = maximizing_patches(model, "seen", images, n_patches=1)
    assert patches[0, 0, :, :, 0].tolist() == [[0, 0, 0], [0, 9, 1], [0, 1, 1]]


def test_wrong_arguments_are_refused():
    model = _chain(_conv(kernel_size=3), layers.Flatten(), layers.Dense(2, name="dense"))
    with pytest.raises(ValueError, match="n_patches: expected 1 to 2, the images; got 3"):
        maximizing_patches(model, "seen", np.zeros((2, 24, 24, 1)), n_patches=3)
    with pytest.raises(ValueError, match="got 'flatten', a Flatten"):
        receptive_field(_chain(_conv(kernel_size=3), layers.Flatten(name="flatten"),
                               layers.Dense(2, name="dense")), "dense")  # fmt: skip
    with pytest.raises(ValueError, match=r"square windows; got \(1, 3\)"):
        receptive_field(_chain(_conv(kernel_size=(1, 3))), "seen")
