"""An error rate that knows which mistakes nobody forgives."""

import keras
from keras import ops

from dlcourse.metrics.confusion import ConfusionMatrix

__all__ = ["WeightedError"]


@keras.saving.register_keras_serializable(package="dlcourse")
class WeightedError(ConfusionMatrix):
    """Share of mistakes, each example counting what its true class is worth: Σ w [ŷ ≠ y] / Σ w.

    When the metric prefers a model that users would never accept, change the metric: with weight
    100 on the pictures that must never get through, letting one pass costs like a hundred others.

    Args:
        class_weights: weight of every class, at least two, none below 0 and not all 0.
        threshold: probability above which a prediction is class 1, where it is one number.
        name: name in the logs.
        dtype: of the counts, Keras's float type where None.

    Raises:
        ValueError: the weights are not as described.

    Example:
        >>> metric = WeightedError([1.0, 100.0])
        >>> metric.update_state([0, 0, 0, 1], [0, 0, 1, 1])
        >>> round(float(metric.result()), 4)
        0.0097
    """

    def __init__(self, class_weights, threshold=0.5, name="weighted_error", dtype=None):
        weights = [float(weight) for weight in class_weights]
        if len(weights) < 2 or not min(weights) >= 0 or not sum(weights) > 0:
            raise ValueError(
                "class_weights: expected at least two weights, none below 0 and not all 0; "
                f"got {class_weights!r}"
            )
        super().__init__(len(weights), threshold, name, dtype)
        self.class_weights = weights

    def result(self):
        """Return the weighted share of mistakes so far, a scalar in [0, 1]."""
        matrix = super().result()
        weights = ops.convert_to_tensor(self.class_weights, matrix.dtype)
        actual = ops.sum(matrix, axis=1)
        wrong = actual - ops.diagonal(matrix)
        return ops.divide_no_nan(ops.sum(weights * wrong), ops.sum(weights * actual))

    def get_config(self):
        """Return the arguments that make an equal metric."""
        config = super().get_config()
        del config["num_classes"]  # as many as there are weights
        return {**config, "class_weights": self.class_weights}
