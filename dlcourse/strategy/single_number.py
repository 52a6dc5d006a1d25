"""One number to compare models by: with two of them, a team argues instead of improving."""

import numpy as np

from dlcourse.strategy.rates import per_cent

__all__ = ["average_over_regions", "f1"]


def f1(precision, recall):
    """Combine precision and recall into one number, their harmonic mean: 2 P R / (P + R).

    It is close to the smaller of the two: neither can be bought with the other.

    Args:
        precision: of what was found, the share that is right, in per cent.
        recall: of what is there, the share that was found, in per cent.

    Returns:
        float: F1 in per cent; 0 where both are 0.

    Raises:
        ValueError: a rate is not between 0 and 100.

    Reference:
        van Rijsbergen, "Information retrieval", 1979, chapter 7.

    Example:
        >>> round(f1(precision=95, recall=90), 1), round(f1(precision=98, recall=85), 1)
        (92.4, 91.0)
    """
    total = per_cent("precision", precision) + per_cent("recall", recall)
    return 2 * precision * recall / total if total else 0.0


def average_over_regions(errors, weights=None):
    """Average the errors of every model over regions, or over any other groups of users.

    Args:
        errors: dictionary from the model's name to its errors, one per region, in per cent.
        weights: what each region counts, at least 0; all the same where None.

    Returns:
        Dictionary from the name to the average, the best first.

    Raises:
        ValueError: there is no model, the models differ in their number of regions, or a rate is
            not between 0 and 100.

    Example:
        >>> average_over_regions({"A": [3, 7, 5, 9], "B": [2, 3, 4, 5]})
        {'B': 3.5, 'A': 6.0}
    """
    regions = {len(rates) for rates in errors.values()}
    if len(regions) != 1 or regions == {0}:
        lengths = {name: len(rates) for name, rates in errors.items()}
        raise ValueError(f"errors: expected one rate per region for every model; got {lengths}")
    for name, rates in errors.items():
        for rate in rates:
            per_cent(f"errors[{name!r}]", rate)
    averages = {name: float(np.average(rates, weights=weights)) for name, rates in errors.items()}
    return dict(sorted(averages.items(), key=lambda item: item[1]))
