"""The learner's progress, as the commands read and write it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from dlcourse.cli.output import messages
from dlcourse.grading.results import ExerciseResult
from dlcourse.progress import Progress

__all__ = ["progress_store", "remember"]


@contextmanager
def progress_store() -> Iterator[Progress]:
    """The store; what it warns of (a damaged file was set aside) is said in a sentence."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        try:
            yield Progress()
        finally:
            for warning in found:
                messages().print(f"Note: {warning.message}", soft_wrap=True)


def remember(lesson_name: str, result: ExerciseResult) -> None:
    """Note a result; a store that cannot be written must not cost the learner the answer."""
    if result.status == "not attempted":
        return
    try:
        with progress_store() as progress:
            progress.record(lesson_name, result.name, result.passed, result.earned)
    except OSError as error:
        messages().print(f"Note: progress could not be kept ({error}).", soft_wrap=True)
