"""A small lesson of an instructor's own, and notebooks for it."""

import json

import pytest
from click.testing import CliRunner

from dlcourse.cli import main

LESSON = '''"""Sums of a shop."""

import numpy as np

from dlcourse.grading import Question, assert_close, exercise, mistake

NOTEBOOK = "90_shop_sums"
QUIZ = (Question("Six times seven?", {"a": ("41", "One less."), "b": ("42", "Yes.")}, "b"),)


def total(prices):
    return prices.sum()


def discount(prices, rate):
    return prices * (1 - rate)


@exercise(points=2, reference=total)
class Total:
    """Sum of all prices."""

    hints = ("Which function adds?", "The sum over all i of p[i].", "return prices.sum()")

    def test_by_hand(self, total):
        """Two prices agree with a sum by hand."""
        assert_close(total(np.array([1.5, 2.0])), 3.5, "total")

    def test_random(self, total, rng):
        """A price that is added is added to the sum."""
        prices = rng.uniform(size=3)
        assert_close(total(np.append(prices, 2.0)) - total(prices), 2.0, "difference")

    @mistake("This is the mean: do not divide by the number of prices.")
    def mean(prices):
        return prices.mean()


@exercise(points=3, reference=discount)
class Discount:
    """Prices after a discount."""

    hints = ("What is left?", "(1 - rate) times the price.", "return prices * (1 - rate)")

    def test_by_hand(self, discount):
        """A quarter off of two prices agrees with a calculation by hand."""
        assert_close(discount(np.array([4.0, 8.0]), 0.25), np.array([3.0, 6.0]), "prices")

    @mistake("You return what is saved: subtract it from the price.")
    def saved(prices, rate):
        return prices * rate
'''

CODE = {
    "total": {
        "right": "def total(prices):\n    return prices.sum()",
        "wrong": "def total(prices):\n    return prices.mean()",
        "blank": "def total(prices):\n    raise NotImplementedError",
    },
    "discount": {
        "right": "def discount(prices, rate):\n    return prices * (1 - rate)",
        "wrong": "def discount(prices, rate):\n    return prices * rate",
        "blank": "def discount(prices, rate):\n    raise NotImplementedError",
    },
}


def code_cell(source, role, exercise=None):
    ours = {"role": role} | ({"exercise": exercise} if exercise else {})
    metadata = {"dlcourse": ours}
    return {"cell_type": "code", "id": f"{role}-{exercise}".lower(), "metadata": metadata,
            "source": source, "outputs": [], "execution_count": None}  # fmt: skip


def notebook_text(total="right", discount="right", answer="b"):
    """A learner's notebook: "right", "wrong", "blank" or the code itself for each exercise."""
    cells = [
        code_cell("import numpy as np", "given"),
        code_cell(CODE["total"].get(total, total), "blank", "total"),
        code_cell('lesson.check("total")', "check", "total"),
        code_cell(CODE["discount"].get(discount, discount), "blank", "discount"),
        code_cell('lesson.check("discount")', "check", "discount"),
        code_cell(f'quiz_answers = {{1: "{answer}"}}', "quiz"),
    ]
    notebook = {"cells": cells, "metadata": {"dlcourse": {"lesson": "shop_sums", "format": 1}},
                "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    return json.dumps(notebook, indent=1)


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of that name; see `notebook_text`."""

    def write(name="ada", **answers):
        path = tmp_path / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook_text(**answers), encoding="utf-8")
        return path

    return write


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A progress store of the test's own."""
    monkeypatch.setenv("DLCOURSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def own(tmp_path):
    """A folder with the lesson."""
    folder = tmp_path / "own lessons"
    folder.mkdir()
    (folder / "shop_sums.py").write_text(LESSON, encoding="utf-8")
    return folder


@pytest.fixture
def run(monkeypatch):
    """Runs the command in a terminal of 80 columns; the arguments may be paths."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        return CliRunner().invoke(main, list(map(str, arguments)), prog_name="dlcourse")

    return run
