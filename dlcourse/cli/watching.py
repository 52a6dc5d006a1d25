"""One session of `dlcourse watch`: which exercise it is at, and what a save means."""

from collections.abc import Collection
from pathlib import Path

from rich.console import Console

from dlcourse.cli.cards import print_line, print_result
from dlcourse.cli.lessons import checkable, hint_command, lesson_of_notebook
from dlcourse.cli.store import remember
from dlcourse.grading.checking import check_notebook
from dlcourse.grading.reports.printable import printable
from dlcourse.grading.results import ExerciseResult
from dlcourse.grading.submission import NotebookError, Submission, read_submission

__all__ = ["Session"]


class Session:
    """Follows a learner through a notebook.

    Args:
        notebook: The file.
        folder: An instructor's own lessons.
        console: Where to write.
    """

    def __init__(self, notebook: Path, folder: Path | None, console: Console) -> None:
        self._notebook, self._folder, self._console = notebook, folder, console
        self._lesson = lesson_of_notebook(notebook, folder)
        self._names = checkable(self._lesson)
        self._passed: set[str] = set()
        self._told: set[str] = set()
        self._seen: Submission | None = None

    @property
    def done(self) -> bool:
        """Whether everything passes."""
        return len(self._passed) == len(self._names)

    def begin(self) -> None:
        """Say what is watched."""
        self._console.print(
            f"{self._lesson.title.rstrip('.')}. Save {self._notebook.name} to check it."
        )
        self._console.print("Ctrl-C ends watching.\n", style="dim")

    def saved(self) -> None:
        """Check what the last save may have changed, and go on from exercises that pass."""
        try:
            self._look()
        except NotebookError as error:  # half written, or away for a moment while it is replaced
            self._console.print(f"{error} Waiting for the next save.", style="dim")

    def _look(self) -> None:
        submission = read_submission(self._notebook)
        if self._seen is None:
            self._go_on()
        elif self._seen.cells != submission.cells:  # Jupyter also saves when only outputs are new
            self._recheck(_changed(self._seen, submission))
        self._seen = submission

    def end(self) -> None:
        """Say how far it went."""
        if self.done:
            self._console.print(f"All {len(self._names)} pass: this notebook is complete.")
        else:
            passes = "passes" if len(self._passed) == 1 else "pass"
            self._console.print(
                f"Stopped watching. {len(self._passed)} of {len(self._names)} {passes}; "
                "your notebook is as you left it."
            )

    def _recheck(self, changed: set[str]) -> None:
        current = self._current()
        names = [n for n in self._names if n in changed] or ([current] if current else [])
        self._console.rule(style="dim")
        results = self._check(names)
        for result in results:
            self._print(result)
        if current and current in self._passed:
            self._go_on()

    def _go_on(self) -> None:
        """Check what is left, and stop at the first that does not pass."""
        left = [n for n in self._names if n not in self._passed]
        for result in self._check(left):
            if result.passed:
                print_line(self._console, result)
                continue
            self._print(result)
            return

    def _check(self, names: Collection[str]) -> tuple[ExerciseResult, ...]:
        found = check_notebook(self._notebook, names=names, folder=self._folder)
        for result in found.exercises:
            remember(self._lesson.name, result)
            (self._passed.add if result.passed else self._passed.discard)(result.name)
        for note in set(found.notes) - self._told:
            self._console.print(f"Note: {printable(note)}")
        self._told |= set(found.notes)
        return found.exercises

    def _print(self, result: ExerciseResult) -> None:
        print_result(self._console, result, hint_command(self._lesson, result.name, self._folder))

    def _current(self) -> str | None:
        return next((n for n in self._names if n not in self._passed), None)


def _changed(before: Submission, now: Submission) -> set[str]:
    """The exercises whose own cell is not what it was."""
    old = {cell.source for cell in before.cells}
    return {_name(cell.role, cell.exercise) for cell in now.cells if cell.source not in old}


def _name(role: str, exercise: str | None) -> str:
    return exercise or role  # the answers of the quiz have the role "quiz", which is its name
