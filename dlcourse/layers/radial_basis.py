"""Output units that measure how far the features are from a pattern for each class."""

import keras
import numpy as np

__all__ = ["RadialBasisScores"]


@keras.saving.register_keras_serializable(package="dlcourse")
class RadialBasisScores(keras.layers.Layer):
    """Score of each class: minus the squared distance of the features to its fixed pattern.

    The patterns are not learnt, or all features and patterns would shrink to one point, which is
    at distance 0 of everything. `dlcourse.losses.map_criterion_loss` is the loss that the paper
    trains them with.

    Args:
        patterns: one row of numbers per class, (classes, features).
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, features) → (m, classes), at most 0.

    Raises:
        ValueError: patterns is no table, or its rows are not as long as the input.

    Reference:
        LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, §II-B
        (equation 7) and §II-C.

    Example:
        >>> layer = RadialBasisScores([[1, 1, -1], [-1, 1, 1]])
        >>> layer(keras.ops.array([[1.0, 1.0, 0.0]])).numpy().tolist()
        [[-1.0, -5.0]]
        >>> layer.count_params(), len(layer.trainable_weights)
        (6, 0)
    """

    def __init__(self, patterns, **kwargs):
        super().__init__(**kwargs)
        table = np.asarray(patterns, dtype="float64")
        if table.ndim != 2 or table.size == 0:
            raise ValueError(
                f"patterns: expected a table (classes, features); got shape {table.shape}"
            )
        self.patterns = table.tolist()

    def build(self, input_shape):
        """Store the patterns as weights that no optimizer touches."""
        table = np.array(self.patterns)
        if input_shape[-1] != table.shape[1]:
            raise ValueError(
                f"patterns: expected rows of {input_shape[-1]} numbers, one per feature; got "
                f"{table.shape[1]}"
            )
        self.centres = self.add_weight(
            shape=table.shape,
            initializer=lambda shape, dtype: keras.ops.convert_to_tensor(table, dtype=dtype),
            trainable=False,
            name="centres",
        )
        self.built = True

    def call(self, inputs):
        """Minus the sum of the squared differences."""
        difference = inputs[:, None, :] - self.centres
        return -keras.ops.sum(keras.ops.square(difference), axis=-1)

    def compute_output_shape(self, input_shape):
        """(m, classes)."""
        return (input_shape[0], len(self.patterns))

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "patterns": self.patterns}
