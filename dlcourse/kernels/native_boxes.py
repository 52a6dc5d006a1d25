"""TensorFlow's own non-max suppression, for a few boxes of one picture.

It goes through the boxes one after the other in C++. That is hard to beat while there are few: it
is done after 20 to 60 microseconds, in which NumPy starts as many operations. With more boxes, or
many that are kept, its cost grows with their product, and `dlcourse.kernels.greedy_boxes` is the
faster.
"""

import functools

import keras

__all__ = ["suppressed_natively"]

_FEW = 128  # boxes; with more, the way by whole matrices keeps pace,
_SHORT = 1024  # or with more than this, if not more than _FEW are kept


def suppressed_natively(boxes, scores, limit, thresholds):
    """Non-max suppression by the backend, where it has that for such tensors.

    Args:
        boxes: what `dlcourse.boxes.non_max_suppression` was given, not yet looked at.
        scores: likewise.
        limit: most boxes to keep, K.
        thresholds: (IoU, score).

    Returns:
        int32 tensors (K,) and (), places of the kept boxes, then zeros, and how many; or None
        unless these are float32 tensors (N, 4) and (N,) of TensorFlow that have values and lie in
        the CPU's memory, with few enough boxes for this to be the faster way.

    Example:
        >>> boxes = keras.ops.array([[0.0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6]])
        >>> places, count = suppressed_natively(
        ...     boxes, keras.ops.array([0.8, 0.9, 0.3]), 3, (0.5, 0.4)
        ... )
        >>> places.numpy().tolist(), int(count)
        ([1, 0, 0], 1)
    """
    if keras.backend.backend() != "tensorflow":
        return None
    import tensorflow as tf

    if not (tf.executing_eagerly() and _plain(boxes, tf) and _plain(scores, tf)):
        return None
    shape = scores.shape.as_list()  # comparing shapes themselves takes longer
    if len(shape) != 1 or boxes.shape.as_list() != [*shape, 4]:
        return None
    if shape[0] > (_SHORT if limit <= _FEW else _FEW):
        return None
    iou_threshold, score_threshold = (_scalar(float(t), "float32") for t in thresholds)
    return tf.raw_ops.NonMaxSuppressionV4(
        boxes=boxes,
        scores=scores,
        max_output_size=_scalar(int(limit), "int32"),
        iou_threshold=iou_threshold,
        score_threshold=score_threshold,
        pad_to_max_output_size=True,
    )


def _plain(tensor, tf):
    return (
        isinstance(tensor, tf.Tensor)
        and hasattr(tensor, "numpy")  # which placeholders have not
        and tensor.dtype is tf.float32
        and "GPU" not in tensor.device
    )


@functools.lru_cache(maxsize=64)
def _scalar(number, dtype):
    """A number as a tensor: made by the operation itself, it would cost as much as all the rest."""
    import tensorflow as tf

    with tf.device("CPU:0"):
        return tf.constant(number, dtype)
