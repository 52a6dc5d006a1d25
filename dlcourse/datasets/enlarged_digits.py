"""The embedded digits at MNIST's size: what stands in for it where there is no network."""

import numpy as np

from dlcourse.datasets.digit_images import BRIGHTEST, digits
from dlcourse.datasets.labelled_images import LabelledImages
from dlcourse.datasets.resizing import resized

__all__ = ["enlarged_digits"]

_DIGIT, _BORDER = 20, 4  # MNIST's digits are 20 by 20 pixels in a frame of 28 by 28


def enlarged_digits(seed=0):
    """Load scikit-learn's 1797 digits, enlarged from 8 by 8 to 28 by 28 pixels.

    Args:
        seed: of the split, as in `digits`.

    Returns:
        LabelledImages with 1347 training and 450 test images (m, 28, 28, 1).

    Reference:
        The frame: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
        recognition", 1998, section III.A.

    Example:
        >>> enlarged_digits().train_images.shape
        (1347, 28, 28, 1)
    """
    data = digits(seed=seed)
    return LabelledImages(
        _enlarged(data.train_images),
        data.train_labels,
        _enlarged(data.test_images),
        data.test_labels,
        tuple("0123456789"),
        "scikit-learn's 8 by 8 digits, enlarged to 28 by 28",
    )


def _enlarged(images):
    large = resized(images[..., None], _DIGIT, _DIGIT) * (255 / BRIGHTEST)
    frame = ((0, 0), (_BORDER, _BORDER), (_BORDER, _BORDER), (0, 0))
    return np.pad(np.rint(large).astype(np.uint8), frame)
