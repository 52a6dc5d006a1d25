"""How large a dev set has to be: large enough to see the differences that matter."""

from math import sqrt

from dlcourse.strategy.rates import count, per_cent

__all__ = ["smallest_visible_difference"]


def smallest_visible_difference(m, error):
    """Say how far apart two error rates must be before a dev set can tell which is smaller.

    Two standard errors of the difference of two independent rates. (On the very same examples a
    paired comparison sees somewhat less.)

    Args:
        m: number of dev examples, at least 1.
        error: the error rate of both models, about, in per cent.

    Returns:
        float: difference in percentage points.

    Raises:
        ValueError: m is below 1 or the rate not between 0 and 100.

    Example:
        >>> [round(smallest_visible_difference(m, error=3), 2) for m in (100, 1_000, 10_000)]
        [4.82, 1.53, 0.48]
    """
    share = per_cent("error", error) / 100
    return 100 * 2 * sqrt(2 * share * (1 - share) / count("m", m, 1))
