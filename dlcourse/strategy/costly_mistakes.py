"""When the metric prefers the model that nobody wants, the metric has to change."""

import numpy as np

__all__ = ["metric_contradicts", "weighted_error"]


def weighted_error(y_true, y_pred, weights=None):
    """Share of mistakes, where an example counts as much as a mistake on it hurts: Σ w [ŷ≠y] / Σ w.

    Args:
        y_true: labels, any shape.
        y_pred: predicted labels, same shape.
        weights: one per example, at least 0, not all 0; say 100 where a mistake is unacceptable
            and 1 elsewhere. All 1 where None: the ordinary error.

    Returns:
        float: in [0, 1].

    Raises:
        ValueError: the shapes differ or a weight is below 0 or all of them are 0.

    Example:
        >>> banned = np.array([1, 0, 0, 0])  # 1: must not be shown to anyone
        >>> lets_it_pass, shows_too_little = np.array([0, 0, 0, 0]), np.array([1, 1, 1, 0])
        >>> weights = np.where(banned == 1, 100, 1)
        >>> weighted_error(banned, lets_it_pass), weighted_error(banned, shows_too_little)
        (0.25, 0.5)
        >>> [round(weighted_error(banned, guess, weights), 2)
        ...  for guess in (lets_it_pass, shows_too_little)]
        [0.97, 0.02]
    """
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    weights = np.ones(y_true.shape) if weights is None else np.asarray(weights, dtype=float)
    if not y_true.shape == y_pred.shape == weights.shape:
        raise ValueError(
            "y_true, y_pred, weights: expected equal shapes; "
            f"got {y_true.shape}, {y_pred.shape}, {weights.shape}"
        )
    if not (np.all(weights >= 0) and np.sum(weights) > 0):
        raise ValueError("weights: expected numbers of at least 0, not all 0")
    return float(np.sum(weights * (y_true != y_pred)) / np.sum(weights))


def metric_contradicts(errors, preferred):
    """Find the pairs of models that a metric ranks against those who will use them.

    Any such pair is a reason to change the metric, the dev set or both.

    Args:
        errors: dictionary from the model's name to its value of the metric; less is better.
        preferred: all the names, the one that users like best first.

    Returns:
        List of pairs (better, worse), as users see them, of which the metric gives the better one
        no smaller error.

    Raises:
        ValueError: preferred is not exactly the names of all models.

    Example:
        >>> metric_contradicts({"A": 3, "B": 5}, preferred=["B", "A"])
        [('B', 'A')]
    """
    if sorted(preferred) != sorted(errors):
        raise ValueError(f"preferred: expected all of {sorted(errors)}; got {list(preferred)}")
    pairs = [(a, b) for i, a in enumerate(preferred) for b in preferred[i + 1 :]]
    return [(better, worse) for better, worse in pairs if errors[better] >= errors[worse]]
