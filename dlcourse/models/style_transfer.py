"""Neural style transfer: an image is trained, until a frozen network sees in it what it should."""

import keras
import numpy as np
from keras import ops

from dlcourse.losses.content import content_loss
from dlcourse.losses.style import style_target, weighted_style_loss
from dlcourse.losses.total_variation import total_variation_loss
from dlcourse.models.style_comparison import default_comparison

__all__ = ["StyleTransfer", "build_extractor", "build_style_transfer"]

ROUNDING = 1e-4  # resizing may leave a white pixel a little above 1


class StyleTransfer(keras.Model):
    """A model whose only trainable weight is an image.

    Each training step goes once through the needed part of the network and back to the image. What
    does not change is computed once, here: the activations of the content image and the Gram
    matrices of the style image.

    Args:
        extractor: model from an image to a dict of activations, see `build_extractor`.
        content: the content image, (height, width, 3), pixels 0 to 1; the result has its size and
            starts as a copy of it.
        style: the style image, (any height, any width, 3), pixels 0 to 1.
        comparison: `dlcourse.models.style_comparison.Comparison`.

    Raises:
        ValueError: an image does not have that shape, or a factor is negative.

    Reference:
        Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR
        2016, equation 7; total variation as in Johnson, Alahi and Fei-Fei, "Perceptual losses for
        real-time style transfer and super-resolution", ECCV 2016, §3.2.
    """

    def __init__(self, extractor, content, style, comparison):
        super().__init__(name="style_transfer")
        content, style = _as_batch("content", content), _as_batch("style", style)
        if len(comparison.factors) != 3 or min(comparison.factors) < 0:
            raise ValueError(
                f"factors: expected three numbers >= 0 (α, β, γ); got {comparison.factors}"
            )
        extractor.trainable = False
        self.extractor = extractor
        self.comparison = comparison
        self.content_target = extractor(content)[comparison.content_layer]
        targets = {name: style_target(found) for name, found in extractor(style).items()}
        self.style_targets = {name: targets[name] for name in comparison.style_layers}
        self.image = self.add_weight(
            name="image", shape=content.shape, initializer=_Start(content), constraint=_UnitRange()
        )
        names = ("content", "style", "variation")
        self.costs = [keras.metrics.Mean(name=name) for name in names]
        self.built = True

    def call(self, inputs):
        """The image as it is now, and its activations; the inputs only start a step."""
        del inputs
        image = ops.add(self.image, 0)  # one read for all costs, certain to be before the update
        return image, self.extractor(image)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        """α content + β style + γ total variation of the image as it is now."""
        del x, y, sample_weight, training
        costs = self._costs(*y_pred)
        for mean, cost in zip(self.costs, costs, strict=True):
            mean.update_state(cost)
        factors = self.comparison.factors
        return sum(factor * cost for factor, cost in zip(factors, costs, strict=True))

    def optimize(self, steps):
        """Change the image a number of times.

        Args:
            steps: number of training steps, >= 1.

        Returns:
            Dict of "loss", "content", "style" and "variation": for every step, the cost before it
            (the parts without their factors).
        """
        start = np.zeros((1, 1), "float32")
        logs = [self.train_on_batch(start, return_dict=True) for _ in range(steps)]
        return {name: [float(log[name]) for log in logs] for name in logs[0]}

    def picture(self):
        """The image as it is now: array (height, width, 3), 0 to 1."""
        return self.image.numpy()[0]

    def _costs(self, image, activations):
        weights = self.comparison.style_layers
        style = weighted_style_loss(
            [self.style_targets[name] for name in weights],
            [activations[name] for name in weights],
            list(weights.values()),
        )
        content = content_loss(self.content_target, activations[self.comparison.content_layer])
        return content[0], style[0], total_variation_loss(image)[0]


def build_extractor(network, comparison):
    """Cut the layers to compare out of a network; what comes after the last of them is left away.

    Args:
        network: model that reads images, such as `build_style_network` gives.
        comparison: `dlcourse.models.style_comparison.Comparison`.

    Returns:
        A `keras.Model` from images to a dict of the activations of these layers.

    Raises:
        ValueError: the network has no layer of that name.

    Example:
        >>> from dlcourse.models.patch_classifier import build_patch_classifier
        >>> from dlcourse.models.style_comparison import Comparison
        >>> network = build_patch_classifier()
        >>> extractor = build_extractor(network, Comparison("block1_conv2", {}, (1, 0, 0)))
        >>> [layer.name for layer in extractor.layers]
        ['image', 'centered', 'block1_conv1', 'block1_conv2']
    """
    names = dict.fromkeys([comparison.content_layer, *comparison.style_layers])
    outputs = {name: network.get_layer(name).output for name in names}
    return keras.Model(network.inputs[0], outputs, name="extractor")


def build_style_transfer(network, content, style, comparison=None):
    """Prepare to paint the content of one image in the style of another.

    Args:
        network: model that reads images with pixels from 0 to 1, see `build_style_network`.
        content: content image (height, width, 3), pixels 0 to 1.
        style: style image (height, width, 3), pixels 0 to 1.
        comparison: layers, weights and factors; `default_comparison(network)` where it is None.

    Returns:
        A compiled `StyleTransfer`; `optimize(steps)` trains it and `picture()` shows the result.

    Raises:
        ValueError: as `StyleTransfer` and `build_extractor`.

    Example:
        >>> from dlcourse.models.patch_classifier import build_patch_classifier
        >>> rng = np.random.default_rng(0)
        >>> transfer = build_style_transfer(build_patch_classifier(), *rng.random((2, 16, 16, 3)))
        >>> costs = transfer.optimize(steps=3)
        >>> costs["style"][-1] < costs["style"][0], transfer.picture().shape
        (True, (16, 16, 3))
    """
    comparison = default_comparison(network) if comparison is None else comparison
    transfer = StyleTransfer(build_extractor(network, comparison), content, style, comparison)
    transfer.compile(
        optimizer=keras.optimizers.Adam(0.02),
        # XLA is slower than the plain graph for convolutions on a CPU; JAX knows nothing else
        jit_compile=keras.backend.backend() == "jax",
    )
    return transfer


class _UnitRange(keras.constraints.Constraint):
    """Pixels stay from 0 (black) to 1 (full colour)."""

    def __call__(self, value):
        return ops.clip(value, 0, 1)


class _Start(keras.initializers.Initializer):
    """The image that a style transfer starts from."""

    def __init__(self, image):
        self.image = image

    def __call__(self, shape, dtype=None):
        del shape
        return ops.convert_to_tensor(self.image, dtype)


def _as_batch(name, image):
    image = np.asarray(image, "float32")
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(
            f"{name}: expected an image (height, width, 3); got shape {image.shape}. Repeat a grey "
            "image three times along a new last axis"
        )
    if image.min() < -ROUNDING or image.max() > 1 + ROUNDING:
        raise ValueError(
            f"{name}: expected pixels from 0 to 1; got {image.min():g} to {image.max():g}. Divide "
            "whole numbers by 255"
        )
    return np.clip(image, 0, 1)[None]
