"""The course's files are found in a checkout, in an installed package, and beside own lessons."""

import subprocess
import sys

import pytest

from dlcourse import course
from dlcourse.grading.catalog import load_lesson

NOTEBOOK = """{"cells": [
 {"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# Toys"},
 {"cell_type": "code", "id": "blank-half", "outputs": [], "execution_count": null,
  "metadata": {"dlcourse": {"role": "blank", "exercise": "half"}},
  "source": ["def half(x):\\n", "    ### BEGIN SOLUTION\\n", "    return x / 2\\n",
             "    ### END SOLUTION"]}],
 "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""

LESSON = '''"""Toys."""
from dlcourse.grading import assert_close, exercise

NOTEBOOK = "01_own_toys"


def half(x):
    """Half of x."""
    return x * 0.5


@exercise(points=1, reference=half)
class Half:
    """Half of the input."""

    hints = ("a", "b", "c")

    def test_two(self, half):
        """Half of two."""
        assert_close(half(2.0), 1.0)
'''


@pytest.fixture
def own(tmp_path):
    """A lesson in a folder of an instructor's."""
    path = tmp_path / "own_toys.py"
    path.write_text(LESSON, encoding="utf-8")
    return load_lesson(path)


@pytest.fixture
def own_notebooks(tmp_path, own):
    """The same with its notebooks beside it."""
    folder = tmp_path / "notebooks"
    (folder / "solutions").mkdir(parents=True)
    for path in (folder / "01_own_toys.ipynb", folder / "solutions" / "01_own_toys.ipynb"):
        path.write_text(NOTEBOOK, encoding="utf-8")
    return folder


def test_notebooks_of_a_checkout():
    assert (course.notebooks_folder() / "source").is_dir()


def test_notebooks_of_an_installed_package(monkeypatch, tmp_path):
    inside = tmp_path / "site-packages" / "dlcourse" / "course_files" / "notebooks"
    inside.mkdir(parents=True)
    monkeypatch.setattr(course, "_PACKAGE", tmp_path / "site-packages" / "dlcourse")
    assert course.notebooks_folder() == inside


def test_own_notebooks_lie_beside_own_lessons(own, own_notebooks):
    assert course.learner_notebook(own) == own_notebooks / "01_own_toys.ipynb"
    assert course.solution_notebook(own) == own_notebooks / "solutions" / "01_own_toys.ipynb"


def test_solution_is_read_without_markers(own, own_notebooks):
    assert course.solution_source(own, "half") == "def half(x):\n    return x / 2"


def test_blank_is_what_a_learner_gets(own, own_notebooks):
    cell = course.blank_cell(own, "half")
    assert cell["id"] == "blank-half"
    assert cell["source"] == (
        "def half(x):\n    ### BEGIN SOLUTION\n"
        "    raise NotImplementedError  # your code here\n    ### END SOLUTION"
    )


def test_without_a_notebook_the_reference_is_the_solution(own):
    assert course.solution_source(own, "half").endswith("    return x * 0.5")


def test_a_missing_notebook_is_named(own):
    with pytest.raises(course.CourseFileError, match=r"01_own_toys\.ipynb of the lesson own_toys"):
        course.learner_notebook(own)


def test_no_exercise_loads_tensorflow_before_it_is_needed():
    program = (
        "import sys; from dlcourse.grading.catalog import all_lessons; assert all_lessons(); "
        "assert not {'tensorflow', 'keras', 'keras_tuner'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
