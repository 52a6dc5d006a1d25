"""Tiny YOLO: its size, and that it finds digits it has never seen."""

import keras
import numpy as np
import pytest

from dlcourse.boxes import detect_objects, yolo_activate, yolo_encode
from dlcourse.datasets import digit_scenes
from dlcourse.losses import YoloLoss
from dlcourse.metrics import mean_average_precision
from dlcourse.models import build_tiny_yolo

ANCHORS = [[0.25, 0.17], [0.35, 0.24]]


def test_parameters_of_the_published_network():
    # from yolov2-tiny-voc.cfg: 3 by 3 filters without bias, four numbers of normalization each
    widths = [3, 16, 32, 64, 128, 256, 512, 1024, 1024]
    expected = sum(9 * a * b + 4 * b for a, b in zip(widths, widths[1:], strict=False))
    expected += 1024 * 125 + 125
    model = build_tiny_yolo()
    assert model.count_params() == expected == 15_867_885
    assert model.output_shape == (None, 13, 13, 5, 25)


def test_it_learns_where_and_which():
    """Seconds of training teach it eight scenes by heart; `benchmarks` asks for unseen ones."""
    keras.utils.set_random_seed(0)
    scenes = digit_scenes(train_size=8, test_size=0).train
    target = yolo_encode(scenes.boxes, scenes.labels, ANCHORS, 8, 10)
    model = build_tiny_yolo((64, 64, 1), 10, 2, width=8, halvings=3)
    model.compile(optimizer=keras.optimizers.Adam(5e-3), loss=YoloLoss(ANCHORS))
    assert precision(model, scenes) < 0.05
    model.fit(scenes.images, target, batch_size=8, epochs=50, verbose=0)
    assert precision(model, scenes) > 0.8


def precision(model, scenes):
    # with the batch's own averages: the running ones need more steps than this
    answer = yolo_activate(model(scenes.images, training=True), ANCHORS)
    found = detect_objects(answer, score_threshold=0.01)
    detections = found.boxes, found.scores, found.classes, found.count
    return mean_average_precision(detections, (scenes.boxes, scenes.labels), 10)


def test_every_weight_gets_a_gradient():
    import tensorflow as tf

    model = build_tiny_yolo((16, 16, 1), 3, 2, width=2, halvings=2)
    target = yolo_encode([[[0.2, 0.2, 0.6, 0.7]]], [[1]], ANCHORS, 4, 3)
    image = np.random.default_rng(0).random((1, 16, 16, 1))
    with tf.GradientTape() as tape:
        loss = YoloLoss(ANCHORS)(target, model(image, training=True))
    for slope in tape.gradient(loss, [w.value for w in model.trainable_weights]):
        assert np.any(slope)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"input_shape": (100, 96, 3)}, "sides divisible by 32"),
        ({"input_shape": (96, 96)}, "input_shape: expected"),
        ({"n_anchors": 0}, "n_anchors: expected at least 1"),
        ({"halvings": 0}, "halvings: expected at least 1"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        build_tiny_yolo(**arguments)
