import csv
import io
from dataclasses import replace

import pytest

from dlcourse.grading.reports.gradebook import gradebook_csv
from dlcourse.grading.results import SubmissionResult


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_row_per_learner_and_a_column_per_exercise(classroom):
    results = classroom(200)
    rows = read(gradebook_csv(results))
    assert [r["learner"] for r in rows] == [r.learner for r in results]
    for row, result in zip(rows, results, strict=True):
        assert float(row["total"]) == result.score
        assert float(row["points"]) == 12
        assert [float(row[e.name]) for e in result.exercises] == [
            e.earned for e in result.exercises
        ]


def test_notes_are_in_the_last_column(every_status):
    (row,) = read(gradebook_csv([every_status]))
    assert row["notes"] == every_status.notes[0]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", " =1", "\t=1", "\n@x", "＝1", "\r-1"])
def test_no_cell_is_a_formula(every_status, name):
    (row,) = read(gradebook_csv([replace(every_status, learner=name, notes=(name,))]))
    for cell in (row["learner"], row["notes"]):
        assert cell.lstrip()[0] not in "=+-@＝"


def test_commas_quotes_and_line_ends_stay_in_their_cell(every_status):
    name = 'Lee, "Ann"\nthe 2nd'
    (row,) = read(gradebook_csv([replace(every_status, learner=name)]))
    assert row["learner"] == name


def test_spreadsheets_are_told_the_encoding_where_it_matters(every_status, checked):
    assert gradebook_csv([every_status]).startswith("\ufeff")
    plain = SubmissionResult("Ann", "c1w2", (checked("sigmoid", "passed"),))
    assert gradebook_csv([plain]).startswith("learner,sigmoid,total,points,notes\n")


def test_an_unreadable_notebook_is_a_row_of_its_own(every_status, unreadable):
    _, row = read(gradebook_csv([every_status, unreadable]))
    assert (row["total"], row["points"], row["sigmoid"]) == ("0", "12", "")
    assert row["notes"] == "x.ipynb is not a notebook."


def test_lessons_of_one_learner_share_a_row(checked):
    first = SubmissionResult("Ann", "w1", (checked("sigmoid", "passed"),))
    second = SubmissionResult("Ann", "w2", (checked("sigmoid", "failed"),))
    again = replace(second, exercises=(checked("sigmoid", "not attempted"),))
    rows = read(gradebook_csv([first, second, again]))
    assert [(r["w1/sigmoid"], r["w2/sigmoid"], r["total"]) for r in rows] == [
        ("1", "0.5", "1.5"),
        ("", "0", "0"),
    ]


def test_an_empty_class():
    assert gradebook_csv([]) == "learner,total,points,notes\n"
