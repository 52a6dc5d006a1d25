import keras
import numpy as np
import pytest

from dlcourse.boxes import yolo_encode
from dlcourse.losses import YoloLoss, yolo_loss

ANCHORS = [[0.3, 0.2], [0.5, 0.6]]
GRID, CLASSES = 3, 4


def scene(dtype=np.float64):
    rng = np.random.default_rng(0)
    boxes = np.float32([[[0.1, 0.2, 0.4, 0.6], [0.5, 0.5, 0.9, 0.8]], [[0.3, 0.3, 0.5, 0.5]] * 2])
    target = yolo_encode(boxes, [[1, 3], [0, -1]], ANCHORS, GRID, CLASSES)
    return np.asarray(target, dtype), rng.normal(size=target.shape).astype(dtype)


def by_hand(target, raw):
    """The loss of one image, cell after cell."""
    total = 0.0
    for place in np.ndindex(target.shape[:3]):
        true, pred = target[place], raw[place]
        sure = 1 / (1 + np.exp(-pred[0]))
        if true[0] == 0:
            total += 0.5 * -np.log(1 - sure)
            continue
        middle = 1 / (1 + np.exp(-pred[1:3]))
        anchor = np.array(ANCHORS[place[2]]) * GRID
        total += 5 * np.sum((middle - true[1:3]) ** 2)
        total += 5 * np.sum((pred[3:5] - np.log(true[3:5] / anchor)) ** 2)
        shares = np.exp(pred[5:]) / np.exp(pred[5:]).sum()
        total += -np.log(sure) - np.log(shares[true[5:] == 1].item())
    return total


def test_as_by_hand():
    target, raw = scene()
    expected = [by_hand(*pair) for pair in zip(target, raw, strict=True)]
    np.testing.assert_allclose(yolo_loss(target, raw, ANCHORS), expected, rtol=1e-6)


def test_a_perfect_answer_costs_almost_nothing_and_any_other_more():
    target, _ = scene()
    there = target[..., :1] == 1
    cells = np.array(ANCHORS) * GRID
    logit = np.clip(target[..., 1:3], 1e-6, 1 - 1e-6)
    raw = np.concatenate(
        [
            np.where(there, 20.0, -20.0),
            np.log(logit / (1 - logit)),
            np.log(np.where(there, target[..., 3:5] / cells, 1.0)),
            40 * target[..., 5:],
        ],
        axis=-1,
    )
    assert (yolo_loss(target, raw, ANCHORS).numpy() < 1e-5).all()
    place = tuple(np.argwhere(there[..., 0])[0])
    for number in range(5 + CLASSES):
        worse = raw.copy()
        of_class = 5 + int(target[place][5:].argmax())
        worse[(*place, number)] += -45 if number in {0, of_class} else 45
        assert float(yolo_loss(target, worse, ANCHORS)[0]) > 0.1


def test_gradients_against_central_differences():
    import tensorflow as tf

    target, raw = scene()
    tensor = tf.constant(raw)
    with tf.GradientTape() as tape:
        tape.watch(tensor)
        total = tf.reduce_sum(yolo_loss(target, tensor, ANCHORS))
    slope = tape.gradient(total, tensor).numpy()
    empty = target[..., 0] == 0
    assert (slope[empty][:, 1:] == 0).all()
    rng = np.random.default_rng(1)
    direction = rng.normal(size=raw.shape)
    up, down = (
        np.sum(yolo_loss(target, raw + sign * 1e-6 * direction, ANCHORS)) for sign in (1, -1)
    )
    assert np.sum(slope * direction) == pytest.approx((up - down) / 2e-6, rel=1e-6)


def test_extreme_answers_stay_finite():
    target, raw = scene(np.float32)
    for scale in (0, 1e4):
        assert np.isfinite(yolo_loss(target, scale * raw, ANCHORS)).all()


def test_for_compile():
    target, raw = scene(np.float32)
    loss = YoloLoss(ANCHORS)
    assert float(loss(target, raw)) == pytest.approx(
        float(np.mean(yolo_loss(target, raw, ANCHORS))), rel=1e-5
    )
    assert keras.losses.deserialize(keras.losses.serialize(loss)).anchors == ANCHORS


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t, r: yolo_loss(t, r[:, :2], ANCHORS), "y_true, y_pred: expected equal shapes"),
        (lambda t, r: yolo_loss(t, r, ANCHORS[:1]), "for the 1 anchors"),
        (lambda t, r: yolo_loss(t, r, [[1.0, -1.0], [1, 1]]), "anchors: expected"),
        (lambda t, r: YoloLoss([1.0, 2.0]), "anchors: expected|object is not iterable"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call(*scene())
