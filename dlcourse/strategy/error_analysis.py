"""Look at a hundred mistakes before working for months on one kind of them."""

from dataclasses import dataclass
from math import sqrt

from dlcourse.strategy.rates import per_cent

__all__ = ["ErrorCategory", "analyse_errors"]


@dataclass(frozen=True)
class ErrorCategory:
    """One kind of mistake and what curing it could bring at most.

    Args:
        name: the kind.
        count: how many of the examined mistakes are of it.
        share: their share of the examined mistakes, in per cent.
        uncertainty: standard error of the share, in percentage points; a hundred examples tell
            5 % from 50 %, not 8 % from 12 %.
        ceiling: how much of the error rate goes away if all of them do, in percentage points.
        error_left: the error rate then, in per cent.
    """

    name: str
    count: int
    share: float
    uncertainty: float
    ceiling: float
    error_left: float


def analyse_errors(tags, error):
    """Count the kinds of mistakes among examined ones, and what curing each could bring at most.

    Args:
        tags: for every examined mistake the names of its kinds, none or several: shares may sum to
            more or less than 100 %. About a hundred are enough.
        error: the error rate of the model on the dev set, in per cent.

    Returns:
        List of ErrorCategory, the most frequent first, equally frequent ones by name.

    Raises:
        ValueError: no mistake was examined, or the rate is not between 0 and 100.

    Example:
        >>> images = {  # 100 mistakes; image 95 is blurry and has a filter
        ...     "dog": range(8),
        ...     "great cat": range(8, 51),
        ...     "blurry": range(39, 100),
        ...     "filter": range(88, 100),
        ... }
        >>> tags = [{kind for kind in images if i in images[kind]} for i in range(100)]
        >>> for kind in analyse_errors(tags, error=10):
        ...     print(f"{kind.name}: {kind.share:.0f} %, error would be {kind.error_left:.1f} %")
        blurry: 61 %, error would be 3.9 %
        great cat: 43 %, error would be 5.7 %
        filter: 12 %, error would be 8.8 %
        dog: 8 %, error would be 9.2 %
    """
    per_cent("error", error)
    tags = [frozenset(names) for names in tags]
    if not tags:
        raise ValueError("tags: expected at least one examined mistake; got none")
    counts = {name: sum(name in names for names in tags) for name in frozenset().union(*tags)}
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return [_category(name, counts[name], len(tags), error) for name in ordered]


def _category(name, count, examined, error):
    share = count / examined
    return ErrorCategory(
        name=name,
        count=count,
        share=100 * share,
        uncertainty=100 * sqrt(share * (1 - share) / examined),
        ceiling=error * share,
        error_left=error * (1 - share),
    )
