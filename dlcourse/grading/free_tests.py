"""Tests that pass without any work: they earn nothing by themselves.

A test such as "the shape is right" or "all entries are positive" helps a learner, but an answer
of random numbers passes it too. Whoever passes only such tests has shown nothing yet; with any
other test passed they count.
"""

from collections.abc import Callable

from dlcourse.grading.boundary import Boundary
from dlcourse.grading.catalog import Lesson
from dlcourse.grading.diagnosis import stand_in
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.generic import GENERIC_ANSWERS, SpoilingBoundary
from dlcourse.grading.results import TestResult

__all__ = ["free_tests"]

RunTests = Callable[[Lesson, Exercise, Boundary], tuple[TestResult, ...]]

_known: dict[type, frozenset[str]] = {}


def free_tests(lesson: Lesson, exercise: Exercise, run_tests: RunTests) -> frozenset[str]:
    """Names of the tests that some answer passes which shows no work.

    Args:
        lesson: The exercise's lesson.
        exercise: Whose tests.
        run_tests: Runs them against a boundary; what it finds is kept for the next learner.

    Returns:
        The names; an answer that passes every test is no evidence (there was nothing to spoil).
    """
    if exercise.test_class not in _known:
        free: set[str] = set()
        for answer in GENERIC_ANSWERS:
            if not answer.shows_no_work or answer.name in exercise.may_be:
                continue
            right = stand_in(lesson, exercise.name, exercise.reference)
            tests = run_tests(lesson, exercise, SpoilingBoundary(right, answer))
            passed = {t.name for t in tests if t.status == "passed"}
            free |= passed if len(passed) < len(tests) else set()
        _known[exercise.test_class] = frozenset(free)
    return _known[exercise.test_class]
