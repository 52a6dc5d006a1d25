"""Finds the lesson and the exercises that a command names, or says which there are."""

import difflib
from collections.abc import Collection
from pathlib import Path

from dlcourse.cli.errors import Refusal
from dlcourse.grading.catalog import Lesson, LessonError, find_lesson
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.quiz import QUIZ_NAME
from dlcourse.grading.submission import read_submission

__all__ = [
    "checkable",
    "exercise_of",
    "hint_command",
    "lesson_of_notebook",
    "points_of",
    "refuse_unknown",
]


def lesson_of_notebook(notebook: Path, folder: Path | None) -> Lesson:
    """The lesson that a notebook file belongs to."""
    try:
        return find_lesson(read_submission(notebook).lesson_name, folder)
    except LessonError as error:
        advice = "" if folder else " (is it a lesson of your own? name its folder: --exercises DIR)"
        raise Refusal(f"{notebook.name}: {error}{advice}") from error


def exercise_of(lesson_name: str, name: str, folder: Path | None) -> tuple[Lesson, Exercise]:
    """A lesson and one of its exercises."""
    lesson = find_lesson(lesson_name, folder)
    refuse_unknown([name], lesson, list(lesson.exercises))
    return lesson, lesson.exercises[name]


def checkable(lesson: Lesson) -> list[str]:
    """Everything of a lesson that can be checked: its exercises, and its quiz."""
    return [*lesson.exercises, *([QUIZ_NAME] if lesson.quiz else [])]


def hint_command(lesson: Lesson, name: str, folder: Path | None) -> str:
    """What to type for a hint; empty for the quiz, which has none."""
    if name not in lesson.exercises:
        return ""
    own = f' --exercises "{folder}"' if folder else ""
    return f"dlcourse hint {lesson.notebook.partition('_')[0]} {name}{own}"


def points_of(lesson: Lesson) -> float:
    """What can be earned in a lesson, its quiz included."""
    return sum(e.points for e in lesson.exercises.values()) + len(lesson.quiz)


def refuse_unknown(names: Collection[str], lesson: Lesson, known: list[str]) -> None:
    """Refuse names that are not known, naming those that are."""
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            meant = f" (did you mean {close[0]}?)" if close else ""
            raise Refusal(
                f"{lesson.name} has no exercise {name!r}{meant}; it has {', '.join(known)}"
            )
