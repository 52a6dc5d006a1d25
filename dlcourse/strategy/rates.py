"""Numbers as people give them in a project: rates in per cent, counts of examples."""

from numbers import Integral, Real

__all__ = ["count", "per_cent"]


def per_cent(name, value):
    """Return a rate in per cent.

    Args:
        name: what the rate is called where it was given.
        value: number from 0 to 100.

    Returns:
        The number.

    Raises:
        ValueError: value is something else.

    Example:
        >>> per_cent("dev_error", 2.5)
        2.5
    """
    if not (isinstance(value, Real) and 0 <= value <= 100):
        raise ValueError(f"{name}: expected a rate from 0 to 100 per cent; got {value!r}")
    return value


def count(name, value, least=0):
    """Return a number of examples.

    Args:
        name: what is counted, as it was given.
        value: whole number, at least `least`.
        least: the smallest that makes sense.

    Returns:
        int: the number.

    Raises:
        ValueError: value is something else.

    Example:
        >>> count("dev_size", 2500)
        2500
    """
    if not (isinstance(value, Integral) and value >= least):
        raise ValueError(f"{name}: expected a whole number of at least {least}; got {value!r}")
    return int(value)
