"""One run of `dlcourse grade`."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from joblib import cpu_count
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dlcourse import __version__
from dlcourse.cli.collect import find_notebooks
from dlcourse.cli.output import messages
from dlcourse.grading.atomic import write_text_atomically
from dlcourse.grading.classroom import grade_class
from dlcourse.grading.limits import Limits
from dlcourse.grading.protection import active_protections
from dlcourse.grading.reports import write_reports
from dlcourse.grading.reports.printable import shortened
from dlcourse.grading.results import SubmissionResult

__all__ = ["Grading"]

LARGEST_SEED = 2**31


class Grading:
    """What was chosen on the command line, and what came of it.

    Args:
        places: Notebooks and folders.
        out: Folder of the reports.
        choices: The other options of the command by name; None where one was not given.
    """

    def __init__(self, places: tuple[Path, ...], out: Path, **choices: Any) -> None:
        self._notebooks = find_notebooks(places)
        self._out = out
        self._choices = choices
        self.missing = _warn_of_missing_protections()
        self.seed = self._chosen_seed()
        self.results: list[SubmissionResult] = []
        self.not_graded: list[SubmissionResult] = []

    def run(self) -> dict[str, Path]:
        """Grade, write the reports, and say where they are."""
        self._record_seed()
        with _progress_bar(len(self._notebooks)) as advance:

            def on_done(result: SubmissionResult) -> None:
                if not any(exercise.tests for exercise in result.exercises):
                    self.not_graded.append(result)  # its notes say why
                advance(result.learner)

            self.results = grade_class(
                self._notebooks,
                self._out,
                folder=self._choices["folder"],
                seed=self.seed,
                jobs=self._jobs(),
                limits=self._limits(),
                fresh=self._choices["fresh"],
                lesson=self._choices["lesson"],
                on_done=on_done,
            )
        return write_reports(self.results, self._out)

    def to_json(self, reports: dict[str, Path]) -> dict[str, Any]:
        """Everything that a script may want to know."""
        return {
            "seed": self.seed,
            "missing_protections": self.missing,
            "not_graded": [result.learner for result in self.not_graded],
            "reports": {name: str(path) for name, path in reports.items()},
            "submissions": [result.to_json() for result in self.results],
        }

    def _chosen_seed(self) -> int:
        """The given seed, that of the run which this one continues, or a new one."""
        given = self._choices["seed"]
        if given is not None:
            return given
        recorded = None if self._choices["fresh"] else _recorded_seed(self._run_file)
        seed = secrets.randbelow(LARGEST_SEED) if recorded is None else recorded
        source = "drawn" if recorded is None else f"of the earlier run in {self._out}"
        messages().print(f"Seed {seed} ({source}); --seed {seed} reproduces these grades.")
        return seed

    @property
    def _run_file(self) -> Path:
        return self._out / "run.json"

    def _record_seed(self) -> None:
        record = {"seed": self.seed, "dlcourse": __version__}
        write_text_atomically(self._run_file, json.dumps(record) + "\n")

    def _jobs(self) -> int:
        return min(self._choices["jobs"] or cpu_count(), len(self._notebooks))

    def _limits(self) -> Limits:
        names = {"seconds": "seconds_per_call", "memory_mb": "memory_mb"}
        given = {f: self._choices[n] for n, f in names.items() if self._choices[n] is not None}
        return replace(Limits(), **given)


def _recorded_seed(run_file: Path) -> int | None:
    try:
        seed = json.loads(run_file.read_text(encoding="utf-8"))["seed"]
    except (OSError, ValueError, KeyError, TypeError):  # no earlier run, or not one of ours
        return None
    return seed if isinstance(seed, int) else None


def _warn_of_missing_protections() -> list[str]:
    missing = [p for p in active_protections() if not p.active]
    for protection in missing:
        messages().print(f"Warning: missing protection: {protection.name} ({protection.detail})")
    return [protection.name for protection in missing]


@contextmanager
def _progress_bar(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr where somebody is watching; nothing goes to a log file."""
    terminal = messages()
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=terminal, disable=not terminal.is_terminal) as bar:
        task = bar.add_task("starting", total=total)
        yield lambda learner: bar.update(task, advance=1, description=shortened(learner, 30))
