"""Tensors as NumPy arrays and back, without the cost of a backend's operation.

`keras.ops.convert_to_numpy` raises on what is only a placeholder, copies from accelerators, and
`convert_to_tensor` takes 20 microseconds on TensorFlow, and its own `constant` 7 to 15, where
handing over a buffer takes 4.
"""

import keras
import numpy as np

__all__ = ["on_the_host", "to_tensors"]

_PLAIN = {np.ndarray, list, tuple}
_ALIGNMENT = 64  # bytes; TensorFlow stops the whole process where a tensor starts anywhere else


def on_the_host(*tensors):
    """The tensors as NumPy arrays, if they have values and these are in the CPU's memory.

    Args:
        *tensors: tensors of the backend, arrays or nested lists.

    Returns:
        list of arrays that may share memory with the tensors, or None: some are placeholders of a
        function that is being traced, or lie on an accelerator.

    Raises:
        ValueError: a tensor is a `keras.Input` or what was made of one.

    Example:
        >>> on_the_host([1.0, 2.0], keras.ops.ones(1))
        [array([1., 2.]), array([1.], dtype=float32)]
    """
    if any(isinstance(tensor, keras.KerasTensor) for tensor in tensors):
        raise ValueError(
            "expected tensors, got a keras.Input or what was made of one; in a functional model, "
            "call this function inside of a layer's `call`"
        )
    read, _ = _WAYS[keras.backend.backend()]
    arrays = [np.asarray(t) if type(t) in _PLAIN else read(t) for t in tensors]
    return None if any(array is None for array in arrays) else arrays


def to_tensors(*arrays):
    """Arrays as tensors of the backend, of their own dtypes.

    Args:
        *arrays: NumPy arrays.

    Returns:
        list of tensors.

    Example:
        >>> [tensor.shape for tensor in to_tensors(np.zeros(2), np.ones((1, 3)))]
        [TensorShape([2]), TensorShape([1, 3])]
    """
    _, write = _WAYS[keras.backend.backend()]
    return write(arrays)


def _read_tensorflow(tensor):
    import tensorflow as tf

    # placeholders have no method `numpy`; variables have one, even while a function is traced
    if not (tf.executing_eagerly() and hasattr(tensor, "numpy")):
        return None
    # not `tensor.numpy()`, which copies
    return None if "GPU" in getattr(tensor, "device", "") else np.asarray(tensor)


def _write_tensorflow(arrays):
    import tensorflow as tf

    # copies of our own that nobody else can change, and where TensorFlow's vectors may start
    buffer = np.empty(sum(array.nbytes + _ALIGNMENT for array in arrays), np.uint8)
    start = -buffer.ctypes.data % _ALIGNMENT
    tensors = []
    for array in arrays:
        copy = buffer[start : start + array.nbytes].view(array.dtype).reshape(array.shape)
        copy[...] = array
        hand_over = _hand_over if array.size else tf.constant
        tensors.append(hand_over(copy))
        start += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    return tensors


def _hand_over(array):
    import tensorflow as tf

    return tf.experimental.dlpack.from_dlpack(array.__dlpack__())


def _read_jax(tensor):
    import jax

    if not isinstance(tensor, jax.Array) or isinstance(tensor, jax.core.Tracer):
        return None
    return np.asarray(tensor) if next(iter(tensor.devices())).platform == "cpu" else None


def _write_jax(arrays):
    import jax

    return [jax.numpy.asarray(array) for array in arrays]


def _read_torch(tensor):
    import torch

    if not isinstance(tensor, torch.Tensor) or torch.compiler.is_compiling():
        return None
    if tensor.device.type != "cpu":
        return None
    # NumPy has no bfloat16
    return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).detach().numpy()


def _write_torch(arrays):
    import torch

    return [torch.from_numpy(array) for array in arrays]


_WAYS = {
    "tensorflow": (_read_tensorflow, _write_tensorflow),
    "jax": (_read_jax, _write_jax),
    "torch": (_read_torch, _write_torch),
}
