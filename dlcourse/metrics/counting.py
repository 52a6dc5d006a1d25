"""Which class was taken for which: the table that most metrics are read off."""

import math

import keras
from keras import ops

from dlcourse.metrics.labels import class_labels
from dlcourse.scratch.ranges import whole_number

__all__ = ["confusion_matrix"]


def confusion_matrix(y_true, y_pred, num_classes=2, sample_weight=None, threshold=0.5):
    """Count, for every class, what it was predicted to be.

    Args:
        y_true: labels from 0 to num_classes - 1, any shape, say (m,) or (m, height, width); or
            one-hot rows of the shape of y_pred.
        y_pred: labels as whole numbers; or, as floats, a score for every class along a last axis
            of num_classes; or, for two classes, the probability of class 1 for every label.
        num_classes: number of classes, at least 2.
        sample_weight: what each entry counts, at least 0; one per example or one per label; 1 for
            all where None. Weight 0 leaves labels out, even those outside of the range.
        threshold: probability above which a prediction is class 1.

    Returns:
        Tensor (num_classes, num_classes) of Keras's float type: row is the true class, column the
        predicted one. All NaN where a label that counts is out of range, for a compiled function
        cannot raise and a wrong count would look right.

    Raises:
        ValueError: num_classes is below 2, or the shapes do not fit.

    Example:
        >>> ops.convert_to_numpy(confusion_matrix([1, 1, 0, 1], [1, 0, 0, 1])).tolist()
        [[1.0, 0.0], [1.0, 2.0]]
    """
    num_classes = whole_number("num_classes", num_classes, 2)
    true, predicted = class_labels(y_true, y_pred, num_classes, threshold)
    weights = _weights_like(true, sample_weight)
    true, predicted = ops.reshape(true, (-1,)), ops.reshape(predicted, (-1,))
    valid = (true >= 0) & (true < num_classes) & (predicted >= 0) & (predicted < num_classes)
    # one number per cell of the table, and a last one for what belongs nowhere
    cell = ops.where(valid, true * num_classes + predicted, num_classes**2)
    counts = ops.segment_sum(weights, cell, num_segments=num_classes**2 + 1)
    table = ops.reshape(counts[:-1], (num_classes, num_classes))
    return ops.where(counts[-1] == 0, table, math.nan)


def _weights_like(labels, sample_weight):
    if sample_weight is None:
        return ops.ones((ops.size(labels),), keras.config.floatx())
    weights = ops.cast(sample_weight, keras.config.floatx())
    missing = len(labels.shape) - len(weights.shape)
    if missing < 0:
        weights = ops.squeeze(weights, -1)  # (m, 1) for labels (m,)
    weights = ops.reshape(weights, (*weights.shape, *[1] * missing))
    return ops.reshape(ops.broadcast_to(weights, ops.shape(labels)), (-1,))
