"""The Inception module: filters of several sizes look at the same place."""

import keras

from dlcourse.layers.composite import CompositeLayer, apply_chain, build_chain, checked_count

__all__ = ["InceptionModule"]

ARGUMENTS = (
    "filters_1x1",
    "reduce_3x3",
    "filters_3x3",
    "reduce_5x5",
    "filters_5x5",
    "pool_projection",
)


@keras.saving.register_keras_serializable(package="dlcourse")
class InceptionModule(CompositeLayer):
    """1×1, 3×3 and 5×5 convolutions and a pooling side by side, their channels concatenated.

    The 1×1 convolutions in front of the large ones are the bottleneck that makes the module
    affordable: 5×5·192·32 weights become 192·16 + 5×5·16·32.

    Args:
        filters_1x1: number of 1×1 filters, >= 1.
        reduce_3x3: number of 1×1 filters in front of the 3×3 ones, >= 1.
        filters_3x3: number of 3×3 filters, >= 1.
        reduce_5x5: number of 1×1 filters in front of the 5×5 ones, >= 1.
        filters_5x5: number of 5×5 filters, >= 1.
        pool_projection: number of 1×1 filters after the 3×3 maximum pooling, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, h, w, filters_1x1 + filters_3x3 + filters_5x5 +
        pool_projection), channels last. Every convolution has a bias and ReLU.

    Raises:
        ValueError: a count is below 1.

    Reference:
        Szegedy et al., "Going Deeper with Convolutions", 2015, §4, figure 2(b) and table 1, in
        whose order the arguments stand.

    Example:
        >>> module = InceptionModule(64, 96, 128, 16, 32, 32)
        >>> module(keras.ops.ones((1, 4, 4, 192))).shape == (1, 4, 4, 256)
        True
        >>> module.count_params()
        163696
    """

    def __init__(  # noqa: PLR0913, PLR0917 (a row of the paper's table)
        self,
        filters_1x1,
        reduce_3x3,
        filters_3x3,
        reduce_5x5,
        filters_5x5,
        pool_projection,
        **kwargs,
    ):
        super().__init__(**kwargs)
        row = (filters_1x1, reduce_3x3, filters_3x3, reduce_5x5, filters_5x5, pool_projection)
        self.counts = {n: checked_count(n, value) for n, value in zip(ARGUMENTS, row, strict=True)}
        pool = keras.layers.MaxPooling2D(
            3, 1, "same", data_format="channels_last", name="pool", **self.inherited
        )
        self.branches = [
            [self._convolution("filters_1x1", 1)],
            [self._convolution("reduce_3x3", 1), self._convolution("filters_3x3", 3)],
            [self._convolution("reduce_5x5", 1), self._convolution("filters_5x5", 5)],
            [pool, self._convolution("pool_projection", 1)],
        ]

    def _convolution(self, name, size):
        return keras.layers.Conv2D(
            self.counts[name],
            size,
            padding="same",
            activation="relu",
            kernel_initializer="he_normal",
            data_format="channels_last",
            name=name,
            **self.inherited,
        )

    def build(self, input_shape):
        """Build the four branches."""
        for branch in self.branches:
            build_chain(branch, input_shape)
        self.built = True

    def compute_output_shape(self, input_shape):
        """(m, h, w, sum of the filters at the ends of the branches)."""
        ends = ("filters_1x1", "filters_3x3", "filters_5x5", "pool_projection")
        return (*input_shape[:-1], sum(self.counts[name] for name in ends))

    def call(self, inputs):
        """Run the branches and concatenate their channels."""
        outputs = [apply_chain(branch, inputs) for branch in self.branches]
        return keras.ops.concatenate(outputs, axis=-1)

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), **self.counts}
