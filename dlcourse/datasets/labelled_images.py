"""What every set of images in classes looks like, whichever it is."""

from typing import NamedTuple

import numpy as np

__all__ = ["LabelledImages"]


class LabelledImages(NamedTuple):
    """Images in classes, split for training and testing; layout as Keras layers take it.

    Attributes:
        train_images: uint8 (m, height, width, channels), 0 to 255; 1 channel is grey, 3 are red,
            green and blue.
        train_labels: int64 (m,), indices into class_names.
        test_images: as train_images.
        test_labels: as train_labels.
        class_names: what the labels stand for.
        origin: one line that says what these images are.
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    class_names: tuple[str, ...]
    origin: str
