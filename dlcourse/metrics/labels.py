"""From what a model puts out to the classes that it means."""

import keras
from keras import ops

__all__ = ["class_labels"]


def class_labels(y_true, y_pred, num_classes, threshold=0.5):
    """Bring truth and prediction to whole-number labels, whatever form they come in.

    Args:
        y_true: labels from 0 to num_classes - 1, any shape, say (m,), (m, 1) or (m, height, width);
            or one-hot rows of the shape of y_pred.
        y_pred: labels as whole numbers; or, as floats, a score for every class along a last axis
            of num_classes; or, for two classes, the probability of class 1 for every entry of
            y_true.
        num_classes: number of classes, at least 2.
        threshold: probability above which a prediction is class 1.

    Returns:
        Pair of int32 tensors with equally many entries, shaped like the truth and like the
        prediction without its scores.

    Raises:
        ValueError: the shapes do not fit, or floats are neither scores nor probabilities.

    Example:
        >>> true, predicted = class_labels([1, 0], ops.array([[0.1, 0.9], [0.2, 0.8]]), 2)
        >>> ops.convert_to_numpy(predicted).tolist()
        [1, 1]
    """
    y_true, y_pred = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
    if _is_float(y_pred):
        y_true, y_pred = _decided(y_true, y_pred, num_classes, threshold)
    _check_sizes(y_true, y_pred)
    return ops.cast(y_true, "int32"), ops.cast(y_pred, "int32")


def _decided(y_true, y_pred, num_classes, threshold):
    if len(y_pred.shape) >= 2 and y_pred.shape[-1] == num_classes:
        if tuple(y_true.shape[1:]) == tuple(y_pred.shape[1:]):
            y_true = ops.argmax(y_true, axis=-1)
        return y_true, ops.argmax(y_pred, axis=-1)
    if num_classes != 2:
        raise ValueError(
            f"y_pred: expected labels as whole numbers, or scores of shape (..., {num_classes}); "
            f"got {keras.backend.standardize_dtype(y_pred.dtype)} of shape {tuple(y_pred.shape)}. "
            "Cast labels to int32"
        )
    return y_true, y_pred > threshold


def _is_float(tensor):
    return "float" in keras.backend.standardize_dtype(tensor.dtype)


def _check_sizes(y_true, y_pred):
    shapes = [
        tuple(n for n in tensor.shape if n != 1)  # (m, 1) is as good as (m,)
        for tensor in (y_true, y_pred)
    ]
    known = all(None not in shape for shape in shapes)
    if (known and shapes[0] != shapes[1]) or len(shapes[0]) != len(shapes[1]):
        raise ValueError(
            f"y_pred: expected one prediction per label, shape {tuple(y_true.shape)}; "
            f"got {tuple(y_pred.shape)}"
        )
