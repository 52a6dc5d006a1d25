"""The denoising autoencoder: it reads a spoiled input and is asked for the clean one."""

import keras

from dlcourse.models.autoencoders.deep import deep_layers

__all__ = ["build_denoising_autoencoder"]


def build_denoising_autoencoder(n_inputs=784, hidden=(512, 256), n_code=64, stddev=0.5):
    """A deep autoencoder behind a layer that adds noise, during training only.

    Fit it on clean examples as input and target: each epoch then sees other noise. Afterwards it
    takes the noise out of inputs that really are noisy.

    Args:
        n_inputs: numbers per example, >= 1, each from 0 to 1.
        hidden: units of the layers before the code, at least one; after it in reverse order.
        n_code: numbers in the code, >= 1.
        stddev: standard deviation of the Gaussian noise, > 0, in the unit of the inputs.

    Returns:
        An uncompiled `keras.Model` from (None, n_inputs) to (None, n_inputs) with the layers
        "noise" and "code"; its outputs lie between 0 and 1.

    Raises:
        ValueError: a size is below 1, or the noise is not positive.

    Reference:
        Vincent, Larochelle, Bengio and Manzagol, "Extracting and composing robust features with
        denoising autoencoders", ICML 2008.

    Example:
        >>> model = build_denoising_autoencoder(n_inputs=64, hidden=(32,), n_code=8)
        >>> [layer.name for layer in model.layers][:1], model.output_shape
        (['noise'], (None, 64))
    """
    if stddev <= 0:
        raise ValueError(f"stddev: expected noise, a number > 0; got {stddev}")
    noise = keras.layers.GaussianNoise(stddev, name="noise")
    layers = deep_layers(n_inputs, hidden, n_code)
    return keras.Sequential(
        [keras.Input((n_inputs,)), noise, *layers], name="denoising_autoencoder"
    )
