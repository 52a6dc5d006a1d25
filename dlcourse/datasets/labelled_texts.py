"""What every set of texts in classes looks like, whichever it is."""

from typing import NamedTuple

import numpy as np

__all__ = ["LabelledTexts"]


class LabelledTexts(NamedTuple):
    """Texts in classes, split for training and testing.

    Attributes:
        train_texts: tuple of m str.
        train_labels: int64 (m,), indices into class_names.
        test_texts: as train_texts.
        test_labels: as train_labels.
        class_names: what the labels stand for.
        origin: one line that says what these texts are.
    """

    train_texts: tuple
    train_labels: np.ndarray
    test_texts: tuple
    test_labels: np.ndarray
    class_names: tuple
    origin: str
