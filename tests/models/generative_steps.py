"""One small run of style transfer and one step of a GAN, with the same numbers on every backend."""

import keras
import numpy as np

from dlcourse.models.gan import GAN, build_gan
from dlcourse.models.patch_classifier import build_patch_classifier
from dlcourse.models.style_transfer import build_style_transfer

__all__ = ["digit_gan_history", "gan_step", "main", "style_costs"]

RUNS = 3  # what depends on the order of threads does not show every time


def main():
    """What the tests compare between backends."""
    return {
        "style": style_costs(),
        "gan": [gan_step() for _ in range(RUNS)],
        "history": digit_gan_history(),
    }


def style_costs():
    """Costs of five steps and the picture after them."""
    rng = np.random.default_rng(0)
    network = build_patch_classifier(width=0.25)
    network.set_weights([rng.normal(0, 0.1, w.shape) for w in network.get_weights()])
    transfer = build_style_transfer(network, *rng.random((2, 12, 16, 3)))
    costs = transfer.optimize(steps=5)
    return {"style": costs["style"], "loss": costs["loss"], "picture": transfer.picture().tolist()}


def gan_step():
    """Changes of the weights of a linear GAN in one step of plain gradient descent, rate 1.

    The generator's kernel is zero and stays so in the oracle: its forgeries are its bias, whatever
    the noise was.
    """
    generator = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    discriminator = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    generator.set_weights([np.zeros((2, 3)), np.array([0.2, -0.4, 0.6])])
    discriminator.set_weights([np.array([[0.5], [-1.0], [2.0]]), np.array([0.3])])
    gan = GAN(generator, discriminator, smoothing=0.1)
    gan.compile(keras.optimizers.SGD(1.0), jit_compile=keras.backend.backend() == "jax")
    before = [v.numpy() for v in (*discriminator.trainable_variables, generator.layers[0].bias)]
    real = np.random.default_rng(0).random((8, 3), dtype=np.float32)
    logs = gan.train_on_batch(real, return_dict=True)
    after = [v.numpy() for v in (*discriminator.trainable_variables, generator.layers[0].bias)]
    changes = [(a - b).ravel().tolist() for a, b in zip(after, before, strict=True)]
    return {"changes": changes, "logs": {name: float(value) for name, value in logs.items()}}


def digit_gan_history():
    """Whether two epochs of the convolutional GAN change both networks and stay finite."""
    keras.utils.set_random_seed(0)
    gan = build_gan((8, 8, 1), latent=4, width=2)
    networks = (gan.generator, gan.discriminator)
    before = [network.get_weights() for network in networks]
    x = np.random.default_rng(0).random((32, 8, 8, 1), dtype=np.float32)
    history = gan.fit(x, batch_size=16, epochs=2, verbose=0).history
    moved = [
        max(float(np.abs(a - b).max()) for a, b in zip(old, network.get_weights(), strict=True))
        for old, network in zip(before, networks, strict=True)
    ]
    return {"finite": bool(np.isfinite(list(history.values())).all()), "moved": moved}
