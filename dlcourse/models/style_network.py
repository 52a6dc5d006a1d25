"""The network whose activations style transfer compares: VGG-19, or a small stand-in for it."""

import warnings

import keras
from keras import ops

from dlcourse.datasets.sample_images import SAMPLE_IMAGES, sample_image
from dlcourse.models.patch_classifier import train_patch_classifier

__all__ = ["build_style_network", "build_vgg19_network"]

CAFFE_MEANS = (103.939, 116.779, 123.68)  # blue, green, red of the ImageNet photographs
SMALL_SIZE = (96, 128)


def build_style_network(seed=0):
    """Give VGG-19 with its ImageNet weights, or, where they cannot be had, a small network.

    The small network is trained here on the photographs that come with the installed packages,
    in about ten seconds; a warning says so.

    Args:
        seed: whole number for the training of the small network.

    Returns:
        A `keras.Model` that reads images (None, height, width, 3) with pixels from 0 to 1, of any
        size; `dlcourse.models.style_comparison.default_comparison` names the layers to compare.

    Reference:
        Simonyan and Zisserman, "Very deep convolutional networks for large-scale image
        recognition", ICLR 2015, configuration E.
    """
    try:
        return build_vgg19_network("imagenet")
    except Exception as error:  # what Keras raises when a download fails is a bare Exception
        warnings.warn(
            "The ImageNet weights of VGG-19 (80 MB) could not be had, so a small network is "
            "trained on three photographs instead: style transfer works, with coarser pictures. "
            f"Connect to the internet and try again for VGG-19. ({error})",
            stacklevel=2,
        )
    photos = [sample_image(name, SMALL_SIZE) for name in SAMPLE_IMAGES]
    return train_patch_classifier(photos, seed=seed)


def build_vgg19_network(weights="imagenet"):
    """Build VGG-19 without its dense layers, reading images with pixels from 0 to 1.

    Args:
        weights: "imagenet" for the published ones, which Keras downloads once (80 MB) and keeps;
            None for random ones; or the path of a weights file.

    Returns:
        A `keras.Model` with the layers of keras.applications, block1_conv1 to block5_pool, and
        20,024,384 parameters.

    Raises:
        Exception: the weights could not be downloaded.

    Reference:
        Simonyan and Zisserman, "Very deep convolutional networks for large-scale image
        recognition", ICLR 2015, configuration E.
    """
    image = keras.Input((None, None, 3), name="image")
    # the published weights expect blue first, 0 to 255, and the mean colour taken away
    scaled = keras.layers.Rescaling(255)(ops.flip(image, axis=-1))
    centered = ops.subtract(scaled, ops.convert_to_tensor(CAFFE_MEANS, "float32"))
    return keras.applications.VGG19(include_top=False, weights=weights, input_tensor=centered)
