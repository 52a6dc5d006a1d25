"""Numbers that must lie in a range: each function returns the number or tells what is wrong."""

from numbers import Integral, Real

__all__ = ["fraction", "positive", "share", "whole_number"]


def positive(name, value):
    """Return a number above zero, such as a learning rate, as a Python float.

    Args:
        name: what the number is called where it was given.
        value: finite number above 0.

    Returns:
        float: a Python float, because a NumPy one would turn float32 arrays into float64.

    Raises:
        ValueError: value is something else.

    Example:
        >>> positive("learning_rate", 1)
        1.0
    """
    if not (isinstance(value, Real) and 0 < value < float("inf")):
        raise ValueError(f"{name}: expected a number above 0; got {value!r}")
    return float(value)


def fraction(name, value):
    """Return a number in [0, 1), such as the memory of a moving average, as a Python float.

    Args:
        name: what the number is called where it was given.
        value: number in [0, 1); at 1 a moving average would never learn anything new.

    Returns:
        float: the number.

    Raises:
        ValueError: value is something else.

    Example:
        >>> fraction("beta", 0.9)
        0.9
    """
    if not (isinstance(value, Real) and 0 <= value < 1):
        raise ValueError(f"{name}: expected a number in [0, 1); got {value!r}")
    return float(value)


def share(name, value):
    """Return a number in (0, 1], such as what is left after a decay, as a Python float.

    Args:
        name: what the number is called where it was given.
        value: number in (0, 1]: something must be left, and all of it may be.

    Returns:
        float: the number.

    Raises:
        ValueError: value is something else.

    Example:
        >>> share("factor", 1)
        1.0
    """
    if not (isinstance(value, Real) and 0 < value <= 1):
        raise ValueError(f"{name}: expected a number in (0, 1]; got {value!r}")
    return float(value)


def whole_number(name, value, least):
    """Return a whole number that is not too small, such as a batch size.

    Args:
        name: what the number is called where it was given.
        value: whole number, at least `least`.
        least: the smallest that makes sense.

    Returns:
        int: the number.

    Raises:
        ValueError: value is something else.

    Example:
        >>> whole_number("batch_size", 64, least=1)
        64
    """
    if not (isinstance(value, Integral) and value >= least):
        raise ValueError(f"{name}: expected a whole number of at least {least}; got {value!r}")
    return int(value)
