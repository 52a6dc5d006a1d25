"""What each of the four variants is for, as orderings that hold for every seed.

On all 1347 digits dropout has next to nothing to narrow. The setting is therefore one in which
networks do overfit: 300 images, and a fifth of the labels, of train and dev alike, is drawn by lot.
"""

import keras
import numpy as np
import pytest

from dlcourse.datasets import digits
from dlcourse.models.mnist_mlp import build_mnist_mlp

SEEDS = (0, 1, 2)
EPOCHS = {"sigmoid": 5, "relu": 5, "batch_norm": 20, "dropout": 20}


def noisy_digits(seed):
    """Images and labels of train, images and labels of dev; a fifth of the labels is random."""
    data, rng = digits(300, seed), np.random.default_rng(seed)
    parts = (data.train_images, data.train_labels), (data.test_images, data.test_labels)
    for images, labels in parts:
        by_lot = rng.random(len(labels)) < 0.2
        yield images.astype("float32") / 16
        yield np.where(by_lot, rng.integers(0, 10, len(labels)), labels)


@pytest.fixture(scope="module")
def trained():
    """Variant → for each seed: losses of the first epochs, and the losses on train and dev."""
    results = {}
    for variant, epochs in EPOCHS.items():
        model = build_mnist_mlp(variant, (8, 8), width=1 / 4)
        model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
        results[variant] = [train(model, variant, epochs, seed) for seed in SEEDS]
    return results


def train(model, variant, epochs, seed):
    x, y, dev_x, dev_y = noisy_digits(seed)
    keras.utils.set_random_seed(seed)
    # fresh weights in a model whose step is compiled already: building steps takes most of the time
    model.set_weights(build_mnist_mlp(variant, (8, 8), width=1 / 4).get_weights())
    losses = model.fit(x, y, batch_size=32, epochs=epochs, verbose=0).history["loss"]
    sets = (x, y), (dev_x, dev_y)
    return losses, *(model.evaluate(*s, batch_size=len(s[0]), verbose=0) for s in sets)


def loss_at(epoch, runs):
    return np.array([losses[epoch - 1] for losses, *_ in runs])


def gaps(runs):
    return np.array([dev - train for _, train, dev in runs])


def test_relu_learns_faster_than_sigmoid(trained):
    assert np.all(loss_at(5, trained["relu"]) < loss_at(5, trained["sigmoid"]) - 0.3)


def test_batch_norm_learns_faster_than_relu_alone(trained):
    assert np.all(loss_at(5, trained["batch_norm"]) < loss_at(5, trained["relu"]) - 0.2)


def test_dropout_narrows_the_gap_between_train_and_dev(trained):
    assert np.all(gaps(trained["dropout"]) < 0.6 * gaps(trained["batch_norm"]))
    assert np.all(gaps(trained["batch_norm"]) > 0.4)
