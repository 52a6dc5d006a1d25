"""Weights of keras.applications in the networks of this package."""

import re

import keras
import numpy as np

__all__ = ["transplant_weights"]

# where our weight lies -> where keras.applications has it; the first rules make the block's name,
# the last ones that of the layer in it
RESNET = (
    (r"(conv\d_block\d+)/shortcut/", r"\1_0_"),
    (r"(conv\d_block\d+)/reduce/", r"\1_1_"),
    (r"(conv\d_block\d+)/convolve/", r"\1_2_"),
    (r"(conv\d_block\d+)/expand/", r"\1_3_"),
    (r"_convolution/", "_conv/"),
    (r"_normalization/", "_bn/"),
)
MOBILENET_V1 = (
    (r"^stem/convolution/", "conv1/"),
    (r"^stem/normalization/", "conv1_bn/"),
    (r"^block_(\d+)/depthwise/", r"conv_dw_\1/"),
    (r"^block_(\d+)/pointwise/", r"conv_pw_\1/"),
    (r"/normalization/", "_bn/"),
    (r"/convolution/", "/"),
    (r"^predictions/", "conv_preds/"),
)
MOBILENET_V2 = (
    (r"^stem/convolution/", "Conv1/"),
    (r"^stem/normalization/", "bn_Conv1/"),
    (r"^top/convolution/", "Conv_1/"),
    (r"^top/normalization/", "Conv_1_bn/"),
    (r"^block_0/", "expanded_conv/"),
    (r"^(block_\d+|expanded_conv)/(\w+)/normalization/", r"\1_\2_BN/"),
    (r"^(block_\d+|expanded_conv)/(\w+)/convolution/", r"\1_\2/"),
)
EFFICIENTNET = (
    (r"^(stem|top)/", r"\1_"),
    (r"^(block\d\w)/excite/", r"\1_se_"),
    (r"^(block\d\w)/depthwise/normalization/", r"\1_bn/"),
    (r"^(block\d\w)/depthwise/convolution/", r"\1_dwconv/"),
    (r"^(block\d\w)/(expand|project)/", r"\1_\2_"),
    (r"_normalization/", "_bn/"),
    (r"_convolution/", "_conv/"),
)
RULES = {
    "resnet": RESNET,
    "mobilenet_v1": MOBILENET_V1,
    "mobilenet_v2": MOBILENET_V2,
    "efficientnet": EFFICIENTNET,
}


def transplant_weights(source, target):
    """Copy all weights of a network of keras.applications into ours of the same architecture.

    Afterwards both give the same outputs. `source` has to be complete, with its last layer, and of
    the same width and number of classes.

    Args:
        source: network of keras.applications, such as `keras.applications.ResNet50()`, which
            downloads the weights that ImageNet taught it; or any with layers named like ours.
        target: the same network from this package, such as `build_resnet(50)`.

    Returns:
        target.

    Raises:
        ValueError: a weight has no counterpart or one of another shape. Nothing is copied then.

    Example:
        >>> from dlcourse.models.mobilenet_v1 import build_mobilenet_v1
        >>> shape = (32, 32, 3)
        >>> source = keras.applications.MobileNet(shape, alpha=0.25, weights=None, classes=2)
        >>> target = transplant_weights(source, build_mobilenet_v1(shape, 2, width=0.25))
        >>> image = keras.ops.ones((1, *shape))
        >>> np.allclose(source(image), target(image))
        True
    """
    available = {_without_number(weight.path): weight for weight in source.weights}
    rules = next((RULES[name] for name in RULES if target.name.startswith(name)), ())
    pairs = [(weight, _translated(weight.path, rules)) for weight in target.weights]
    _check(available, pairs)
    for weight, path in pairs:
        weight.assign(keras.ops.reshape(available[path], weight.shape))
    _take_over_rescaling(source, target)
    return target


def _translated(path, rules):
    for pattern, replacement in rules:
        path = re.sub(pattern, replacement, path)
    return path


def _without_number(path):
    # the only layer with weights that keras.applications leaves to be named by Keras
    return re.sub(r"^normalization_\d+/", "normalization/", path)


def _check(available, pairs):
    left_over = set(available) - {path for _, path in pairs}
    if left_over:
        raise ValueError(f"target: expected a place for {min(left_over)}; found none")
    for weight, path in pairs:
        if path not in available:
            raise ValueError(f"source: expected a weight {path} for {weight.path}; got none")
        theirs = tuple(available[path].shape)
        # a dense layer and a 1×1 convolution differ by axes of length 1
        if [n for n in theirs if n > 1] != [n for n in weight.shape if n > 1]:
            raise ValueError(
                f"source: expected {path} of shape {tuple(weight.shape)}, as in the target; got "
                f"{theirs}. Are width, classes and input_shape the same?"
            )


def _take_over_rescaling(source, target):
    # With ImageNet's weights, EfficientNet divides by the root of the standard deviation once
    # more, in a layer without weights; our normalization can do that by another variance.
    further = [x for x in source.layers if isinstance(x, keras.layers.Rescaling)][1:]
    for layer in (x for x in target.layers if isinstance(x, keras.layers.Normalization)):
        scale = np.prod([x.scale for x in further], axis=0)
        layer.adapt_variance.assign(layer.adapt_variance / np.square(scale))
        layer.finalize_state()  # it calculates with copies of its weights
