"""The reports in a terminal: tables for one submission and for a class."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dlcourse.grading.cards import MARKS
from dlcourse.grading.reports.printable import amount, printable, shortened
from dlcourse.grading.reports.summary import ClassSummary, points_of_lessons, summarize
from dlcourse.grading.results import ExerciseResult, Status, SubmissionResult

__all__ = ["class_table", "print_class", "print_submission", "submission_table"]

STYLES: dict[Status, str] = {
    "passed": "green",
    "failed": "red",
    "crashed": "red",
    "stopped": "magenta",
    "not attempted": "dim",
}
MISCONCEPTIONS = 5  # the most frequent ones; the class page has them all


def print_submission(result: SubmissionResult, console: Console | None = None) -> None:
    """Print one submission: a table, what explains each wrong answer, and the notes.

    Args:
        result: The submission.
        console: Where to; standard output unless given.
    """
    console = console or Console()
    console.print(submission_table(result))
    for line in _notes(result):
        console.print(line)


def print_class(results: Sequence[SubmissionResult], console: Console | None = None) -> None:
    """Print a class: a line per submission, the notes, success per exercise, misconceptions.

    Args:
        results: The class.
        console: Where to; standard output unless given.
    """
    console = console or Console()
    summary = summarize(results)
    console.print(class_table(results, summary))
    for result in results:
        for line in _notes(result, f"{shortened(result.learner, 40)}: "):
            console.print(line)
    if summary.exercises:
        console.print(_exercise_table(summary))
    if summary.misconceptions:
        console.print(_misconception_table(summary))


def submission_table(result: SubmissionResult) -> Table:
    """The exercises of a submission, with what to do about each that did not pass."""
    table = _table(f"{shortened(result.learner)} · {shortened(result.lesson)}", show_footer=True)
    table.add_column("")
    table.add_column("exercise", "total", no_wrap=True)
    table.add_column("points", _score(result.score, result.points), justify="right", no_wrap=True)
    table.add_column("what was found", ratio=1)
    for exercise in result.exercises:
        style = STYLES[exercise.status]
        table.add_row(
            Text(MARKS[exercise.status], style),
            Text(shortened(exercise.name), style),
            _score(exercise.earned, exercise.points),
            Text(_finding(exercise)),
        )
    return table


def class_table(results: Sequence[SubmissionResult], summary: ClassSummary) -> Table:
    """The submissions of a class: score, how each exercise ended."""
    points = points_of_lessons(results)
    size = len(results)
    table = _table(f"{size} submission{'' if size == 1 else 's'}", show_footer=True)
    table.add_column("learner", "mean", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("", f"{summary.mean:.0%}", justify="right")
    table.add_column("exercises", no_wrap=True)
    for result, share in zip(results, summary.shares, strict=True):
        marks = Text("").join(Text(MARKS[e.status], STYLES[e.status]) for e in result.exercises)
        table.add_row(
            Text(shortened(result.learner, 40)),
            _score(result.score, points[result.lesson]),
            f"{share:.0%}",
            marks,
        )
    return table


def _exercise_table(summary: ClassSummary) -> Table:
    table = _table("success per exercise")
    for title in ("exercise", "passed", ""):
        table.add_column(title, no_wrap=True, justify="left" if title == "exercise" else "right")
    for exercise in summary.exercises:
        passed = f"{exercise.counts['passed']} of {exercise.total}"
        table.add_row(Text(shortened(exercise.name)), passed, f"{exercise.success:.0%}")
    return table


def _misconception_table(summary: ClassSummary) -> Table:
    table = _table("most frequent misconceptions")
    table.add_column("", justify="right")
    table.add_column("exercise", no_wrap=True)
    table.add_column("hint that was given", ratio=1)
    for found in summary.misconceptions[:MISCONCEPTIONS]:
        times = f"{len(found.submissions)} ×"
        table.add_row(times, Text(shortened(found.exercise)), Text(found.diagnosis.hint))
    return table


def _table(title: str, show_footer: bool = False) -> Table:
    return Table(
        title=Text(title, "bold"),
        title_justify="left",
        show_footer=show_footer,
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="dim",
        footer_style="bold",
    )


def _score(earned: float, points: float) -> str:
    return f"{amount(earned)} of {amount(points)}"


def _finding(exercise: ExerciseResult) -> str:
    """The one most useful sentence about an exercise."""
    if exercise.diagnosis:
        return exercise.diagnosis.hint
    if exercise.note:
        return shortened(exercise.note, 200)
    problem = exercise.first_problem
    if problem is None or exercise.status == "not attempted":
        return exercise.status
    return shortened(f"{problem.title} {problem.message}", 200)


def _notes(result: SubmissionResult, whose: str = "") -> Iterator[Text]:
    for note in result.notes:
        yield Text(f"{whose}{printable(note, limit=500)}", "yellow")
