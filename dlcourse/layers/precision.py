"""Sums of squares, and what else half precision is too narrow for, in 32 bits."""

import keras

__all__ = ["at_least_float32"]


def at_least_float32(tensor):
    """The tensor itself, or if it is half as wide, in float32.

    `keras.backend.result_type` would also narrow 64 bits to 32, on JAX and PyTorch.

    Args:
        tensor: floats of any width.

    Example:
        >>> wide = at_least_float32(keras.ops.ones(2, dtype="float16"))
        >>> keras.backend.standardize_dtype(wide.dtype)
        'float32'
    """
    narrow = keras.backend.standardize_dtype(tensor.dtype) in ("float16", "bfloat16")
    return keras.ops.cast(tensor, "float32") if narrow else tensor
