"""One multi-layer perceptron for images of digits in four variants, each adding one idea."""

import keras

__all__ = ["VARIANTS", "build_mnist_mlp"]

VARIANTS = ("sigmoid", "relu", "batch_norm", "dropout")
UNITS = (512, 128)


def build_mnist_mlp(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
    """784 → 512 → 128 → 10: the same layers with sigmoid, ReLU, batch norm, and dropout.

    Each variant keeps what the one before it brought, so that curves side by side show what one
    idea does: "batch_norm" normalizes before each ReLU, "dropout" also drops half of the units
    after it.

    Args:
        variant: "sigmoid", "relu", "batch_norm" or "dropout".
        input_shape: of one example, any number of axes; it is flattened.
        classes: number of classes, >= 1.
        width: factor for 512 and 128, > 0.

    Returns:
        An uncompiled `keras.Model` from (m, *input_shape) to probabilities (m, classes). At full
        size 468,874 parameters; with batch normalization 470,794, because the shift β replaces
        each hidden bias and each unit adds γ and two moving averages.

    Raises:
        ValueError: There is no such variant, or no unit is left.

    Reference:
        Ioffe and Szegedy, "Batch Normalization", 2015, §3.2 (its place, and the bias it makes
        superfluous); Srivastava et al., "Dropout", 2014.

    Example:
        >>> [build_mnist_mlp(variant).count_params() for variant in VARIANTS]
        [468874, 468874, 470794, 470794]
    """
    if variant not in VARIANTS:
        raise ValueError(f"variant: expected one of {', '.join(VARIANTS)}; got {variant!r}")
    if int(min(UNITS) * width) < 1:
        raise ValueError(f"width: expected at least 1/{min(UNITS)}, one unit; got {width!r}")
    hidden = [
        layer
        for number, units in enumerate(UNITS, start=1)
        for layer in _hidden(variant, int(units * width), number)
    ]
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")
    layers = [keras.Input(input_shape), keras.layers.Flatten(), *hidden, outputs]
    return keras.Sequential(layers, name=f"mnist_mlp_{variant}")


def _hidden(variant, units, number):
    normalized = variant in ("batch_norm", "dropout")
    yield keras.layers.Dense(
        units,
        use_bias=not normalized,
        kernel_initializer="glorot_uniform" if variant == "sigmoid" else "he_normal",
        name=f"dense{number}",
    )
    if normalized:
        yield keras.layers.BatchNormalization(name=f"normalization{number}")
    activation = "sigmoid" if variant == "sigmoid" else "relu"
    yield keras.layers.Activation(activation, name=f"{activation}{number}")
    if variant == "dropout":
        yield keras.layers.Dropout(0.5, name=f"dropout{number}")
