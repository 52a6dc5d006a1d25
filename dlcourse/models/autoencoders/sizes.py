"""Which sizes an autoencoder can have."""

__all__ = ["check_sizes"]


def check_sizes(**sizes):
    """Refuse what is not a whole number of at least 1.

    Args:
        **sizes: numbers, or sequences of numbers, by the name of the argument.

    Raises:
        ValueError: a size is not a positive whole number, or a sequence holds none.

    Example:
        >>> check_sizes(n_code=0)
        Traceback (most recent call last):
        ValueError: n_code: expected whole numbers of at least 1; got 0
    """
    for name, size in sizes.items():
        numbers = size if isinstance(size, tuple | list) else [size]
        if not numbers or any(number != int(number) or number < 1 for number in numbers):
            raise ValueError(f"{name}: expected whole numbers of at least 1; got {size}")
