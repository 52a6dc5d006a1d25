"""Writes every report on a class into a folder."""

from collections.abc import Sequence
from pathlib import Path

from dlcourse.grading.atomic import write_text_atomically
from dlcourse.grading.reports.class_page import class_page
from dlcourse.grading.reports.file_names import safe_names
from dlcourse.grading.reports.gradebook import gradebook_csv
from dlcourse.grading.reports.gradescope import gradescope_json
from dlcourse.grading.reports.learner_page import learner_page
from dlcourse.grading.results import SubmissionResult

__all__ = ["write_reports"]


def write_reports(results: Sequence[SubmissionResult], out: Path) -> dict[str, Path]:
    """Write the class page, the gradebook, and a page and a `results.json` per submission.

    Args:
        results: The class, in any order and from one lesson or several.
        out: The folder; it is made where it does not exist, and files of an earlier run are
            replaced.

    Returns:
        Where things are: "class" (class.html), "gradebook" (gradebook.csv), "learners" (the
        folder of pages) and "gradescope" (a folder per submission, each with a results.json).
    """
    out = Path(out)
    results = sorted(results, key=lambda r: (r.learner.casefold(), r.learner, r.lesson))
    names = safe_names(_titles(results))
    for result, name in zip(results, names, strict=True):
        write_text_atomically(out / "learners" / f"{name}.html", learner_page(result))
        write_text_atomically(out / "gradescope" / name / "results.json", gradescope_json(result))
    links = [f"learners/{name}.html" for name in names]
    # last, so that everything they point at is there
    write_text_atomically(out / "gradebook.csv", gradebook_csv(results))
    write_text_atomically(out / "class.html", class_page(results, links))
    return {
        "class": out / "class.html",
        "gradebook": out / "gradebook.csv",
        "learners": out / "learners",
        "gradescope": out / "gradescope",
    }


def _titles(results: Sequence[SubmissionResult]) -> list[str]:
    """What a submission's files are named after: the learner, and the lesson if there are many."""
    if len({r.lesson for r in results if r.lesson}) <= 1:
        return [r.learner for r in results]
    return [f"{r.learner} {r.lesson}" for r in results]
