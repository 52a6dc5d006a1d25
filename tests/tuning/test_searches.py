"""scikit-learn's searches over our estimators, and one table for the results of all."""

import types

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV

from dlcourse.models.tunable_mlp import build_tunable_classifier
from dlcourse.tuning import (
    Choice,
    KerasClassifier,
    LogUniform,
    TrialTable,
    distributions,
    halving_search,
    search_jobs,
    trial_table,
    worker_threads,
)

SPACE = {"dropout": Choice([0.0, 0.2]), "learning_rate": LogUniform(1e-5, 1e-1)}


@pytest.fixture(scope="module")
def digits():
    X, y = load_digits(return_X_y=True)
    return X[:240] / 16, y[:240]


def classifier(epochs=2):
    arguments = {"units": 8}
    return KerasClassifier(
        build_tunable_classifier, arguments, epochs=epochs, batch_size=16, random_state=0
    )


def test_a_random_search_is_reproduced_by_its_seed(digits):
    tables = [
        trial_table(
            RandomizedSearchCV(
                classifier(), distributions(SPACE), n_iter=3, cv=2, random_state=seed, refit=False,
                return_train_score=True,
            ).fit(*digits)
        )
        for seed in (0, 0, 1)
    ]  # fmt: skip
    first, again, other = ([{**t, "seconds": 0} for t in table] for table in tables)
    for row, expected in zip(again, first, strict=True):
        assert row == pytest.approx(expected, abs=1e-6)
    assert {row["learning_rate"] for row in other}.isdisjoint(r["learning_rate"] for r in first)
    scores = [row["score"] for row in first]
    assert scores == sorted(scores, reverse=True)
    assert set(first[0]) == {*SPACE, "score", "spread", "train_score", "seconds"}
    assert set(tables[0].best) == set(SPACE)


def test_halving_trains_the_better_ones_longer(digits):
    space = {"learning_rate": Choice([1e-7, 1e-6, 1e-5, 1e-2])}
    search = halving_search(classifier(), space, 4, 4, factor=2, cv=2, random_state=0)
    table = trial_table(search.fit(*digits))
    assert table.best == {"learning_rate": 1e-2, "epochs": 4}
    assert search.best_params_ == table.best
    assert sorted(row["epochs"] for row in table) == [1, 1, 1, 1, 2, 2, 4]
    assert len(search.best_estimator_.history_["loss"]) == 4
    assert [row["epochs"] for row in table] == [4, 2, 2, 1, 1, 1, 1]  # the last round first


@pytest.mark.parametrize(
    ("trials", "epochs", "message"),
    [
        (2, 9, "trials: expected at least factor"),
        (9, 8, "epochs: expected at least 9 for 3 rounds"),
    ],
)
def test_halving_needs_two_rounds(trials, epochs, message):
    with pytest.raises(ValueError, match=message):
        halving_search(classifier(), SPACE, trials, epochs)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning", "ignore::UserWarning")
def test_a_failed_trial_comes_last():
    X, y = np.zeros((8, 1)), np.arange(8) % 2
    search = GridSearchCV(DummyClassifier(), {"strategy": ["constant", "prior"]}, cv=2, refit=False)
    table = trial_table(search.fit(X, y))
    assert [row["strategy"] for row in table] == ["prior", "constant"]
    assert table.best == {"strategy": "prior"}


def test_losses_of_a_tuner_are_turned_around_and_unfinished_trials_left_out():
    def trial(status, score, values):
        hyperparameters = types.SimpleNamespace(values=values)
        return types.SimpleNamespace(status=status, score=score, hyperparameters=hyperparameters)

    trials = {
        "0": trial("COMPLETED", 0.5, {"units": 4, "tuner/epochs": 3, "tuner/round": 0}),
        "1": trial("COMPLETED", 0.2, {"units": 8, "tuner/epochs": 9}),
        "2": trial("RUNNING", None, {"units": 9}),
    }
    objective = types.SimpleNamespace(direction="min")
    oracle = types.SimpleNamespace(objective=objective, trials=trials)
    table = trial_table(types.SimpleNamespace(oracle=oracle))
    assert table == [
        {"units": 8, "score": -0.2, "epochs_run": 9}, {"units": 4, "score": -0.5, "epochs_run": 3},
    ]  # fmt: skip
    assert table.best == {"units": 8}


def test_the_picture_of_a_table_has_all_columns():
    table = TrialTable([{"units": 8, "score": 0.91234}, {"units": 16, "score": 0.5, "seconds": 2}])
    assert str(table).splitlines() == [
        "units  score   seconds", "8      0.9123", "16     0.5     2",
    ]  # fmt: skip


def test_what_is_no_search_is_refused():
    with pytest.raises(ValueError, match="search: expected a fitted scikit-learn search"):
        trial_table(3)


def test_jobs_are_few_and_a_gpu_has_one(monkeypatch):
    monkeypatch.setattr(worker_threads, "gpu_name", lambda: "")
    assert 1 <= search_jobs() <= 2
    monkeypatch.setattr(worker_threads, "gpu_name", lambda: "some GPU")
    assert search_jobs() == 1
