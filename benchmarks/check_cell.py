"""How long a check cell takes beyond the learner's own function, for every exercise of the course.

    python -m benchmarks.check_cell

Each exercise is checked as in a notebook, with its reference in the learner's place. What is
spent inside the reference is taken off; what is left is ours: pytest, the recording, the
comparison and the rendering of the card. The goal is half a second.
"""

import statistics
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from dlcourse.grading import show
from dlcourse.grading.boundary import LocalBoundary, Operation, Outcome
from dlcourse.grading.catalog import Lesson, all_lessons
from dlcourse.grading.engine import check_exercises

__all__ = ["measure"]

ROUNDS = 3
GOAL_SECONDS = 0.5


class _Timed:
    """Performs on `inner` and adds up the time that it takes."""

    def __init__(self, inner: LocalBoundary) -> None:
        self._inner = inner
        self.seconds = 0.0

    def perform(self, operation: Operation) -> Outcome:
        start = time.perf_counter()
        try:
            return self._inner.perform(operation)
        finally:
            self.seconds += time.perf_counter() - start


def measure(lesson: Lesson, name: str, implementation: Any = None) -> float:
    """Median seconds of a check beyond the function's own time."""
    reference = implementation or lesson.exercises[name].reference
    spent = []
    for _ in range(ROUNDS):
        symbols = {n: e.reference for n, e in lesson.exercises.items()}
        boundary = _Timed(LocalBoundary({**symbols, name: reference}))
        start = time.perf_counter()
        (result,) = check_exercises(lesson, boundary, [name])
        show.html(result)
        spent.append(time.perf_counter() - start - boundary.seconds)
    return statistics.median(spent)


def main() -> None:
    """Print the slowest exercises, right and wrong."""
    rows = []
    for lesson in all_lessons():
        for name, exercise in lesson.exercises.items():
            wrong = exercise.mistakes[0].implementation
            rows.append((measure(lesson, name), measure(lesson, name, wrong), lesson.name, name))
    table = Table("lesson", "exercise", "right / s", "first mistake / s")
    for right, wrong, lesson_name, name in sorted(rows, key=lambda r: -max(r[:2]))[:8]:
        table.add_row(lesson_name, name, f"{right:.3f}", f"{wrong:.3f}")
    slowest = max(max(r[:2]) for r in rows)
    console = Console()
    console.print(table)
    verdict = "reached" if slowest <= GOAL_SECONDS else "MISSED"
    console.print(
        f"{len(rows)} exercises; median {statistics.median(r[0] for r in rows):.3f} s, slowest "
        f"{slowest:.3f} s, goal {GOAL_SECONDS} s {verdict}"
    )


if __name__ == "__main__":
    main()
