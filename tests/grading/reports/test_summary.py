from dataclasses import replace

import pytest

from dlcourse.grading.reports.summary import points_of_lessons, summarize
from dlcourse.grading.results import Diagnosis, SubmissionResult


@pytest.fixture
def trio(checked):
    """Three submissions of which the last could not be read."""
    slip = Diagnosis("slip", "A slip.")
    blank = Diagnosis("none", "Nothing comes back.", generic=True)
    return [
        SubmissionResult(
            "a", "w", (checked("sigmoid", "passed"), checked("predict", "failed", slip))
        ),
        SubmissionResult(
            "b", "w", (checked("sigmoid", "failed", blank), checked("predict", "failed", slip))
        ),
        SubmissionResult("c", "", (), ("could not be read",)),
    ]


def test_success_counts_only_what_was_checked(trio):
    sigmoid, predict = summarize(trio).exercises
    assert (sigmoid.success, sigmoid.total) == (0.5, 2)
    assert (predict.success, predict.counts["failed"]) == (0.0, 2)


def test_scores(trio):
    summary = summarize(trio)
    assert summary.shares == pytest.approx((2 / 3, 0.5, 0.0))
    assert summary.bins == (1, 0, 0, 0, 0, 1, 1, 0, 0, 0)
    assert summary.mean == pytest.approx(7 / 18)
    assert summary.median == 0.5
    assert summary.complete == 0


def test_the_most_frequent_misconception_comes_first_and_generic_ones_last(trio, checked):
    rare = checked("predict", "failed", Diagnosis("rare", "A rarity."))
    results = [SubmissionResult("r", "w", (trio[1].exercises[0], rare)), *trio]
    found = [(m.diagnosis.name, m.submissions) for m in summarize(results).misconceptions]
    assert found == [("slip", (1, 2)), ("rare", (0,)), ("none", (0, 2))]


def test_full_points_are_in_the_last_bin(checked):
    summary = summarize([SubmissionResult("a", "w", (checked("sigmoid", "passed"),))])
    assert summary.bins[-1] == summary.complete == 1


def test_every_submission_is_in_one_bin(classroom):
    assert sum(summarize(classroom(200)).bins) == 200


def test_tenths_fall_into_the_bin_that_they_begin(checked):
    for points in range(1, 40):  # 2.1 of 3 and its like are not exact in binary
        for tenths in range(10):
            earned = round(points * tenths / 10, 2)
            exercise = replace(checked("sigmoid", "failed"), points=float(points), earned=earned)
            summary = summarize([SubmissionResult("a", "w", (exercise,))])
            assert summary.bins.index(1) == tenths


def test_an_unread_notebook_is_measured_by_the_only_lesson(trio):
    assert points_of_lessons(trio) == {"w": 3.0, "": 3.0}


def test_an_unread_notebook_of_a_known_lesson_is_measured_by_the_others(trio, checked):
    other = SubmissionResult("d", "v", (checked("model", "passed"),))
    unread = replace(trio[2], lesson="w")
    expected = {"w": 3.0, "v": 2.0}
    assert points_of_lessons([*trio[:2], other, unread]) == expected
    assert points_of_lessons([unread, other, *trio[:2]]) == expected


def test_an_empty_class():
    summary = summarize([])
    assert (summary.mean, summary.median, summary.complete) == (0, 0, 0)
