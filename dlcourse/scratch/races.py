"""Where the optimizers start on each surface, and the learning rates that suit them there.

A rate that is good on one surface is often useless on another, so each optimizer gets the best of
a few for each. What a picture of such a race shows are the shapes of the ways, not who is best.
"""

from typing import NamedTuple

__all__ = ["RACES", "Race"]


class Race(NamedTuple):
    """A start on a surface, and hyperparameters for every optimizer.

    Attributes:
        title: what the surface looks like.
        start: the first point (x, y).
        x_range: (smallest, largest) x worth showing.
        y_range: (smallest, largest) y worth showing.
        hyperparameters: dictionary from a name of `dlcourse.scratch.optimizers.OPTIMIZERS` to
            the keyword arguments of its update.

    Example:
        >>> RACES["bowl"].hyperparameters["adam"]
        {'learning_rate': 0.2}
    """

    title: str
    start: tuple
    x_range: tuple
    y_range: tuple
    hyperparameters: dict


def _chosen(sgd, momentum, nesterov, adagrad, rmsprop, adam, epsilon):
    rates = {
        "sgd": sgd,
        "momentum": momentum,
        "nesterov": nesterov,
        "adagrad": adagrad,
        "rmsprop": rmsprop,
        "adam": adam,
    }
    chosen = {name: {"learning_rate": rate} for name, rate in rates.items()}
    # it has no rate; its first steps have the length of √ε, and a race is short
    return {**chosen, "adadelta": {"epsilon": epsilon}}


RACES = {
    "bowl": Race(
        "convex bowl", (-4.0, 1.6), (-4.6, 1.6), (-1.8, 2.0),
        _chosen(0.17, 0.1, 0.1, 0.5, 0.05, 0.2, 1e-3),
    ),
    "saddle": Race(
        "saddle", (-1.2, 0.001), (-1.4, 0.7), (-0.7, 1.4),
        _chosen(0.05, 0.05, 0.05, 0.1, 0.02, 0.03, 1e-4),
    ),
    "rosenbrock": Race(
        "banana (Rosenbrock)", (-1.2, 1.0), (-1.6, 1.5), (-0.5, 1.7),
        _chosen(0.002, 0.01, 0.01, 0.5, 0.03, 0.2, 1e-4),
    ),
    "beale": Race(
        "plateaus (Beale)", (1.0, 1.5), (-0.2, 3.6), (-1.0, 1.8),
        _chosen(0.01, 0.01, 0.02, 0.5, 0.03, 0.1, 1e-3),
    ),
}  # fmt: skip
