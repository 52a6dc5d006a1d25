"""The large networks: as many parameters as published, the right depth, and small versions."""

import keras
import numpy as np
import pytest

from dlcourse.layers.convolution_unit import ConvolutionUnit
from dlcourse.layers.inception import InceptionModule
from dlcourse.layers.inverted_residual import MBConv
from dlcourse.layers.residual import BasicResidualBlock
from dlcourse.models.efficientnet import FAMILY, build_efficientnet
from dlcourse.models.googlenet import MODULES, build_googlenet
from dlcourse.models.mobilenet_v1 import build_mobilenet_v1
from dlcourse.models.mobilenet_v2 import build_mobilenet_v2
from dlcourse.models.resnet import build_resnet
from dlcourse.models.round_filters import round_filters

THEIRS = keras.applications


@pytest.fixture(autouse=True)
def shapes_only():
    """Weights get a shape and no numbers, so that the largest networks are made in a second."""
    with keras.StatelessScope(initialize_variables=False):
        yield
    keras.utils.clear_session()  # forgets that the weights still wait for their numbers


PUBLISHED = {
    50: (25_636_712, THEIRS.ResNet50),
    101: (44_707_176, THEIRS.ResNet101),
    152: (60_419_944, THEIRS.ResNet152),
}


@pytest.mark.parametrize("depth", PUBLISHED)
def test_deep_resnets_have_the_parameters_of_keras_applications(depth):
    count, theirs = PUBLISHED[depth]
    assert build_resnet(depth).count_params() == count == theirs(weights=None).count_params()


def convolution(size, channels, filters):
    """A convolution with bias, and four numbers of normalization per filter."""
    return size**2 * channels * filters + filters + 4 * filters


@pytest.mark.parametrize(
    ("depth", "repeats", "torchvision"),
    # the numbers that torchvision states for its ResNet18_Weights and ResNet34_Weights
    [(18, (2, 2, 2, 2), 11_689_512), (34, (3, 4, 6, 3), 21_797_672)],
)
def test_shallow_resnets_have_the_parameters_of_the_table(depth, repeats, torchvision):
    # He et al., table 1, by hand: stem, stages of pairs of 3×3 convolutions, projections, classes
    count, channels, normalized = convolution(7, 3, 64) + 512 * 1000 + 1000, 64, 64
    for filters, blocks in zip((64, 128, 256, 512), repeats, strict=True):
        for _ in range(blocks):
            count += convolution(3, channels, filters) + convolution(3, filters, filters)
            normalized += 2 * filters
            if channels != filters:
                count += convolution(1, channels, filters)
                normalized += filters
            channels = filters
    assert build_resnet(depth).count_params() == count
    # torchvision counts neither biases of convolutions, which it has not, nor moving averages
    assert count - 3 * normalized == torchvision


@pytest.mark.parametrize("depth", [18, 34, 50, 101, 152])
def test_a_resnet_has_as_many_layers_as_its_name_says(depth):
    model = build_resnet(depth)
    blocks = [layer for layer in model.layers if isinstance(layer, BasicResidualBlock)]
    assert sum(len(block.units) for block in blocks) + 2 == depth
    sizes = [block.compute_output_shape(block.input.shape)[1] for block in blocks]
    assert sorted(set(sizes), reverse=True) == [56, 28, 14, 7]
    wide = depth >= 50  # the first stage of bottlenecks widens 64 channels to 256
    assert [b.projection for b in blocks].count(True) == (4 if wide else 3)


@pytest.mark.parametrize("width", [0.25, 0.5, 0.75, 1.0])
def test_mobilenet_v1_has_the_parameters_of_keras_applications(width):
    theirs = THEIRS.MobileNet(weights=None, alpha=width)
    assert build_mobilenet_v1(width=width).count_params() == theirs.count_params()
    assert build_mobilenet_v1().count_params() == 4_253_864


@pytest.mark.parametrize("width", [0.35, 0.5, 0.75, 1.0, 1.3, 1.4])
def test_mobilenet_v2_has_the_parameters_of_keras_applications(width):
    theirs = THEIRS.MobileNetV2(weights=None, alpha=width)
    assert build_mobilenet_v2(width=width).count_params() == theirs.count_params()
    assert build_mobilenet_v2().count_params() == 3_538_984


@pytest.mark.parametrize("version", range(8))
def test_efficientnets_have_the_parameters_of_keras_applications(version):
    theirs = getattr(THEIRS, f"EfficientNetB{version}")(weights=None)
    ours = build_efficientnet(version)
    assert ours.count_params() == theirs.count_params()
    assert ours.input_shape == theirs.input_shape
    assert version > 0 or ours.count_params() == 5_330_571
    skips = [layer.drop_rate for layer in ours.layers if isinstance(layer, MBConv)]
    assert skips == pytest.approx(0.2 * np.arange(len(skips)) / len(skips))


def test_efficientnets_scale_all_three_dimensions_together():
    # Tan and Le, §3.3: α = 1.2, β = 1.1, γ = 1.15 to the power φ, published with few digits
    for phi, scale in zip((0, 0.5, 1, 2, 3, 4, 5, 6), FAMILY, strict=True):
        powers = 1.2**phi, 1.1**phi, 1.15**phi
        ours = scale.depth, scale.width, scale.resolution / 224
        np.testing.assert_allclose(ours, powers, rtol=0.18)


# Szegedy et al., table 1, column "params", in units of 1024 without biases. From the rows of the
# same table follows 159 for 3a, but up to 8 % more or less for the others.
TABLE_1 = {"3a": 159, "3b": 380, "4a": 364, "4b": 437, "4c": 463, "4d": 580, "4e": 840}
TABLE_1 |= {"5a": 1072, "5b": 1388}


@pytest.mark.parametrize("name", TABLE_1)
def test_inception_modules_have_the_parameters_of_the_paper(name):
    module = build_googlenet(auxiliary=False).get_layer(f"inception_{name}")
    filters = sum(MODULES[name])
    weights = module.count_params() - filters
    assert weights == module_weights(name)
    assert weights / 1024 == pytest.approx(TABLE_1[name], rel=0.005 if name == "3a" else 0.08)


def module_weights(name):
    one, reduce_3, three, reduce_5, five, pool = MODULES[name]
    channels = build_googlenet(auxiliary=False).get_layer(f"inception_{name}").input.shape[-1]
    large = 9 * reduce_3 * three + 25 * reduce_5 * five
    return channels * (one + reduce_3 + reduce_5 + pool) + large


def test_googlenet_has_the_parameters_that_follow_from_the_paper():
    stem = (49 * 3 + 1) * 64 + (64 + 1) * 64 + (9 * 64 + 1) * 192
    modules = sum(module_weights(name) + sum(row) for name, row in MODULES.items())
    plain = stem + modules + (1024 + 1) * 1000
    assert build_googlenet(auxiliary=False).count_params() == plain == 6_998_552
    # §5: 1×1 with 128 filters after pooling to 4 by 4, 1024 units, 1000 classes
    hidden = (4 * 4 * 128 + 1) * 1024 + (1024 + 1) * 1000
    auxiliary = (512 + 1) * 128 + (528 + 1) * 128 + 2 * hidden
    assert build_googlenet().count_params() == plain + auxiliary == 13_378_280


def test_googlenet_has_three_classifiers_behind_the_same_modules():
    model = build_googlenet()
    assert [output.shape for output in model.outputs] == [(None, 1000)] * 3
    modules = [layer for layer in model.layers if isinstance(layer, InceptionModule)]
    assert [m.compute_output_shape(m.input.shape)[1:] for m in modules] == [
        *[(28, 28, 256), (28, 28, 480), (14, 14, 512), (14, 14, 512), (14, 14, 512)],
        *[(14, 14, 528), (14, 14, 832), (7, 7, 832), (7, 7, 1024)],
    ]
    main = keras.Model(model.input, model.outputs[0])
    assert main.count_params() == build_googlenet(auxiliary=False).count_params()


SMALL = {
    "ResNet-18": lambda **more: build_resnet(18, **more),
    "ResNet-50": lambda **more: build_resnet(50, **more),
    "GoogLeNet": lambda **more: build_googlenet(auxiliary=False, **more),
    "MobileNet v1": build_mobilenet_v1,
    "MobileNet v2": build_mobilenet_v2,
    "EfficientNet-B0": lambda **more: build_efficientnet(0, **more),
}


@pytest.mark.parametrize("name", SMALL)
def test_small_versions_are_much_smaller(name):
    small = SMALL[name](input_shape=(32, 40, 2), classes=3, width=0.25)
    assert (small.input_shape, small.output_shape) == ((None, 32, 40, 2), (None, 3))
    assert small.count_params() < 0.1 * SMALL[name]().count_params()


def test_filters_are_rounded_to_eights_and_never_lose_a_tenth():
    for filters in (16, 24, 32, 40, 80, 112, 192, 320, 1280):
        for width in np.arange(0.1, 2.5, 0.1):
            rounded = round_filters(filters, width)
            assert rounded % 8 == 0 and rounded >= 8
            assert rounded >= 0.9 * filters * width
            assert abs(rounded - filters * width) <= 8


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: build_resnet(20), "depth: expected one of 18, 34, 50, 101, 152; got 20"),
        (lambda: build_resnet(width=0.01), "width: expected at least 1/64, .* got 0.01"),
        (lambda: build_mobilenet_v1(width=0.01), "width: expected at least 1/32, .* got 0.01"),
        (lambda: build_mobilenet_v2(width=0), "width: expected more than 0; got 0"),
        (lambda: build_googlenet(width=-1), "width: expected more than 0; got -1"),
        (lambda: build_googlenet((64, 64, 3)), "at least 65 .* Smaller images need auxiliary=F"),
        (lambda: build_efficientnet("B0"), "version: expected a whole number .* got 'B0'"),
        (lambda: build_efficientnet(8), "version: expected a whole number from 0 to 7; got 8"),
    ],
)
def test_bad_input_is_explained(action, message):
    with pytest.raises(ValueError, match=message):
        action()


def test_a_unit_is_shared_by_all_of_them():
    model = build_mobilenet_v2()
    assert isinstance(model.get_layer("stem"), ConvolutionUnit)
