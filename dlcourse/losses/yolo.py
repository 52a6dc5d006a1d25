"""The loss of YOLO: where objects are, how sure the network is of them, and which they are."""

import keras
from keras import ops

from dlcourse.boxes.anchors import check_anchors

__all__ = ["YoloLoss", "yolo_loss"]

_COORDINATES, _EMPTY = 5.0, 0.5  # weights of the paper's terms


def yolo_loss(y_true, y_pred, anchors):
    """Sum over all anchors of all cells; where there is no object, only the confidence counts.

    Four terms. Where there is an object: the squared error of its middle (after the sigmoid) and
    of the logarithms of height and width, times 5; the cross-entropy of p_c; the cross-entropy of
    its class. Where there is none: the cross-entropy of p_c, times 0.5, because most places are
    empty. Errors of sizes are taken in logarithms, so that a small box pays as much as a large one
    for the same factor.

    Args:
        y_true: (B, S, S, A, 5 + C), as `dlcourse.boxes.yolo_encode` makes it.
        y_pred: (B, S, S, A, 5 + C), the raw numbers of the last layer, before `yolo_activate`.
        anchors: (A, 2) heights and widths with the image as unit.

    Returns:
        Tensor (B,).

    Raises:
        ValueError: shapes do not fit each other or the anchors.

    Reference:
        Redmon et al., "You only look once", 2016, equation 3 and the weights below it; parametrized
        as in Redmon and Farhadi, "YOLO9000: better, faster, stronger", 2017; cross-entropies as in
        Redmon and Farhadi, "YOLOv3: an incremental improvement", 2018.

    Example:
        >>> empty = ops.zeros((1, 2, 2, 1, 7))
        >>> round(float(yolo_loss(empty, empty, [[0.5, 0.5]])[0]), 4)  # 4 · 0.5 · ln 2
        1.3863
    """
    y_pred = ops.convert_to_tensor(y_pred)
    y_true = ops.cast(ops.convert_to_tensor(y_true), y_pred.dtype)
    anchors = check_anchors(anchors)
    _check(tuple(y_true.shape), tuple(y_pred.shape), anchors.shape[0])
    present = y_true[..., 0]
    surprise = ops.softplus(y_pred[..., 0]) - present * y_pred[..., 0]
    there = surprise + _COORDINATES * _place_error(y_true, y_pred, anchors)
    there += -ops.sum(y_true[..., 5:] * ops.log_softmax(y_pred[..., 5:], axis=-1), axis=-1)
    return ops.sum(ops.where(present > 0, there, _EMPTY * surprise), axis=(1, 2, 3))


def _place_error(y_true, y_pred, anchors):
    cells = ops.cast(anchors * y_true.shape[1], y_pred.dtype)
    middle = ops.square(ops.sigmoid(y_pred[..., 1:3]) - y_true[..., 1:3])
    # where there is no object the height is 0 and its logarithm useless: not even a NaN may pass
    height_and_width = ops.where(y_true[..., 3:5] > 0, y_true[..., 3:5], 1.0)
    size = ops.square(y_pred[..., 3:5] - ops.log(height_and_width / cells))
    return ops.sum(middle + size, axis=-1)


@keras.saving.register_keras_serializable(package="dlcourse")
class YoloLoss(keras.losses.Loss):
    """`yolo_loss` for `compile`.

    Args:
        anchors: (A, 2) heights and widths with the image as unit.
        **options: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: anchors are not (A, 2) or not positive, or shapes do not fit.

    Example:
        >>> loss = YoloLoss([[0.5, 0.5]])
        >>> round(float(loss(ops.zeros((1, 2, 2, 1, 7)), ops.zeros((1, 2, 2, 1, 7)))), 4)
        1.3863
    """

    def __init__(self, anchors, **options):
        super().__init__(**options)
        check_anchors(anchors)
        self.anchors = [[float(size) for size in anchor] for anchor in anchors]

    def call(self, y_true, y_pred):
        """The loss of each image."""
        return yolo_loss(y_true, y_pred, self.anchors)

    def get_config(self):
        """The constructor's arguments."""
        return {**super().get_config(), "anchors": self.anchors}


def _check(true, pred, n_anchors):
    fits = len(true) == len(pred) == 5 and true[1:] == pred[1:]
    if not (fits and true[1] == true[2] and true[3] == n_anchors and true[4] > 5):
        raise ValueError(
            f"y_true, y_pred: expected equal shapes (B, S, S, {n_anchors}, 5 + C) for the "
            f"{n_anchors} anchors, got {true} and {pred}"
        )
