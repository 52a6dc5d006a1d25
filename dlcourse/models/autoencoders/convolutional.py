"""The convolutional autoencoder: the code is a small image with many channels."""

import keras

from dlcourse.models.autoencoders.sizes import check_sizes

__all__ = ["build_convolutional_autoencoder"]


def build_convolutional_autoencoder(input_shape=(28, 28, 1), widths=(16, 32), n_code=8):
    """Strided convolutions that halve the image, and transposed ones that double it again.

    Args:
        input_shape: (height, width, channels) of the images, pixels from 0 to 1; height and width
            divisible by two as often as there are widths.
        widths: channels after each halving, at least one.
        n_code: channels of the code.

    Returns:
        An uncompiled `keras.Model` from images to images with a layer "code" of shape
        (height / 2ᵏ, width / 2ᵏ, n_code) for k widths; its outputs lie between 0 and 1.

    Raises:
        ValueError: a size is below 1, or an image cannot be halved that often.

    Reference:
        Masci, Meier, Cireşan and Schmidhuber, "Stacked convolutional auto-encoders for
        hierarchical feature extraction", ICANN 2011 (strides take the place of pooling).

    Example:
        >>> model = build_convolutional_autoencoder((8, 8, 1), widths=(4, 8), n_code=2)
        >>> model.get_layer("code").output.shape, model.output_shape
        ((None, 2, 2, 2), (None, 8, 8, 1))
    """
    check_sizes(input_shape=input_shape, widths=widths, n_code=n_code)
    if any(length % 2 ** len(widths) for length in input_shape[:2]):
        raise ValueError(
            f"input_shape: expected a height and width divisible by {2 ** len(widths)}, to be "
            f"halved {len(widths)} times; got {tuple(input_shape)}"
        )
    halving = {"strides": 2, "padding": "same", "activation": "relu"}
    return keras.Sequential(
        [
            keras.Input(input_shape),
            *(keras.layers.Conv2D(width, 3, **halving) for width in widths),
            keras.layers.Conv2D(n_code, 3, padding="same", name="code"),
            *(keras.layers.Conv2DTranspose(width, 3, **halving) for width in reversed(widths)),
            keras.layers.Conv2D(
                input_shape[2], 3, padding="same", activation="sigmoid", name="output"
            ),
        ],
        name="convolutional_autoencoder",
    )
