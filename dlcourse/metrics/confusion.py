"""A confusion matrix that grows batch by batch, and so gives exact rates of a whole data set."""

import keras

from dlcourse.metrics.counting import confusion_matrix
from dlcourse.scratch.ranges import whole_number

__all__ = ["ConfusionMatrix"]


@keras.saving.register_keras_serializable(package="dlcourse")
class ConfusionMatrix(keras.metrics.Metric):
    """Count over all batches, for every class, what it was predicted to be.

    A rate of the whole cannot be averaged from rates of batches, but counts can be added: all
    rates of this package are read off this table.

    Args:
        num_classes: number of classes, at least 2.
        threshold: probability above which a prediction is class 1, where it is one number.
        name: name in the logs.
        dtype: of the counts, Keras's float type where None. In float32 a count beyond 16 million
            takes in only whole batches, rounded to seven digits.

    Raises:
        ValueError: num_classes is below 2.

    Example:
        >>> metric = ConfusionMatrix(num_classes=2)
        >>> metric.update_state([1, 1, 0], [0.9, 0.2, 0.4])
        >>> metric.update_state([1], [0.8])
        >>> keras.ops.convert_to_numpy(metric.result()).tolist()
        [[1.0, 0.0], [1.0, 2.0]]
    """

    def __init__(self, num_classes=2, threshold=0.5, name="confusion_matrix", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.num_classes = whole_number("num_classes", num_classes, 2)
        self.threshold = threshold
        self.counts = self.add_weight(
            shape=(num_classes, num_classes), initializer="zeros", dtype=self.dtype, name="counts"
        )

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Add one batch.

        Args:
            y_true: labels, see `dlcourse.metrics.confusion_matrix`.
            y_pred: labels, scores or probabilities, see there.
            sample_weight: what each entry counts, see there.
        """
        batch = confusion_matrix(y_true, y_pred, self.num_classes, sample_weight, self.threshold)
        self.counts.assign_add(keras.ops.cast(batch, self.counts.dtype))

    def result(self):
        """Return the counts so far: (num_classes, num_classes), rows true, columns predicted."""
        return keras.ops.copy(self.counts)

    def get_config(self):
        """Return the arguments that make an equal metric."""
        config = {"num_classes": self.num_classes, "threshold": self.threshold}
        return {**super().get_config(), **config}
