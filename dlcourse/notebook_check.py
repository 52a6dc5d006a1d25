"""Checks one exercise inside the learner's own kernel."""

import contextlib
import inspect
import io
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson
    from dlcourse.grading.results import ExerciseResult

__all__ = ["check_in_notebook", "defined_by_an_older_cell"]

_KEPT = 2000  # characters of what the learner's code prints meanwhile
_FILE = re.compile(r'File "([^"]+)", line')


def check_in_notebook(
    lesson: "Lesson", name: str, symbols: Mapping[str, Any]
) -> "tuple[ExerciseResult, str]":
    """Run the tests of one exercise on the notebook's own objects.

    Args:
        lesson: The exercise's lesson.
        name: The exercise.
        symbols: What the notebook defines.

    Returns:
        The result, and the end of what the learner's code printed meanwhile.
    """
    from dlcourse.grading.boundary import LocalBoundary
    from dlcourse.grading.engine import check_exercises

    printed = _Tail()
    with contextlib.redirect_stdout(printed):
        try:
            (result,) = check_exercises(lesson, LocalBoundary(symbols), [name])
        except KeyboardInterrupt:  # what ran until then is no verdict
            return _interrupted(lesson, name), printed.text
    return _with_cell_names(result), printed.text


def defined_by_an_older_cell(name: str, symbols: Mapping[str, Any]) -> bool:
    """Whether the cell that should define a symbol was run again since, and failed.

    Args:
        name: The symbol.
        symbols: The notebook's namespace, in which IPython keeps every input as `In`.
    """
    definition = re.compile(rf"^(?:def|class) {re.escape(name)}\b", re.MULTILINE)
    inputs = [text for text in symbols.get("In", ()) if definition.search(str(text))]
    try:
        return bool(inputs) and inspect.getsource(symbols[name]).strip() not in inputs[-1]
    except (KeyError, OSError, TypeError):  # not there, or not from a cell
        return False


class _Tail(io.TextIOBase):
    """A stream that keeps only the end: a loop may print without end."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text = (self.text + text)[-_KEPT:]
        return len(text)


def _interrupted(lesson: "Lesson", name: str) -> "ExerciseResult":
    from dlcourse.grading.results import ExerciseResult

    exercise = lesson.exercises[name]
    note = "You stopped the check before it was done. Is there a loop that does not end?"
    return ExerciseResult(name, exercise.title, exercise.points, 0.0, "stopped", note=note)


def _with_cell_names(result: "ExerciseResult") -> "ExerciseResult":
    """Tracebacks that say `Cell In[5]`, as Jupyter's own do, instead of a temporary file."""
    tests = tuple(replace(t, traceback=_FILE.sub(_cell_name, t.traceback)) for t in result.tests)
    return replace(result, tests=tests)


def _cell_name(match: re.Match[str]) -> str:
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    shell = get_ipython()
    found = shell.compile.format_code_name(match[1]) if shell else None
    return f"{' '.join(found)}, line" if found else match[0]
