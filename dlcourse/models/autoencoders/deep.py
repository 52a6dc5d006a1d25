"""The deep autoencoder: with hidden layers, the code can lie on a curved surface."""

import keras

from dlcourse.models.autoencoders.sizes import check_sizes

__all__ = ["build_deep_autoencoder", "deep_layers"]


def build_deep_autoencoder(n_inputs=784, hidden=(1000, 500, 250), n_code=30):
    """Dense layers that narrow down to a linear code, and their mirror image.

    Args:
        n_inputs: numbers per example, >= 1, each from 0 to 1.
        hidden: units of the layers before the code, at least one; after it in reverse order.
        n_code: numbers in the code, >= 1.

    Returns:
        An uncompiled `keras.Model` from (None, n_inputs) to (None, n_inputs) with a layer "code";
        its outputs lie between 0 and 1.

    Raises:
        ValueError: a size is below 1.

    Reference:
        Hinton and Salakhutdinov, "Reducing the dimensionality of data with neural networks",
        Science 2006 (the sizes are theirs for handwritten digits; rectifiers and Adam make their
        layer-wise pretraining unnecessary).

    Example:
        >>> model = build_deep_autoencoder(n_inputs=64, hidden=(32, 16), n_code=4)
        >>> [layer.units for layer in model.layers]
        [32, 16, 4, 16, 32, 64]
    """
    layers = deep_layers(n_inputs, hidden, n_code)
    return keras.Sequential([keras.Input((n_inputs,)), *layers], name="deep_autoencoder")


def deep_layers(n_inputs, hidden, n_code):
    """The layers of `build_deep_autoencoder`, for a network that begins in another way.

    Args:
        n_inputs: as for `build_deep_autoencoder`.
        hidden: as for `build_deep_autoencoder`.
        n_code: as for `build_deep_autoencoder`.

    Returns:
        List of new layers.

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> [layer.units for layer in deep_layers(9, (5,), 2)]
        [5, 2, 5, 9]
    """
    check_sizes(n_inputs=n_inputs, hidden=hidden, n_code=n_code)
    return [
        *(_rectified(units) for units in hidden),
        keras.layers.Dense(n_code, name="code"),
        *(_rectified(units) for units in reversed(hidden)),
        keras.layers.Dense(n_inputs, activation="sigmoid", name="output"),
    ]


def _rectified(units):
    return keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal")
