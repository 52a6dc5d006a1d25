"""Grades a class: every notebook in parallel, each result on disk as soon as it is there."""

import contextlib
import functools
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import joblib

from dlcourse.grading.atomic import write_text_atomically
from dlcourse.grading.boundary import BoundaryError
from dlcourse.grading.catalog import Lesson, LessonError, find_lesson, load_lesson
from dlcourse.grading.checking import check_submission
from dlcourse.grading.limits import Limits
from dlcourse.grading.quiz import QUIZ_NAME
from dlcourse.grading.results import ExerciseResult, SubmissionResult
from dlcourse.grading.sandbox.pool import host_for
from dlcourse.grading.submission import NotebookError, read_submission

__all__ = ["grade_class", "learner_names"]

_ATTEMPTS = 2  # of the sandbox itself, which may have been taken down by the submission before


def grade_class(  # noqa: PLR0913 (all but the first two are named)
    paths: Sequence[Path],
    out: Path,
    *,
    folder: Path | None = None,
    seed: int,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    fresh: bool = False,
    lesson: str | None = None,
    on_done: Callable[[SubmissionResult], None] = lambda result: None,
) -> list[SubmissionResult]:
    """Grade notebooks; what an interrupted run has finished is not done again.

    Args:
        paths: The notebooks.
        out: Folder for the records, `out/records/*.json`.
        folder: An instructor's own lessons.
        seed: What random inputs are drawn from; recorded with each result.
        jobs: How many submissions at a time (a joblib backend may place them on a cluster).
        limits: Bounds on each submission.
        fresh: Grade everything again.
        lesson: What the class is graded on; the lesson of most of the notebooks unless given.
        on_done: Called with each result as soon as it is there.

    Returns:
        One result per path, in the order of the paths. A notebook that cannot be read or graded
        has a result of no points whose notes say why.

    Raises:
        LessonError: If there is no lesson of the name given.
        NotebookError: If no lesson is given and no file is a notebook of one.
    """
    graded = find_lesson(lesson, folder) if lesson else _class_lesson(paths, folder)
    if graded is None:
        raise NotebookError("none of the files is a notebook of a lesson")
    records = Path(out) / "records"
    records.mkdir(parents=True, exist_ok=True)
    hidden = tuple({p.resolve().parent for p in [*map(Path, paths), records]})
    version = _version(folder, seed, limits)
    grade_one = functools.partial(
        _grade_one, lesson_path=graded.path, records=records,
        folder=folder, seed=seed, limits=limits, hidden=hidden,
        version=version, fresh=fresh,
    )  # fmt: skip
    names = learner_names(paths)
    tasks = [joblib.delayed(grade_one)(Path(p), n) for p, n in zip(paths, names, strict=True)]
    results = []
    for result in _run(tasks, jobs):
        results.append(_with_all_exercises(result, graded))
        on_done(results[-1])
    by_learner = {r.learner: r for r in results}
    return [by_learner[n] for n in names]


def learner_names(paths: Sequence[Path]) -> list[str]:
    """A name for each submission: the file's, or its folder's where files share one name.

    Example:
        >>> learner_names([Path("in/ada/hw.ipynb"), Path("in/bob/hw.ipynb")])
        ['ada', 'bob']
        >>> learner_names([Path("in/ada.ipynb"), Path("in/bob.ipynb")])
        ['ada', 'bob']
    """
    paths = [Path(p).absolute() for p in paths]
    for depth in range(1, max((len(p.parts) for p in paths), default=1) + 1):
        names = [p.stem if depth == 1 else "/".join(p.parts[-depth:-1]) for p in paths]
        if len(set(names)) == len(names):
            return names
    return [str(p) for p in paths]


def _run(tasks: list, jobs: int) -> Iterator[SubmissionResult]:
    if jobs == 1:  # in this process: easier to interrupt and to debug
        yield from (function(*args, **kwargs) for function, args, kwargs in tasks)
    else:
        yield from joblib.Parallel(n_jobs=jobs, return_as="generator_unordered")(tasks)


def _grade_one(  # noqa: PLR0913 (each is a different thing to know)
    path: Path,
    learner: str,
    *,
    lesson_path: Path,
    records: Path,
    folder: Path | None,
    seed: int,
    limits: Limits,
    hidden: tuple[Path, ...],
    version: str,
    fresh: bool,
) -> SubmissionResult:
    """Grade one notebook, or read its record where it was graded before as it is now."""
    record = records / f"{hashlib.sha256(os.fsencode(learner)).hexdigest()[:20]}.json"
    try:
        key = hashlib.sha256(version.encode() + _content(path)).hexdigest()
        known = None if fresh else _read_record(record, key)
        if known is not None:
            return known
        lesson = load_lesson(lesson_path)  # a path travels to other processes, a module does not
        result = replace(_check(path, lesson, folder, seed, limits, hidden), learner=learner)
        write_text_atomically(record, json.dumps({"key": key, "result": result.to_json()}))
    except NotebookError as error:
        result = _nothing(learner, seed, str(error))
    except Exception as error:  # a defect of ours or of the machine: the rest of the class goes on
        reason = f"It could not be graded ({type(error).__name__}: {error}); please grade it again."
        result = _nothing(learner, seed, reason)
    return result


def _check(  # noqa: PLR0913 (each is a different thing to know)
    path: Path,
    lesson: Lesson,
    folder: Path | None,
    seed: int,
    limits: Limits,
    hidden: tuple[Path, ...],
) -> SubmissionResult:
    if path.is_symlink():  # it may lead to another learner's file, or to the solutions
        raise NotebookError(f"{path.name} is a link to another file; hand in the notebook itself.")
    submission = read_submission(path)
    if submission.lesson_name != lesson.name:
        raise NotebookError(
            f"{path.name} is a notebook of the lesson {submission.lesson_name}, but the class is "
            f"graded on {lesson.name}."
        )
    for attempt in range(_ATTEMPTS):
        host = host_for(lesson, limits, [*hidden, *([folder] if folder else [])])
        try:
            return check_submission(submission, lesson, host, None, seed, limits)
        except BoundaryError:
            host.restart()
            if attempt + 1 == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _class_lesson(paths: Sequence[Path], folder: Path | None) -> Lesson | None:
    """The lesson that most of the notebooks belong to."""
    names: Counter[str] = Counter()
    for path in paths:
        with contextlib.suppress(NotebookError):  # it is told when the notebook's turn comes
            names[read_submission(path).lesson_name] += 1
    for name, _ in names.most_common():
        with contextlib.suppress(LessonError):
            return find_lesson(name, folder)
    return None


def _nothing(learner: str, seed: int, note: str) -> SubmissionResult:
    return SubmissionResult(learner, "", (), (note,), seed)


def _version(folder: Path | None, seed: int, limits: Limits) -> str:
    """Changes whenever a grade might: with our code, the lessons, the seed and the limits."""
    digest = hashlib.sha256(repr((seed, limits)).encode())
    places = [Path(__file__).parent.parent, *([Path(folder)] if folder else [])]
    for file in sorted(p for place in places for p in place.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _read_record(record: Path, key: str) -> SubmissionResult | None:
    try:
        content = json.loads(record.read_text(encoding="utf-8"))
        return SubmissionResult.from_json(content["result"]) if content["key"] == key else None
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):  # a record of another version: graded again
        return None


def _with_all_exercises(result: SubmissionResult, lesson: Lesson) -> SubmissionResult:
    """A result without exercises gets those of the lesson, with no points earned."""
    if result.exercises:
        return result
    exercises = tuple(
        ExerciseResult(e.name, e.title, e.points, 0.0, "not attempted")
        for e in lesson.exercises.values()
    )
    if lesson.quiz:
        title, points = f"Quiz: {lesson.title}", float(len(lesson.quiz))
        exercises += (ExerciseResult(QUIZ_NAME, title, points, 0.0, "not attempted"),)
    return replace(result, lesson=lesson.name, exercises=exercises)
