"""What style transfer compares: in which layers, and what counts how much."""

from typing import NamedTuple

__all__ = ["Comparison", "default_comparison"]


class Comparison(NamedTuple):
    """What style transfer compares, and what counts how much.

    Args:
        content_layer: name of the layer whose activations should be those of the content image.
        style_layers: dict from the name of a layer to its weight within the style loss.
        factors: α, β, γ >= 0 of the content loss, the style loss and the total variation.
    """

    content_layer: str
    style_layers: dict
    factors: tuple


# the layers and their weights as published; the factors are those of the course
VGG19 = Comparison(
    "block4_conv2", {f"block{block}_conv1": 0.2 for block in range(1, 6)}, (10.0, 40.0, 1.0)
)
# its activations are far smaller, so other factors balance; chosen by looking at the pictures
SMALL = Comparison(
    "block2_conv2", {f"block{block}_conv1": 1 / 3 for block in range(1, 4)}, (10.0, 1000.0, 1e-4)
)


def default_comparison(network):
    """Say what style transfer with a network compares unless told otherwise.

    Args:
        network: result of `build_style_network`.

    Returns:
        Comparison; for VGG-19 with the published layers.

    Example:
        >>> from dlcourse.models.patch_classifier import build_patch_classifier
        >>> default_comparison(build_patch_classifier()).content_layer
        'block2_conv2'
    """
    return VGG19 if any(layer.name == "block5_conv1" for layer in network.layers) else SMALL
