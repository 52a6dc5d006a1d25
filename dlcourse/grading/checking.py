"""Checks one notebook, with the learner's code in the sandbox."""

import time
from collections.abc import Callable, Collection
from pathlib import Path

from dlcourse.grading.boundary import Operation
from dlcourse.grading.bounds import bounded_memory
from dlcourse.grading.catalog import Lesson, LessonError, find_lesson
from dlcourse.grading.engine import check_exercises
from dlcourse.grading.limits import Limits
from dlcourse.grading.quiz import QUIZ_NAME, check_quiz
from dlcourse.grading.results import ExerciseResult, SubmissionResult
from dlcourse.grading.sandbox.host import Host
from dlcourse.grading.sandbox.pool import host_for
from dlcourse.grading.sandbox.remote import RemoteBoundary, RemoteCell
from dlcourse.grading.submission import NotebookError, Submission, read_submission

__all__ = ["NotebookError", "check_notebook", "check_submission"]

QUIZ_SYMBOL = "quiz_answers"
_FLOOD_BYTES = 10 * 2**20


def check_notebook(
    path: Path,
    *,
    names: Collection[str] | None = None,
    folder: Path | None = None,
    seed: int = 0,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    on_result: Callable[[ExerciseResult], None] = lambda result: None,
) -> SubmissionResult:
    """Check a notebook file.

    Args:
        path: The notebook.
        names: Which exercises ("quiz" is one); all of them unless given.
        folder: An instructor's own lessons, beside the course's.
        seed: What random inputs are drawn from.
        limits: Bounds on time, memory and size.
        on_result: Called with each exercise's result as soon as it is there.

    Raises:
        NotebookError: If the file is no notebook of a lesson that exists.
    """
    submission = read_submission(path)
    try:
        lesson = find_lesson(submission.lesson_name, folder)
    except LessonError as error:
        raise NotebookError(f"{Path(path).name}: {error}") from error
    hidden = [Path(path).resolve().parent, *([folder] if folder else [])]
    host = host_for(lesson, limits, hidden)
    return check_submission(submission, lesson, host, names, seed, limits, on_result)


def check_submission(  # noqa: PLR0913, PLR0917 (each is a different thing to know)
    submission: Submission,
    lesson: Lesson,
    host: Host,
    names: Collection[str] | None = None,
    seed: int = 0,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    on_result: Callable[[ExerciseResult], None] = lambda result: None,
) -> SubmissionResult:
    """Check a submission on a host that is running."""
    started = time.monotonic()
    boundary = RemoteBoundary(host, _remote_cells(submission, lesson), limits)
    try:
        with bounded_memory():
            results = check_exercises(lesson, boundary, names, seed, on_result)
        if lesson.quiz and (names is None or QUIZ_NAME in names):
            outcome = boundary.perform(Operation("get", QUIZ_SYMBOL))
            results += (check_quiz(lesson, outcome.value),)
            on_result(results[-1])
    finally:
        boundary.close()
    notes = (*submission.notes, *_notes(submission, lesson, boundary.printed))
    seconds = round(time.monotonic() - started, 3)
    return SubmissionResult(submission.learner, lesson.name, results, notes, seed, seconds)


def _remote_cells(submission: Submission, lesson: Lesson) -> list[RemoteCell]:
    graded = [*lesson.exercises, QUIZ_SYMBOL]
    cells = []
    for number, cell in enumerate(submission.cells, 1):
        defines = cell.defines(graded)
        whole = cell.role == "blank" or bool(set(defines) - {QUIZ_SYMBOL})
        cells.append(RemoteCell(cell.source, number, whole, defines))
    return cells


def _notes(submission: Submission, lesson: Lesson, printed: int) -> list[str]:
    notes = []
    for name in lesson.exercises:
        places = [n for n, c in enumerate(submission.cells, 1) if c.defines([name])]
        if len(places) > 1:
            cells = ", ".join(map(str, places))
            notes.append(f"{name} is defined in several code cells ({cells}); the last one counts.")
    if printed > _FLOOD_BYTES:
        notes.append(f"The notebook printed {printed / 2**20:.0f} MiB; it was not kept.")
    return notes
