"""What the layers that augment have in common: random in training, plain in inference."""

import keras

from dlcourse.augment.image_batch import as_images

__all__ = ["RandomLayer"]


class RandomLayer(keras.layers.Layer):
    """Base of the layers of this package: `augmented` in training, `plain` in inference.

    A subclass defines `augmented(images)`, drawing with `self.seed_generator`.

    Args:
        seed: whole number >= 0; equal seeds draw equal numbers, None draws a seed.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Call arguments:
        images: (m, height, width, channels), whole numbers or floats.
        training: whether to augment.

    Returns:
        Images in the layer's compute dtype.
    """

    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def build(self, input_shape):
        """Nothing to make: the layer has no weights."""
        self.built = True

    def call(self, images, training=False):
        """Augment in training."""
        images = keras.ops.cast(as_images(images), self.compute_dtype)
        return self.augmented(images) if training else self.plain(images)

    def augmented(self, images):
        """What the layer is for."""
        raise NotImplementedError(f"{type(self).__name__} lacks its method augmented(images)")

    def plain(self, images):
        """What inference does: nothing."""
        return images

    def uniform(self, images, limit, shape=()):
        """Draw numbers from -limit to limit for every image: (m, *shape), float32."""
        shape = (keras.ops.shape(images)[0], *shape)
        return keras.random.uniform(shape, -limit, limit, dtype="float32", seed=self.seed_generator)

    def compute_output_shape(self, input_shape):
        """The shape of the images."""
        return input_shape

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "seed": self.seed}
