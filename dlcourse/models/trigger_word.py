"""Trigger-word detection: a convolution over the spectrogram, and GRUs behind it."""

import keras
from keras import layers

from dlcourse.scratch.ranges import fraction, whole_number

__all__ = ["build_trigger_word"]

_MOMENTUM = 0.9  # of the running averages; Keras's 0.99 would need thousands of steps


def build_trigger_word(  # noqa: PLR0913 (sizes of a network, each with the course's default)
    input_shape=(5511, 101), *, filters=196, kernel_size=15, strides=4, units=128, dropout=0.8
):  # fmt: skip
    """Build the network that says at every step whether the trigger word was just spoken.

    The convolution makes one step of several spectrogram columns, which leaves the GRUs less to do.
    Both run forwards only: the network can listen while somebody speaks, and need not wait for the
    end. Each layer but the last is followed by batch normalization and dropout.

    Args:
        input_shape: (columns, frequencies) of the spectrograms.
        filters: of the convolution, ≥ 1.
        kernel_size: columns that a step sees, 1 to the number of columns.
        strides: columns from step to step, ≥ 1.
        units: of each GRU, ≥ 1.
        dropout: share of the activations that training sets to 0, from 0 to below 1.

    Returns:
        An uncompiled `keras.Model` from (m, columns, frequencies) to probabilities (m, steps, 1)
        with steps = (columns - kernel_size) // strides + 1. With the defaults that is
        (m, 1375, 1), and 523,329 parameters; 522,561 where GRUs have one bias instead of two.

    Raises:
        ValueError: a number is out of range, or there are fewer columns than the kernel is wide.

    Reference:
        The architecture of the course; Cho et al., "Learning phrase representations using RNN
        encoder-decoder for statistical machine translation", 2014 (GRU).

    Example:
        >>> model = build_trigger_word((298, 101), filters=16, units=8)
        >>> model.output_shape
        (None, 71, 1)
    """
    numbers = {"filters": filters, "kernel_size": kernel_size, "strides": strides, "units": units}
    for name, number in numbers.items():
        whole_number(name, number, 1)
    dropout = fraction("dropout", dropout)
    if len(input_shape) != 2 or input_shape[0] < kernel_size:
        raise ValueError(
            f"input_shape: expected (columns, frequencies) with at least kernel_size, "
            f"{kernel_size}, columns; got {tuple(input_shape)}"
        )
    inputs = keras.Input(input_shape)
    x = layers.Conv1D(filters, kernel_size, strides=strides)(inputs)
    x = layers.Activation("relu")(_normalized(x))
    x = layers.Dropout(dropout)(x)
    for _ in range(2):
        x = layers.GRU(units, return_sequences=True)(x)
        x = _normalized(layers.Dropout(dropout)(x))
    x = layers.Dropout(dropout)(x)
    outputs = layers.Dense(1, activation="sigmoid", name="trigger")(x)
    return keras.Model(inputs, outputs, name="trigger_word")


def _normalized(x):
    return layers.BatchNormalization(momentum=_MOMENTUM)(x)
