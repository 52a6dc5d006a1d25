"""A multi-layer perceptron from one number to one number."""

import keras

__all__ = ["build_mlp"]


def build_mlp(n_hidden):
    """Two hidden tanh layers of the same width and one linear output unit, for regression.

    Args:
        n_hidden: units in each hidden layer, >= 1.

    Returns:
        An uncompiled `keras.Model` from (m, 1) to (m, 1) with
        2 n_hidden + (n_hidden + 1) n_hidden + (n_hidden + 1) parameters.

    Raises:
        ValueError: If n_hidden is below 1.

    Reference:
        Cybenko, "Approximation by superpositions of a sigmoidal function", 1989: wide enough, even
        one hidden layer approximates any continuous function on a closed interval.

    Example:
        >>> model = build_mlp(n_hidden=8)
        >>> model.count_params(), model.output_shape
        (97, (None, 1))
    """
    if n_hidden < 1:
        raise ValueError(f"n_hidden: expected at least 1, got {n_hidden}")
    return keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(n_hidden, activation="tanh"),
            keras.layers.Dense(n_hidden, activation="tanh"),
            keras.layers.Dense(1),
        ],
        name="mlp",
    )
