"""What small classifiers learn on embedded data, against their baselines.

    python -m benchmarks.training_classifiers

- Digits: every classifier of `dlcourse.models` that is not a residual or mobile network, trained on
  1347 handwritten digits (convolutional ones also on shifted copies, which a fixed weight for each
  pixel cannot use) and tried on 450 others, against softmax regression on the pixels. Which 450 is
  another choice in each training: one choice alone moves an accuracy by 0.7 % (one standard error),
  more than the simplest networks differ by.
- Transfer: a network that has learnt the digits 0 to 4 in front of photographs learns 5 to 9 from
  few examples, against the same network without that past. (Without photographs there is nothing
  to gain: on centred digits on white paper, softmax regression on the pixels needs no features.)

Means over several seeds, which decide about initial weights, order and chosen examples.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["Recipe", "compare_transfer", "digit_accuracies", "main", "recipes", "tables"]

SEEDS = (0, 1, 2)
SPLITS = (0, 1, 2, 3, 4)
BASELINE = "softmax regression"
LENET_GOAL = 0.97
EXAMPLES = (3, 10, 30)  # of each class
MARGIN = 0.05  # by which transfer has to beat the start from scratch with up to ten examples


class Recipe(NamedTuple):
    """How a classifier is made and trained.

    Args:
        build: function of nothing that returns the `keras.Model`.
        side: height and width that the digits are enlarged to.
        rate: Adam's learning rate.
        epochs: passes over the training images.
        loss: loss or its name.
        shifts: whether four copies of each image, moved by a sixteenth of the side, are added.
        goal: accuracy to reach; None where the baseline is to be beaten.
    """

    build: object
    side: int
    rate: float
    epochs: int
    loss: object = "sparse_categorical_crossentropy"
    shifts: bool = False
    goal: float | None = None


def recipes():
    """The classifiers by name, the baseline first."""
    import keras

    from dlcourse import models
    from dlcourse.losses import map_criterion_loss

    def softmax_regression():
        flat = keras.layers.Flatten()
        return keras.Sequential(
            [keras.Input((8, 8, 1)), flat, models.build_softmax_regression(64, 10)]
        )

    def mlp(variant):
        return lambda: models.build_mnist_mlp(variant, (8, 8, 1), width=1 / 4)

    found = {BASELINE: Recipe(softmax_regression, 8, 1e-2, 60)}
    for variant in ("sigmoid", "relu", "batch_norm", "dropout"):
        found[f"MLP 64-128-32-10, {variant}"] = Recipe(mlp(variant), 8, 2e-3, 60)
    found["LeNet-5 of 1998"] = Recipe(
        models.build_lenet5, 32, 2e-3, 5, map_criterion_loss, True, LENET_GOAL
    )
    found["the course's LeNet"] = Recipe(
        lambda: models.build_course_lenet((32, 32, 1)), 32, 2e-3, 5, shifts=True, goal=LENET_GOAL
    )
    found["AlexNet, width 1/8"] = Recipe(
        lambda: models.build_alexnet((67, 67, 1), 10, width=1 / 8), 67, 1e-3, 8, shifts=True
    )
    found["VGG-16, width 1/8"] = Recipe(
        lambda: models.build_vgg16((32, 32, 1), 10, width=1 / 8), 32, 5e-4, 4, shifts=True
    )
    return found


def digit_accuracies(recipe, seeds=SPLITS):
    """Shares of the test digits that a classifier gets right.

    Args:
        recipe: how to make and train it.
        seeds: one for each training, its split and its initial weights.

    Returns:
        List of accuracies from 0 to 1, one per seed.
    """
    import keras

    from dlcourse.datasets import digits, resized

    accuracies = []
    for seed in seeds:
        data = digits(seed=seed)
        train, test = (
            resized(images[..., None], recipe.side, recipe.side).astype("float32") / 16
            for images in (data.train_images, data.test_images)
        )
        keras.utils.set_random_seed(seed)
        model = recipe.build()
        _fit(model, *_examples(train, data.train_labels, recipe), recipe)
        accuracies.append(_accuracy(model, test, data.test_labels))
    return accuracies


def compare_transfer(examples, seed):
    """Accuracy on the digits 5 to 9 in front of photographs, learnt from few examples.

    Args:
        examples: of each of the five digits, to learn from.
        seed: whole number for the initial weights and the choice of examples.

    Returns:
        Dict from "from scratch", "frozen features" and "and fine-tuned" to the accuracy.
    """
    import keras

    from dlcourse.models import build_course_lenet
    from dlcourse.transfer import TwoPhases, cut, fit_in_two_phases

    recipe = Recipe(lambda: build_course_lenet(classes=5), 32, 1e-3, 60)
    keras.utils.set_random_seed(seed)
    old = recipe.build()
    _fit(old, *_photos(range(8), low=True), recipe._replace(epochs=4))
    images, labels = _photos([0], low=False)
    few = _few(labels, examples, np.random.default_rng(seed))
    rest = np.setdiff1d(np.arange(len(labels)), few)

    def transferred(tuning_epochs):
        copy = keras.models.clone_model(old)
        copy.set_weights(old.get_weights())
        head = keras.Sequential([keras.Input((120,)), keras.layers.Dense(5, "softmax")])
        phases = TwoPhases(60, 1e-2, tuning_epochs, recipe.rate, tuned_layers=1)
        parts = cut(copy, "FC3"), head, images[few], labels[few]
        return fit_in_two_phases(*parts, recipe.loss, phases).model

    scratch = recipe.build()
    _fit(scratch, images[few], labels[few], recipe._replace(epochs=80))
    found = {
        "from scratch": scratch,
        "frozen features": transferred(0),
        "and fine-tuned": transferred(15),
    }
    return {name: _accuracy(model, images[rest], labels[rest]) for name, model in found.items()}


def _examples(images, labels, recipe):
    if not recipe.shifts:
        return images, labels
    by = recipe.side // 16
    moves = [(0, 0), (-by, 0), (by, 0), (0, -by), (0, by)]
    moved = [np.roll(images, move, axis=(1, 2)) for move in moves]
    return np.concatenate(moved), np.tile(labels, len(moves))


def _photos(seeds, low):
    """Digits 0 to 4 (low) or 5 to 9, the latter counted from 0, in front of photographs."""
    from dlcourse.datasets.digits_on_photos import digits_on_photos

    parts = [digits_on_photos(seed) for seed in seeds]
    images = np.concatenate([part.train_images for part in parts]).astype("float32") / 255
    labels = np.concatenate([part.train_labels for part in parts])
    wanted = (labels < 5) == low
    return images[wanted], labels[wanted] % 5


def _few(labels, examples, rng):
    places = (np.flatnonzero(labels == label) for label in range(5))
    return np.concatenate([rng.choice(place, examples, replace=False) for place in places])


def _fit(model, x, y, recipe):
    import keras

    model.compile(keras.optimizers.Adam(recipe.rate), recipe.loss)
    model.fit(x, y, batch_size=32, epochs=recipe.epochs, verbose=0)


def _accuracy(model, x, y):
    return float(np.mean(model.predict(x, verbose=0).argmax(axis=1) == y))


def _digits_table():
    table = Table(
        *("network", "parameters", "mean accuracy", "lowest", "highest", "goal"),
        title=f"450 unseen digits, {len(SPLITS)} trainings each, on as many splits",
    )
    baseline = None
    for name, recipe in recipes().items():
        accuracies = digit_accuracies(recipe)
        mean = np.mean(accuracies)
        figures = (f"{share:.1%}" for share in (mean, min(accuracies), max(accuracies)))
        goal = ""
        if baseline is not None:
            least = baseline if recipe.goal is None else recipe.goal
            goal = f"≥ {least:.1%} {_verdict(mean >= least)}"
        baseline = mean if baseline is None else baseline
        table.add_row(name, f"{recipe.build().count_params():,}", *figures, goal)
    return table


def _transfer_table():
    table = Table(
        *("examples of each digit", "from scratch", "frozen features", "and fine-tuned", "goal"),
        title="Digits 5 to 9 in front of photographs, by a LeNet that knew 0 to 4",
    )
    for examples in EXAMPLES:
        runs = [list(compare_transfer(examples, seed).values()) for seed in SEEDS]
        means = np.mean(runs, axis=0)
        least = means[0] + (MARGIN if examples <= 10 else 0)
        goal = f"≥ {least:.1%} {_verdict(means[2] >= least)}"
        table.add_row(f"{examples}", *(f"{mean:.1%}" for mean in means), goal)
    return table


def _verdict(reached):
    return "reached" if reached else "MISSED"


def tables():
    """The tables of this benchmark, as rich tables, measured now."""
    return [_digits_table(), _transfer_table()]


def main():
    """Print the tables."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
