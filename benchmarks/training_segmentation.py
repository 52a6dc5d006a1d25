"""What a small U-Net learns on embedded data, against its baselines.

    python -m benchmarks.training_segmentation

Digits in front of photographs (`dlcourse.datasets.segmented_digits`), 1000 pictures to learn from,
and 200 with other digits and other pieces of photographs to be tried on. Mean intersection over
union of the classes:

- ink or background, against the best two thresholds (darker than one or brighter than the other)
  and against logistic regression on the 5 by 5 pixels around each pixel, with the probability from
  which it says "ink" chosen on the dev part;
- which digit, if any, against calling everything background.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = [
    "main",
    "mean_iou",
    "neighbourhood_regression",
    "tables",
    "train_unet",
    "two_thresholds",
]

SEEDS = (0, 1, 2)
EPOCHS = {2: 25, 11: 50}
REACH = 2  # pixels that logistic regression sees in each direction
MARGIN = 0.1  # by which the network has to beat the best baseline


def mean_iou(masks, predictions, classes):
    """Mean over the classes that occur of intersection over union, all pixels counted together.

    Args:
        masks: true classes, whole numbers, any shape.
        predictions: predicted classes, as masks.
        classes: number of classes.

    Returns:
        float from 0 to 1.
    """
    from dlcourse.metrics import confusion_matrix, iou_per_class, mean_over_present

    matrix = confusion_matrix(masks, predictions.astype("int32"), classes)
    return float(mean_over_present(iou_per_class(matrix), matrix))


def two_thresholds(data):
    """Ink is what is darker than one number or brighter than another, the best pair for training.

    Args:
        data: `SegmentationData`.

    Returns:
        Mean IoU on the test part.
    """

    def ink(part, low, high):
        grey = part.images[..., 0]
        return (grey < low) | (grey > high)

    cuts = np.linspace(0, 1, 21)
    pairs = [(low, high) for low in cuts for high in cuts if low <= high]
    best = max(pairs, key=lambda pair: _ink_iou(data.train, ink(data.train, *pair)))
    return _ink_iou(data.test, ink(data.test, *best))


def neighbourhood_regression(data):
    """Logistic regression from the pixels around a pixel, and their squares, to ink or not.

    Args:
        data: `SegmentationData`.

    Returns:
        Mean IoU on the test part.
    """
    from sklearn.linear_model import LogisticRegression

    sample = np.random.default_rng(0).choice(data.train.masks.size, 50_000, replace=False)
    model = LogisticRegression(max_iter=1000)
    model.fit(_neighbourhoods(data.train)[sample], data.train.masks.ravel()[sample] > 0)

    def ink(part, least):
        probability = model.predict_proba(_neighbourhoods(part))[:, 1]
        return (probability > least).reshape(part.masks.shape)

    cuts = np.linspace(0.05, 0.5, 10)
    best = max(cuts, key=lambda least: _ink_iou(data.dev, ink(data.dev, least)))
    return _ink_iou(data.test, ink(data.test, best))


def train_unet(data, classes, seed):
    """Train a U-Net of an eighth of the width for two classes, and a quarter for eleven.

    Args:
        data: `SegmentationData`.
        classes: 2 for ink or background, 11 for which digit.
        seed: whole number for weights and order.

    Returns:
        Mean IoU on the test part.
    """
    import keras

    from dlcourse.models import build_unet

    keras.utils.set_random_seed(seed)
    width = 1 / 8 if classes == 2 else 1 / 4
    model = build_unet((32, 32, 1), classes, width, depth=3, padding="same")
    steps = EPOCHS[classes] * len(data.train.images) // 16
    rate = keras.optimizers.schedules.CosineDecay(3e-3, steps)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    targets = np.minimum(data.train.masks, classes - 1)
    model.fit(data.train.images, targets, batch_size=16, epochs=EPOCHS[classes], verbose=0)
    found = model.predict(data.test.images, verbose=0).argmax(axis=-1)
    return mean_iou(np.minimum(data.test.masks, classes - 1), found, classes)


def _ink_iou(part, ink):
    return mean_iou((part.masks > 0).astype("int32"), ink, 2)


def _neighbourhoods(part):
    width = 2 * REACH + 1
    margin = ((0, 0), (REACH, REACH), (REACH, REACH))
    padded = np.pad(part.images[..., 0], margin, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (width, width), axis=(1, 2))
    pixels = windows.reshape(-1, width**2)
    return np.concatenate([pixels, pixels**2], axis=1)


def _rows(data):
    nothing = np.zeros_like(data.test.masks)
    baselines = {
        2: {
            "two thresholds": two_thresholds(data),
            "regression on 5×5 pixels": neighbourhood_regression(data),
            "all background": _ink_iou(data.test, nothing),
        },
        11: {"all background": mean_iou(data.test.masks, nothing, 11)},
    }
    for classes, found in baselines.items():
        for name, value in found.items():
            yield classes, name, [value], None
        runs = [train_unet(data, classes, seed) for seed in SEEDS]
        yield classes, "U-Net", runs, max(found.values()) + MARGIN


def tables():
    """The table of this benchmark, as a list of one rich table, measured now."""
    from dlcourse.datasets import segmented_digits

    table = Table(
        *("classes", "method", "mean IoU", "lowest", "highest", "goal"),
        title=f"200 unseen pictures, {len(SEEDS)} trainings",
    )
    for classes, name, runs, least in _rows(segmented_digits()):
        figures = (f"{value:.3f}" for value in (np.mean(runs), min(runs), max(runs)))
        goal = "" if least is None else f"≥ {least:.3f} {_verdict(np.mean(runs) >= least)}"
        table.add_row(f"{classes}", name, *figures, goal)
    return [table]


def _verdict(reached):
    return "reached" if reached else "MISSED"


def main():
    """Print the table."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
