"""Searching hyper-parameters by hand: the right scale, grid, random, coarse to fine, halving.

A space is a dictionary from names to (low, high, scale), where the scale is "linear" or "log". An
objective takes a dictionary with a value per name and gives a loss. Every search returns its
trials, a list of (configuration, loss), so that nobody has to believe it.
"""

import itertools

import numpy as np

__all__ = [
    "coarse_to_fine",
    "grid_search",
    "log_uniform",
    "random_search",
    "sample_momentum",
    "successive_halving",
    "zoom_in",
]


def log_uniform(low, high, size, rng):
    """Draw numbers whose order of magnitude is uniform: 10^r.

    Args:
        low: smallest number, above 0.
        high: largest number, above low.
        size: how many.
        rng: numpy.random.Generator.

    Returns:
        float array (size,), from low to high.

    Raises:
        ValueError: low is not above 0, or high not above low.

    Reference:
        Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 2012.

    Example:
        >>> rates = log_uniform(1e-4, 1.0, 10_000, np.random.default_rng(0))
        >>> round(float(np.mean(rates < 1e-2)), 1)
        0.5
    """
    if not 0 < low < high:
        raise ValueError(f"low, high: expected 0 < low < high; got {low} and {high}")
    return 10 ** rng.uniform(np.log10(low), np.log10(high), size)


def sample_momentum(low, high, size, rng):
    """Draw values of β near 1, so that 1 - β is log-uniform.

    Args:
        low: smallest β, such as 0.9.
        high: largest β, below 1, such as 0.999.
        size: how many.
        rng: numpy.random.Generator.

    Returns:
        float array (size,), from low to high.

    Example:
        >>> betas = sample_momentum(0.9, 0.999, 10_000, np.random.default_rng(0))
        >>> round(float(np.mean(betas < 0.99)), 1)
        0.5
    """
    return 1 - log_uniform(1 - high, 1 - low, size, rng)


def grid_search(objective, grid):
    """Try every combination of the values.

    Args:
        objective: takes a dictionary with a value per name, gives a loss.
        grid: dictionary from names to lists of values.

    Returns:
        List of (configuration, loss), the last name varying fastest.

    Example:
        >>> grid_search(lambda c: c["a"] + c["b"], {"a": [1, 2], "b": [0, 5]})[1]
        ({'a': 1, 'b': 5}, 6)
    """
    combinations = itertools.product(*grid.values())
    configurations = [dict(zip(grid, values, strict=True)) for values in combinations]
    return [(configuration, objective(configuration)) for configuration in configurations]


def random_search(objective, space, n_trials, rng):
    """Try configurations that are drawn from a space, each value on its own scale.

    Args:
        objective: takes a dictionary with a value per name, gives a loss.
        space: dictionary from names to (low, high, "linear" or "log").
        n_trials: how many configurations.
        rng: numpy.random.Generator.

    Returns:
        List of (configuration, loss) in the order in which they were tried.

    Example:
        >>> space = {"rate": (1e-4, 1.0, "log"), "dropout": (0.0, 0.5, "linear")}
        >>> trials = random_search(lambda c: c["dropout"], space, 8, np.random.default_rng(0))
        >>> len(trials), sorted(trials[0][0])
        (8, ['dropout', 'rate'])
    """
    trials = []
    for _ in range(n_trials):
        configuration = {name: _draw(*bounds, rng) for name, bounds in space.items()}
        trials.append((configuration, objective(configuration)))
    return trials


def zoom_in(space, center, share):
    """Shrink a space around one of its points, each range on its own scale.

    Args:
        space: dictionary from names to (low, high, "linear" or "log").
        center: dictionary with a value per name, inside the space.
        share: width of a new range as a share of the old one, in (0, 1).

    Returns:
        Dictionary like space. Ranges that would reach beyond the old bounds are cut there.

    Example:
        >>> zoom_in({"dropout": (0.0, 0.5, "linear")}, {"dropout": 0.4}, 0.5)
        {'dropout': (0.275, 0.5, 'linear')}
    """
    return {name: _shrunk(*bounds, center[name], share) for name, bounds in space.items()}


def coarse_to_fine(objective, space, n_trials, rng, share=0.25):
    """Spend half of the trials everywhere, and the others around the best of them.

    Args:
        objective: takes a dictionary with a value per name, gives a loss.
        space: dictionary from names to (low, high, "linear" or "log").
        n_trials: how many configurations in all, >= 2; the first n_trials // 2 are the coarse ones.
        rng: numpy.random.Generator.
        share: width of the ranges around the best, as a share of the whole ones.

    Returns:
        List of (configuration, loss) in the order in which they were tried.

    Example:
        >>> space = {"x": (-1.0, 1.0, "linear")}
        >>> trials = coarse_to_fine(lambda c: c["x"] ** 2, space, 40, np.random.default_rng(0))
        >>> len(trials), min(loss for _, loss in trials) < 1e-3
        (40, True)
    """
    coarse = random_search(objective, space, n_trials // 2, rng)
    best, _ = min(coarse, key=lambda trial: trial[1])
    nearer = zoom_in(space, best, share)
    return coarse + random_search(objective, nearer, n_trials - len(coarse), rng)


def successive_halving(train, configurations, epochs, factor=2):
    """Train all briefly, keep the best, train those longer, until one is left.

    Args:
        train: takes a configuration and a number of epochs, gives the loss after these.
        configurations: list of whatever `train` takes.
        epochs: of the first round; every later one has `factor` times as many.
        factor: one of so many is kept, rounded down but at least one; >= 2.

    Returns:
        winner: index of the configuration that is left;
        rounds: list of (epochs, indices of the configurations trained so long, rising); the last
        one trains the winner alone.

    Reference:
        Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
        optimization", 2016.

    Example:
        >>> successive_halving(lambda rate, epochs: rate / epochs, [0.3, 0.1, 0.2, 0.4], 1)
        (1, [(1, [0, 1, 2, 3]), (2, [1, 2]), (4, [1])])
    """
    alive, rounds = list(range(len(configurations))), []
    while True:
        losses = {number: train(configurations[number], epochs) for number in alive}
        rounds.append((epochs, alive))
        if len(alive) == 1:
            return alive[0], rounds
        best = sorted(alive, key=losses.get)[: max(1, len(alive) // factor)]
        alive, epochs = sorted(best), epochs * factor


def _draw(low, high, scale, rng):
    if scale == "log":
        return float(log_uniform(low, high, 1, rng)[0])
    return float(rng.uniform(low, high))


def _shrunk(low, high, scale, center, share):
    if scale == "log":
        low, high, center = (float(np.log10(number)) for number in (low, high, center))
    reach = share * (high - low) / 2
    bounds = max(low, center - reach), min(high, center + reach)
    return (*(10**bound if scale == "log" else bound for bound in bounds), scale)
