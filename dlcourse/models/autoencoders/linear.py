"""The linear autoencoder, which finds the same subspace as principal component analysis."""

import keras

from dlcourse.models.autoencoders.sizes import check_sizes

__all__ = ["build_linear_autoencoder"]


def build_linear_autoencoder(n_inputs=784, n_code=32):
    """One linear layer down to the code and one linear layer back.

    With the mean squared error, every minimum is a global one, and there the columns of the
    decoder's kernel span the subspace of the first n_code principal components. The single
    components and their order are not found: any invertible mix of the code does as well.

    Args:
        n_inputs: numbers per example, >= 1.
        n_code: numbers in the code, from 1 to n_inputs.

    Returns:
        An uncompiled `keras.Model` from (None, n_inputs) to (None, n_inputs) with the layers "code"
        and "output".

    Raises:
        ValueError: a size is out of range.

    Reference:
        Baldi and Hornik, "Neural networks and principal component analysis: learning from examples
        without local minima", Neural Networks 1989.

    Example:
        >>> build_linear_autoencoder(n_inputs=64, n_code=8).count_params()  # 64 8 + 8 + 8 64 + 64
        1096
    """
    check_sizes(n_inputs=n_inputs, n_code=n_code)
    if n_code > n_inputs:
        raise ValueError(f"n_code: expected at most n_inputs = {n_inputs}; got {n_code}")
    return keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Dense(n_code, name="code"),
            keras.layers.Dense(n_inputs, name="output"),
        ],
        name="linear_autoencoder",
    )
