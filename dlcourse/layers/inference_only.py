"""A layer or network that behaves as in inference even while what is around it is trained."""

import keras

__all__ = ["InferenceOnly"]


@keras.saving.register_keras_serializable(package="dlcourse")
class InferenceOnly(keras.layers.Wrapper):
    """Call what is inside with training=False, always; its weights may learn all the same.

    Batch normalization inside uses its moving averages and leaves them alone, and nothing is
    dropped. Setting `trainable` to False does the first of these for batch normalization, and then
    its scale and shift cannot learn. Writing `network(x, training=False)` in a functional model
    does neither: Keras 3 replaces the argument by that of the outer call.

    Args:
        layer: `keras.layers.Layer` or `keras.Model` with one input and one output.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        Those of the layer inside, and its masks.

    Example:
        >>> layer = InferenceOnly(keras.layers.Dropout(0.5))
        >>> layer(keras.ops.ones((1, 4)), training=True).numpy().tolist()
        [[1.0, 1.0, 1.0, 1.0]]
    """

    def __init__(self, layer, **kwargs):
        super().__init__(layer, **kwargs)
        self.supports_masking = layer.supports_masking

    def call(self, inputs):
        """What is inside, in inference, in the dtype of this layer."""
        return keras.ops.cast(self.layer(inputs, training=False), self.compute_dtype)

    def compute_output_shape(self, input_shape):
        """Shape that the layer inside gives."""
        return self.layer.compute_output_shape(input_shape)

    def compute_mask(self, inputs, previous_mask):
        """Mask that the layer inside gives."""
        return self.layer.compute_mask(inputs, previous_mask)

    def get_config(self):
        """Every argument of the constructor."""
        config = super().get_config()
        # built here again and not before, the weights of the layer inside keep their paths
        config["layer"].pop("build_config", None)
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Make the layer anew, and leave the configuration as it is (Keras takes parts out)."""
        return super().from_config({**config}, custom_objects)
