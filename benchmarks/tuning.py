"""What a trial of a search costs beside the training itself, side by side with other ways.

    python -m benchmarks.tuning

Eight trials of five epochs on handwritten digits, each way trains the same models on the same
images and judges them by the same others: 2 widths with 4 learning rates, and 8 widths with one
learning rate, where no two models are alike. All ways take turns in one process, in a new order
each round; the tables show medians. One thread.

- "plain loop": build, compile, fit and evaluate, as one writes it without any library.
- "bare fit": the loop without building and compiling, on models that are compiled already. What
  a way takes longer than this is its overhead (ours may be negative: it judges without compiling).
- "keras-tuner": its RandomSearch over the same eight, with a plain builder as its HyperModel.
- "our HyperModel": the same search by `dlcourse.tuning.random_search` on `BuilderHyperModel`.
- SciKeras: `GridSearchCV` over its classifier, where it is installed and works.
"""

import os

# before TensorFlow is imported: one thread for every way
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import contextlib
import importlib.util
import io
import itertools
import tempfile
import time
import warnings

import keras
import keras_tuner
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.model_selection import GridSearchCV, PredefinedSplit

from dlcourse.datasets import digits
from dlcourse.models.tunable_mlp import build_tunable_classifier
from dlcourse.tuning import (
    Budget,
    BuilderHyperModel,
    Choice,
    KerasClassifier,
    random_search,
    trial_table,
)

__all__ = ["main", "tables"]

ROUNDS, EPOCHS, BATCH, SHAPE = 5, 5, 32, (64,)
DRAWS_ALL_EIGHT = 2  # a seed with which keras-tuner does not give up before the last one is drawn
GRIDS = {
    "2 widths, 4 learning rates": {"units": [32, 64], "learning_rate": [3e-4, 1e-3, 3e-3, 1e-2]},
    "8 widths": {"units": [16, 24, 32, 40, 48, 56, 64, 72], "learning_rate": [1e-3]},
}
# our way : the other; stated for the first grid, where models of one architecture repeat
GOALS = {"plain loop": 0.8, "keras-tuner": 0.5}
TITLE = f"8 trials of {EPOCHS} epochs on digits"


def tables():
    """Yield a rich table per grid, as soon as it is measured."""
    for number, (name, grid) in enumerate(GRIDS.items()):
        yield _table(name, grid, GOALS if number == 0 else {})


def _table(name, grid, goals):
    data = _data()
    ways, absent = _ways(grid, data)
    seconds, scores = {way: [] for way in ways}, {}
    order = np.random.default_rng(0)
    for number in range(1 + ROUNDS):
        for way in order.permutation(list(ways)):
            keras.utils.set_random_seed(number)
            try:
                seconds[way].append(_seconds(ways[way], scores, way))
            except Exception as error:  # a peer that this Keras broke must not hide the others
                absent[way] = f"fails: {type(error).__name__}: {str(error).splitlines()[0][:60]}"
        ways = {way: run for way, run in ways.items() if way not in absent}
    return _rows(name, {way: seconds[way][1:] for way in ways}, scores, absent, goals)


def _rows(name, seconds, scores, absent, goals):
    table = Table("way", "s", "overhead/trial, ms", "accuracy", "ours is", "goal")
    table.title = f"{TITLE}: {name}"
    medians = {way: float(np.median(rounds)) for way, rounds in seconds.items()}
    for way, median in sorted(medians.items(), key=lambda row: row[1]):
        over = 1000 * (median - medians["bare fit"]) / 8
        ratio = medians["ours"] / median
        verdict = f"≤ {goals[way]} {_verdict(ratio <= goals[way])}" if way in goals else ""
        accuracy = f"{np.mean(scores[way]):.3f}"
        table.add_row(way, f"{median:.2f}", f"{over:.0f}", accuracy, f"{ratio:.2f}", verdict)
    for way, reason in absent.items():
        table.add_row(way, reason)
    return table


def _ways(grid, data):
    """Name → function that runs the eight trials and returns their accuracies; name → absence."""
    ways = {
        "ours": lambda: _ours(grid, data),
        "plain loop": lambda: _plain_loop(grid, data),
        "bare fit": _bare_fit(grid, data),
        "keras-tuner": lambda: _keras_tuner(grid, data),
        "our HyperModel": lambda: _our_hyper_model(grid, data),
    }
    if importlib.util.find_spec("scikeras") is None:
        return ways, {"SciKeras": "not installed"}
    return ways | {"SciKeras": lambda: _scikeras(grid, data)}, {}


def _ours(grid, data):
    return _grid_search(KerasClassifier(build_tunable_classifier, epochs=EPOCHS), grid, data)


def _scikeras(grid, data):
    from scikeras.wrappers import KerasClassifier as Wrapped

    def build(units, learning_rate):
        return build_tunable_classifier(SHAPE, 10, units=units, learning_rate=learning_rate)

    wrapped = Wrapped(build, epochs=EPOCHS, batch_size=BATCH, verbose=0)
    grid = {f"model__{name}": values for name, values in grid.items()}
    return _grid_search(wrapped, grid, data)


def _grid_search(estimator, grid, data):
    """Every trial trains on the training part and is judged by the other one, once."""
    (X, y), (X_dev, y_dev) = data
    fold = PredefinedSplit(np.repeat([-1, 0], [len(X), len(X_dev)]))
    search = GridSearchCV(estimator, grid, cv=fold, refit=False, error_score="raise")
    search.fit(np.concatenate([X, X_dev]), np.concatenate([y, y_dev]))
    return search.cv_results_["mean_test_score"].tolist()


def _plain_loop(grid, data):
    train, dev = data
    scores = []
    for chosen in _configurations(grid):
        model = build_tunable_classifier(SHAPE, 10, **chosen)
        model.fit(*train, epochs=EPOCHS, batch_size=BATCH, verbose=0)
        scores.append(model.evaluate(*dev, verbose=0, return_dict=True)["accuracy"])
    return scores


def _bare_fit(grid, data):
    train, dev = data
    models = [build_tunable_classifier(SHAPE, 10, **chosen) for chosen in _configurations(grid)]
    start = [model.get_weights() for model in models]

    def run():
        for model, weights in zip(models, start, strict=True):
            model.set_weights(weights)
            model.fit(*train, epochs=EPOCHS, batch_size=BATCH, verbose=0)
        return [model.evaluate(*dev, verbose=0, return_dict=True)["accuracy"] for model in models]

    return run  # the first round compiles and is not counted


class _PlainHyperModel(keras_tuner.HyperModel):
    """As the guides of keras-tuner write it."""

    def __init__(self, grid):
        super().__init__()
        self.grid = grid

    def build(self, hp):
        chosen = {name: hp.Choice(name, values) for name, values in self.grid.items()}
        return build_tunable_classifier(SHAPE, 10, **chosen)


def _keras_tuner(grid, data):
    train, dev = data
    with tempfile.TemporaryDirectory() as folder:
        model, fit = _PlainHyperModel(grid), {"epochs": EPOCHS, "batch_size": BATCH}
        tuner = keras_tuner.RandomSearch(
            model, "val_accuracy", 8, directory=folder, seed=DRAWS_ALL_EIGHT
        )
        tuner.search(*train, validation_data=dev, verbose=0, **fit)
        return [trial["score"] for trial in trial_table(tuner)]


def _our_hyper_model(grid, data):
    space = {name: Choice(values) for name, values in grid.items()}
    model = BuilderHyperModel(build_tunable_classifier, space, input_shape=SHAPE, classes=10)
    with tempfile.TemporaryDirectory() as folder:
        budget = Budget(trials=8, epochs=EPOCHS, folder=folder, seed=DRAWS_ALL_EIGHT - 1)
        return [trial["score"] for trial in trial_table(random_search(model, *data, budget))]


def _configurations(grid):
    return [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]


def _data():
    parts = digits()
    X, X_dev = (
        (images.reshape(-1, *SHAPE) / 16).astype("float32")
        for images in (parts.train_images, parts.test_images)
    )
    return (X, parts.train_labels.astype("int32")), (X_dev, parts.test_labels.astype("int32"))


def _seconds(run, scores, way):
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        result = run()
        passed = time.perf_counter() - start
    if len(result) != 8:
        raise RuntimeError(f"{len(result)} of 8 trials ended well")
    scores[way] = result
    return passed


def _verdict(reached):
    return "reached" if reached else "MISSED"


def main():
    """Print the tables."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
