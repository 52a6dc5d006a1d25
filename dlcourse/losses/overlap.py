"""Losses that measure how much two regions overlap: Dice and the soft Jaccard index (IoU).

A cross-entropy per pixel is content with "background everywhere" when the object is small. The
overlap is not: it only looks at the pixels that are, or are said to be, of the class.
"""

import keras
from keras import ops

from dlcourse.losses.distances import at_least_float32

__all__ = ["DiceLoss", "SoftIoULoss", "dice_loss", "soft_iou_loss"]


def dice_loss(y_true, y_pred, smooth=1.0):
    """1 - (2 Σ p g + smooth) / (Σ p + Σ g + smooth), averaged over the classes.

    Args:
        y_true: g, the true regions: 1 inside and 0 outside; shape (B, ..., classes), one-hot, or
            with a single channel for a binary task.
        y_pred: p, probabilities from 0 to 1, float tensor of the shape of y_true.
        smooth: > 0, counts as so many pixels on which both agree: it defines the overlap of two
            empty regions (1, so the loss is 0) and gives a false alarm on an empty one a slope.

    Returns:
        Tensor (B,) from 0 (equal regions) to 1 (disjoint ones), at least float32.

    Raises:
        ValueError: y_true and y_pred differ in shape, or smooth is not positive.

    Reference:
        Milletari, Navab and Ahmadi, "V-Net: fully convolutional neural networks for volumetric
        medical image segmentation", 2016, section 3 (there with p² and g² in the denominator);
        without squares: Drozdzal et al., "The importance of skip connections in biomedical image
        segmentation", 2016, equation 1.

    Example:
        >>> truth, guess = [[[1.0], [1.0], [0.0]]], ops.array([[[1.0], [0.0], [0.0]]])
        >>> round(float(dice_loss(truth, guess, smooth=1e-7)[0]), 4)
        0.3333
    """
    both, guessed, true = _areas(y_true, y_pred, smooth)
    return _mean(1 - (2 * both + smooth) / (guessed + true + smooth))


def soft_iou_loss(y_true, y_pred, smooth=1.0):
    """1 - (Σ p g + smooth) / (Σ p + Σ g - Σ p g + smooth), averaged over the classes.

    Args:
        y_true: g, the true regions: 1 inside and 0 outside; shape (B, ..., classes), one-hot, or
            with a single channel for a binary task.
        y_pred: p, probabilities from 0 to 1, float tensor of the shape of y_true.
        smooth: > 0, see `dice_loss`.

    Returns:
        Tensor (B,) from 0 (equal regions) to 1 (disjoint ones), at least float32. For sharp
        regions and vanishing `smooth` it is 1 - IoU.

    Raises:
        ValueError: y_true and y_pred differ in shape, or smooth is not positive.

    Reference:
        Rahman and Wang, "Optimizing intersection-over-union in deep neural networks for image
        segmentation", 2016, equations 3 to 5.

    Example:
        >>> truth, guess = [[[1.0], [1.0], [0.0]]], ops.array([[[1.0], [0.0], [0.0]]])
        >>> round(float(soft_iou_loss(truth, guess, smooth=1e-7)[0]), 4)
        0.5
    """
    both, guessed, true = _areas(y_true, y_pred, smooth)
    return _mean(1 - (both + smooth) / (guessed + true - both + smooth))


def _areas(y_true, y_pred, smooth):
    """Of each example and class: Σ p g, Σ p and Σ g."""
    check_smooth(smooth)
    # in float16 the area of a 256 by 256 region is already infinite
    y_pred = at_least_float32(y_pred)
    y_true = ops.cast(y_true, y_pred.dtype)
    if len(y_pred.shape) < 3 or tuple(y_true.shape) != tuple(y_pred.shape):
        raise ValueError(
            "y_true: expected the shape of y_pred, (batch, positions ..., classes) with one "
            f"channel for a binary task; got shapes {tuple(y_true.shape)} and "
            f"{tuple(y_pred.shape)}; turn class numbers into one-hot channels"
        )
    places = tuple(range(1, len(y_pred.shape) - 1))
    return tuple(ops.sum(x, axis=places) for x in (y_true * y_pred, y_pred, y_true))


def _mean(costs_of_classes):
    # ops.mean works in float32 at most on JAX and PyTorch
    return ops.sum(costs_of_classes, axis=-1) / costs_of_classes.shape[-1]


def check_smooth(smooth):
    """The number itself, or a ValueError unless it is positive."""
    if not smooth > 0:
        raise ValueError(
            f"smooth: expected a positive number, got {smooth!r}; with 0 two empty regions have "
            "the overlap 0 / 0"
        )
    return smooth


class _OverlapLoss(keras.losses.Loss):
    def __init__(self, smooth=1.0, **kwargs):
        super().__init__(**kwargs)
        self.smooth = check_smooth(smooth)

    def get_config(self):
        return {**super().get_config(), "smooth": self.smooth}


@keras.saving.register_keras_serializable(package="dlcourse")
class DiceLoss(_OverlapLoss):
    """`dice_loss` for `compile`.

    Args:
        smooth: > 0, see `dice_loss`.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: smooth is not positive.

    Example:
        >>> round(float(DiceLoss()([[[1.0], [0.0]]], [[[0.0], [1.0]]])), 4)
        0.6667
    """

    def call(self, y_true, y_pred):
        """The loss of each example; see `dice_loss`."""
        return dice_loss(y_true, y_pred, self.smooth)


@keras.saving.register_keras_serializable(package="dlcourse")
class SoftIoULoss(_OverlapLoss):
    """`soft_iou_loss` for `compile`.

    Args:
        smooth: > 0, see `dice_loss`.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: smooth is not positive.

    Example:
        >>> round(float(SoftIoULoss()([[[1.0], [0.0]]], [[[1.0], [1.0]]])), 4)
        0.3333
    """

    def call(self, y_true, y_pred):
        """The loss of each example; see `soft_iou_loss`."""
        return soft_iou_loss(y_true, y_pred, self.smooth)
