"""How to compare short sequences with long ones."""

from keras import ops

__all__ = ["checked_alpha", "length_normalized"]


def length_normalized(log_probabilities, lengths, alpha=0.7):
    """Log-probabilities over length to the power alpha, so that long sequences stand a chance.

    Args:
        log_probabilities: at most 0, any shape.
        lengths: number of tokens, of the same shape.
        alpha: 0 leaves them as they are, 1 gives the average over the tokens.

    Returns:
        Tensor of the same shape; a length of 0 counts as 1.

    Raises:
        ValueError: alpha is negative.

    Reference:
        Wu et al., "Google's Neural Machine Translation System", 2016, §7, in a plainer form: the
        length itself instead of (5 + length) / 6.

    Example:
        >>> ops.convert_to_numpy(length_normalized([-2.0, -8.0], [1, 4], alpha=1)).tolist()
        [-2.0, -2.0]
    """
    log_p = ops.convert_to_tensor(log_probabilities)
    lengths = ops.maximum(ops.cast(lengths, log_p.dtype), 1)
    return log_p / ops.power(lengths, checked_alpha(alpha))


def checked_alpha(alpha):
    """The power of the length, or ValueError where it is none."""
    if not 0 <= alpha < float("inf"):
        raise ValueError(f"alpha: expected a number of at least 0; got {alpha!r}")
    return alpha
