"""What `dlcourse doctor` looks at; each examination gives findings, with advice where it helps."""

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

__all__ = ["EXAMINATIONS", "Finding"]

OLDEST_PYTHON = (3, 11)
NEEDED = ("numpy", "pytest", "watchfiles")
FOR_SOME = {  # without them the rest of the course works
    "tensorflow": "needed for notebook 01 (install dlcourse[keras])",
    "keras": "needed for notebook 01 (install dlcourse[keras])",
    "jupyterlab": "one way to open the notebooks",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Args:
        what: Its name.
        state: "ok", "advice" (works, could be better) or "problem" (does not work).
        detail: What was found.
        advice: What to do about it; empty where nothing needs to be done.
    """

    what: str
    state: Literal["ok", "advice", "problem"]
    detail: str
    advice: str = ""


def python() -> Iterator[Finding]:
    """The interpreter."""
    if sys.version_info >= OLDEST_PYTHON:
        yield Finding("Python", "ok", platform.python_version())
    else:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        yield Finding(
            "Python", "problem", platform.python_version(), f"install Python {wanted} or newer"
        )


def packages() -> Iterator[Finding]:
    """The packages that notebooks need, without importing them (TensorFlow takes seconds)."""
    wanted = _wanted_versions()
    for name in (*NEEDED, *FOR_SOME):
        yield _package(name, wanted.get(name, ""))


def _package(name: str, wanted: str) -> Finding:
    from packaging.specifiers import SpecifierSet

    install = f'python -m pip install "{name}{wanted}"'
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        if name in FOR_SOME:
            return Finding(name, "advice", f"not installed; {FOR_SOME[name]}", install)
        return Finding(name, "problem", "not installed", install)
    if SpecifierSet(wanted).contains(version, prereleases=True):
        return Finding(name, "ok", version)
    return Finding(name, "problem", f"{version}, but the course needs {wanted}", install)


def _wanted_versions() -> dict[str, str]:
    """What this installation of dlcourse asks for; nothing in a checkout that is not installed."""
    from packaging.requirements import Requirement

    try:
        wanted = map(Requirement, metadata.requires("dlcourse") or ())
        return {r.name: str(r.specifier) for r in wanted if str(r.specifier)}
    except metadata.PackageNotFoundError:
        return {}


def gpu() -> Iterator[Finding]:
    """What notebooks run on."""
    from dlcourse.device import gpu_name, scale

    yield Finding("GPU", "ok", f"{gpu_name() or 'none'}; notebooks run at the {scale()} scale")


def course_files() -> Iterator[Finding]:
    """A learner notebook for each lesson."""
    from dlcourse.course import CourseFileError, learner_notebook
    from dlcourse.grading.catalog import all_lessons

    lessons, missing = all_lessons(), []
    for lesson in lessons:
        try:
            learner_notebook(lesson)
        except CourseFileError:
            missing.append(lesson.notebook)
    if missing:
        yield Finding(
            "Course",
            "problem",
            f"{len(missing)} of {len(lessons)} notebooks are missing: {', '.join(missing)}",
            "in a checkout run `dlcourse build`, otherwise install dlcourse again",
        )
    elif not lessons:
        yield Finding("Course", "problem", "no lessons", "install dlcourse again")
    else:
        count = sum(len(lesson.exercises) for lesson in lessons)
        yield Finding("Course", "ok", f"{len(lessons)} notebooks with {count} exercises")


def progress_store() -> Iterator[Finding]:
    """The place where progress is kept."""
    from dlcourse.progress import Progress

    path = Progress().path
    existing = next(p for p in path.parents if p.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        yield Finding("Progress", "ok", f"kept in {path}")
    else:
        yield Finding(
            "Progress",
            "problem",
            f"{existing} cannot be written, so nothing you pass is remembered",
            "set the environment variable DLCOURSE_HOME to a folder of yours",
        )


def protections() -> Iterator[Finding]:
    """What stands between a submission and this machine while it is graded."""
    from dlcourse.grading.protection import active_protections

    for each in active_protections():
        if each.active:
            yield Finding(f"Protection: {each.name}", "ok", each.detail)
        else:  # its detail says how to get it
            yield Finding(f"Protection: {each.name}", "advice", "missing", each.detail)


EXAMINATIONS = (python, packages, gpu, course_files, progress_store, protections)
