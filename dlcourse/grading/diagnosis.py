"""Which misconception explains the learner's outputs: replay the calls through the mistakes."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Boundary, LocalBoundary
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.generic import GENERIC_ANSWERS, SpoilingBoundary
from dlcourse.grading.recording import Event, reproduces
from dlcourse.grading.results import Diagnosis

__all__ = ["diagnose"]


def diagnose(exercise: Exercise, events: Sequence[Event]) -> Diagnosis | None:
    """The first mistake (of the exercise, then of any exercise) that gives the same outcomes.

    Args:
        exercise: What was checked.
        events: Every use the tests made of the learner's work, with what it gave.

    Returns:
        The diagnosis, or None where no known mistake reproduces the outcomes.
    """
    if not events:
        return None
    with np.errstate(all="ignore"):
        for diagnosis, boundary in _suspects(exercise):
            if reproduces(events, boundary):
                return diagnosis
    return None


def _suspects(exercise: Exercise) -> Iterator[tuple[Diagnosis, Boundary]]:
    for mistake in exercise.mistakes:
        yield Diagnosis(mistake.name, mistake.hint), _alone(exercise, mistake.implementation)
    for answer in GENERIC_ANSWERS:
        yield (
            Diagnosis(answer.name, answer.hint, generic=answer.shows_no_work),
            SpoilingBoundary(_alone(exercise, exercise.reference), answer),
        )


def _alone(exercise: Exercise, implementation: Any) -> LocalBoundary:
    return LocalBoundary({exercise.name: implementation})
