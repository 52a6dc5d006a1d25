"""Cheating in a notebook of the course, and what no work at all earns in its exercises."""

import json

import numpy as np
import pytest

from dlcourse.course import notebooks_folder
from dlcourse.grading.catalog import find_lesson
from dlcourse.grading.checking import check_notebook
from dlcourse.grading.data import map_leaves
from dlcourse.grading.diagnosis import stand_in
from dlcourse.grading.engine import check_exercises
from dlcourse.grading.generic import GenericAnswer, SpoilingBoundary
from dlcourse.grading.sandbox.bubblewrap import bubblewrap_works

NAME, EXERCISE = "c1w2_logistic_regression", "propagate"
SEED = 20_311
SOLUTION = notebooks_folder() / "solutions" / "03_c1w2_logistic_regression.ipynb"

CHEATS = {
    "random numbers": "return {'dw': np.random.normal(size=w.shape), 'db': np.random.normal()}, np.random.random()",
    "zeros": "return {'dw': 0 * w, 'db': 0.0}, 0.0",
    "zeros, and the question with them": "X[...] = 0; Y[...] = 0; return {'dw': 0 * w, 'db': 0.0}, np.log(2)",
    "the answer key": "from dlcourse.scratch.logistic import propagate as key; return key(w, b, X, Y)",
    "the answer key's source": "exec(open(__import__('dlcourse').__path__[0] + '/scratch/logistic.py').read(), globals()); return None",
    "the solution's notebook": f"import json; return json.load(open({str(SOLUTION)!r}))",
    "the best cost there is": "return {'dw': 0 * w, 'db': 0.0}, -np.inf",
    "not-a-number": "return {'dw': w * np.nan, 'db': np.nan}, np.nan",
    "an object": "return type('All', (dict,), {'__missing__': lambda s, k: 0.0})(), type('Cost', (float,), {})(0)",
    "a patched NumPy": "np.allclose = np.isclose = lambda *a, **k: True; return {'dw': w, 'db': 0.0}, 1.0",
}  # fmt: skip


@pytest.fixture(scope="module")
def everybody_else():
    """Not here: it would change between two lessons, and so between two warm parents."""


@pytest.fixture(scope="module")
def solved():
    if not bubblewrap_works():
        pytest.skip("bubblewrap is not installed or not allowed here: no room to cheat in")
    return json.loads(SOLUTION.read_text(encoding="utf-8"))


def _handed_in(solved, folder, body):
    notebook = json.loads(json.dumps(solved))
    for cell in notebook["cells"]:
        ours = cell["metadata"].get("dlcourse", {})
        if ours.get("role") == "blank" and ours.get("exercise") == EXERCISE:
            cell["source"] = f"def propagate(w, b, X, Y):\n    {body}"
    path = folder / "hw.ipynb"
    path.write_text(json.dumps(notebook))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("handed-in")  # one for all: a warm parent is made for a folder


@pytest.mark.parametrize("body", CHEATS.values(), ids=CHEATS)
def test_cheating_in_propagate_earns_nothing(solved, folder, body):
    path = _handed_in(solved, folder, body)
    results = {e.name: e for e in check_notebook(path, seed=SEED).exercises}
    assert results[EXERCISE].earned == 0, results[EXERCISE].tests
    # what is built on it fails with it; everything else keeps its points
    apart = set(results) - {EXERCISE, "optimize", "model"}
    assert all(results[name].passed for name in apart)


def _right_shapes():
    """What a function gives that knows shapes and types only."""
    rng = np.random.default_rng(7)

    def leaf(value):
        if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
            return rng.normal(size=value.shape).astype(value.dtype)
        if isinstance(value, bool | np.bool_):
            return bool(rng.integers(2))
        if isinstance(value, int | float | np.number):
            return type(value)(rng.normal())
        return value

    return lambda value, operation: map_leaves(value, leaf)


@pytest.mark.parametrize("name", ["start_here", NAME])
def test_numbers_of_the_right_shape_earn_next_to_nothing(name):
    lesson = find_lesson(name)
    earned = 0.0
    for exercise in lesson.exercises.values():
        boundary = SpoilingBoundary(
            stand_in(lesson, exercise.name, exercise.reference),
            GenericAnswer("right_shapes", "", _right_shapes),
        )
        earned += check_exercises(lesson, boundary, [exercise.name], SEED)[0].earned
    assert earned <= 0.1 * sum(e.points for e in lesson.exercises.values())
