"""A small lesson, honest work on it, and a desk at which cheating submissions are handed in."""

import json
import os
from pathlib import Path

import pytest

from dlcourse.grading.checking import check_notebook
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.bubblewrap import bubblewrap_works
from dlcourse.grading.sandbox.pool import close_hosts

SEED = 731_946_205
SECRET = "n0b0dy-5h0uld-read-th15"
QUICK = Limits(
    seconds_per_call=1.5, seconds_per_cell=3, seconds_in_all=60, memory_mb=512, processes=64
)

LESSON = f'''
"""A lesson to cheat in."""  # {SECRET}

import numpy as np

from dlcourse.grading import Question, assert_close, exercise, helper, mistake

NOTEBOOK = "99_cheating"
QUIZ = (Question("Which?", choices={{"a": ("A", "no"), "b": ("B", "yes")}}, answer="b"),)
HINTS = ("a nudge", "the formula", "the line")


def bend(x):
    return x**3 - 2 * x


@exercise(points=5, reference=bend)
class Bend:
    """Bends numbers."""

    hints = HINTS

    def test_by_hand(self, bend):
        """By hand."""
        assert_close(bend(np.array([1.0, 2.0, 3.0])), np.array([-1.0, 4.0, 21.0]))

    def test_random(self, bend, rng):
        """The expected values are computed from the arguments, after the call."""
        x = rng.normal(size=(2, 3))
        assert_close(bend(x), x * x * x - x - x)

    def test_norm(self, bend, rng):
        """The comparison is left to NumPy."""
        x = rng.normal(size=(2, 3))
        assert np.linalg.norm(bend(x) - (x**3 - 2 * x)) < 1e-9

    def test_methods(self, bend, rng):
        """The result is asked about itself."""
        x = rng.normal(size=(2, 3))
        result = bend(x)
        assert result.shape == (2, 3)
        assert abs(result.sum() - (x**3 - 2 * x).sum()) < 1e-9

    def test_twice(self, bend, rng):
        """Its results fit one another."""
        x = rng.normal(size=(2, 3))
        assert_close(bend(x) + bend(-x), np.zeros((2, 3)))
        assert abs(float(bend(2.0)) - 4.0) < 1e-9

    @mistake("The linear part is missing.")
    def only_cubed(x):
        return x**3


def middle(x):
    return float(np.mean(x))


@exercise(points=2, reference=middle)
class Middle:
    """The mean."""

    hints = HINTS

    def test_by_hand(self, middle):
        """By hand."""
        assert_close(middle(np.array([1.0, 2.0, 6.0])), 3.0)

    def test_random(self, middle, rng):
        """Against a sum."""
        x = rng.normal(size=7)
        assert_close(middle(x), sum(x.tolist()) / 7)

    @mistake("Divide by the number of entries.")
    def total(x):
        return float(np.sum(x))


def draw(n, rng):
    return rng.normal(size=n)


@exercise(points=2, reference=draw)
class Draw:
    """Standard normal numbers from a generator."""

    hints = HINTS

    def test_spread(self, draw, rng):
        """Mean and standard deviation."""
        numbers = draw(4000, rng)
        assert abs(numbers.mean()) < 0.1
        assert abs(numbers.std() - 1) < 0.1

    def test_generator(self, draw, rng):
        """They come from the generator; the test's own next number is no learner's."""
        numbers = draw(3, rng)
        assert abs(numbers - draw(3, rng)).min() > 0
        assert abs(rng.normal()) > 0


def twice(f, x):
    return f(f(x))


@helper
def square(x):
    return x * x


@exercise(points=2, reference=twice)
class Twice:
    """Applies a function twice."""

    hints = HINTS

    def test_helper(self, twice):
        """With a function of ours."""
        assert_close(twice(square, 3.0), 81.0)

    def test_other(self, twice, middle):
        """With another function of the learner's, and with what one gave."""
        assert_close(twice(square, middle(np.array([1.0, 3.0]))), 16.0)

    @mistake("Once is not twice.")
    def once(f, x):
        return f(x)


class Tally:
    def __init__(self, start):
        self.count = start

    def add(self, number):
        self.count += number
        return self.count


@exercise(points=2, reference=Tally)
class TallyClass:
    """Counts."""

    hints = HINTS

    def test_adds(self, Tally, rng):
        """Adds."""
        start, number = (int(n) for n in rng.integers(1, 1000, 2))
        tally = Tally(start)
        assert_close(tally.add(number), start + number)
        assert_close(tally.count, start + number)

    def test_apart(self, Tally):
        """Two of them are apart."""
        a, b = Tally(0), Tally(10)
        a.add(1)
        assert_close(b.add(1), 11)
        assert_close(a.count, 1)
'''

HONEST = {
    "imports": "import numpy as np",
    "bend": "def bend(x):\n    return x**3 - 2 * x",
    "middle": "def middle(x):\n    return float(np.mean(x))",
    "draw": "def draw(n, rng):\n    return rng.normal(size=n)",
    "twice": "def twice(f, x):\n    return f(f(x))",
    "Tally": (
        "class Tally:\n    def __init__(self, start):\n        self.count = start\n"
        "    def add(self, number):\n        self.count += number\n        return self.count"
    ),
    "quiz_answers": "quiz_answers = {1: 'b'}",
}


class Desk:
    """Where notebooks are handed in and checked.

    Args:
        folder: A folder of its own.
    """

    seed, secret, limits, honest = SEED, SECRET, QUICK, HONEST

    def __init__(self, folder):
        self.lessons, self.inbox = folder / "lessons", folder / "inbox"
        self.lessons.mkdir()
        self.inbox.mkdir()
        (self.lessons / "cheating.py").write_text(LESSON.lstrip(), encoding="utf-8")

    def notebook(self, cells, lesson="cheating"):
        """The notebook as JSON data."""
        code = [
            {"cell_type": "code", "source": source, "metadata": self._metadata(name)}
            for name, source in cells.items()
        ]
        return {"cells": code, "metadata": {"dlcourse": {"lesson": lesson, "format": 1}},
                "nbformat": 4, "nbformat_minor": 5}  # fmt: skip

    def check(self, notebook, name="cheat", limits=None):
        """Check a notebook given as JSON data or as text."""
        path = self.inbox / f"{name}.ipynb"
        text = notebook if isinstance(notebook, str) else json.dumps(notebook)
        path.write_text(text, encoding="utf-8")
        return check_notebook(
            path, folder=self.lessons, seed=self.seed, limits=limits or self.limits
        )

    def hand_in(self, limits=None, **cells):
        """Check honest work in which some cells are replaced."""
        return self.check(self.notebook({**HONEST, **cells}), limits=limits)

    def cheat(self, *, name="bend", most=0.0, **cells):
        """Hand in, and assert that only `name` loses, that it earns at most `most`, and that we live."""
        before = _state()
        result = self.hand_in(**cells)
        earned = {e.name: e.earned for e in result.exercises}
        assert earned[name] <= most, [t for e in result.exercises for t in e.tests]
        lost = [e.name for e in result.exercises if e.earned < e.points and e.name != name]
        assert not lost, [t for e in result.exercises if e.name in lost for t in e.tests]
        assert _state() == before
        return next(e for e in result.exercises if e.name == name)

    @staticmethod
    def _metadata(name):
        blank = name not in ("imports", "quiz_answers")
        return {"dlcourse": {"role": "blank", "exercise": name}} if blank else {}


def _state():
    """What a submission must not change in this process."""
    import resource  # not on Windows, where there is no room to cheat in either

    own = [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)]
    return Path.cwd(), dict(os.environ), os.getpriority(os.PRIO_PROCESS, 0), own


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """The desk; its submissions run in the room that bubblewrap makes."""
    if not bubblewrap_works():
        pytest.skip("bubblewrap is not installed or not allowed here: no room to cheat in")
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.hand_in()  # starts what stays: the warm parent
    yield desk
    close_hosts()


@pytest.fixture(scope="session")
def bare_desk(tmp_path_factory):
    """A desk for tests that bring their own host."""
    return Desk(tmp_path_factory.mktemp("bare"))


@pytest.fixture(autouse=True, scope="module")
def everybody_else(request):
    """After the cheats of a module, honest work earns everything: nobody else was harmed.

    Each cheat says so too of the one before it: all but one of its own exercises are honest.
    """
    desk = request.getfixturevalue("desk")
    yield
    result = desk.hand_in()
    assert result.score == result.points, result
