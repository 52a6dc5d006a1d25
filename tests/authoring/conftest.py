"""A project with one small lesson, to build notebooks from."""

from pathlib import Path
from types import SimpleNamespace

import pytest

LESSON = '''
"""Toys: two small exercises."""

import numpy as np

from dlcourse.grading import Question, assert_close, exercise

NOTEBOOK = "01_toys"


def double(x):
    """Twice x."""
    return 2 * np.asarray(x)


class Counter:
    """Counts."""

    def __init__(self):
        self.total = 0

    def add(self, n):
        """Add n."""
        self.total += n
        return self.total


@exercise(points=2, reference=double)
class Double:
    """Twice the input."""

    hints = ("nudge", "formula", "line")

    def test_by_hand(self, double):
        """Twice [1, 2] is [2, 4]."""
        assert_close(double(np.array([1.0, 2.0])), np.array([2.0, 4.0]))


@exercise(points=1, reference=Counter)
class CounterExercise:
    """A counter."""

    hints = ("nudge", "formula", "line")

    def test_adds(self, Counter):
        """It adds."""
        counter = Counter()
        counter.add(2)
        assert_close(counter.add(3), 5, "the total")


QUIZ = (
    Question("What is 2 + 2?", {"a": ("four", "Yes."), "b": ("five", "No.")}, answer="a"),
    Question("What is `len('ab')`?", {"a": ("1", "No."), "b": ("2\\nor two", "Yes.")}, answer="b"),
)
'''

SOURCE = '''\
# %% [markdown]
# # Toys
# **You will** double and count.
# %% setup
# %%
import numpy as np
# %% [markdown]
# ## 1 · Doubling $2x$
# %%
def double(x):
    """Give twice x, an array."""
    ### BEGIN SOLUTION
    return 2 * np.asarray(x)
    ### END SOLUTION
# %%
lesson.check("double")
# %%
print("Doubled:", double([1, 2]))
# %% [markdown]
# ## 2 · Counting
# %%
class Counter:
    """Counts; `add` gives the total."""

    def __init__(self):
        ### BEGIN SOLUTION
        self.total = 0
        ### END SOLUTION

    def add(self, n):
        """Add n and give the total."""
        ### BEGIN SOLUTION
        self.total += n
        return self.total
        ### END SOLUTION
# %%
lesson.check("Counter")
# %% quiz
'''


@pytest.fixture
def project(tmp_path):
    """Folder, source file and lesson module of a project that builds without a problem."""
    source = tmp_path / "notebooks" / "source" / "01_toys.py"
    module = tmp_path / "exercises" / "toys.py"
    for path, text in ((source, SOURCE), (module, LESSON)):
        path.parent.mkdir(parents=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return SimpleNamespace(root=tmp_path, source=source, module=module, exercises=module.parent)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def edited(project):
    """Replace a piece of the project's source."""
    return lambda old, new: edit(project.source, old, new)
