"""The page that a learner gets: what was right, what was not, and what explains it."""

from dataclasses import replace

from markupsafe import Markup

from dlcourse.grading.reports.pages import render
from dlcourse.grading.reports.printable import printable
from dlcourse.grading.results import ExerciseResult, SubmissionResult, TestResult
from dlcourse.grading.show import STYLE, html

__all__ = ["learner_page"]


def learner_page(result: SubmissionResult) -> str:
    """One submission as a page of its own.

    Args:
        result: The submission.

    Returns:
        HTML that needs no other file; everything of the learner's in it is escaped.
    """
    # the cards escape what they show and are HTML themselves
    cards = [Markup(html(_shown(exercise))) for exercise in result.exercises]
    return render(
        "learner.html",
        result=result,
        cards=cards,
        card_style=Markup(STYLE),
        share=result.score / result.points if result.points else 0.0,
    )


def _shown(exercise: ExerciseResult) -> ExerciseResult:
    tests = tuple(_shown_test(test) for test in exercise.tests)
    return replace(exercise, tests=tests, note=printable(exercise.note))


def _shown_test(test: TestResult) -> TestResult:
    return replace(test, message=printable(test.message), traceback=printable(test.traceback))
