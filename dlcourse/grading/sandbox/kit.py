"""The kit: the part of dlcourse that learner code may import while it is graded.

The sandbox sees a small copy of the package in place of the package. It holds the worker, the
data sets, the plots and what a lesson provides; no exercise, no test and no answer is in it.
"""

import ast
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from dlcourse.grading.catalog import Lesson, LessonError

__all__ = ["build_kit", "kit_modules"]

PACKAGE = Path(__file__).parents[2]
WORKER = (
    "dlcourse.grading.boundary dlcourse.grading.channel dlcourse.grading.codec "
    "dlcourse.grading.data dlcourse.grading.worker.cells dlcourse.grading.worker.confine "
    "dlcourse.grading.worker.server dlcourse.grading.worker.session"
).split()
ALWAYS = ("dlcourse.datasets", "dlcourse.plotting")

_FRONT = '''"""dlcourse, as far as it is there while a notebook is graded."""


def lesson(name):
    """The notebook's checks: they are done by the grader, from outside."""
    return _Silent()


def scale():
    """Grading runs small."""
    return "quick"


class _Silent:
    def __getattr__(self, name):
        return lambda *args, **kwargs: None
'''
_EMPTY = '"""Part of dlcourse that is not there while a notebook is graded."""\n'


def build_kit(lesson: Lesson, folder: Path) -> None:
    """Write the kit of a lesson into a folder.

    Raises:
        LessonError: If the kit would hold an answer of the lesson.
    """
    for module in kit_modules(lesson):
        source = _file_of(module)
        if source is not None:
            target = folder / source.relative_to(PACKAGE.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / "dlcourse" / "__init__.py").write_text(_FRONT, encoding="utf-8")
    for package in [p for p in (folder / "dlcourse").rglob("*") if p.is_dir()]:
        if not (package / "__init__.py").exists():
            (package / "__init__.py").write_text(_EMPTY, encoding="utf-8")


def kit_modules(lesson: Lesson) -> set[str]:
    """Names of the modules in a lesson's kit, with everything of ours that they import.

    Raises:
        LessonError: If one of them holds an answer of the lesson.
    """
    modules = _closure([*WORKER, *_members(ALWAYS), *lesson.provides])
    answers = {exercise.reference_module for exercise in lesson.exercises.values()}
    if leaked := sorted(modules & answers):
        raise LessonError(f"{lesson.name}: its learners could import the answers in {leaked}")
    return modules


def _members(packages: Iterable[str]) -> Iterator[str]:
    for package in packages:
        for file in (PACKAGE.parent / package.replace(".", "/")).rglob("*.py"):
            parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _closure(modules: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        file = _file_of(module)
        if module in found or file is None:
            continue
        found.add(module)
        waiting += _imports(file)
    return found


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("dlcourse."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlcourse."):
            yield node.module or ""
            yield from (f"{node.module}.{a.name}" for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "dlcourse":
            yield from (f"dlcourse.{a.name}" for a in node.names)


def _file_of(module: str) -> Path | None:
    path = PACKAGE.parent / module.replace(".", "/")
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return file
    return None
