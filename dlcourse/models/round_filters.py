"""Scaled numbers of filters that hardware likes: multiples of eight."""

__all__ = ["round_filters"]

STEP = 8


def round_filters(filters, width):
    """The multiple of eight nearest to filters · width, or the next one if that loses over 10 %.

    Args:
        filters: number of filters in the network of width 1, >= 1.
        width: factor, > 0.

    Returns:
        int, at least 8.

    Raises:
        ValueError: width is not above 0.

    Reference:
        The published code of MobileNet v2 and EfficientNet; the papers do not mention it, their
        numbers of parameters need it.

    Example:
        >>> round_filters(32, 1.0), round_filters(24, 0.5), round_filters(40, 1.1)
        (32, 16, 48)
    """
    if width <= 0:
        raise ValueError(f"width: expected more than 0; got {width!r}")
    wanted = filters * width
    rounded = max(STEP, int(wanted + STEP / 2) // STEP * STEP)
    return rounded if rounded >= 0.9 * wanted else rounded + STEP
