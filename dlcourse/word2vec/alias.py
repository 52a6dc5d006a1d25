"""Drawing from V unequal probabilities in constant time: the alias method."""

import numpy as np

__all__ = ["AliasTable"]


class AliasTable:
    """V columns of equal height, each shared by at most two outcomes.

    A draw takes a column at random and then one of its two owners, so that it costs the same for
    10 words as for a million. Looking a random number up in the cumulative sums costs log₂ V steps
    through memory.

    Args:
        probabilities: shape (V,), ≥ 0, at least one above 0; they need not sum to 1.

    Raises:
        ValueError: there is none, one is negative or not finite, or all are 0.

    Reference:
        Walker, "An efficient method for generating discrete random variables with general
        distributions", 1977; built in linear time as in Vose, 1991.

    Example:
        >>> table = AliasTable([0.5, 0.0, 1.5])
        >>> np.bincount(table.draw(1000, np.random.default_rng(0)), minlength=3).round(-2).tolist()
        [200, 0, 800]
    """

    def __init__(self, probabilities):
        heights = _checked(probabilities)
        self.own_shares, self.others = _fill(heights * (len(heights) / heights.sum()))

    def draw(self, size, rng):
        """Draw outcomes with replacement.

        Args:
            size: int or tuple, the shape of the answer.
            rng: numpy Generator.

        Returns:
            int32 array, in 0..V-1.
        """
        # one number for both decisions: its whole part is the column, the rest the height in it
        height = rng.random(size) * len(self.others)
        column = height.astype(np.int32)
        height -= column
        return np.where(height < self.own_shares[column], column, self.others[column])


def _checked(probabilities):
    values = np.asarray(probabilities, np.float64)
    if values.ndim != 1 or not len(values) or not np.all(np.isfinite(values)) or values.min() < 0:
        raise ValueError("probabilities: expected a vector of at least one finite number ≥ 0")
    if values.sum() == 0:
        raise ValueError("probabilities: expected at least one above 0; all are 0")
    return values


def _fill(heights):
    """Level columns of average height 1: what is too high fills up what is too low."""
    own, others = np.ones(len(heights)), np.arange(len(heights), dtype=np.int32)
    heights = heights.tolist()
    low = [column for column, height in enumerate(heights) if height < 1]
    high = [column for column, height in enumerate(heights) if height >= 1]
    while low and high:
        column, giver = low.pop(), high[-1]
        own[column], others[column] = heights[column], giver
        heights[giver] -= 1 - heights[column]
        if heights[giver] < 1:
            low.append(high.pop())
    return own, others  # what rounding leaves over is 1 high, give or take the rounding
