"""Grades a class: every notebook in parallel, each result on disk as soon as it is there."""

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import joblib

from dlcourse.grading.atomic import write_text_atomically
from dlcourse.grading.boundary import BoundaryError
from dlcourse.grading.catalog import Lesson, LessonError, find_lesson
from dlcourse.grading.checking import check_submission
from dlcourse.grading.limits import Limits
from dlcourse.grading.quiz import QUIZ_NAME
from dlcourse.grading.results import ExerciseResult, SubmissionResult
from dlcourse.grading.sandbox.pool import host_for
from dlcourse.grading.submission import NotebookError, read_submission

__all__ = ["grade_class", "learner_names"]

_ATTEMPTS = 2  # of the sandbox itself, which may have been taken down by the submission before


def grade_class(
    paths: Sequence[Path],
    out: Path,
    *,
    folder: Path | None = None,
    seed: int,
    jobs: int = 1,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    fresh: bool = False,
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
        on_done: Called with each result as soon as it is there.

    Returns:
        One result per path, in the order of the paths. A notebook that cannot be read or graded
        has a result of no points whose notes say why.
    """
    records = Path(out) / "records"
    records.mkdir(parents=True, exist_ok=True)
    hidden = tuple({p.resolve().parent for p in [*map(Path, paths), records]})
    version = _version(folder, seed, limits)
    grade_one = functools.partial(
        _grade_one, records=records, folder=folder, seed=seed, limits=limits, hidden=hidden,
        version=version, fresh=fresh,
    )  # fmt: skip
    names = learner_names(paths)
    tasks = [joblib.delayed(grade_one)(Path(p), n) for p, n in zip(paths, names, strict=True)]
    results = []
    for result in _run(tasks, jobs):
        results.append(result)
        on_done(result)
    by_learner = {r.learner: r for r in results}
    return _with_missing_exercises([by_learner[n] for n in names], folder)


def learner_names(paths: Sequence[Path]) -> list[str]:
    """A name for each submission: the file's, or its folder's where files share one name.

    Example:
        >>> learner_names([Path("in/ada/hw.ipynb"), Path("in/bob/hw.ipynb")])
        ['ada', 'bob']
        >>> learner_names([Path("in/ada.ipynb"), Path("in/bob.ipynb")])
        ['ada', 'bob']
    """
    paths = [Path(p).resolve() for p in paths]
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
    records: Path,
    folder: Path | None,
    seed: int,
    limits: Limits,
    hidden: tuple[Path, ...],
    version: str,
    fresh: bool,
) -> SubmissionResult:
    """Grade one notebook, or read its record where it was graded before as it is now."""
    key = hashlib.sha256(version.encode() + _content(path)).hexdigest()
    record = records / f"{hashlib.sha256(learner.encode()).hexdigest()[:20]}.json"
    if not fresh:
        known = _read_record(record, key)
        if known is not None:
            return known
    try:
        result, final = _check(path, folder, seed, limits, hidden), True
    except NotebookError as error:
        result, final = _nothing(learner, seed, str(error)), True
    except Exception as error:  # a defect of ours or of the machine: the rest of the class goes on
        reason = f"It could not be graded ({type(error).__name__}: {error}); please grade it again."
        result, final = _nothing(learner, seed, reason), False
    result = replace(result, learner=learner)
    if final:
        write_text_atomically(record, json.dumps({"key": key, "result": result.to_json()}))
    return result


def _check(
    path: Path, folder: Path | None, seed: int, limits: Limits, hidden: tuple[Path, ...]
) -> SubmissionResult:
    submission = read_submission(path)
    lesson = _lesson(submission.lesson_name, folder, path)
    for attempt in range(_ATTEMPTS):
        host = host_for(lesson, limits, [*hidden, *([folder] if folder else [])])
        try:
            return check_submission(submission, lesson, host, None, seed, limits)
        except BoundaryError:
            host.restart()
            if attempt + 1 == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _lesson(name: str, folder: Path | None, path: Path) -> Lesson:
    try:
        return find_lesson(name, folder)
    except LessonError as error:
        raise NotebookError(f"{path.name}: {error}") from error


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


def _with_missing_exercises(
    results: list[SubmissionResult], folder: Path | None
) -> list[SubmissionResult]:
    """Results without exercises get those of the class's lesson, with no points earned."""
    lessons = Counter(r.lesson for r in results if r.exercises)
    if not lessons:
        return results
    name = lessons.most_common(1)[0][0]
    lesson = find_lesson(name, folder)
    empty = tuple(
        ExerciseResult(e.name, e.title, e.points, 0.0, "not attempted")
        for e in lesson.exercises.values()
    )
    if lesson.quiz:
        title, points = f"Quiz: {lesson.title}", float(len(lesson.quiz))
        empty += (ExerciseResult(QUIZ_NAME, title, points, 0.0, "not attempted"),)
    return [r if r.exercises else replace(r, lesson=name, exercises=empty) for r in results]
