"""What a class's results add up to: success per exercise, scores, misconceptions."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dlcourse.grading.results import Diagnosis, ExerciseResult, Status, SubmissionResult

__all__ = [
    "STATUSES",
    "ClassSummary",
    "ExerciseSummary",
    "Misconception",
    "points_of_lessons",
    "summarize",
]

STATUSES: tuple[Status, ...] = ("passed", "failed", "crashed", "stopped", "not attempted")
BINS = 10  # of the score distribution


@dataclass(frozen=True)
class ExerciseSummary:
    """How a class did on one exercise.

    Args:
        lesson: The exercise's lesson.
        name: The exercise.
        title: Its title.
        counts: How many submissions ended in each status.
    """

    lesson: str
    name: str
    title: str
    counts: Mapping[Status, int]

    @property
    def total(self) -> int:
        """Submissions in which the exercise was checked."""
        return sum(self.counts.values())

    @property
    def success(self) -> float:
        """Share of the submissions that passed, from 0 to 1."""
        return self.counts["passed"] / self.total


@dataclass(frozen=True)
class Misconception:
    """A diagnosis that was made in at least one submission.

    Args:
        lesson: The lesson.
        exercise: The exercise.
        diagnosis: What it was.
        submissions: Where it was found: positions in the results.
    """

    lesson: str
    exercise: str
    diagnosis: Diagnosis
    submissions: tuple[int, ...]


@dataclass(frozen=True)
class ClassSummary:
    """A class at a glance.

    Args:
        shares: Score of each submission as a share of the points, from 0 to 1.
        exercises: In the order of the lessons.
        misconceptions: The most frequent first; a wrong answer of no one's making last.
        bins: Submissions with a score of 0 to 10 %, 10 to 20 % and so on; 100 % is in the last.
    """

    shares: tuple[float, ...]
    exercises: tuple[ExerciseSummary, ...]
    misconceptions: tuple[Misconception, ...]
    bins: tuple[int, ...]

    @property
    def mean(self) -> float:
        """Mean share of the points."""
        return statistics.fmean(self.shares) if self.shares else 0.0

    @property
    def median(self) -> float:
        """Median share of the points."""
        return statistics.median(self.shares) if self.shares else 0.0

    @property
    def complete(self) -> int:
        """Submissions with every point."""
        return sum(share >= 1 for share in self.shares)


def points_of_lessons(results: Sequence[SubmissionResult]) -> dict[str, float]:
    """Points that each lesson offers.

    A notebook that could not be read has no exercises, and perhaps no lesson; it is measured by
    what the others of its lesson could earn, or by the only lesson that the class handed in.
    """
    points: dict[str, float] = {}
    for result in results:
        points[result.lesson] = max(points.get(result.lesson, 0.0), result.points)
    if len([p for p in points.values() if p > 0]) == 1:
        return dict.fromkeys(points, max(points.values()))
    return points


def summarize(results: Sequence[SubmissionResult]) -> ClassSummary:
    """Add a class's results up.

    Args:
        results: The class; may be empty.

    Returns:
        The class at a glance.
    """
    points = points_of_lessons(results)
    shares = tuple(r.score / points[r.lesson] if points[r.lesson] else 0.0 for r in results)
    # shares such as 0.3 are not exact in binary: 0.3 * 10 may fall just below 3
    bins = Counter(min(int(share * BINS + 1e-9), BINS - 1) for share in shares)
    return ClassSummary(
        shares, _exercises(results), _misconceptions(results), tuple(bins[i] for i in range(BINS))
    )


def _exercises(results: Sequence[SubmissionResult]) -> tuple[ExerciseSummary, ...]:
    found: dict[tuple[str, str], list[ExerciseResult]] = {}
    for result in results:
        for exercise in result.exercises:
            found.setdefault((result.lesson, exercise.name), []).append(exercise)
    return tuple(
        ExerciseSummary(lesson, name, checked[0].title, _counts(checked))
        for (lesson, name), checked in found.items()
    )


def _counts(checked: Sequence[ExerciseResult]) -> dict[Status, int]:
    counts = Counter(exercise.status for exercise in checked)
    return {status: counts[status] for status in STATUSES}


def _misconceptions(results: Sequence[SubmissionResult]) -> tuple[Misconception, ...]:
    found: dict[tuple[str, str, Diagnosis], list[int]] = {}
    for position, result in enumerate(results):
        for exercise in result.exercises:
            if exercise.diagnosis:
                key = (result.lesson, exercise.name, exercise.diagnosis)
                found.setdefault(key, []).append(position)
    misconceptions = [Misconception(*key, tuple(places)) for key, places in found.items()]
    return tuple(sorted(misconceptions, key=lambda m: (m.diagnosis.generic, -len(m.submissions))))
