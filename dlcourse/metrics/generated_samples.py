"""Do generated samples look real, and do all kinds of them occur? A classifier is the judge."""

from typing import NamedTuple

import numpy as np

__all__ = ["SampleCheck", "check_samples"]


class SampleCheck(NamedTuple):
    """What a classifier found in generated samples.

    Args:
        confident_share: share of the samples that the classifier is sure of, 0 to 1.
        class_shares: (classes,), shares of the classes among these; zeros where there are none.
        classes_found: number of classes that occur often enough to count.
        effective_classes: how many equally frequent classes would be as diverse, 0 (nothing
            confident) or 1 to the number of classes; exp of the entropy of class_shares.
    """

    confident_share: float
    class_shares: np.ndarray
    classes_found: int
    effective_classes: float

    @property
    def is_collapsed(self):
        """Whether fewer than half of the classes occur: the generator repeats itself."""
        return self.classes_found < len(self.class_shares) / 2


def check_samples(probabilities, confidence=0.9, enough=0.2):
    """Check a generator for mode collapse with a classifier that was trained on real data.

    What a classifier cannot see is a generator that makes the same 3 again and again, beside
    the other digits: look at a grid of samples too.

    Args:
        probabilities: of the classifier for the samples, (samples, classes), rows summing to 1.
        confidence: a sample counts as real-looking if its largest probability reaches this, in
            (0, 1].
        enough: a class occurs if it makes up at least this part of its fair share (1 / classes),
            in (0, 1].

    Returns:
        SampleCheck.

    Raises:
        ValueError: probabilities is not a matrix of probabilities, or a bound is out of range.

    Reference:
        Salimans et al., "Improved techniques for training GANs", NeurIPS 2016, §4: confident
        labels for single samples and all labels among many.

    Example:
        >>> real = np.eye(10)
        >>> check_samples(real).classes_found, check_samples(real[[3] * 10]).is_collapsed
        (10, True)
    """
    probabilities = _checked(probabilities)
    for name, bound in (("confidence", confidence), ("enough", enough)):
        if not 0 < bound <= 1:
            raise ValueError(f"{name}: expected a number in (0, 1]; got {bound}")
    n_samples, n_classes = probabilities.shape
    sure = probabilities[probabilities.max(axis=1) >= confidence]
    counts = np.bincount(sure.argmax(axis=1), minlength=n_classes)
    shares = counts / max(len(sure), 1)
    found = int(np.sum(shares >= enough / n_classes))
    return SampleCheck(len(sure) / n_samples, shares, found, _effective_number(shares))


def _effective_number(shares):
    present = shares[shares > 0]
    return float(np.exp(-np.sum(present * np.log(present)))) if len(present) else 0.0


def _checked(probabilities):
    probabilities = np.asarray(probabilities, float)
    if probabilities.ndim != 2 or 0 in probabilities.shape:
        raise ValueError(
            f"probabilities: expected (samples, classes); got shape {probabilities.shape}"
        )
    if np.any(probabilities < 0) or not np.allclose(probabilities.sum(axis=1), 1, atol=1e-3):
        raise ValueError(
            "probabilities: expected numbers >= 0 with rows that sum to 1; apply softmax to the "
            "scores of a classifier first"
        )
    return probabilities
