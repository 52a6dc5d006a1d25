"""The tuners of keras-tuner, all on one `BuilderHyperModel`, with one `Budget`.

A search that was interrupted, even by a crash, goes on where it stopped when the same function is
called with the same folder, and ends as it would have ended: every trial has a seed of its own,
which does not depend on what ran before it.
"""

import gc
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import keras
import keras_tuner
import numpy as np
import sklearn

__all__ = ["Budget", "bayesian_search", "hyperband", "random_search"]


@dataclass(frozen=True)
class Budget:
    """How long a search may take, and where it keeps what it has found.

    Args:
        trials: configurations to try, >= 1 (Hyperband decides by itself).
        epochs: passes over the data per trial, at most, >= 1.
        folder: where the results are kept; a search with the same folder goes on where it stopped.
        objective: what to watch, such as "val_accuracy".
        seed: of the draws and of the training, >= 0.
        patience: stop a trial when the objective has not improved for so many epochs; None trains
            every trial to the end.

    Example:
        >>> Budget(trials=8, epochs=5, folder="search").objective
        'val_accuracy'
    """

    trials: int
    epochs: int
    folder: str | Path
    objective: str = "val_accuracy"
    seed: int = 0
    patience: int | None = None


class _Resumable:
    """What keras-tuner leaves to chance when it goes on after a crash."""

    def pre_create_trial(self):
        known = set(self.oracle.start_order)
        # in order, as the Gaussian process sees them; without one whose start was not written down
        trials = sorted(self.oracle.trials.items())
        self.oracle.trials = {name: trial for name, trial in trials if name in known}

    def search(self, *args, **kwargs):
        # keras-tuner collects garbage twice before every trial. Half a second each time, were it
        # to look through all of TensorFlow: what is there before the search stays out of it.
        gc.collect()
        gc.freeze()
        try:
            super().search(*args, **kwargs)
        finally:
            gc.unfreeze()


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
    tuner = _RandomSearch(max_trials=budget.trials, **_settings(model, budget, "random"))
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
    settings = _settings(model, budget, "bayesian")
    tuner = _BayesianOptimization(max_trials=budget.trials, num_initial_points=first, **settings)
    return _searched(tuner, data, validation, budget)


def hyperband(model, data, validation, budget, factor=3):
    """Train many configurations briefly, and the better ones longer.

    A trial that goes on from an earlier one goes on with the state of its optimizer. keras-tuner
    alone skips that state, with a warning. An experiment tells what it matters: 32 ReLU units on
    digits, 3 epochs with Adam, then 6 more with its state or without, six seeds each. Without, the
    training loss of the first epoch that follows is higher: 1.147 instead of 1.138 at the rate
    0.001, 0.174 instead of 0.153 at 0.01, 0.171 instead of 0.107 at 0.03. In the end nothing is
    left of it: the best validation accuracies differ by +0.002, +0.002 and -0.004, each with a
    standard error of 0.001 to 0.003. So results change, mostly where a round is a single epoch, and
    fast rates come off worse than they are.

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
    settings = _settings(model, budget, "hyperband")
    tuner = _Hyperband(max_epochs=budget.epochs, factor=factor, **settings)
    return _searched(tuner, data, validation, budget)


class _RandomSearch(_Resumable, keras_tuner.RandomSearch):
    pass


class _Hyperband(_Resumable, keras_tuner.Hyperband):
    pass


class _BayesianOptimization(_Resumable, keras_tuner.BayesianOptimization):
    def pre_create_trial(self):
        super().pre_create_trial()
        # the state of this generator is not kept on the disk: it begins anew with every trial
        seed = self.oracle.seed + len(self.oracle.trials)
        self.oracle._random_state = np.random.RandomState(seed)

    def search(self, *args, **kwargs):
        # thousands of predictions at single points, where checking the input takes the most time
        with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
            super().search(*args, **kwargs)


def _settings(model, budget, name):
    if keras.backend.backend() == "tensorflow" and importlib.util.find_spec("tensorboard") is None:
        # without it keras-tuner lets every trial fail, and says so only in the end
        raise ModuleNotFoundError(
            "tensorboard: keras-tuner needs it beside TensorFlow, and it is not installed; "
            "`pip install tensorboard`"
        )
    return {
        "hypermodel": model.with_seed(budget.seed),
        "objective": budget.objective,
        "directory": str(budget.folder),
        "project_name": name,
        "seed": budget.seed + 1,  # keras-tuner takes 0 for "any"
        "overwrite": False,  # what is there already is the beginning of this search
    }


def _searched(tuner, data, validation, budget):
    callbacks = []
    if budget.patience is not None:
        callbacks.append(keras.callbacks.EarlyStopping(budget.objective, patience=budget.patience))
    tuner.search(
        *data, validation_data=validation, epochs=budget.epochs, callbacks=callbacks, verbose=0
    )
    return tuner
