"""Runs the tests of exercises against a learner's work and says what was found.

The one engine behind the check cell, the command line, the pytest plugin and a whole class:
they differ only in the boundary that the learner's work is behind.
"""

import zlib
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
import pytest

from dlcourse.grading.boundary import Boundary, BoundaryError, Failure
from dlcourse.grading.catalog import Lesson
from dlcourse.grading.diagnosis import diagnose
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.proxy import failure_of, symbol_proxy
from dlcourse.grading.pytest_run import run_pytest
from dlcourse.grading.recording import Event, RecordingBoundary
from dlcourse.grading.results import Diagnosis, ExerciseResult, Status, TestResult

__all__ = ["check_exercises"]


def check_exercises(
    lesson: Lesson,
    boundary: Boundary,
    names: Collection[str] | None = None,
    seed: int = 0,
    on_result: Callable[[ExerciseResult], None] = lambda result: None,
) -> tuple[ExerciseResult, ...]:
    """Check a learner's work.

    Args:
        lesson: Whose exercises.
        boundary: Where the learner's symbols are.
        names: Which exercises; all of the lesson unless given.
        seed: What random inputs are drawn from.
        on_result: Called with each result as soon as it is there.

    Returns:
        One result per exercise, in the lesson's order.
    """
    chosen = [e for name, e in lesson.exercises.items() if names is None or name in names]
    results = []
    for exercise in chosen:
        run = _Run(lesson, exercise, boundary, seed)
        with np.errstate(all="ignore"):  # a learner's division by zero is judged by its result
            run_pytest([f"{lesson.path}::{exercise.test_class.__name__}"], [run])
        results.append(run.result())
        on_result(results[-1])
    return tuple(results)


class _Run:
    """A pytest plugin: one exercise against one boundary."""

    def __init__(self, lesson: Lesson, exercise: Exercise, boundary: Boundary, seed: int) -> None:
        self._exercise = exercise
        self._boundary = boundary
        self._seed = seed
        self._tests: dict[str, TestResult] = {}
        self._recordings: list[RecordingBoundary] = []
        self._problems: list[str] = []
        self._broken: BoundaryError | None = None
        self._fixtures = [_symbol_fixture(name, self._new_boundary) for name in lesson.exercises]

    def pytest_configure(self, config: Any) -> None:
        for index, fixture in enumerate(self._fixtures):
            config.pluginmanager.register(fixture, f"dlcourse-symbol-{index}")

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: Any) -> Any:
        if isinstance(obj, type):
            return (
                pytest.Class.from_parent(collector, name=name)
                if obj is self._exercise.test_class
                else []
            )
        return None

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random inputs: the same for the same seed and test, whatever else was run."""
        return np.random.default_rng([self._seed, zlib.crc32(request.node.name.encode())])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        report = yield
        known = self._tests.get(item.name)
        if known is None or (known.status == "passed" and call.excinfo is not None):
            error = call.excinfo.value if call.excinfo else None
            if isinstance(error, BoundaryError):
                self._broken = error
            title = self._exercise.tests[item.originalname]
            self._tests[item.name] = _test_result(item.name, title, error)
        return report

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._problems.append(str(report.longrepr))

    def result(self) -> ExerciseResult:
        """The verdict, once pytest has run."""
        if self._broken is not None:
            raise self._broken
        if self._problems or not self._tests:
            raise RuntimeError(
                f"the tests of {self._exercise.name} could not be run: {self._problems}"
            )
        tests = tuple(self._tests.values())
        status = _overall(tests)
        diagnosis = None
        if status in ("failed", "crashed"):
            diagnosis = diagnose(self._exercise, self._events())
        return ExerciseResult(
            self._exercise.name,
            self._exercise.title,
            self._exercise.points,
            _earned(self._exercise.points, tests, status, diagnosis),
            status,
            tests,
            diagnosis,
        )

    def _new_boundary(self) -> Boundary:
        self._recordings.append(RecordingBoundary(self._boundary, self._seed))
        return self._recordings[-1]

    def _events(self) -> list[Event]:
        return [event for recording in self._recordings for event in recording.events]


def _symbol_fixture(name: str, new_boundary: Callable[[], Boundary]) -> Any:
    """A plugin whose only fixture is the learner's symbol of that name."""

    def symbol(self: Any) -> Any:
        return symbol_proxy(new_boundary(), name)

    fixture = pytest.fixture(name=name)(symbol)
    return type("SymbolFixture", (), {"symbol": fixture})()


def _test_result(name: str, title: str, error: BaseException | None) -> TestResult:
    if error is None:
        return TestResult(name, title, "passed")
    failure = failure_of(error)
    if failure is not None:
        message = failure.message
        if failure.kind == "raised":
            message = f"{failure.type_name}: {message}".rstrip(": ")
        return TestResult(name, title, _failure_status(failure), message, failure.traceback)
    if isinstance(error, AssertionError | pytest.fail.Exception):
        return TestResult(name, title, "failed", str(error).strip())
    message = f"the test could not use the result ({type(error).__name__}: {error})"
    return TestResult(name, title, "failed", message)


def _failure_status(failure: Failure) -> Status:
    if failure.kind == "undefined" or failure.type_name == "NotImplementedError":
        return "not attempted"
    return "stopped" if failure.kind == "stopped" else "crashed"


def _overall(tests: tuple[TestResult, ...]) -> Status:
    found = {t.status for t in tests}
    worst_first: tuple[Status, ...] = ("stopped", "crashed", "failed", "not attempted", "passed")
    if found == {"passed"} or "not attempted" not in found:
        return next(s for s in worst_first if s in found)
    # a blank may give wrong results elsewhere too; what counts is that it is still a blank
    return "not attempted"


def _earned(
    points: float, tests: tuple[TestResult, ...], status: Status, diagnosis: Diagnosis | None
) -> float:
    if status == "not attempted" or (diagnosis is not None and diagnosis.generic):
        return 0.0
    passed = sum(t.status == "passed" for t in tests)
    return round(points * passed / len(tests), 2)
