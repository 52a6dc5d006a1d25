"""What to search: a range or a list per hyper-parameter, on the scale that fits it."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

__all__ = ["Choice", "LogUniform", "Uniform", "distributions", "grid"]


@dataclass(frozen=True)
class Choice:
    """One of a few values.

    Args:
        values: the values, at least one; numbers or text.

    Raises:
        ValueError: there is no value.

    Example:
        >>> Choice([32, 64]).at(0.7)
        64
    """

    values: tuple

    def __init__(self, values):
        if not len(values):
            raise ValueError("values: expected at least one value to choose from; got none")
        object.__setattr__(self, "values", tuple(values))

    def at(self, share):
        """The value that lies so far along the list, share in [0, 1)."""
        return self.values[int(share * len(self.values))]

    def spread(self, steps):
        """All values, whatever the number of steps."""
        return list(self.values)

    def distribution(self):
        """The list, which scikit-learn draws from."""
        return list(self.values)

    def declare(self, hp, name):
        """Ask keras-tuner for a value."""
        return hp.Choice(name, list(self.values))


@dataclass(frozen=True)
class Uniform:
    """A number between two bounds, every one as likely as the other, such as a dropout rate.

    Args:
        low: lower bound.
        high: upper bound, above low.

    Raises:
        ValueError: the bounds are not in order.

    Example:
        >>> Uniform(0.0, 0.5).at(0.5)
        0.25
    """

    low: float
    high: float

    def __post_init__(self):
        _check_order(self.low, self.high)

    def at(self, share):
        """The number that lies so far between the bounds, share in [0, 1)."""
        return self.low + share * (self.high - self.low)

    def spread(self, steps):
        """So many numbers at equal distances, the bounds included."""
        return [float(v) for v in np.linspace(self.low, self.high, steps)]

    def distribution(self):
        """The distribution, as SciPy has it."""
        return stats.uniform(self.low, self.high - self.low)

    def declare(self, hp, name):
        """Ask keras-tuner for a value."""
        return hp.Float(name, self.low, self.high)


@dataclass(frozen=True)
class LogUniform:
    """A number between two bounds, every order of magnitude as likely as the other.

    The right scale for a learning rate: 10^r with r uniform. For a momentum close to 1 search
    1 - β on this scale.

    Args:
        low: lower bound, above 0.
        high: upper bound, above low.

    Raises:
        ValueError: low is not above 0, or the bounds are not in order.

    Example:
        >>> round(LogUniform(1e-4, 1.0).at(0.5), 4)
        0.01
    """

    low: float
    high: float

    def __post_init__(self):
        if self.low <= 0:
            raise ValueError(f"low: expected a number above 0 on a log scale; got {self.low}")
        _check_order(self.low, self.high)

    def at(self, share):
        """The number that lies so far up in orders of magnitude, share in [0, 1)."""
        return self.low * math.exp(share * math.log(self.high / self.low))

    def spread(self, steps):
        """So many numbers at equal ratios, the bounds included."""
        return [float(v) for v in np.geomspace(self.low, self.high, steps)]

    def distribution(self):
        """The distribution, as SciPy has it."""
        return stats.loguniform(self.low, self.high)

    def declare(self, hp, name):
        """Ask keras-tuner for a value."""
        return hp.Float(name, self.low, self.high, sampling="log")


def grid(space, steps=3):
    """Lists of values for scikit-learn's `GridSearchCV`.

    Args:
        space: dictionary from names of hyper-parameters to `Choice`, `Uniform` or `LogUniform`.
        steps: values per range, >= 2; a `Choice` keeps all of its own.

    Returns:
        Dictionary from the names to lists.

    Example:
        >>> grid({"units": Choice([8, 16]), "learning_rate": LogUniform(0.01, 1.0)})
        {'units': [8, 16], 'learning_rate': [0.01, 0.1, 1.0]}
    """
    return {name: part.spread(steps) for name, part in space.items()}


def distributions(space):
    """Distributions for scikit-learn's `RandomizedSearchCV`.

    Args:
        space: dictionary from names of hyper-parameters to `Choice`, `Uniform` or `LogUniform`.

    Returns:
        Dictionary from the names to lists or SciPy distributions.

    Example:
        >>> distributions({"units": Choice([8, 16])})
        {'units': [8, 16]}
    """
    return {name: part.distribution() for name, part in space.items()}


def _check_order(low, high):
    if not low < high:
        raise ValueError(f"high: expected a number above low, {low}; got {high}")
