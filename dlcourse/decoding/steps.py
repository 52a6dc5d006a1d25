"""What goes into a decoder step and what comes out of it, checked."""

from numbers import Integral

import keras
import numpy as np
from keras import ops

from dlcourse.kernels.host_arrays import on_the_host

__all__ = ["StepGuard", "checked_ends", "checked_start", "is_one_of"]

_MOST = 0.01  # above 0, for log_softmax in half precision


def checked_start(start_tokens):
    """Start tokens as an int32 tensor (batch,), or ValueError."""
    tokens = ops.convert_to_tensor(start_tokens)
    kind = keras.backend.standardize_dtype(tokens.dtype)
    if len(tokens.shape) != 1 or ("int" not in kind and tokens.shape[0] != 0):
        raise ValueError(
            f"start_tokens: expected whole numbers (batch,); got {kind} {tuple(tokens.shape)}"
        )
    return ops.cast(tokens, "int32")


def checked_ends(end_tokens):
    """A whole number, several, or None as a sorted tuple of different int, or ValueError."""
    ends = () if end_tokens is None else end_tokens
    ends = (ends,) if isinstance(ends, Integral) else tuple(ends)
    if not all(isinstance(end, Integral) and end >= 0 for end in ends):
        raise ValueError(f"end_tokens: expected whole numbers of at least 0; got {end_tokens!r}")
    return tuple(sorted({int(end) for end in ends}))


def is_one_of(tokens, ends):
    """Whether each token is one of a tuple of at least one int: a bool tensor or array."""
    found = tokens == ends[0]
    for end in ends[1:]:
        found = found | (tokens == end)
    return found


class StepGuard:
    """Calls the step, and sees to it that what comes out are log-probabilities.

    Where they have values in the CPU's memory, they are handed on as NumPy arrays: an operation on
    a small array takes a microsecond there, and 30 to 300 in Keras on TensorFlow. What follows is
    written for both: it takes NumPy or keras.ops as `xp`.

    Args:
        step: function (tokens, state) -> (log_probabilities, state).
        ends: tuple of int.
    """

    def __init__(self, step, ends):
        self._step, self._ends, self._count = step, ends, 0
        self._valid = None

    def __call__(self, tokens, state):
        """One step of the model.

        Args:
            tokens: whole numbers (N,), a tensor or an array.
            state: nested structure.

        Returns:
            (xp, log_probabilities (N, V) in float32 or float64, state).

        Raises:
            ValueError: the result has another shape, holds NaN or what is above 0, or an end token
                is not one of the V.
        """
        self._count += 1
        log_p, state = self._step(ops.convert_to_tensor(tokens, "int32"), state)
        self._check_shape(tokens, log_p)
        if keras.backend.standardize_dtype(log_p.dtype) not in ("float32", "float64"):
            log_p = ops.cast(log_p, "float32")
        arrays = on_the_host(log_p)
        if arrays is not None:
            self._check_values((arrays[0] <= _MOST).all())  # NaN is not
            return np, arrays[0], state
        valid = ops.all(log_p <= _MOST)
        self._valid = valid if self._valid is None else ops.logical_and(self._valid, valid)
        return ops, log_p, state

    def nan_if_invalid(self, tensor):
        """The tensor; all NaN if a step that could not be looked at was not valid."""
        return tensor if self._valid is None else ops.where(self._valid, tensor, float("nan"))

    def _check_values(self, valid):
        if not valid:
            raise ValueError(
                "step: expected log-probabilities, none NaN and none above 0; call "
                f"{self._count} gave others. Are they scores? Then return their log_softmax"
            )

    def _check_shape(self, tokens, log_p):
        shape, n = tuple(log_p.shape), tokens.shape[0]
        if len(shape) != 2 or (None not in (shape[0], n) and shape[0] != n):
            raise ValueError(f"step: expected log-probabilities ({n}, V); got shape {shape}")
        if self._ends and self._ends[-1] >= shape[1]:
            raise ValueError(
                f"end_tokens: expected tokens below {shape[1]}, the size of the vocabulary; got "
                f"{self._ends[-1]}"
            )
