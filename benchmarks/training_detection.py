"""How well tiny YOLO finds digits that it has never seen, against R-CNN's way and two trifles.

    python -m benchmarks.training_detection

Trained on 2000 scenes, judged on 200 scenes of other digits by mAP@0.5. The baseline proposes
regions (connected bright pixels), shrinks each to 8 by 8 pixels and lets a logistic regression,
trained on the crops of the same scenes, say which digit it is: R-CNN with nothing deep in it.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from dlcourse.boxes import (
    detect_objects,
    non_max_suppression_per_class,
    propose_regions,
    yolo_activate,
    yolo_encode,
)
from dlcourse.datasets import digit_scenes, resized
from dlcourse.losses import YoloLoss
from dlcourse.metrics import mean_average_precision
from dlcourse.models import build_tiny_yolo

__all__ = ["ANCHORS", "main", "region_baseline", "tables", "train_yolo"]

ANCHORS = [[0.25, 0.17], [0.35, 0.24]]  # heights and widths of small and of large digits
GRID, CLASSES, SIDE = 8, 10, 64
EPOCHS, BATCH, WIDTH = 20, 32, 12
ALL = 0.01  # a low threshold: average precision looks at every one of them


def train_yolo(scenes, epochs=EPOCHS, width=WIDTH):
    """Train a tiny YOLO on scenes.

    Args:
        scenes: `dlcourse.datasets.Scenes`.
        epochs: passes over them.
        width: filters of its first convolution.

    Returns:
        The trained `keras.Model`.
    """
    keras.utils.set_random_seed(0)
    target = yolo_encode(scenes.boxes, scenes.labels, ANCHORS, GRID, CLASSES)
    model = build_tiny_yolo((SIDE, SIDE, 1), CLASSES, len(ANCHORS), width, halvings=3)
    steps = epochs * -(-len(scenes.images) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(3e-3, steps)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=YoloLoss(ANCHORS))
    model.fit(scenes.images, target, batch_size=BATCH, epochs=epochs, verbose=0)
    return model


def yolo_precision(model, scenes):
    """mAP@0.5 of a network on scenes."""
    raw = model.predict(scenes.images, batch_size=100, verbose=0)
    return _precision(detect_objects(yolo_activate(raw, ANCHORS), score_threshold=ALL), scenes)


def region_baseline(train, test):
    """mAP@0.5 of proposed regions with a logistic regression on their pixels."""
    real = [
        (image, box)
        for image, boxes, labels in zip(*train, strict=True)
        for box in SIDE * boxes[labels >= 0]
    ]
    classifier = LogisticRegression(max_iter=1000).fit(
        [_crop(*pair) for pair in real], train.labels[train.labels >= 0]
    )
    boxes, scores = np.zeros((len(test.images), 20, 4)), np.zeros((len(test.images), 20, CLASSES))
    for i, image in enumerate(test.images):
        regions = propose_regions(image, threshold=0.25)[:20]
        if len(regions):
            boxes[i, : len(regions)] = regions / SIDE
            crops = [_crop(image, box) for box in regions]
            scores[i, : len(regions)] = classifier.predict_proba(crops)
    return _precision(non_max_suppression_per_class(boxes, scores, 20, 20, 0.5, ALL), test)


def _crop(image, box):
    x1, y1, x2, y2 = np.rint(box).astype(int)
    return resized(image[y1:y2, x1:x2], 8, 8).ravel()


def _precision(found, scenes):
    detections = found.boxes, found.scores, found.classes, found.count
    return mean_average_precision(detections, (scenes.boxes, scenes.labels), CLASSES)


def tables():
    """The table of this module."""
    scenes = digit_scenes(train_size=2000, test_size=200)
    untrained = build_tiny_yolo((SIDE, SIDE, 1), CLASSES, len(ANCHORS), WIDTH, halvings=3)
    start = time.perf_counter()
    model = train_yolo(scenes.train)
    seconds = time.perf_counter() - start
    reached, baseline = yolo_precision(model, scenes.test), region_baseline(*scenes)
    verdict = "reached" if reached > baseline else "MISSED"
    table = Table("detector", "mAP@0.5", "goal", title="Digits in 200 unseen scenes")
    table.add_row("tiny YOLO, not trained", f"{yolo_precision(untrained, scenes.test):.3f}", "")
    table.add_row("regions and logistic regression", f"{baseline:.3f}", "")
    table.add_row(
        f"tiny YOLO, {model.count_params()} parameters, {EPOCHS} epochs in {seconds:.0f} s",
        f"{reached:.3f}",
        f"above the baseline {verdict}",
    )
    return (table,)


def main():
    """Print the table."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
