"""The sparse autoencoder: a wide code of which each example uses little."""

import keras

from dlcourse.models.autoencoders.sizes import check_sizes

__all__ = ["build_sparse_autoencoder"]


def build_sparse_autoencoder(n_inputs=784, n_code=1024, penalty=1e-3):
    """One rectified code layer, whose activations cost something, and one layer back.

    The code may be larger than the input: what keeps the network from copying is the penalty
    times the sum of the code's absolute values, per example, which the loss of `fit` contains.

    Args:
        n_inputs: numbers per example, >= 1, each from 0 to 1.
        n_code: numbers in the code, >= 1.
        penalty: factor of the L1 norm of the code, >= 0; 0 leaves the code as dense as it likes.

    Returns:
        An uncompiled `keras.Model` from (None, n_inputs) to (None, n_inputs) with a layer "code"
        >= 0; its outputs lie between 0 and 1.

    Raises:
        ValueError: a size is below 1, or the penalty is negative.

    Reference:
        Goodfellow, Bengio and Courville, "Deep Learning", 2016, §14.2.1.

    Example:
        >>> build_sparse_autoencoder(n_inputs=64, n_code=100).get_layer("code").output.shape
        (None, 100)
    """
    check_sizes(n_inputs=n_inputs, n_code=n_code)
    if penalty < 0:
        raise ValueError(f"penalty: expected a number >= 0; got {penalty}")
    code = keras.layers.Dense(
        n_code, activation="relu", activity_regularizer=keras.regularizers.L1(penalty), name="code"
    )
    output = keras.layers.Dense(n_inputs, activation="sigmoid", name="output")
    return keras.Sequential([keras.Input((n_inputs,)), code, output], name="sparse_autoencoder")
