"""A compiled multi-layer perceptron whose hyper-parameters are all arguments, for searches."""

import keras

__all__ = ["build_tunable_classifier", "build_tunable_regressor"]


def build_tunable_classifier(  # noqa: PLR0913 (each is a hyper-parameter to search)
    input_shape, classes, *, units=64, layers=1, activation="relu", dropout=0.0, learning_rate=1e-3
):
    """Hidden layers of one width, each followed by dropout, and a softmax; with Adam.

    Args:
        input_shape: of one example, such as (64,) or (8, 8, 1); it is flattened.
        classes: number of classes, >= 2.
        units: units of each hidden layer, >= 1.
        layers: number of hidden layers, >= 0.
        activation: name of the hidden activation, as in Keras.
        dropout: share of the hidden units that are dropped, in [0, 1); 0 adds no layer.
        learning_rate: Adam's, > 0.

    Returns:
        A compiled `keras.Model` from (m, *input_shape) to probabilities (m, classes); the labels
        are numbers from 0 to classes - 1.

    Example:
        >>> build_tunable_classifier((64,), 10, units=32).count_params()
        2410
    """
    model = _mlp(input_shape, (units, layers, activation, dropout), classes, "softmax")
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def build_tunable_regressor(  # noqa: PLR0913 (each is a hyper-parameter to search)
    input_shape, outputs, *, units=64, layers=1, activation="relu", dropout=0.0, learning_rate=1e-3
):
    """Hidden layers of one width, each followed by dropout, and linear outputs; with Adam.

    Args:
        input_shape: of one example; it is flattened.
        outputs: number of targets, >= 1.
        units: units of each hidden layer, >= 1.
        layers: number of hidden layers, >= 0.
        activation: name of the hidden activation, as in Keras.
        dropout: share of the hidden units that are dropped, in [0, 1); 0 adds no layer.
        learning_rate: Adam's, > 0.

    Returns:
        A compiled `keras.Model` from (m, *input_shape) to (m, outputs), with squared error.

    Example:
        >>> build_tunable_regressor((3,), 1, units=8).output_shape
        (None, 1)
    """
    model = _mlp(input_shape, (units, layers, activation, dropout), outputs, None)
    model.compile(keras.optimizers.Adam(learning_rate), "mean_squared_error")
    return model


def _mlp(input_shape, hidden, outputs, last):
    units, layers, activation, dropout = hidden
    stack = [keras.Input(tuple(input_shape)), keras.layers.Flatten()]
    for _ in range(layers):
        stack.append(keras.layers.Dense(units, activation))
        if dropout:
            stack.append(keras.layers.Dropout(dropout))
    return keras.Sequential([*stack, keras.layers.Dense(outputs, last)], name="tunable_mlp")
