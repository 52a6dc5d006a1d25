"""What small generative models learn on embedded data, against their baselines.

    python -m benchmarks.training_generative

- Denoising: an autoencoder against principal components with a code of equal size (and against as
  many of them as suit the noise best, chosen on the training images), on handwritten digits that
  no model has seen, with Gaussian noise.
- GAN: of 1000 generated digits, how many a classifier of real digits is sure of, and how many of
  the ten classes occur. The scale begins at images whose pixels know nothing of each other and
  ends at the real test images.
- Style transfer: how the style loss falls, the temple painted like the dahlia.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["check_gan", "compare_denoising", "main", "style_curve", "tables"]

NOISES = (0.3, 0.5)
N_CODE = 12
GAN_EPOCHS = 150
STYLE_STEPS = 100
STEPS_SHOWN = (1, 2, 5, 10, 20, 50, 100)


def compare_denoising(stddev, n_code=N_CODE, epochs=80):
    """Mean squared error of denoised test digits.

    Args:
        stddev: standard deviation of the noise, where pixels go from 0 to 1.
        n_code: numbers in the code.
        epochs: of training.

    Returns:
        Dict from "noisy", "principal components", "best number of them" and "autoencoder" to the
        error.
    """
    import keras
    from sklearn.decomposition import PCA

    from dlcourse.models.autoencoders import build_denoising_autoencoder

    train, _, test, _ = _digits()
    train, test = train.reshape(-1, 64), test.reshape(-1, 64)
    rng = np.random.default_rng(0)
    noisy_train, noisy = (
        (x + rng.normal(0, stddev, x.shape)).astype("float32") for x in (train, test)
    )

    def error(n_components, clean, spoiled):
        pca = PCA(n_components).fit(train)
        return _error(pca.inverse_transform(pca.transform(spoiled)), clean)

    best = min(range(1, 33), key=lambda k: error(k, train, noisy_train))
    keras.utils.set_random_seed(0)
    model = build_denoising_autoencoder(64, hidden=(128,), n_code=n_code, stddev=stddev)
    model.compile(keras.optimizers.Adam(3e-3), "mse", jit_compile=_jit())
    model.fit(train, train, batch_size=128, epochs=epochs, verbose=0)
    return {
        "noisy": _error(noisy, test),
        "principal components": error(n_code, test, noisy),
        "best number of them": error(best, test, noisy),
        "autoencoder": _error(model.predict(noisy, verbose=0), test),
    }


def check_gan(epochs=GAN_EPOCHS, seed=0):
    """Judge a GAN, real images and noise by a classifier.

    Args:
        epochs: of training.
        seed: whole number for weights and noise.

    Returns:
        Dict from "real test images", "GAN" and "pixels on their own" to `SampleCheck`.
    """
    import keras

    from dlcourse.metrics import check_samples
    from dlcourse.models.gan import build_gan

    train, labels, test, _ = _digits()
    judge = _classifier(train, labels)
    keras.utils.set_random_seed(seed)
    gan = build_gan((8, 8, 1), latent=16, width=32, seed=seed)
    gan.optimizer.learning_rate = 5e-4
    gan.fit(train, batch_size=32, epochs=epochs, verbose=0)
    spread = np.random.default_rng(seed).normal(0, train.std(axis=0), (1000, *train.shape[1:]))
    noise = np.clip(train.mean(axis=0) + spread, 0, 1)
    samples = {"real test images": test, "GAN": gan.sample(1000), "pixels on their own": noise}
    return {name: check_samples(judge.predict(x, verbose=0)) for name, x in samples.items()}


def style_curve(steps=STYLE_STEPS):
    """Paint the temple like the dahlia.

    Args:
        steps: of the optimisation.

    Returns:
        Dict of lists, see `StyleTransfer.optimize`.
    """
    from dlcourse.datasets.sample_images import SAMPLE_IMAGES, sample_image
    from dlcourse.models.patch_classifier import train_patch_classifier
    from dlcourse.models.style_network import SMALL_SIZE
    from dlcourse.models.style_transfer import build_style_transfer

    network = train_patch_classifier([sample_image(name, SMALL_SIZE) for name in SAMPLE_IMAGES])
    images = (sample_image(name, (160, 240)) for name in ("china", "flower"))
    return build_style_transfer(network, *images).optimize(steps)


def tables():
    """Train everything, about three minutes on two cores.

    Returns:
        List of three rich Tables.
    """
    return [_denoising_table(), _gan_table(), _style_table()]


def _denoising_table():
    table = _table(
        f"denoising digits, code of {N_CODE}: mean squared error on unseen images",
        "noise", "noisy", "principal components", "best number of them", "autoencoder",
        "goal: less",
    )  # fmt: skip
    for stddev in NOISES:
        errors = compare_denoising(stddev)
        reached = errors["autoencoder"] < errors["principal components"]
        table.add_row(str(stddev), *(f"{e:.4f}" for e in errors.values()), _verdict(reached))
    return table


def _gan_table():
    table = _table(
        "generated digits, judged by a classifier",
        "samples", "confident", "classes of 10", "effective classes", "goal",
    )  # fmt: skip
    checks = check_gan()
    noise = checks["pixels on their own"].confident_share
    for name, check in checks.items():
        reached = check.classes_found == 10 and check.confident_share > noise
        verdict = f"10 classes, more than noise: {_verdict(reached)}" if name == "GAN" else ""
        numbers = f"{check.confident_share:.0%}", str(check.classes_found)
        table.add_row(name, *numbers, f"{check.effective_classes:.1f}", verdict)
    return table


def _style_table():
    table = _table("style transfer with the small network", "step", "style", "content", "loss",
                   "goal: style below a tenth")  # fmt: skip
    costs = style_curve()
    for step in STEPS_SHOWN:
        numbers = (f"{costs[name][step - 1]:.4g}" for name in ("style", "content", "loss"))
        reached = costs["style"][step - 1] < 0.1 * costs["style"][0]
        table.add_row(str(step), *numbers, _verdict(reached) if step == STEPS_SHOWN[-1] else "")
    return table


def _classifier(images, labels):
    import keras

    keras.utils.set_random_seed(0)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=_jit())
    model.fit(images, labels, batch_size=32, epochs=20, verbose=0)
    return model


def _digits():
    from dlcourse.datasets.digit_images import BRIGHTEST, digits

    data = digits()
    train, test = (
        (images / BRIGHTEST).astype("float32")[..., None]
        for images in (data.train_images, data.test_images)
    )
    return train, data.train_labels, test, data.test_labels


def _jit():
    import keras

    return keras.backend.backend() == "jax"


def _error(found, clean):
    return float(np.mean((found - clean) ** 2))


def _verdict(reached):
    return "reached" if reached else "MISSED"


def _table(title, *columns):
    table = Table(title=title)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def main():
    """Print what `tables` measures."""
    console = Console(width=120)
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
