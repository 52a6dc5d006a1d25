"""What a learner calls in a notebook: check, hint, solution, progress, quiz."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse.device import device_line
from dlcourse.notebook_check import check_in_notebook, defined_by_an_older_cell
from dlcourse.notebook_view import Code, View
from dlcourse.progress import Progress
from dlcourse.quiet import import_quietly

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson
    from dlcourse.grading.exercise import Exercise

__all__ = ["NotebookLesson", "lesson"]

_OLDER = (
    "The cell that defines it failed when you last ran it: what is checked here is the version "
    "before."
)


def lesson(name: str, folder: Path | str | None = None) -> "NotebookLesson":
    """Open a lesson in a notebook.

    Args:
        name: The lesson's name.
        folder: An instructor's folder of exercises, beside those of the course.

    Returns:
        An object with `check`, `hint`, `solution`, `progress` and `check_quiz`.

    Raises:
        LessonError: Naming the lessons that exist, where there is none of that name.
        ModuleNotFoundError: If the lesson needs Keras and it is not installed.
    """
    from dlcourse.grading.catalog import find_lesson

    found = find_lesson(name, Path(folder) if folder else None)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # its errors are still raised
    if found.backend == "keras" and not import_quietly("keras"):
        raise ModuleNotFoundError(
            f"the notebook of {found.name} builds a Keras model: install TensorFlow and Keras "
            "(pip install tensorflow keras) and restart the kernel"
        )
    if found.backend != "keras":
        _one_thread_for_products()
    return NotebookLesson(found)


class NotebookLesson:
    """The exercises of one lesson, for use in its notebook.

    Every method returns what the notebook shows as the cell's result.

    Args:
        lesson: The lesson.
        progress: The learner's record; the usual one unless given.
    """

    def __init__(self, lesson: "Lesson", progress: Progress | None = None) -> None:
        self._lesson = lesson
        self._progress = progress or Progress()

    def check(self, name: str = "") -> View:
        """Check what the notebook defines under that name."""
        exercise = self._find(name)
        if exercise is None:
            return self._unknown(name)
        symbols = vars(sys.modules["__main__"])
        result, printed = check_in_notebook(self._lesson, exercise.name, symbols)
        if defined_by_an_older_cell(exercise.name, symbols):
            result = replace(result, note=_OLDER)
        view = View.of_result(result, _next_step(exercise.name, result.status), printed)
        return view.with_note(self._record(exercise.name, result.passed, result.earned))

    def hint(self, name: str = "") -> View:
        """Show one more hint each time: a nudge, the formula, the worked line."""
        exercise = self._find(name)
        if exercise is None:
            return self._unknown(name)
        shown, passed = self._hints_to_show(exercise), self._has_passed(exercise)
        return View.of_hints(exercise.name, exercise.hints, shown, passed)

    def solution(self, name: str = "") -> View | Code:
        """Show how the course writes it, once the check has passed."""
        exercise = self._find(name)
        if exercise is None:
            return self._unknown(name)
        if not self._has_passed(exercise):
            return View.of_locked_solution(exercise.name)
        from dlcourse.course import solution_source

        return Code(f"Solution of `{exercise.name}`", solution_source(self._lesson, exercise.name))

    def progress(self) -> View:
        """Show which exercises of this lesson have passed."""
        return View.of_progress(self._lesson, self._entries())

    def check_quiz(self, answers: Any) -> View:
        """Mark the answers of the quiz: a dictionary from question number to letter."""
        from dlcourse.grading.quiz import check_quiz

        result = check_quiz(self._lesson, answers)
        view = View.of_result(result)
        if not self._lesson.quiz:
            return view
        return view.with_note(self._record(result.name, result.passed, result.earned))

    def __repr__(self) -> str:
        return repr(self._welcome())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self._welcome()._repr_mimebundle_()

    def _welcome(self) -> View:
        return View.of_welcome(self._lesson, self._entries(), device_line())

    def _find(self, name: Any) -> "Exercise | None":
        """The exercise of that name, or whose function is given instead."""
        name = getattr(name, "__name__", name)
        return self._lesson.exercises.get(name) if isinstance(name, str) else None

    def _has_passed(self, exercise: "Exercise") -> bool:
        return bool(self._entries().get(exercise.name, {}).get("passed"))

    def _unknown(self, name: Any) -> View:
        return View.of_unknown_name(name, list(self._lesson.exercises))

    # a disk that is full or read-only must not cost a learner the answer

    def _entries(self) -> dict[str, Any]:
        try:
            return self._progress.all().get(self._lesson.name, {})
        except OSError:
            return {}

    def _hints_to_show(self, exercise: "Exercise") -> int:
        available = len(exercise.hints)
        try:
            return self._progress.next_hint(self._lesson.name, exercise.name, available)
        except OSError:
            return available

    def _record(self, name: str, passed: bool, earned: float) -> str:
        """Keep the outcome; the reason where that fails."""
        try:
            self._progress.record(self._lesson.name, name, passed, earned)
        except OSError as error:
            return f"Your progress could not be saved ({error.strerror or error})."
        return ""


def _one_thread_for_products() -> None:
    """Let NumPy multiply on one core.

    The networks of a NumPy lesson are thousands of tiny products, each of which would wait for a
    second thread: on a busy machine that was seen to take 30 times as long.
    """
    import numpy  # noqa: F401 (the limit holds for libraries that are loaded)
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


def _next_step(name: str, status: str) -> str:
    if status == "passed":
        return f'How the course writes it: `lesson.solution("{name}")`'
    if status == "not attempted":
        return f'For a hint: `lesson.hint("{name}")`'
    return f'Change it, run it and check again. For a hint: `lesson.hint("{name}")`'
