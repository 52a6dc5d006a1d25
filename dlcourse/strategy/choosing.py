"""One metric to optimize, and for all others: good enough is good enough."""

from dataclasses import dataclass

__all__ = ["Choice", "choose"]


@dataclass(frozen=True)
class Choice:
    """A model chosen among several.

    Args:
        name: the chosen one.
        value: its value of the optimizing metric.
        ranking: names of all that satisfied the limits, the best first.
        ruled_out: dictionary from the names of the others to the limit each one broke.
    """

    name: str
    value: float
    ranking: tuple[str, ...]
    ruled_out: dict[str, str]


def choose(candidates, optimize, at_most=None, at_least=None, higher_is_better=True):
    """Take the best by one metric among those that satisfy limits on the others.

    Args:
        candidates: dictionary from a model's name to a dictionary of its metrics.
        optimize: name of the optimizing metric.
        at_most: dictionary from satisficing metrics to the largest value that is good enough.
        at_least: dictionary from satisficing metrics to the smallest value that is good enough.
        higher_is_better: whether more of the optimizing metric is better; False for errors.

    Returns:
        Choice. Of equally good ones, the first.

    Raises:
        ValueError: a metric is missing, or no candidate satisfies the limits.

    Example:
        >>> models = {
        ...     "A": {"accuracy": 90, "milliseconds": 80},
        ...     "B": {"accuracy": 92, "milliseconds": 95},
        ...     "C": {"accuracy": 95, "milliseconds": 1500},
        ... }
        >>> chosen = choose(models, optimize="accuracy", at_most={"milliseconds": 100})
        >>> chosen.name, chosen.ranking, chosen.ruled_out
        ('B', ('B', 'A'), {'C': 'milliseconds 1500 > 100'})
    """
    at_most, at_least = at_most or {}, at_least or {}
    _check(candidates, {optimize, *at_most, *at_least})
    broken = {n: _broken_limit(values, at_most, at_least) for n, values in candidates.items()}
    ruled_out = {name: limit for name, limit in broken.items() if limit}
    passed = [name for name in candidates if name not in ruled_out]
    if not passed:
        raise ValueError(f"candidates: none satisfies the limits: {ruled_out}. Loosen one")
    sign = -1 if higher_is_better else 1
    ranking = sorted(passed, key=lambda name: sign * candidates[name][optimize])
    return Choice(ranking[0], candidates[ranking[0]][optimize], tuple(ranking), ruled_out)


def _broken_limit(values, at_most, at_least):
    too_large = [f"{m} {values[m]} > {most}" for m, most in at_most.items() if values[m] > most]
    too_small = [f"{m} {values[m]} < {least}" for m, least in at_least.items() if values[m] < least]
    return ", ".join(too_large + too_small)


def _check(candidates, needed):
    if not candidates:
        raise ValueError("candidates: expected at least one model; got none")
    for name, values in candidates.items():
        if missing := sorted(needed - values.keys()):
            raise ValueError(
                f"candidates[{name!r}]: expected the metrics {sorted(needed)}; "
                f"got {sorted(values)}, without {', '.join(missing)}"
            )
