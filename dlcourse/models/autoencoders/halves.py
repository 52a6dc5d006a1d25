"""The two halves of an autoencoder, which share its weights."""

import keras

__all__ = ["build_decoder", "build_encoder"]


def build_encoder(autoencoder):
    """The part of an autoencoder up to its code.

    Args:
        autoencoder: model of this package, a sequence of layers of which one is named "code".

    Returns:
        A `keras.Model` from inputs to codes; training one trains the other.

    Raises:
        ValueError: no layer is named "code".

    Example:
        >>> from dlcourse.models.autoencoders.linear import build_linear_autoencoder
        >>> build_encoder(build_linear_autoencoder(n_inputs=8, n_code=2)).output_shape
        (None, 2)
    """
    return keras.Model(autoencoder.inputs[0], autoencoder.get_layer("code").output, name="encoder")


def build_decoder(autoencoder):
    """The part of an autoencoder after its code.

    Args:
        autoencoder: as for `build_encoder`.

    Returns:
        A `keras.Model` from codes to outputs; training one trains the other.

    Raises:
        ValueError: no layer is named "code".

    Example:
        >>> from dlcourse.models.autoencoders.linear import build_linear_autoencoder
        >>> build_decoder(build_linear_autoencoder(n_inputs=8, n_code=2)).input_shape
        (None, 2)
    """
    code = autoencoder.get_layer("code")
    position = autoencoder.layers.index(code)
    inputs = keras.Input(code.output.shape[1:], name="code_input")
    return keras.Sequential([inputs, *autoencoder.layers[position + 1 :]], name="decoder")
