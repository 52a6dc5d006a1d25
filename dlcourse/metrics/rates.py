"""Precision, recall, F1 and mean IoU for `compile`: exact over all batches, not averaged ones."""

import keras

from dlcourse.metrics.confusion import ConfusionMatrix
from dlcourse.metrics.per_class import (
    f1_per_class,
    iou_per_class,
    mean_over_present,
    precision_per_class,
    recall_per_class,
)

__all__ = ["ClassRate", "F1Score", "MeanIoU", "Precision", "Recall"]


class ClassRate(ConfusionMatrix):
    """A rate of every class, one of them or their mean; subclasses say which rate.

    Args:
        num_classes: number of classes, at least 2.
        average: "binary" for the rate of class 1 of two; "macro" for the mean over the classes
            that occur; None for all of them, shape (num_classes,).
        threshold: probability above which a prediction is class 1, where it is one number.
        name: name in the logs; "precision", "recall", "f1_score" or "mean_iou" where None.
        dtype: of the counts, Keras's float type where None.

    Raises:
        ValueError: average is something else, or "binary" with more than two classes.
    """

    in_logs = "class_rate"

    def __init__(  # noqa: PLR0913, PLR0917 (what a metric of Keras takes, and the average)
        self, num_classes=2, average="binary", threshold=0.5, name=None, dtype=None
    ):
        super().__init__(num_classes, threshold, name or self.in_logs, dtype)
        if average not in ("binary", "macro", None):
            raise ValueError(f"average: expected 'binary', 'macro' or None; got {average!r}")
        if average == "binary" and num_classes != 2:
            raise ValueError(
                f"average: expected 'macro' or None for {num_classes} classes; got 'binary', "
                "which is the rate of class 1 of two"
            )
        self.average = average

    def rate(self, matrix):
        """Read the rates of all classes off a confusion matrix.

        Args:
            matrix: counts, (num_classes, num_classes).

        Returns:
            Tensor (num_classes,).
        """
        raise NotImplementedError(f"{type(self).__name__}: write the method rate")

    def result(self):
        """Return the rate over all batches so far: a scalar, or (num_classes,)."""
        matrix = super().result()
        rates = self.rate(matrix)
        if self.average == "macro":
            return mean_over_present(rates, matrix)
        return rates[1] if self.average == "binary" else rates

    def get_config(self):
        """Return the arguments that make an equal metric."""
        return {**super().get_config(), "average": self.average}


@keras.saving.register_keras_serializable(package="dlcourse")
class Precision(ClassRate):
    """Of all that was called a class, the share that is; arguments as of `ClassRate`.

    Equal to scikit-learn's `precision_score` with the same average.

    Example:
        >>> metric = Precision()
        >>> metric.update_state([1, 0, 1, 1], [0.9, 0.7, 0.8, 0.1])
        >>> round(float(metric.result()), 3)
        0.667
    """

    in_logs = "precision"

    def rate(self, matrix):
        """Read off precision; see `precision_per_class`."""
        return precision_per_class(matrix)


@keras.saving.register_keras_serializable(package="dlcourse")
class Recall(ClassRate):
    """Of all that is a class, the share that was called so; arguments as of `ClassRate`.

    Equal to scikit-learn's `recall_score` with the same average.

    Example:
        >>> metric = Recall()
        >>> metric.update_state([1, 0, 1, 1, 1], [0.9, 0.7, 0.8, 0.1, 0.2])
        >>> float(metric.result())
        0.5
    """

    in_logs = "recall"

    def rate(self, matrix):
        """Read off recall; see `recall_per_class`."""
        return recall_per_class(matrix)


@keras.saving.register_keras_serializable(package="dlcourse")
class F1Score(ClassRate):
    """The harmonic mean of precision and recall; arguments as of `ClassRate`.

    Equal to scikit-learn's `f1_score` with the same average.

    Reference:
        van Rijsbergen, "Information retrieval", 1979, chapter 7.

    Example:
        >>> metric = F1Score(num_classes=3, average="macro")
        >>> metric.update_state([0, 1, 2, 2], [0, 1, 2, 1])
        >>> round(float(metric.result()), 3)
        0.778
    """

    in_logs = "f1_score"

    def rate(self, matrix):
        """Read off F1; see `f1_per_class`."""
        return f1_per_class(matrix)


@keras.saving.register_keras_serializable(package="dlcourse")
class MeanIoU(ClassRate):
    """Intersection over union of the pixels of a class, averaged over classes.

    Equal to scikit-learn's `jaccard_score` with the same average, and to `keras.metrics.MeanIoU`;
    unlike the latter it also takes scores as a model puts them out.

    Args:
        num_classes: number of classes, at least 2, the background included.
        average: "macro" for the mean over the classes that occur; "binary" for class 1 of two, the
            foreground; None for all of them, shape (num_classes,).
        threshold: probability above which a pixel is class 1, where there is one number per pixel.
        name: name in the logs.
        dtype: of the counts, Keras's float type where None.

    Raises:
        ValueError: average is something else, or "binary" with more than two classes.

    Example:
        >>> metric = MeanIoU(num_classes=2)
        >>> metric.update_state([[0, 0, 1, 1]], [[0, 1, 1, 1]])
        >>> round(float(metric.result()), 4)
        0.5833
    """

    in_logs = "mean_iou"

    def __init__(  # noqa: PLR0913, PLR0917 (what a metric of Keras takes, and the average)
        self, num_classes=2, average="macro", threshold=0.5, name=None, dtype=None
    ):
        super().__init__(num_classes, average, threshold, name, dtype)

    def rate(self, matrix):
        """Read off intersection over union; see `iou_per_class`."""
        return iou_per_class(matrix)
