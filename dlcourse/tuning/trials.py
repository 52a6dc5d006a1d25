"""One table for the results of every search, whoever ran it."""

import numpy as np

__all__ = ["TrialTable", "trial_table"]


_MEASURED = ("score", "spread", "train_score", "seconds", "epochs_run")


class TrialTable(list):
    """The trials of a search, the best first: a list of dictionaries with a readable picture.

    Each has the hyper-parameters by their names, then "score" (the larger the better) and, where a
    cross-validation ran, "spread" (standard deviation over the folds), "train_score" where it was
    recorded, "seconds" where they were, and "epochs_run" where not all trials ran as long.

    Example:
        >>> print(TrialTable([{"units": 8, "score": 0.9}]))
        units  score
        8      0.9
    """

    @property
    def best(self):
        """Hyper-parameters of the best trial, by name."""
        return {name: value for name, value in self[0].items() if name not in _MEASURED}

    def __str__(self):
        """Rows and columns, for the terminal."""
        names = list(dict.fromkeys(name for trial in self for name in trial))
        rows = [names, *([_short(trial.get(name, "")) for name in names] for trial in self)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join(
            "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )

    __repr__ = __str__


def trial_table(search):
    """Read the results of a finished search.

    Args:
        search: a fitted search of scikit-learn (`GridSearchCV`, `RandomizedSearchCV`,
            `HalvingGridSearchCV` …) or a tuner of keras-tuner after its search.

    Returns:
        TrialTable, the best trial first; of successive halving those of the last round, since the
        scores of shorter trainings say little.

    Raises:
        ValueError: it is neither, or has not searched yet.

    Example:
        >>> from sklearn.linear_model import Ridge
        >>> from sklearn.model_selection import GridSearchCV
        >>> X = np.arange(12.0)[:, None]
        >>> trial_table(GridSearchCV(Ridge(), {"alpha": [1e3, 1.0]}, cv=3).fit(X, X[:, 0])).best
        {'alpha': 1.0}
    """
    if hasattr(search, "cv_results_"):
        trials = _from_scikit_learn(search.cv_results_)
    elif hasattr(search, "oracle"):
        trials = _from_keras_tuner(search.oracle)
    else:
        raise ValueError(
            f"search: expected a fitted scikit-learn search or a keras-tuner tuner; got {search!r}"
        )
    if not trials:
        raise ValueError("search: expected at least one completed trial; got none")
    # a trial that failed has no score and comes last
    order = sorted(trials, key=lambda trial: np.nan_to_num(-trial["score"], nan=np.inf))
    return TrialTable(sorted(order, key=lambda trial: -trial.pop("round", 0)))


def _from_scikit_learn(results):
    trials = []
    for number, chosen in enumerate(results["params"]):
        trial = dict(chosen) | {"score": float(results["mean_test_score"][number])}
        trial["spread"] = float(results["std_test_score"][number])
        if "mean_train_score" in results:
            trial["train_score"] = float(results["mean_train_score"][number])
        trial["seconds"] = float(results["mean_fit_time"][number])
        if "iter" in results:
            trial["round"] = int(results["iter"][number])
        trials.append(trial)
    return trials


def _from_keras_tuner(oracle):
    sign = -1.0 if oracle.objective.direction == "min" else 1.0
    trials = []
    for trial in oracle.trials.values():
        if trial.status != "COMPLETED" or trial.score is None:
            continue
        values = trial.hyperparameters.values
        row = {name: value for name, value in values.items() if not name.startswith("tuner/")}
        row["score"] = sign * float(trial.score)
        if "tuner/epochs" in values:
            row["epochs_run"] = int(values["tuner/epochs"])
        trials.append(row)
    return trials


def _short(value):
    return f"{value:.4g}" if isinstance(value, float) else str(value)
