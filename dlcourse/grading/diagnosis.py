"""Which misconception explains the learner's outputs: replay the calls through the mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Boundary, LocalBoundary
from dlcourse.grading.catalog import Lesson
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.generic import GENERIC_ANSWERS, SpoilingBoundary
from dlcourse.grading.recording import Event, reproduces
from dlcourse.grading.results import Diagnosis

__all__ = ["diagnose", "stand_in"]


def diagnose(lesson: Lesson, exercise: Exercise, events: Sequence[Event]) -> Diagnosis | None:
    """The first mistake (of the exercise, then of any exercise) that gives the same outcomes.

    Args:
        lesson: Whose other exercises stand in where the tests use them too.
        exercise: What was checked.
        events: Every use the tests made of the learner's work, with what it gave.

    Returns:
        The diagnosis, or None where no known mistake reproduces the outcomes.
    """
    if not events:
        return None
    with np.errstate(all="ignore"):
        for diagnosis, boundary in _suspects(lesson, exercise):
            if reproduces(events, boundary):
                return diagnosis
    return None


def _suspects(lesson: Lesson, exercise: Exercise) -> Iterator[tuple[Diagnosis, Boundary]]:
    for mistake in exercise.mistakes:
        boundary = stand_in(lesson, exercise.name, mistake.implementation)
        yield Diagnosis(mistake.name, mistake.hint), boundary
    for answer in GENERIC_ANSWERS:
        yield (
            Diagnosis(answer.name, answer.hint, generic=answer.shows_no_work),
            SpoilingBoundary(stand_in(lesson, exercise.name, exercise.reference), answer),
        )


def stand_in(lesson: Lesson, name: str, implementation: Any) -> LocalBoundary:
    """The lesson's references, with one symbol replaced by another implementation."""
    return LocalBoundary(_References(lesson, name, implementation))


class _References(Mapping):
    """Looks a reference up only when it is asked for: importing one may be slow."""

    def __init__(self, lesson: Lesson, name: str, implementation: Any) -> None:
        self._lesson, self._name, self._implementation = lesson, name, implementation

    def __getitem__(self, name: str) -> Any:
        if name == self._name:
            return self._implementation
        return self._lesson.exercises[name].reference

    def __iter__(self) -> Iterator[str]:
        return iter(self._lesson.exercises)

    def __len__(self) -> int:
        return len(self._lesson.exercises)
