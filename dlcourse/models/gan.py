"""The generative adversarial network: a forger and a detective who train each other.

Keras has no portable call for gradients, and the usual two alternating steps need one. Here both
networks learn from one loss instead, in one step of `fit` on every backend. Each of its two parts
is kept from the other network: the detective sees forgeries behind a stop-gradient, and the forger
is judged by the detective with its weights behind one.
"""

import keras
from keras import ops

__all__ = ["GAN", "build_gan"]


@keras.saving.register_keras_serializable(package="dlcourse")
class GAN(keras.Model):
    """A generator of images and a discriminator, trained together by `fit(real_images)`.

    Both take their step at the same time, with the same optimizer; as the optimizers of Keras
    move every weight by its own gradient, that is as good as two of them. `fit` reports
    "discriminator" (its binary cross-entropy; about 1.39 = 2 ln 2 when it only guesses) and
    "generator" (−log of what the discriminator believes of forgeries; 0.69 = ln 2 then).

    Args:
        generator: model from noise (None, latent) to images with values from 0 to 1.
        discriminator: model from images to one score (None, 1) without activation, positive for
            real.
        smoothing: the discriminator's target for real images is 1 - smoothing, in [0, 0.5).
        seed: whole number for the noise.

    Raises:
        ValueError: the models do not fit together, or smoothing is out of range.

    Reference:
        Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, algorithm 1 with k = 1 and
        the generator's loss of §3 that does not saturate; one-sided label smoothing as in Salimans
        et al., "Improved techniques for training GANs", NeurIPS 2016, §3.4.
    """

    def __init__(self, generator, discriminator, smoothing=0.1, seed=0):
        super().__init__(name="gan")
        if generator.output_shape[1:] != discriminator.input_shape[1:]:
            raise ValueError(
                "generator, discriminator: expected images of one shape; the first gives "
                f"{generator.output_shape[1:]}, the second reads {discriminator.input_shape[1:]}"
            )
        if not 0 <= smoothing < 0.5:
            raise ValueError(f"smoothing: expected a number in [0, 0.5); got {smoothing}")
        self.generator, self.discriminator = generator, discriminator
        self.smoothing, self.seed = smoothing, seed
        self.noise = keras.random.SeedGenerator(seed)
        parts = ("discriminator", "generator")
        self.costs = {part: keras.metrics.Mean(name=part) for part in parts}
        self.built = True

    def call(self, inputs, training=False):
        """As many forgeries as there are images in `inputs`."""
        shape = (ops.shape(inputs)[0], self.generator.input_shape[1])
        return self.generator(keras.random.normal(shape, seed=self.noise), training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        """Both losses, given real images `x` and forgeries `y_pred`."""
        del y, sample_weight
        weights = [_read_once(v) for v in self.discriminator.trainable_variables]
        frozen = [ops.stop_gradient(weight) for weight in weights]
        together = ops.concatenate([ops.cast(x, y_pred.dtype), ops.stop_gradient(y_pred)])
        real, fake = ops.split(self._verdict(weights, together, training), 2)
        caught = _entropy(real, 1 - self.smoothing) + _entropy(fake, 0)
        fooled = _entropy(self._verdict(frozen, y_pred, training), 1)
        self.costs["discriminator"].update_state(caught)
        self.costs["generator"].update_state(fooled)
        return caught + fooled

    def sample(self, n, seed=0):
        """Make images.

        Args:
            n: how many, >= 1.
            seed: whole number; equal seeds, equal images.

        Returns:
            Array (n, height, width, channels), 0 to 1.
        """
        noise = keras.random.normal((n, self.generator.input_shape[1]), seed=seed)
        return ops.convert_to_numpy(self.generator(noise, training=False))

    def get_config(self):
        """Return what builds the same model again."""
        parts = (self.generator, self.discriminator)
        generator, discriminator = map(keras.saving.serialize_keras_object, parts)
        return {
            "generator": generator,
            "discriminator": discriminator,
            "smoothing": self.smoothing,
            "seed": self.seed,
        }

    @classmethod
    def from_config(cls, config):
        """Build the model again from what `get_config` returned."""
        parts = {name: config[name] for name in ("generator", "discriminator")}
        parts = {n: keras.saving.deserialize_keras_object(part) for n, part in parts.items()}
        return cls(**{**config, **parts})

    def _verdict(self, weights, images, training):
        """Scores of the discriminator with given weights; its seeds (and averages) move on."""
        states = self.discriminator.non_trainable_variables
        verdict, moved = self.discriminator.stateless_call(
            weights, [v.value for v in states], images, training=training
        )
        for state, value in zip(states, moved, strict=True):
            state.assign(value)
        return verdict


def build_gan(image_shape=(28, 28, 1), latent=100, width=64, seed=0):
    """Build a convolutional GAN with strided convolutions, after DCGAN.

    Args:
        image_shape: (height, width, channels), height and width divisible by 4.
        latent: numbers of noise for each image, >= 1.
        width: channels of the larger feature maps, >= 1; the smaller ones have twice as many.
        seed: whole number for the noise and nothing else.

    Returns:
        A `GAN`, compiled with Adam (learning rate 0.0002, β₁ 0.5) as DCGAN is.

    Raises:
        ValueError: a size is below 1, or height or width is not divisible by 4.

    Reference:
        Radford, Metz and Chintala, "Unsupervised representation learning with deep convolutional
        generative adversarial networks", ICLR 2016; the discriminator has dropout where theirs
        has batch normalization, which would let real images and forgeries see each other.

    Example:
        >>> gan = build_gan(image_shape=(8, 8, 1), latent=10, width=4)
        >>> gan.sample(3).shape
        (3, 8, 8, 1)
    """
    if min(*image_shape, latent, width) < 1 or any(length % 4 for length in image_shape[:2]):
        raise ValueError(
            "image_shape, latent, width: expected positive numbers, height and width divisible by "
            f"4; got {tuple(image_shape)}, {latent} and {width}"
        )
    gan = GAN(
        _build_generator(image_shape, latent, width), _build_discriminator(image_shape, width),
        seed=seed,
    )  # fmt: skip
    gan.compile(
        optimizer=keras.optimizers.Adam(2e-4, beta_1=0.5),
        # XLA is slower than the plain graph for convolutions on a CPU; JAX knows nothing else
        jit_compile=keras.backend.backend() == "jax",
    )
    return gan


def _build_generator(image_shape, latent, width):
    height, breadth, channels = image_shape
    small = (height // 4, breadth // 4, 2 * width)
    layers = keras.layers
    doubling = {"strides": 2, "padding": "same"}
    return keras.Sequential(
        [
            keras.Input((latent,)),
            layers.Dense(small[0] * small[1] * small[2], use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Reshape(small),
            layers.Conv2DTranspose(width, 4, use_bias=False, **doubling),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2DTranspose(channels, 4, activation="sigmoid", **doubling),
        ],
        name="generator",
    )


def _build_discriminator(image_shape, width):
    layers = keras.layers
    halving = {"strides": 2, "padding": "same"}
    return keras.Sequential(
        [
            keras.Input(image_shape),
            layers.Conv2D(width, 4, **halving),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Dropout(0.3),
            layers.Conv2D(2 * width, 4, **halving),
            layers.LeakyReLU(negative_slope=0.2),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(1),
        ],
        name="discriminator",
    )


def _entropy(scores, target):
    truth = ops.full_like(scores, target)
    return ops.mean(ops.binary_crossentropy(truth, scores, from_logits=True))


def _read_once(variable):
    """The value of a variable, which stays what it is now.

    Within a TensorFlow function, a second read of a weight, of which only the value of the loss
    depends and not the weight's own gradient, can come after the weight's update: the graph
    optimizer drops the order of the two (TensorFlow 2.21; seen in about one run of four).
    """
    return ops.add(variable, 0)
