"""The gradebook: a CSV file that spreadsheets and learning platforms read."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dlcourse.grading.reports.printable import amount, printable
from dlcourse.grading.reports.summary import points_of_lessons
from dlcourse.grading.results import SubmissionResult

__all__ = ["gradebook_csv"]

_FORMULA_SIGNS = "=+-@＝＋－＠"  # noqa: RUF001 (spreadsheets take the wide signs too)


@dataclass
class _Row:
    learner: str
    results: dict[str, SubmissionResult] = field(default_factory=dict)


def gradebook_csv(results: Sequence[SubmissionResult]) -> str:
    """One row per learner, with a column per exercise, the total and the notes.

    Where a class hands in several lessons, a learner's are in one row; a second notebook of the
    same lesson gets a row of its own, because only a person can say which of them counts.

    Args:
        results: The class.

    Returns:
        The text of the file. It begins with a byte-order mark where a spreadsheet would
        otherwise misread names.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(_table(results))
    table = text.getvalue()
    return table if table.isascii() else f"\ufeff{table}"


def _table(results: Sequence[SubmissionResult]) -> Iterator[list[object]]:
    points = points_of_lessons(results)
    columns = list(dict.fromkeys((r.lesson, e.name) for r in results for e in r.exercises))
    lessons = {lesson for lesson, _ in columns}
    titles = [name if len(lessons) == 1 else f"{lesson}/{name}" for lesson, name in columns]
    yield ["learner", *map(_cell, titles), "total", "points", "notes"]
    for row in _rows(results):
        found = row.results.values()
        earned = {(r.lesson, e.name): amount(e.earned) for r in found for e in r.exercises}
        yield [
            _cell(row.learner),
            *(earned.get(column, "") for column in columns),
            amount(sum(r.score for r in found)),
            amount(sum(points[r.lesson] for r in found)),
            _cell(" ".join(note for r in found for note in r.notes)),
        ]


def _rows(results: Sequence[SubmissionResult]) -> list[_Row]:
    rows: list[_Row] = []
    for result in results:
        fitting = (
            r for r in rows if r.learner == result.learner and result.lesson not in r.results
        )
        row = next(fitting, None)
        if row is None:
            row = _Row(result.learner)
            rows.append(row)
        row.results[result.lesson] = result
    return rows


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = printable(text)
    return f"'{text}" if text.lstrip()[:1] in tuple(_FORMULA_SIGNS) else text
