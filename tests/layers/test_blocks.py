"""Blocks of convolutional networks: shortcuts, counts, and what each formula says."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from dlcourse.layers.convolution_unit import ConvolutionUnit, DepthwiseUnit
from dlcourse.layers.inception import InceptionModule
from dlcourse.layers.inverted_residual import InvertedResidual, MBConv
from dlcourse.layers.residual import BasicResidualBlock, BottleneckResidualBlock
from dlcourse.layers.separable import DepthwiseSeparableBlock
from dlcourse.layers.squeeze_excitation import SqueezeExcitation

FLOAT32 = {"rtol": 1e-5, "atol": 1e-5}
RESIDUAL = (BasicResidualBlock, BottleneckResidualBlock)


def images(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def array(tensor):
    return ops.convert_to_numpy(tensor)


def shuffled(layer, inputs, seed=1):
    """The layer, built, with random weights and averages, variances above 0."""
    layer(inputs)
    rng = np.random.default_rng(seed)
    for weight in layer.weights:
        weight.assign(rng.uniform(0.5, 1.5, weight.shape) * rng.choice([-1, 1], weight.shape))
        if weight.path.endswith("variance"):
            weight.assign(ops.abs(weight))
    return layer


def silence(unit):
    """Zeros as scale and shift of the normalization: nothing comes out of this unit any more."""
    unit.normalization.gamma.assign(ops.zeros_like(unit.normalization.gamma))
    unit.normalization.beta.assign(ops.zeros_like(unit.normalization.beta))


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("block", RESIDUAL)
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=5)
def test_zeros_in_the_last_unit_make_a_residual_block_the_identity(block, training, seed):
    filters = 8 // block.expansion
    x = np.abs(images(2, 3, 4, 8, seed=seed))  # behind a ReLU nothing is negative
    layer = shuffled(block(filters), x)
    assert not np.allclose(layer(x), x)
    silence(layer.units[-1])
    np.testing.assert_array_equal(array(layer(x, training=training)), x)


@pytest.mark.parametrize("kind", [InvertedResidual, MBConv])
def test_zeros_in_the_projection_make_an_inverted_residual_the_identity(kind):
    x = images(2, 4, 4, 4)
    layer = shuffled(kind(4, expansion=2), x)
    assert layer.adds_input and not np.allclose(layer(x), x)
    silence(layer.project)
    np.testing.assert_array_equal(array(layer(x)), x)  # linear: negative numbers stay


@pytest.mark.parametrize("block", RESIDUAL)
def test_zeros_leave_the_projection_of_a_convolution_block(block):
    x = images(2, 5, 4, 3)
    layer = shuffled(block(2, strides=2, projection=True), x)
    silence(layer.units[-1])
    np.testing.assert_allclose(array(layer(x)), np.maximum(array(layer.shortcut(x)), 0), **FLOAT32)


def by_formula(unit, x, activation):
    """What a unit calculates, from its weights."""
    z = ops.conv(x, unit.convolution.kernel, unit.strides, "same") + unit.convolution.bias
    gamma, beta, mean, variance = unit.normalization.get_weights()
    return activation(gamma * (array(z) - mean) / np.sqrt(variance + 1.001e-5) + beta)


@pytest.mark.parametrize("block", RESIDUAL)
def test_a_residual_block_is_its_formula(block):
    x = images(2, 5, 6, 4)
    layer = shuffled(block(3, strides=2, projection=True), x)
    relu, linear = (lambda z: np.maximum(z, 0)), (lambda z: z)
    main = x
    for unit in layer.units:
        main = by_formula(unit, main, linear if unit is layer.units[-1] else relu)
    expected = relu(main + by_formula(layer.shortcut, x, linear))
    assert 0 < np.mean(expected > 0) < 1
    np.testing.assert_allclose(array(layer(x)), expected, rtol=1e-4, atol=1e-4)


def test_a_separable_block_is_filtering_then_mixing():
    x = images(2, 5, 5, 3)
    layer = shuffled(DepthwiseSeparableBlock(4), x)
    for weight in (w for unit in layer.units for w in unit.normalization.weights):
        weight.assign(ops.ones_like(weight))
    depthwise, pointwise = (unit.convolution.get_weights()[0] for unit in layer.units)
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    normalized = lambda z: np.clip((z - 1) / np.sqrt(1 + 1e-3) + 1, 0, 6)  # noqa: E731
    filtered = normalized(np.einsum("mhwcij,ijc->mhwc", windows, depthwise[..., 0]))
    np.testing.assert_allclose(array(layer(x)), normalized(filtered @ pointwise[0, 0]), **FLOAT32)


@pytest.mark.parametrize(("channels", "filters"), [(3, 5), (8, 16)])
def test_separable_costs_as_much_less_as_the_paper_says(channels, filters):
    layer = DepthwiseSeparableBlock(filters)
    layer.build((None, 8, 8, channels))
    weights = sum(unit.convolution.count_params() for unit in layer.units)
    assert weights / (9 * channels * filters) == pytest.approx(1 / filters + 1 / 9)


def test_inception_puts_its_branches_in_the_order_of_the_table():
    x = images(2, 4, 4, 3)
    layer = shuffled(InceptionModule(1, 2, 3, 4, 5, 6), x)
    output, at = array(layer(x)), 0
    for branch, filters in zip(layer.branches, (1, 3, 5, 6), strict=True):
        expected = x
        for part in branch:
            expected = part(expected)
        np.testing.assert_allclose(output[..., at : at + filters], array(expected), **FLOAT32)
        at += filters
    assert at == output.shape[-1] == 15


def test_inception_pools_what_it_is_given():
    layer = InceptionModule(1, 1, 1, 1, 1, 3)
    x = images(1, 4, 4, 3)
    layer(x)
    pool, projection = layer.branches[3]
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    np.testing.assert_array_equal(array(pool(x)), windows.max(axis=(-1, -2)))
    assert projection.kernel.shape == (1, 1, 3, 3)


def test_excitation_scales_whole_channels_by_shares():
    x = images(3, 4, 4, 5)
    layer = shuffled(SqueezeExcitation(2), x)
    W1, b1, W2, b2 = layer.get_weights()
    hidden = np.maximum(x.mean(axis=(1, 2)) @ W1 + b1, 0)
    share = 1 / (1 + np.exp(-(hidden @ W2 + b2)))
    np.testing.assert_allclose(array(layer(x)), x * share[:, None, None], **FLOAT32)


def test_stochastic_depth_skips_whole_images_and_keeps_the_mean():
    keras.utils.set_random_seed(0)
    x = np.repeat(images(1, 3, 3, 4), 2000, axis=0)
    layer = shuffled(MBConv(4, drop_rate=0.25), x[:2])
    layer.trainable = False  # training would normalize by the batch
    change = array(layer(x, training=True)) - x
    skipped = np.all(change == 0, axis=(1, 2, 3))
    assert abs(skipped.mean() - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 2000)
    kept = change[~skipped]
    np.testing.assert_allclose(kept, np.broadcast_to(kept[0], kept.shape), rtol=1e-4, atol=1e-4)
    expected = (array(layer(x[:1])) - x[0]) / 0.75
    np.testing.assert_allclose(kept[0], expected[0], rtol=1e-4, atol=1e-4)


def test_a_frozen_block_stays_frozen_after_its_configuration():
    x = images(2, 4, 4, 2)
    block = BasicResidualBlock(2)
    block(x)
    block.trainable = False
    again = type(block).from_config(block.get_config())
    again(x)
    before = again.get_weights()
    again(x, training=True)
    assert again.trainable_weights == []
    np.testing.assert_equal(again.get_weights(), before)


def test_blocks_ignore_the_data_format_of_the_configuration():
    keras.config.set_image_data_format("channels_first")
    try:
        for block in (BasicResidualBlock(3), MBConv(3), InceptionModule(1, 1, 1, 1, 1, 1)):
            assert block(images(1, 5, 4, 3)).shape[1:3] == (5, 4)
    finally:
        keras.config.set_image_data_format("channels_last")


@pytest.mark.parametrize("strides", [1, 2, 3])
@pytest.mark.parametrize("size", [4, 5])
def test_a_stride_divides_and_rounds_up(size, strides):
    x = images(1, size, size, 2)
    for layer in (ConvolutionUnit(3, 3, strides), DepthwiseUnit(3, strides)):
        assert layer(x).shape[1:3] == (-(-size // strides),) * 2


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: ConvolutionUnit(0, 3), "filters: expected a whole number of at least 1; got 0"),
        (lambda: DepthwiseUnit(2.5), "kernel_size: expected a whole number of at least 1; got 2.5"),
        (lambda: BasicResidualBlock(4, strides=-1), "strides: expected a whole number"),
        (lambda: BasicResidualBlock(True), "filters: expected a whole number of at least 1; got T"),
        (lambda: InvertedResidual(4, expansion=0), "expansion: expected a whole number"),
        (lambda: MBConv(4, drop_rate=1), "drop_rate: expected a share from 0 to below 1; got 1"),
        (lambda: SqueezeExcitation(0), "units: expected a whole number of at least 1; got 0"),
        (lambda: InceptionModule(1, 1, 1, 1, 0, 1), "filters_5x5: expected a whole number"),
        (
            lambda: BasicResidualBlock(4, strides=2).build((None, 4, 4, 4)),
            "projection: expected True, because strides=2 and 4 → 4 channels",
        ),
        (
            lambda: BottleneckResidualBlock(4).build((None, 4, 4, 4)),
            "strides=1 and 4 → 16 channels change the shape; got False",
        ),
    ],
)
def test_bad_input_is_explained(action, message):
    with pytest.raises(ValueError, match=message):
        action()
