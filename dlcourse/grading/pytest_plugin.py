"""`pytest notebook.ipynb`: one item per test of every exercise of a course notebook.

The learner's code runs in the sandbox here too. Loading this module is cheap, because pytest
loads it in every project of an environment in which dlcourse is installed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

__all__ = ["NotebookFile", "NotebookItem", "pytest_addoption", "pytest_collect_file"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `dlcourse check` to pytest."""
    group = parser.getgroup("dlcourse", "notebooks of dlcourse")
    group.addoption("--exercises", metavar="DIR", help="an instructor's own lessons")
    group.addoption("--exercise-seed", type=int, default=0, help="seed of the random inputs")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect notebooks of the course; leave any other notebook alone."""
    if file_path.suffix == ".ipynb" and _is_course_notebook(file_path):
        return NotebookFile.from_parent(parent, path=file_path)
    return None


class NotebookFile(pytest.File):
    """A learner's notebook."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item per test method of each exercise of the notebook's lesson."""
        from dlcourse.grading.catalog import find_lesson
        from dlcourse.grading.submission import NotebookError, read_submission

        folder = self.config.getoption("exercises")
        self._folder = Path(folder) if folder else None
        try:
            name = read_submission(self.path).lesson_name
        except NotebookError as error:
            raise self.CollectError(str(error)) from error
        lesson = find_lesson(name, self._folder)
        self._results: dict[str, Any] = {}
        for exercise in lesson.exercises.values():
            for test in exercise.tests:
                yield NotebookItem.from_parent(
                    self, name=f"{exercise.name}::{test}", exercise=exercise.name, test=test
                )

    def result(self, exercise: str) -> Any:
        """The exercise's result; it is checked when the first of its tests asks."""
        from dlcourse.grading.checking import check_notebook

        if exercise not in self._results:
            seed = self.config.getoption("exercise_seed")
            checked = check_notebook(self.path, names=[exercise], folder=self._folder, seed=seed)
            self._results[exercise] = checked.exercises[0]
        return self._results[exercise]


class NotebookItem(pytest.Item):
    """One test of one exercise."""

    def __init__(self, *, exercise: str, test: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._exercise, self._test = exercise, test

    def runtest(self) -> None:
        """Fail with what the learner would be told."""
        result = self.parent.result(self._exercise)  # type: ignore[union-attr]
        mine = [t for t in result.tests if t.name.partition("[")[0] == self._test]
        problem = next((t for t in mine if t.status != "passed"), None)
        if problem is not None:
            raise _Finding(_text(problem, result.diagnosis))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """The finding alone, without the frames of the engine."""
        if isinstance(excinfo.value, _Finding):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the item is listed."""
        return self.path, None, self.name


class _Finding(Exception):
    """What was found wrong."""


def _text(problem: Any, diagnosis: Any) -> str:
    lines = [f"{problem.title}", f"{problem.status}: {problem.message}"]
    if problem.traceback:
        lines.append(problem.traceback.rstrip())
    if diagnosis is not None:
        lines.append(f"This looks like: {diagnosis.hint}")
    return "\n".join(lines)


def _is_course_notebook(path: Path) -> bool:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return "lesson" in notebook["metadata"]["dlcourse"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
