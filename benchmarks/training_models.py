"""What small versions of the large networks learn: handwritten digits, against logistic regression.

    python -m benchmarks.training_models

Trained on 1344 of the embedded digits, enlarged from 8 by 8 to what the network needs, tested on
the other 450. The baseline is scikit-learn's logistic regression on the same pixels.
"""

import os
from typing import NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from rich.console import Console
from rich.table import Table

__all__ = ["baseline_accuracy", "main", "tables", "trained_accuracy"]

BATCH = 64
IMAGES = 21 * BATCH  # a last batch of three images would spoil the averages of the normalization


class Plan(NamedTuple):
    """How a network is made and trained.

    Args:
        enlargement: factor for height and width of the images.
        epochs: how often training sees each image.
        rate: learning rate at the start; it falls to 0 along a cosine.
        pixels: (factor, offset) that bring the pixels, 0 to 16, to what the network expects.
    """

    enlargement: int
    epochs: int
    rate: float
    pixels: tuple[float, float] = (1 / 8, -1)


SHIFT = 0.06  # largest random shift of the training images, share of their size
PLANS = {
    "ResNet-18, width 1/8": Plan(enlargement=4, epochs=12, rate=1e-2),
    "MobileNet v1, width 1/4": Plan(enlargement=8, epochs=16, rate=2e-2),
    "MobileNet v2, width 1/4": Plan(enlargement=8, epochs=24, rate=2e-2),
    "EfficientNet-B0, width 1/4": Plan(enlargement=8, epochs=16, rate=2e-2, pixels=(16, 0)),
    "GoogLeNet, width 1/8": Plan(enlargement=8, epochs=24, rate=1.5e-3),
}


def trained_accuracy(name, seed=0):
    """Share of the test digits that a network recognizes after training.

    Args:
        name: one of PLANS.
        seed: whole number for weights, shifts and order of the images.

    Returns:
        float from 0 to 1.
    """
    import keras

    from dlcourse.datasets import digits

    data, plan = digits(), PLANS[name]
    keras.utils.set_random_seed(seed)
    model = _network(name, plan)
    steps = plan.epochs * IMAGES // BATCH
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(plan.rate, steps)),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    images, labels = data.train_images[:IMAGES, ..., None], data.train_labels[:IMAGES]
    model.fit(images, labels, BATCH, plan.epochs, verbose=0)
    return model.evaluate(data.test_images[..., None], data.test_labels, 450, verbose=0)[1]


def baseline_accuracy():
    """Share of the test digits that logistic regression recognizes.

    Returns:
        float from 0 to 1.
    """
    from sklearn.linear_model import LogisticRegression

    from dlcourse.datasets import digits

    data = digits()
    train, test = (x.reshape(len(x), -1) / 16 for x in (data.train_images, data.test_images))
    return (
        LogisticRegression(max_iter=1000)
        .fit(train, data.train_labels)
        .score(test, data.test_labels)
    )


def tables(seeds=(0, 1, 2)):
    """The accuracies as rich tables.

    Args:
        seeds: each trains every network once.

    Returns:
        list with one `rich.table.Table`.
    """
    baseline = baseline_accuracy()
    table = Table(title="Digits, share of 450 test images recognized")
    for column in ("network", "seeds", "lowest", "mean", "goal: more than logistic", ""):
        table.add_column(column)
    for name in PLANS:
        found = [trained_accuracy(name, seed) for seed in seeds]
        mean, lowest = sum(found) / len(found), min(found)
        verdict = "reached" if mean > baseline else "MISSED"
        numbers = f"{len(found)}", f"{lowest:.3f}", f"{mean:.3f}", f"{baseline:.3f}"
        table.add_row(name, *numbers, verdict)
    return [table]


def main():
    """Print the tables."""
    for table in tables():
        Console().print(table)


def _network(name, plan):
    import keras

    size = 8 * plan.enlargement
    factor, offset = plan.pixels
    layers = [
        keras.layers.UpSampling2D(plan.enlargement, interpolation="bilinear"),
        keras.layers.RandomTranslation(SHIFT, SHIFT, fill_mode="constant"),
        keras.layers.Rescaling(factor, offset=offset),
        _classifier(name, (size, size, 1)),
    ]
    return keras.Sequential([keras.Input((8, 8, 1)), *layers])


def _classifier(name, shape):
    from dlcourse import models

    builders = {
        "ResNet-18": lambda width: models.build_resnet(18, shape, 10, width),
        "MobileNet v1": lambda width: models.build_mobilenet_v1(shape, 10, width),
        "MobileNet v2": lambda width: models.build_mobilenet_v2(shape, 10, width),
        "EfficientNet-B0": lambda width: models.build_efficientnet(0, shape, 10, width),
        "GoogLeNet": lambda width: models.build_googlenet(shape, 10, width, auxiliary=False),
    }
    kind, width = name.split(", width 1/")
    return builders[kind](1 / int(width))


if __name__ == "__main__":
    main()
