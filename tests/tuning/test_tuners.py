"""The three tuners on one HyperModel: real, tiny, and the same whenever they run."""

import importlib.util
import json
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import keras_tuner
import numpy as np
import pytest
from sklearn.datasets import load_digits

from dlcourse.models.tunable_mlp import build_tunable_classifier
from dlcourse.tuning import (
    Budget,
    BuilderHyperModel,
    Choice,
    LogUniform,
    bayesian_search,
    hyperband,
    random_search,
    trial_table,
)

# of TensorFlow's arrays under NumPy 2, and of the event files' writer
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SEARCHES = {"random": random_search, "bayesian": bayesian_search, "hyperband": hyperband}
SPACE = {"units": Choice([4, 16]), "learning_rate": LogUniform(1e-4, 1e-1)}
# every search in a process of its own, which dies in the middle of the fourth trial
SCRIPT = """
import os, signal, sys
from pathlib import Path
from tests.tuning.test_tuners import SEARCHES, BuilderHyperModel, table

class Fatal(BuilderHyperModel):
    trained = []

    def fit(self, *args, **kwargs):
        self.trained.append(1)
        if len(self.trained) == 4:
            super().fit(*args, **kwargs | {"epochs": kwargs.get("initial_epoch", 0) + 1})
            os.kill(os.getpid(), signal.SIGKILL)
        return super().fit(*args, **kwargs)

for kind in SEARCHES:  # no operation has run yet: TensorFlow allows to fork
    if os.fork() == 0:
        table(kind, Path(sys.argv[1]) / kind, Fatal)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


def small(model=BuilderHyperModel):
    return model(build_tunable_classifier, SPACE, input_shape=(64,), classes=10)


def parts():
    X, y = load_digits(return_X_y=True)
    X = (X[:240] / 16).astype("float32")
    return (X[:160], y[:160]), (X[160:], y[160:240])


def search(kind, folder, model=BuilderHyperModel, seed=0):
    epochs = 3 if kind == "hyperband" else 1
    with warnings.catch_warnings():
        # of scikit-learn's Gaussian process, on four points
        warnings.simplefilter("ignore", Warning if kind == "bayesian" else ResourceWarning)
        budget = Budget(trials=5, epochs=epochs, folder=folder, seed=seed)
        return SEARCHES[kind](small(model), *parts(), budget)


def table(kind, folder, model=BuilderHyperModel, seed=0):
    return [dict(row) for row in trial_table(search(kind, folder, model, seed))]


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(folder)]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    codes = [line for line in run.stdout.splitlines() if line.lstrip("-").isdigit()]
    assert codes == [str(-signal.SIGKILL)] * len(SEARCHES), run.stderr[-3000:]
    return folder


@pytest.mark.parametrize("kind", list(SEARCHES))
def test_a_killed_search_goes_on_and_ends_as_it_would_have(kind, killed, tmp_path):
    kept = [json.loads(p.read_text()) for p in (killed / kind).rglob("trial.json")]
    assert sorted(trial["status"] for trial in kept) == ["COMPLETED"] * 3 + ["RUNNING"]
    resumed, whole = table(kind, killed / kind), table(kind, tmp_path)
    assert len(whole) >= 5
    for row, expected in zip(resumed, whole, strict=True):
        assert row == pytest.approx(expected, abs=1e-6)


def test_another_seed_draws_and_trains_others(tmp_path):
    rates = [
        {row["learning_rate"] for row in table("random", tmp_path / str(seed), seed=seed)}
        for seed in (0, 1)
    ]
    assert rates[0].isdisjoint(rates[1])


def test_the_best_model_is_the_one_that_was_trained(tmp_path):
    tuner = search("random", tmp_path)
    rows = trial_table(tuner)
    _, (X_dev, y_dev) = parts()
    for model, row in zip(tuner.get_best_models(2), rows, strict=False):
        assert model.layers[1].units == row["units"]
        accuracy = np.mean(model.predict(X_dev, verbose=0).argmax(axis=1) == y_dev)
        assert accuracy == pytest.approx(row["score"], abs=1e-6)


def test_a_trial_that_does_not_improve_is_stopped(tmp_path):
    epochs = []

    class Counting(BuilderHyperModel):
        def fit(self, *args, **kwargs):
            history = super().fit(*args, **kwargs)
            epochs.append(len(history.epoch))
            return history

    space = {"learning_rate": Choice([1e-9])}
    model = Counting(build_tunable_classifier, space, input_shape=(64,), classes=10, units=4)
    random_search(model, *parts(), Budget(trials=1, epochs=50, folder=tmp_path, patience=2))
    assert epochs == [3]


def test_a_trial_that_goes_on_has_the_state_of_its_optimizer(tmp_path):
    hp = keras_tuner.HyperParameters()
    model, later = small().build(hp), small().build(hp)
    (X, y), _ = parts()
    model.fit(X, y, epochs=1, verbose=0)
    model.save_weights(tmp_path / "trained.weights.h5")
    later.load_weights(tmp_path / "trained.weights.h5")  # a warning, were it skipped
    for ours, theirs in zip(later.optimizer.variables, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_missing_tensorboard_is_named_before_every_trial_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="tensorboard: keras-tuner needs it"):
        search("random", tmp_path)
