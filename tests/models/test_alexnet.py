"""AlexNet: the count behind "60 million", the sizes of figure 2, and its two halves."""

import keras
import numpy as np
import pytest

from dlcourse.models.alexnet import build_alexnet
from tests.models.counting import count_parameters

SMALL = {"input_shape": (67, 67, 1), "classes": 10, "width": 1 / 16}


def test_parameters_add_up_to_the_paper():
    # inputs of each unit (a bias is one more) and units, from figure 2: conv1 to fc8
    inputs = (
        11 * 11 * 3,
        5 * 5 * 48,
        3 * 3 * 256,
        3 * 3 * 192,
        3 * 3 * 192,
        6 * 6 * 256,
        4096,
        4096,
    )
    units = (96, 256, 384, 384, 256, 4096, 4096, 1000)
    expected = sum((n + 1) * k for n, k in zip(inputs, units, strict=True))
    assert count_parameters(build_alexnet) == expected == 60_965_224


def test_sizes_are_those_of_the_figure():
    with keras.StatelessScope(initialize_variables=False):
        model = build_alexnet()
    keras.utils.clear_session()
    shapes = {layer.name: tuple(layer.output.shape[1:]) for layer in model.layers}
    assert shapes["conv1"] == (55, 55, 96) and shapes["conv2"] == (27, 27, 256)
    assert shapes["conv3"] == shapes["conv4"] == (13, 13, 384)
    assert shapes["pool5"] == (6, 6, 256) and shapes["predictions"] == (1000,)


def test_halves_do_not_meet_in_the_second_convolution():
    layer = build_alexnet(**SMALL).get_layer("conv2")
    images = np.random.default_rng(0).normal(size=(1, 7, 7, 6)).astype("float32")
    before = keras.ops.convert_to_numpy(layer(images))
    images[..., :3] = 0
    after = keras.ops.convert_to_numpy(layer(images))
    assert np.array_equal(before[..., 8:], after[..., 8:])
    assert not np.allclose(before[..., :8], after[..., :8])


def test_learns_to_tell_halves_of_images():
    rng = np.random.default_rng(0)
    x = rng.normal(scale=0.3, size=(48, 67, 67, 1)).astype("float32")
    y = rng.integers(2, size=48)
    x[y == 1, :33] += 1
    x[y == 0, 34:] += 1
    keras.utils.set_random_seed(0)
    model = build_alexnet((67, 67, 1), classes=2, width=1 / 16)
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=12, batch_size=16, verbose=0)
    assert np.mean(model.predict(x, verbose=0).argmax(axis=1) == y) > 0.9


def test_wrong_sizes_are_refused():
    with pytest.raises(ValueError, match="input_shape: expected images of at least 67 by 67"):
        build_alexnet((66, 67, 3))
    with pytest.raises(ValueError, match="width: expected at least 1/48"):
        build_alexnet(width=0.02)
