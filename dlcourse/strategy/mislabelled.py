"""Wrong labels in the dev set: worth correcting once they decide who wins."""

from dataclasses import dataclass

from dlcourse.strategy.rates import per_cent

__all__ = ["LabelNoise", "judge_labels"]


@dataclass(frozen=True)
class LabelNoise:
    """What wrong labels do to a measured error.

    Args:
        share: share of the mistakes that are the labels' and not the model's, in per cent.
        other_error: error from all other causes, in per cent.
        worth_correcting: whether the labels' part is larger than the difference that is to be seen.
    """

    share: float
    other_error: float
    worth_correcting: bool


def judge_labels(error, label_error, difference=None):
    """Decide whether the labels of the dev set are to be corrected.

    They are once their errors could decide between two models. (If so, correct dev and test alike,
    also where the model was right; the training set may stay as it is, as learning is robust to
    errors that are random, but not to systematic ones.)

    Args:
        error: measured dev error, in per cent.
        label_error: the part of it that comes from wrong labels, in percentage points.
        difference: smallest difference between two models that the dev set has to show, in
            percentage points; where None, a tenth of the error.

    Returns:
        LabelNoise.

    Raises:
        ValueError: a rate is not between 0 and 100, or label_error exceeds error.

    Example:
        >>> judge_labels(error=10, label_error=0.6)
        LabelNoise(share=6.0, other_error=9.4, worth_correcting=False)
        >>> judge_labels(error=2, label_error=0.6)
        LabelNoise(share=30.0, other_error=1.4, worth_correcting=True)
    """
    per_cent("error", error)
    if per_cent("label_error", label_error) > error:
        raise ValueError(
            f"label_error: expected a part of the error, at most {error}; got {label_error}"
        )
    difference = error / 10 if difference is None else per_cent("difference", difference)
    share = 100 * label_error / error if error else 0.0
    return LabelNoise(round(share, 10), round(error - label_error, 10), label_error > difference)
