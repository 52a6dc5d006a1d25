"""Proof that an exercise's tests tell right from wrong.

A grader is only as good as what it rejects. `prove` runs an exercise against its reference, its
blank, each of its mistakes and the generic wrong answers, and lists every verdict that is not
what it must be. The course's own suite runs it for every exercise; instructors can run it for
theirs.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Boundary, Operation, Outcome
from dlcourse.grading.catalog import Lesson
from dlcourse.grading.codec import encode
from dlcourse.grading.data import same, walk
from dlcourse.grading.diagnosis import stand_in
from dlcourse.grading.engine import check_exercises, run_tests
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.generic import GENERIC_ANSWERS, GenericAnswer, SpoilingBoundary
from dlcourse.grading.results import ExerciseResult
from dlcourse.grading.sandbox.remote import operation_fields

__all__ = ["Proof", "prove"]

SEEDS = (0, 20_261)  # the learner's seed and one of a grader
_NUMERIC = np.ndarray | np.number | np.bool_ | int | float | complex


@dataclass
class Proof:
    """What was tried on one exercise.

    Args:
        tried: How many candidates of each kind were run.
        problems: One sentence for each verdict that is wrong; empty for a sound exercise.
    """

    tried: Counter = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def prove(lesson: Lesson, name: str) -> Proof:
    """Try the reference and every kind of wrong answer on one exercise.

    Args:
        lesson: The exercise's lesson.
        name: The exercise.

    Returns:
        The counts and the problems found.
    """
    proof, exercise = Proof(), lesson.exercises[name]
    _prove_reference(proof, lesson, exercise)
    _prove_blank(proof, lesson, exercise)
    for mistake in exercise.mistakes:
        result = _check(lesson, exercise, stand_in(lesson, exercise.name, mistake.implementation))
        proof.tried["mistakes"] += 1
        if result.passed:
            proof.problems.append(f"the mistake {mistake.name} passes every test")
        elif result.diagnosis is None or result.diagnosis.name != mistake.name:
            found = result.diagnosis.name if result.diagnosis else "nothing"
            proof.problems.append(f"the mistake {mistake.name} is diagnosed as {found}")
    for answer in GENERIC_ANSWERS:
        _prove_generic(proof, lesson, exercise, answer)
    return proof


def _prove_reference(proof: Proof, lesson: Lesson, exercise: Exercise) -> None:
    for seed in SEEDS:
        boundary = _Crossing(stand_in(lesson, exercise.name, exercise.reference))
        result = _check(lesson, exercise, boundary, seed)
        proof.tried["references"] += 1
        for test in result.tests:
            if test.status != "passed":
                proof.problems.append(
                    f"the reference fails {test.name} with seed {seed}: {test.message}"
                )


def _prove_blank(proof: Proof, lesson: Lesson, exercise: Exercise) -> None:
    for blank in (_blank, _blank_class(exercise.reference)):
        result = _check(lesson, exercise, stand_in(lesson, exercise.name, blank))
        proof.tried["blanks"] += 1
        if result.status != "not attempted" or result.earned:
            proof.problems.append(
                f"the blank is judged {result.status!r} and earns {result.earned}"
            )


def _blank(*args: Any, **kwargs: Any) -> None:
    raise NotImplementedError


def _blank_class(reference: Any) -> Any:
    """A class whose methods are all blank, where the exercise asks for a class."""
    if not isinstance(reference, type):
        return _blank
    methods = {n for n, m in vars(reference).items() if callable(m) and not isinstance(m, type)}
    # on the same base: what the learner inherits, such as a Keras layer, is not blank
    return type(reference.__name__, reference.__bases__, dict.fromkeys(methods, _blank))


def _prove_generic(proof: Proof, lesson: Lesson, exercise: Exercise, answer: GenericAnswer) -> None:
    boundary = _Differing(
        SpoilingBoundary(stand_in(lesson, exercise.name, exercise.reference), answer),
        stand_in(lesson, exercise.name, exercise.reference),
    )
    found = run_tests(lesson, exercise, boundary)
    spoils_numbers = answer.name not in ("returns_none", "returns_empty", "returns_its_input")
    if not boundary.differs and spoils_numbers and not boundary.saw_numbers:
        return  # nothing to spoil: an exercise about text or objects
    if not boundary.differs and (answer.name in exercise.may_be or not answer.shows_no_work):
        return
    proof.tried["generic wrong answers"] += 1
    if not boundary.differs:
        proof.problems.append(
            f"on the inputs of the tests the generic answer {answer.name} is right: vary them, "
            "or declare may_be"
        )
    elif all(t.status == "passed" for t in found) and answer.name not in exercise.may_be:
        proof.problems.append(f"the generic wrong answer {answer.name} passes every test")


class _Crossing:
    """Performs on one boundary what could also be performed in the sandbox.

    An argument that cannot cross the border would pass every check here and fail in every grade.
    """

    def __init__(self, inner: Boundary) -> None:
        self._inner = inner

    def perform(self, operation: Operation) -> Outcome:
        encode(operation_fields(operation))
        return self._inner.perform(operation)


class _Differing:
    """Performs on one boundary and notes whether another would have answered differently."""

    def __init__(self, inner: Boundary, right: Boundary) -> None:
        self._inner, self._right = inner, right
        self.differs = False
        self.saw_numbers = False

    def perform(self, operation: Operation) -> Outcome:
        if self.differs:
            return self._inner.perform(operation)
        right = self._right.perform(operation)
        outcome = self._inner.perform(operation)
        self.differs = not same(right.value, outcome.value)
        self.saw_numbers |= any(isinstance(v, _NUMERIC) for v in walk(right.value))
        return outcome


def _check(
    lesson: Lesson, exercise: Exercise, boundary: Boundary, seed: int = SEEDS[0]
) -> ExerciseResult:
    return check_exercises(lesson, boundary, [exercise.name], seed)[0]
