"""One builder and one space, searched by every tuner of keras-tuner."""

from dataclasses import dataclass
from pathlib import Path

import keras_tuner

__all__ = ["BuilderHyperModel", "Budget", "bayesian_search", "hyperband", "random_search"]


class BuilderHyperModel(keras_tuner.HyperModel):
    """A function that builds a compiled model, as keras-tuner wants it.

    Args:
        build: function that takes hyper-parameters by name and returns a compiled `keras.Model`.
        space: dictionary from names of its arguments to `Choice`, `Uniform` or `LogUniform`.
        **fixed: arguments of the builder that are not searched, such as `input_shape`.

    Example:
        >>> import keras, keras_tuner
        >>> from dlcourse.tuning import BuilderHyperModel, Choice
        >>> def build(units):
        ...     return keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])
        >>> model = BuilderHyperModel(build, {"units": Choice([3, 5])})
        >>> model.build(keras_tuner.HyperParameters()).count_params()
        9
    """

    def __init__(self, build, space, **fixed):
        super().__init__()
        self._builder, self._space, self._fixed = build, space, fixed

    def build(self, hp):
        """Build the model of one trial."""
        chosen = {name: part.declare(hp, name) for name, part in self._space.items()}
        return self._builder(**self._fixed, **chosen)


@dataclass(frozen=True)
class Budget:
    """How long a search may take, and where it keeps what it has found.

    Args:
        trials: configurations to try, >= 1 (Hyperband decides by itself).
        epochs: passes over the data per trial, at most, >= 1.
        folder: where the results are kept; a search with the same folder goes on where it stopped.
        objective: what to watch, such as "val_accuracy".
        seed: of the draws.

    Example:
        >>> Budget(trials=8, epochs=5, folder="search").objective
        'val_accuracy'
    """

    trials: int
    epochs: int
    folder: str | Path
    objective: str = "val_accuracy"
    seed: int = 0


def random_search(model, data, validation, budget):
    """Draw configurations at random.

    Args:
        model: `BuilderHyperModel`.
        data: (X, y) to train on.
        validation: (X, y) to judge by.
        budget: `Budget`.

    Returns:
        The `keras_tuner.RandomSearch` after the search; see `trial_table`.

    Example:
        >>> tuner = random_search(model, train, dev, Budget(8, 5, "search"))  # doctest: +SKIP
    """
    tuner = keras_tuner.RandomSearch(model, max_trials=budget.trials, **_settings(budget, "random"))
    return _searched(tuner, data, validation, budget)


def bayesian_search(model, data, validation, budget):
    """Let a Gaussian process choose what to try next.

    Args:
        model: `BuilderHyperModel`.
        data: (X, y) to train on.
        validation: (X, y) to judge by.
        budget: `Budget`.

    Returns:
        The `keras_tuner.BayesianOptimization` after the search; see `trial_table`.

    Example:
        >>> tuner = bayesian_search(model, train, dev, Budget(8, 5, "search"))  # doctest: +SKIP
    """
    first = max(1, min(3, budget.trials))  # what it knows before it begins to model
    settings = _settings(budget, "bayesian")
    tuner = keras_tuner.BayesianOptimization(
        model, max_trials=budget.trials, num_initial_points=first, **settings
    )
    return _searched(tuner, data, validation, budget)


def hyperband(model, data, validation, budget, factor=3):
    """Train many configurations briefly, and the better ones longer.

    Args:
        model: `BuilderHyperModel`.
        data: (X, y) to train on.
        validation: (X, y) to judge by.
        budget: `Budget`; its `epochs` are those of the longest trials.
        factor: one of so many goes on to the next round, with so many times the epochs; >= 2.

    Returns:
        The `keras_tuner.Hyperband` after the search; see `trial_table`.

    Reference:
        Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization", 2018.

    Example:
        >>> tuner = hyperband(model, train, dev, Budget(8, 9, "search"))  # doctest: +SKIP
    """
    settings = _settings(budget, "hyperband")
    tuner = keras_tuner.Hyperband(model, max_epochs=budget.epochs, factor=factor, **settings)
    return _searched(tuner, data, validation, budget)


def _settings(budget, name):
    return {
        "objective": budget.objective,
        "directory": str(budget.folder),
        "project_name": name,
        "seed": budget.seed,
        "overwrite": False,  # what is there already is the beginning of this search
    }


def _searched(tuner, data, validation, budget):
    tuner.search(*data, validation_data=validation, epochs=budget.epochs, verbose=0)
    return tuner
