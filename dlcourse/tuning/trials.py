"""One table for the results of every search, whoever ran it."""

import numpy as np

__all__ = ["TrialTable", "trial_table"]


class TrialTable(list):
    """The trials of a search, the best first: a list of dictionaries with a readable picture.

    Each has the hyper-parameters by their names, then "score" (the larger the better) and, where a
    cross-validation ran, "spread" (standard deviation over the folds), "train_score" where it was
    recorded, and "seconds" where they were.

    Example:
        >>> print(TrialTable([{"units": 8, "score": 0.9}]))
        units  score
        8      0.9
    """

    @property
    def best(self):
        """Hyper-parameters of the best trial, by name."""
        measured = ("score", "spread", "train_score", "seconds")
        return {name: value for name, value in self[0].items() if name not in measured}

    def __str__(self):
        """Rows and columns, for the terminal."""
        rows = [list(self[0]) if self else []]
        rows += [[_short(value) for value in trial.values()] for trial in self]
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
        TrialTable, the best trial first.

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
    return TrialTable(sorted(trials, key=lambda t: np.nan_to_num(-t["score"], nan=np.inf)))


def _from_scikit_learn(results):
    trials = []
    for number, chosen in enumerate(results["params"]):
        trial = dict(chosen) | {"score": float(results["mean_test_score"][number])}
        trial["spread"] = float(results["std_test_score"][number])
        if "mean_train_score" in results:
            trial["train_score"] = float(results["mean_train_score"][number])
        trial["seconds"] = float(results["mean_fit_time"][number])
        trials.append(trial)
    return trials


def _from_keras_tuner(oracle):
    sign = -1.0 if oracle.objective.direction == "min" else 1.0
    return [
        {n: v for n, v in trial.hyperparameters.values.items() if not n.startswith("tuner/")}
        | {"score": sign * trial.score}
        for trial in oracle.trials.values()
        if trial.status == "COMPLETED" and trial.score is not None
    ]


def _short(value):
    return f"{value:.4g}" if isinstance(value, float) else str(value)
