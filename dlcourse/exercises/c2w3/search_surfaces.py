"""Cheap surfaces whose lowest point is known, and what every search on them must give back."""

import numpy as np

from dlcourse.grading import assert_close, helper

SPACE = {"learning_rate": (1e-4, 1.0, "log"), "dropout": (0.0, 0.5, "linear")}
LOWEST = 0.1


@helper
def valley(configuration):
    """Loss 0.1 at rate 0.003 and dropout 0.3; tenfold the rate costs 1, the dropout hardly counts.

    Made up: it behaves like a network's, and a million trials cost nothing.
    """
    import math  # noqa: PLC0415 - a helper travels as source

    rate = math.log10(configuration["learning_rate"] / 0.003)
    return 0.1 + rate**2 + 0.1 * (configuration["dropout"] - 0.3) ** 2


@helper
def bowl(configuration):
    """Loss 0.1 at rate 0.02 and dropout 0.2, where both count alike for their ranges."""
    import math  # noqa: PLC0415

    rate = math.log10(configuration["learning_rate"] / 0.02) / 4
    return 0.1 + rate**2 + ((configuration["dropout"] - 0.2) / 0.5) ** 2


def positions(configurations, space):
    """Where the values lie in their ranges, from 0 to 1 on their own scales: (n, names)."""
    columns = []
    for name, (low, high, scale) in space.items():
        values = np.array([configuration[name] for configuration in configurations], float)
        if scale == "log":
            low, high, values = np.log10(low), np.log10(high), np.log10(np.maximum(values, 1e-300))
        columns.append((values - low) / (high - low))
    return np.stack(columns, axis=1)


def check_trials(trials, objective, names):
    """Look at the form of the trials, and whether each loss is that of its configuration."""
    assert isinstance(trials, list | tuple) and trials, "return a list of (configuration, loss)"
    for number, trial in enumerate(trials):
        assert isinstance(trial, list | tuple) and len(trial) == 2, (
            f"trial {number} should be a pair (configuration, loss)"
        )
        configuration, loss = trial
        assert isinstance(configuration, dict) and set(configuration) == set(names), (
            f"trial {number}: the configuration should be a dictionary with the keys {list(names)}"
        )
        for name, value in configuration.items():
            number_like = isinstance(value, int | float | np.floating | np.integer)
            assert number_like and not isinstance(value, np.float16), (
                f"trial {number}: {name} should be a plain number"
            )
        assert isinstance(loss, float | np.floating), f"trial {number}: the loss is no number"
    losses = [float(loss) for _, loss in trials]
    expected = [objective(configuration) for configuration, _ in trials]
    assert_close(losses, expected, "the losses, against those of the configurations beside them")


def check_inside(trials, space, what):
    """All configurations lie in the space."""
    where = positions([configuration for configuration, _ in trials], space)
    assert np.all((where > -1e-9) & (where < 1 + 1e-9)), f"{what} lie outside of the space"


def median_regret(search, objective, n_trials, repeats, rng):
    """How far the best of so many trials is above the lowest loss: the median of many searches."""
    regrets = []
    for _ in range(repeats):
        trials = search(objective, dict(SPACE), n_trials, rng)
        check_trials(trials, objective, SPACE)
        assert len(trials) == n_trials, f"{len(trials)} trials, expected {n_trials}"
        regrets.append(min(float(loss) for _, loss in trials) - LOWEST)
    return float(np.median(regrets))
