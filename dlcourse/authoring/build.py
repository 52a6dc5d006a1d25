"""Writes the generated notebooks, or says which of them are stale."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dlcourse.authoring.assemble import Plan, assemble
from dlcourse.authoring.index import index_text
from dlcourse.authoring.repository import badge, checked_address, configured_address
from dlcourse.authoring.setup_cell import setup_cell
from dlcourse.authoring.source import Source, read_source
from dlcourse.authoring.validate import problems_of
from dlcourse.grading.atomic import write_text_atomically

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["BuildReport", "build"]

_OUR_EXERCISES = Path(__file__).parent.parent / "exercises"


@dataclass
class BuildReport:
    """What a build did.

    Args:
        written: Files that were written because their content changed.
        stale: Files whose content is not what the sources give (when only checking), and
            generated files that no source gives any more.
        problems: Sentences that name file and place; what they concern was not written.
    """

    written: list[Path] = field(default_factory=list)
    stale: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def build(
    root: Path,
    repository: str | None = None,
    check: bool = False,
    exercises: Path | None = None,
) -> BuildReport:
    """Build every notebook from its source.

    Args:
        root: The project's folder; sources are in `notebooks/source`.
        repository: Address for badge and set-up cell; the setting in pyproject.toml unless given.
        check: Only compare, write nothing.
        exercises: Folder of the lessons, where it is not the course's own.

    Returns:
        What was written, what is stale, what is wrong.

    Raises:
        ValueError: If the repository is no https address.
    """
    given = configured_address(root) if repository is None else checked_address(repository)
    return _Build(Path(root), given, check, exercises).run()


class _Build:
    """One build: the settings, and the report as it grows."""

    def __init__(self, root: Path, address: str, check: bool, exercises: Path | None) -> None:
        self._folder = root / "notebooks"
        self._address = address
        self._check = check
        self._own = exercises
        self._exercises = exercises or _OUR_EXERCISES
        self._lessons: list[Lesson] = []
        self._report = BuildReport()

    def run(self) -> BuildReport:
        sources = sorted((self._folder / "source").glob("*.py"))
        for path in sources:
            self._one(path)
        self._leftovers({path.stem for path in sources})
        self._lessons_without_source({path.stem.partition("_")[2] for path in sources})
        if sources and not self._report.problems:  # otherwise lines would be missing
            self._put(self._folder / "README.md", index_text(self._lessons))
        return self._report

    def _one(self, path: Path) -> None:
        try:
            source = read_source(path)
        except Exception as error:  # whatever a parser thinks of a broken file
            self._report.problems.append(f"{path.name}: could not be read ({error})")
            return
        lesson = self._lesson_of(source)
        if lesson is None:
            return
        problems = problems_of(source, lesson)
        self._report.problems += problems
        if not problems:
            self._lessons.append(lesson)
            self._write_both(source, lesson)

    def _lesson_of(self, source: Source) -> "Lesson | None":
        from dlcourse.grading.catalog import LessonError, load_lesson

        module = self._exercises / f"{source.lesson_name}.py"
        if not module.is_file():
            problem = f"there is no {module.name} in the exercises"
        else:
            try:
                lesson = load_lesson(module)
            except LessonError as error:
                problem = str(error)
            else:
                if lesson.notebook == source.notebook:
                    return lesson
                problem = f"{module.name} has NOTEBOOK = {lesson.notebook!r}"
        self._report.problems.append(f"{source.path.name}: {problem}")
        return None

    def _write_both(self, source: Source, lesson: "Lesson") -> None:
        name = f"{source.notebook}.ipynb"
        for path, solved in (
            (self._folder / name, False),
            (self._folder / "solutions" / name, True),
        ):
            folder = Path(os.path.relpath(self._own, path.parent)).as_posix() if self._own else ""
            setup = setup_cell(lesson.name, self._address, folder)
            place = path.relative_to(self._folder.parent).as_posix()
            plan = Plan(source, lesson, setup, badge(self._address, place))
            self._put(path, assemble(plan, solved))

    def _put(self, path: Path, text: str) -> None:
        if path.is_file() and path.read_bytes() == text.encode():
            return
        if self._check:
            self._report.stale.append(path)
        elif path.parent == self._folder and _has_been_run(path):
            self._report.problems.append(
                f"{path.name} has been run, so it may hold somebody's work: move it away, or clear "
                "all its outputs, and build again"
            )
        else:
            write_text_atomically(path, text)
            self._report.written.append(path)

    def _leftovers(self, stems: set[str]) -> None:
        """Notebooks whose source was renamed or removed."""
        for folder in (self._folder, self._folder / "solutions"):
            found = [p for p in sorted(folder.glob("[0-9][0-9]_*.ipynb")) if p.stem not in stems]
            self._report.stale += found

    def _lessons_without_source(self, names: set[str]) -> None:
        for path in sorted(self._exercises.glob("[!_]*.py")):
            if path.stem not in names and "NOTEBOOK" in path.read_text(encoding="utf-8"):
                self._report.problems.append(f"{path.name}: there is no source of its notebook")


def _has_been_run(path: Path) -> bool:
    return path.suffix == ".ipynb" and path.is_file() and any(_counts(path))


def _counts(path: Path) -> Iterator[bool]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError):  # unreadable, but somebody's all the same
        cells = [{"outputs": True}]
    for cell in cells:
        yield bool(cell.get("outputs") or cell.get("execution_count"))
