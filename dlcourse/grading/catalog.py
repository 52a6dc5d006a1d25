"""Finds lessons: the modules of `dlcourse/exercises`, and those in an instructor's own folder."""

import contextlib
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dlcourse.grading.exercise import Exercise, Question
from dlcourse.grading.pytest_run import run_pytest

__all__ = ["Lesson", "LessonError", "find_lesson", "lesson_names", "load_lesson"]

BUILT_IN = Path(__file__).parent.parent / "exercises"
BACKENDS = ("numpy", "keras")


class LessonError(Exception):
    """A lesson that cannot be found, or whose module is not what a lesson must be."""


@dataclass(frozen=True)
class Lesson:
    """The exercises of one notebook.

    Args:
        name: The module's name, such as "c1w2_logistic_regression".
        title: First line of the module's docstring.
        notebook: File name of its notebook, without the suffix.
        path: The module's file.
        exercises: By name, in the order of the notebook.
        quiz: The questions of the week.
        provides: Modules of dlcourse that learner code may import while it is graded.
        backend: "numpy", or "keras" where TensorFlow and Keras are needed.
    """

    name: str
    title: str
    notebook: str
    path: Path
    exercises: dict[str, Exercise]
    quiz: tuple[Question, ...]
    provides: tuple[str, ...]
    backend: str


def lesson_names(folder: Path | None = None) -> list[str]:
    """Names of the lessons of the course, or of an instructor's folder, in course order."""
    return [lesson.name for lesson in all_lessons(folder)]


def all_lessons(folder: Path | None = None) -> list[Lesson]:
    """Every lesson of the course and of the folder (which wins where a name is in both)."""
    paths = {p.stem: p for f in _folders(folder) for p in sorted(f.glob("[!_]*.py"))}
    lessons = [load_lesson(path) for path in paths.values() if _is_lesson(path)]
    return sorted(lessons, key=lambda lesson: (lesson.notebook, lesson.name))


def find_lesson(name: str, folder: Path | None = None) -> Lesson:
    """The lesson of that name, of a notebook's name or of a notebook's number.

    Raises:
        LessonError: Naming the lessons that exist, where there is none of that name.
    """
    for parent in reversed(_folders(folder)):
        # the name may come from a learner's notebook: it must not lead out of the folder
        if name.isidentifier() and (parent / f"{name}.py").is_file():
            return load_lesson(parent / f"{name}.py")
    lessons = all_lessons(folder)
    for lesson in lessons:
        if name in (lesson.notebook, lesson.notebook.partition("_")[0]):
            return lesson
    known = ", ".join(lesson.name for lesson in lessons)
    raise LessonError(f"there is no lesson {name!r}; the lessons are {known}")


_loaded: dict[Path, Lesson] = {}


def load_lesson(path: Path) -> Lesson:
    """Import a lesson's module, the way pytest does, so that its asserts explain themselves."""
    path = path.resolve()
    if path not in _loaded:
        _loaded[path] = _read(_import(path), path)
    return _loaded[path]


def _folders(folder: Path | None) -> list[Path]:
    return [BUILT_IN] if folder is None else [BUILT_IN, Path(folder)]


def _is_lesson(path: Path) -> bool:
    return "NOTEBOOK" in path.read_text(encoding="utf-8")


def _import(path: Path) -> ModuleType:
    importer = _Importer()
    with contextlib.redirect_stdout(io.StringIO()):
        run_pytest([str(path), "--collect-only"], [importer])
    if importer.module is None:
        raise LessonError(f"{path.name} could not be loaded:\n{importer.problem}")
    return importer.module


class _Importer:
    """A pytest plugin that keeps the module which pytest imported."""

    def __init__(self) -> None:
        self.module: ModuleType | None = None
        self.problem = "it holds no exercise"

    def pytest_configure(self, config: Any) -> None:
        """Let the modules that a lesson is split into explain their asserts too."""
        pytest.register_assert_rewrite("dlcourse.exercises")

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: Any) -> Any:
        if isinstance(collector, pytest.Module):
            self.module = collector.obj
        return []

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.module = None
            self.problem = str(report.longrepr)


def _read(module: ModuleType, path: Path) -> Lesson:
    for setting in ("NOTEBOOK",):
        if not hasattr(module, setting):
            raise LessonError(f"{path.name}: expected a module constant {setting}")
    backend = getattr(module, "BACKEND", "numpy")
    if backend not in BACKENDS:
        raise LessonError(f"{path.name}: BACKEND: expected one of {BACKENDS}, got {backend!r}")
    exercises = _exercises(vars(module).values(), path)
    return Lesson(
        name=path.stem,
        title=(module.__doc__ or path.stem).strip().splitlines()[0],
        notebook=module.NOTEBOOK,
        path=path,
        exercises=exercises,
        quiz=tuple(getattr(module, "QUIZ", ())),
        provides=tuple(getattr(module, "PROVIDES", ())),
        backend=backend,
    )


def _exercises(members: Iterable[Any], path: Path) -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for member in members:
        exercise = vars(member).get("__exercise__") if isinstance(member, type) else None
        if exercise is None or sys.modules.get(member.__module__) is None:
            continue
        if exercise.name in found:
            raise LessonError(f"{path.name}: two exercises are called {exercise.name}")
        found[exercise.name] = exercise
    return found
