"""The instructor's page: where a class stands and what it got wrong."""

from collections.abc import Sequence
from urllib.parse import quote

from dlcourse.grading.reports.pages import render
from dlcourse.grading.reports.summary import STATUSES, points_of_lessons, summarize
from dlcourse.grading.results import SubmissionResult

__all__ = ["class_page"]


def class_page(results: Sequence[SubmissionResult], links: Sequence[str]) -> str:
    """A class as one page.

    Args:
        results: The class.
        links: For each result the address of its learner's page, as a path from this page.

    Returns:
        HTML that needs no other file; everything of the learners' in it is escaped.
    """
    summary = summarize(results)
    return render(
        "class.html",
        results=results,
        links=[quote(link) for link in links],
        summary=summary,
        statuses=STATUSES,
        lessons=list(dict.fromkeys(r.lesson for r in results if r.lesson)),
        points=points_of_lessons(results),
        noted=[(i, r) for i, r in enumerate(results) if r.notes],
        unread=sum(not r.exercises for r in results),
        seeds=sorted({r.seed for r in results}),
        tallest=max(summary.bins, default=0),
    )
