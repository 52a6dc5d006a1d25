"""U-Net: the paper's sizes and count, what each part sees, and digits found on photographs."""

import keras
import numpy as np
import pytest

from dlcourse.datasets import segmented_digits
from dlcourse.models.unet import build_unet
from tests.models.counting import count_parameters

SMALL = {"width": 1 / 8, "padding": "same"}


def test_parameters_add_up_to_the_figure_of_the_paper():
    def convolution(side, inputs, outputs):
        return side * side * inputs * outputs + outputs

    channels = (64, 128, 256, 512, 1024)
    down = sum(
        convolution(3, inputs, n) + convolution(3, n, n)
        for inputs, n in zip((1, *channels), channels, strict=False)
    )
    up = sum(
        convolution(2, 2 * n, n) + convolution(3, 2 * n, n) + convolution(3, n, n)
        for n in channels[:-1]
    )
    assert (down, up) == (18_842_048, 12_188_480)
    assert count_parameters(build_unet) == down + up + convolution(1, 64, 2) == 31_030_658


def test_sizes_are_those_of_the_figure():
    with keras.StatelessScope(initialize_variables=False):
        model = build_unet()
    keras.utils.clear_session()
    assert model.output_shape == (None, 388, 388, 2)
    sides = {"down1_conv2": 568, "down4_conv2": 64, "bottom_conv2": 28, "up4_double": 56}
    sides |= {"up4_conv2": 52, "up3_conv2": 100, "up2_conv2": 196, "up1_conv2": 388}
    assert {name: model.get_layer(name).output.shape[1] for name in sides} == sides
    convolutions = [x for x in model.layers if isinstance(x, keras.layers.Conv2D)]
    transposed = [x for x in model.layers if isinstance(x, keras.layers.Conv2DTranspose)]
    assert len(convolutions) + len(transposed) == 23  # §2: "23 convolutional layers"


def test_bridges_are_cropped_around_the_middle():
    model = build_unet((44, 44, 1), width=1 / 16, depth=2)
    for weight in model.weights:
        if len(weight.shape) == 4:
            weight.assign((weight + weight[::-1]) / 2)  # filters that a mirror leaves as they are
    images = np.random.default_rng(0).normal(size=(1, 44, 44, 1)).astype("float32")
    found, expected = model.predict_on_batch(images[:, ::-1]), model.predict_on_batch(images)
    np.testing.assert_allclose(found, expected[:, ::-1], rtol=1e-5, atol=1e-6)


def test_a_shifted_image_has_a_shifted_map():
    model = build_unet((44, 44, 1), width=1 / 16, depth=2)
    images = np.random.default_rng(0).normal(size=(1, 48, 48, 1)).astype("float32")
    first, second = (model.predict_on_batch(images[:, n : n + 44, n : n + 44]) for n in (0, 4))
    # 4 is what two poolings reduce to 1, so that all grids fall on one another
    np.testing.assert_allclose(first[:, 4:, 4:], second[:, :-4, :-4], rtol=1e-5, atol=1e-6)


def test_bridges_carry_what_the_bottom_loses():
    model = build_unet((16, 16, 1), depth=2, **SMALL)
    images = np.random.default_rng(0).normal(size=(2, 16, 16, 1)).astype("float32")
    for name in ("up2_double", "up1_double"):
        layer = model.get_layer(name)
        layer.set_weights([np.zeros_like(w) for w in layer.get_weights()])
    maps = model.predict_on_batch(images)
    assert np.ptp(maps) > 1e-3
    for level in (1, 2):  # without them nothing of the image is left
        layer = model.get_layer(f"down{level}_conv2")
        layer.set_weights([np.zeros_like(w) for w in layer.get_weights()])
    assert np.ptp(model.predict_on_batch(images)[..., 0]) < 1e-6


def test_every_pixel_has_probabilities():
    maps = build_unet((16, 24, 3), classes=5, depth=3, **SMALL).predict_on_batch(
        np.random.default_rng(0).normal(size=(2, 16, 24, 3))
    )
    assert maps.shape == (2, 16, 24, 5)
    np.testing.assert_allclose(maps.sum(axis=-1), 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"input_shape": (570, 572, 1)}, r"input_shape: .*enlarge or pad 570 to 572"),
        ({"input_shape": (33, 32, 1), "padding": "same"}, r"enlarge or pad 33 to 48"),
        ({"input_shape": (16, 16, 1)}, r"input_shape: .*16 to 188"),
        ({"classes": 1}, "classes: expected at least 2"),
        ({"width": 0.01}, "width: expected at least 1/64"),
        ({"depth": 0}, "depth: expected at least 1"),
        ({"padding": "full"}, 'padding: expected "valid" or "same"'),
    ],
)
def test_wrong_arguments_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        build_unet(**settings)


def intersection_over_union(masks, predictions):
    """Mean over the two classes, background and ink."""
    pairs = [(masks == n, predictions == n) for n in (0, 1)]
    return np.mean([np.sum(a & b) / np.sum(a | b) for a, b in pairs])


def best_threshold(images, masks):
    """Mean IoU of the best threshold, in either direction, found on the images themselves."""
    cuts = np.linspace(0, 1, 21)[:, None, None, None]
    return max(
        intersection_over_union(masks, ink.astype(int))
        for ink in (*(images[..., 0] > cuts), *(images[..., 0] < cuts))
    )


def test_finds_digits_on_photographs_where_no_threshold_does():
    data = segmented_digits(train_size=300, test_size=60)
    keras.utils.set_random_seed(0)
    model = build_unet((32, 32, 1), depth=2, **SMALL)
    model.compile(keras.optimizers.Adam(4e-3), "sparse_categorical_crossentropy")
    model.fit(data.train.images, data.train.masks > 0, epochs=14, batch_size=16, verbose=0)
    images, masks = data.test.images, (data.test.masks > 0).astype(int)
    found = intersection_over_union(masks, model.predict(images, verbose=0).argmax(axis=-1))
    baseline = best_threshold(images, masks)
    assert found > baseline + 0.1, f"mean IoU {found:.3f}, threshold {baseline:.3f}"
