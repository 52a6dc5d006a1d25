"""The `results.json` that Gradescope reads after an autograder has run."""

import json
from typing import Any

from dlcourse.grading.reports.printable import printable
from dlcourse.grading.results import ExerciseResult, SubmissionResult, TestResult

__all__ = ["gradescope_json", "gradescope_record"]


def gradescope_json(result: SubmissionResult) -> str:
    """A submission's record as the text of its `results.json`."""
    return json.dumps(gradescope_record(result), indent=2, allow_nan=False) + "\n"


def gradescope_record(result: SubmissionResult) -> dict[str, Any]:
    """A submission in Gradescope's schema: one test case per exercise.

    Everything is marked as text, so that nothing of the learner's is read as HTML or Markdown.

    Args:
        result: The submission.

    Returns:
        JSON data.

    Reference:
        Gradescope's autograder documentation, "Autograder Specifications", output format.
    """
    seed = f"Random inputs were drawn from seed {result.seed}."
    return {
        "score": result.score,
        "execution_time": round(result.seconds, 3),
        "output": "\n".join([*map(printable, result.notes), seed]),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"lesson": printable(result.lesson), "seed": result.seed},
        "tests": [_test_case(e, number) for number, e in enumerate(result.exercises, 1)],
    }


def _test_case(exercise: ExerciseResult, number: int) -> dict[str, Any]:
    return {
        "number": str(number),
        "name": printable(f"{exercise.name}: {exercise.title}"),
        "name_format": "text",
        "score": exercise.earned,
        "max_score": exercise.points,
        "status": "passed" if exercise.passed else "failed",
        "output": printable("\n".join(_lines(exercise))),
        "output_format": "text",
        "tags": _tags(exercise),
        "visibility": "visible",
    }


def _lines(exercise: ExerciseResult) -> list[str]:
    """What the learner reads: the diagnosis first, then every check."""
    lines = [exercise.note] if exercise.note else []
    if exercise.diagnosis:
        lines.append(f"This looks like: {exercise.diagnosis.hint}")
    for test in exercise.tests:
        lines += _test_lines(test)
    return lines


def _test_lines(test: TestResult) -> list[str]:
    lines = [f"[{test.status}] {test.title}"]
    if test.status in ("failed", "stopped", "crashed"):
        words = test.traceback or test.message
        lines += [f"    {line}" for line in printable(words, limit=2000).splitlines()]
    return lines


def _tags(exercise: ExerciseResult) -> list[str]:
    tags: list[str] = [exercise.status]
    return [*tags, exercise.diagnosis.name] if exercise.diagnosis else tags
