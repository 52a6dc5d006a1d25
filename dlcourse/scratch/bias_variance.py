"""Bias and variance, read off three error rates: human, train, dev."""

__all__ = ["bias_and_variance", "diagnose"]


def bias_and_variance(train_error, dev_error, human_error=0.0):
    """Split the dev error into what cannot be avoided, avoidable bias and variance.

    Args:
        train_error: error rate on the training set, in per cent.
        dev_error: error rate on the dev set, in per cent.
        human_error: the best rate anyone reaches, in per cent, standing in for the Bayes error.

    Returns:
        Tuple (bias, variance): train − human and dev − train, in percentage points.

    Raises:
        ValueError: a rate is not between 0 and 100.

    Example:
        >>> bias_and_variance(train_error=8, dev_error=10, human_error=7.5)
        (0.5, 2)
    """
    rates = {"train_error": train_error, "dev_error": dev_error, "human_error": human_error}
    for name, rate in rates.items():
        if not 0 <= rate <= 100:
            raise ValueError(f"{name}: expected a rate from 0 to 100 per cent; got {rate!r}")
    return train_error - human_error, dev_error - train_error


def diagnose(train_error, dev_error, human_error=0.0, tolerable=1.5):
    """Name the problem that a model has: bias, variance, both or neither.

    High bias asks for a larger network, longer training or another architecture; once that is
    gone, high variance asks for more data, regularisation or another architecture.

    Args:
        train_error: error rate on the training set, in per cent.
        dev_error: error rate on the dev set, in per cent.
        human_error: the best rate anyone reaches, in per cent.
        tolerable: gap that is not yet called high, in percentage points; what it should be depends
            on the task.

    Returns:
        str: "high bias", "high variance", "high bias and high variance" or "neither".

    Raises:
        ValueError: a rate is not between 0 and 100.

    Example:
        >>> diagnose(1, 11), diagnose(15, 16)
        ('high variance', 'high bias')
        >>> diagnose(15, 30), diagnose(0.5, 1)
        ('high bias and high variance', 'neither')
    """
    bias, variance = bias_and_variance(train_error, dev_error, human_error)
    gaps = {"high bias": bias, "high variance": variance}
    return " and ".join(name for name, gap in gaps.items() if gap > tolerable) or "neither"
