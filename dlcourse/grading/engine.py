"""Runs the tests of exercises against a learner's work and says what was found.

The one engine behind the check cell, the command line, the pytest plugin and a whole class:
they differ only in the boundary that the learner's work is behind.
"""

import contextlib
import zlib
from collections.abc import Callable, Collection, Generator, Sequence
from typing import Any

import numpy as np
import pytest

from dlcourse.grading.boundary import Boundary, BoundaryError, Failure, LocalBoundary
from dlcourse.grading.bounds import TooMuch, bounded_time
from dlcourse.grading.catalog import Lesson
from dlcourse.grading.diagnosis import diagnose
from dlcourse.grading.exercise import Exercise
from dlcourse.grading.free_tests import free_tests
from dlcourse.grading.proxy import failure_of, symbol_proxy
from dlcourse.grading.pytest_run import run_pytest
from dlcourse.grading.recording import Permissions, RecordingBoundary
from dlcourse.grading.results import ExerciseResult, Status, TestResult

__all__ = ["check_exercises", "run_tests"]

MAX_TEXT = 4000  # characters of a message or traceback


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
    run = _Run(lesson, chosen, boundary, seed, on_result)
    run.go()
    return run.results()


def run_tests(lesson: Lesson, exercise: Exercise, boundary: Boundary) -> tuple[TestResult, ...]:
    """The bare findings of an exercise's tests, without looking for a reason.

    Args:
        lesson: The exercise's lesson.
        exercise: Whose tests.
        boundary: Where the symbols are.

    Returns:
        One result per test, in their order.
    """
    run = _BareRun(lesson, [exercise], boundary, 0, lambda result: None)
    run.go()
    return run.found


class _Run:
    """A pytest plugin: some exercises of a lesson against one boundary."""

    def __init__(
        self,
        lesson: Lesson,
        exercises: Sequence[Exercise],
        boundary: Boundary,
        seed: int,
        on_result: Callable[[ExerciseResult], None],
    ) -> None:
        self._lesson = lesson
        self._exercises = {e.test_class: e for e in exercises}
        self._boundary = boundary
        self._seed = seed
        self._on_result = on_result
        self._bounded = not isinstance(boundary, LocalBoundary)
        self._tests: dict[str, TestResult] = {}
        self._recordings: list[RecordingBoundary] = []
        self._results: list[ExerciseResult] = []
        self._problems: list[str] = []
        self.broken: BoundaryError | None = None

    def go(self) -> None:
        """Let pytest run the tests."""
        classes = [f"{self._lesson.path}::{test_class.__name__}" for test_class in self._exercises]
        with np.errstate(all="ignore"):  # a learner's division by zero is judged by its result
            code = run_pytest(classes, [self])
        if code == pytest.ExitCode.INTERRUPTED and self.broken is None:
            raise KeyboardInterrupt  # pytest has caught it; whoever called us wants to know

    def pytest_configure(self, config: Any) -> None:
        """Make every symbol of the lesson a fixture, and no traceback of pytest's own."""
        # nobody reads them (see `_test_result`), and most of the time would be spent on them
        config.option.tbstyle = "no"
        fixtures = {f"symbol_{e.name}": self._symbol_fixture(e)
                    for e in self._lesson.exercises.values()}  # fmt: skip
        config.pluginmanager.register(type("Symbols", (), fixtures)(), "dlcourse-symbols")

    def pytest_pycollect_makeitem(self, collector: Any, name: str, obj: Any) -> Any:
        """Collect the chosen exercises, whatever they are called."""
        if not isinstance(obj, type):
            return None
        return pytest.Class.from_parent(collector, name=name) if obj in self._exercises else []

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random inputs: the same for the same seed and test, whatever else was run."""
        return np.random.default_rng([self._seed, zlib.crc32(request.node.name.encode())])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: Any) -> Generator[None, Any, Any]:
        """Bound what a test may compute with a learner's result, where that learner is not here."""
        with bounded_time() if self._bounded else contextlib.nullcontext():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Generator[None, Any, Any]:
        """Keep what each test found."""
        report = yield
        known = self._tests.get(item.name)
        if known is None or (known.status == "passed" and call.excinfo is not None):
            error = call.excinfo.value if call.excinfo else None
            if isinstance(error, BoundaryError):
                self.broken = error
                item.session.shouldstop = "the boundary has failed"
            title = self._exercises[item.cls].tests[item.originalname]
            self._tests[item.name] = _test_result(item.name, title, error)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any, nextitem: Any) -> Generator[None, Any, Any]:
        """Judge an exercise when its last test has run."""
        outcome = yield
        if (nextitem is None or nextitem.cls is not item.cls) and self.broken is None:
            self._results.append(self._judge(self._exercises[item.cls]))
            self._tests, self._recordings = {}, []
            self._on_result(self._results[-1])
        return outcome

    def pytest_collectreport(self, report: Any) -> None:
        """Remember why something could not be collected."""
        if report.failed:
            self._problems.append(str(report.longrepr))

    def results(self) -> tuple[ExerciseResult, ...]:
        """The verdicts, once pytest has run."""
        if self.broken is not None:
            raise self.broken
        if len(self._results) < len(self._exercises):
            raise RuntimeError(f"the tests of {self._lesson.name} do not run: {self._problems}")
        return tuple(self._results)

    def _judge(self, exercise: Exercise) -> ExerciseResult:
        tests = tuple(self._tests.values())
        status = _overall(tests)
        diagnosis = None
        if status in ("failed", "crashed") and all(r.complete for r in self._recordings):
            events = [event for recording in self._recordings for event in recording.events]
            try:
                with bounded_time() if self._bounded else contextlib.nullcontext():
                    diagnosis = diagnose(self._lesson, exercise, events)
            except TooMuch:
                diagnosis = None  # the verdict stands without it
        earned = 0.0
        if status != "not attempted" and not (diagnosis and diagnosis.generic):
            earned = _credit(self._lesson, exercise, tests)
        return ExerciseResult(
            exercise.name, exercise.title, exercise.points, earned, status, tests, diagnosis
        )

    def _symbol_fixture(self, exercise: Exercise) -> Any:
        """A fixture that gives the learner's symbol, recorded."""
        permissions = Permissions(
            exercise.changes_arguments, exercise.returns_objects, exercise.parameters
        )

        def symbol(plugin: Any) -> Any:
            self._recordings.append(RecordingBoundary(self._boundary, permissions))
            return symbol_proxy(self._recordings[-1], exercise.name)

        return pytest.fixture(name=exercise.name)(symbol)


def _test_result(name: str, title: str, error: BaseException | None) -> TestResult:
    if error is None:
        return TestResult(name, title, "passed")
    failure = failure_of(error)
    if failure is not None:
        message = failure.message
        if failure.kind == "raised":
            message = f"{failure.type_name}: {message}".rstrip(": ")
        status, traceback = _failure_status(failure), _cut(failure.traceback)
        return TestResult(name, title, status, _cut(message), traceback)
    if isinstance(error, AssertionError | pytest.fail.Exception):
        return TestResult(name, title, "failed", _cut(str(error).strip()))
    message = f"the test could not use the result ({type(error).__name__}: {error})"
    return TestResult(name, title, "failed", _cut(message))


def _cut(text: str) -> str:
    """A text of a learner's, without its middle where it is long."""
    if len(text) <= MAX_TEXT:
        return text
    return f"{text[: MAX_TEXT // 2]}\n[…]\n{text[-MAX_TEXT // 2 :]}"


def _failure_status(failure: Failure) -> Status:
    if failure.kind == "undefined" or failure.type_name == "NotImplementedError":
        return "not attempted"
    return "stopped" if failure.kind == "stopped" else "crashed"


def _overall(tests: tuple[TestResult, ...]) -> Status:
    found = {t.status for t in tests}
    if found == {"not attempted"}:
        return "not attempted"
    worst_first: tuple[Status, ...] = ("stopped", "crashed", "failed")
    for status in worst_first:
        if status in found:
            return status
    return "failed" if "not attempted" in found else "passed"  # written in part: a branch is blank


def _credit(lesson: Lesson, exercise: Exercise, tests: tuple[TestResult, ...]) -> float:
    """Points for the tests that pass; none where each of them also passes without any work."""
    passed = {t.name for t in tests if t.status == "passed"}
    if len(passed) < len(tests) and passed <= free_tests(lesson, exercise, run_tests):
        return 0.0
    return round(exercise.points * len(passed) / len(tests), 2)


class _BareRun(_Run):
    """The same plugin without a verdict."""

    found: tuple[TestResult, ...] = ()

    def _judge(self, exercise: Exercise) -> ExerciseResult:
        self.found = tuple(self._tests.values())
        return ExerciseResult(exercise.name, exercise.title, exercise.points, 0.0, "failed")
