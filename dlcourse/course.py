"""Where the files of the course are: in a checkout, or inside the installed package."""

import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse.blanks import without_markers, without_solution

if TYPE_CHECKING:  # finding lessons loads the engine; finding files must not
    from dlcourse.grading.catalog import Lesson

__all__ = [
    "CourseFileError",
    "blank_cell",
    "learner_notebook",
    "notebooks_folder",
    "solution_notebook",
    "solution_source",
]

_PACKAGE = Path(__file__).parent


class CourseFileError(Exception):
    """A file of the course that is not where it should be."""


def notebooks_folder() -> Path:
    """The folder of the notebooks: the copy inside the installed package, or the checkout's."""
    installed = _PACKAGE / "course_files" / "notebooks"
    return installed if installed.is_dir() else _PACKAGE.parent / "notebooks"


def learner_notebook(lesson: "Lesson") -> Path:
    """The notebook that a learner of this lesson works in.

    Raises:
        CourseFileError: If it is missing.
    """
    return _existing(lesson, "")


def solution_notebook(lesson: "Lesson") -> Path:
    """The complete notebook of this lesson.

    Raises:
        CourseFileError: If it is missing.
    """
    return _existing(lesson, "solutions")


def solution_source(lesson: "Lesson", exercise_name: str) -> str:
    """The worked solution of one exercise, without the markers.

    Args:
        lesson: The exercise's lesson.
        exercise_name: Name of the exercise.

    Returns:
        Source text of a function or class.
    """
    try:
        return without_markers(_solution_cell(lesson, exercise_name)["source"])
    except CourseFileError:  # an instructor's exercises may come without a notebook
        return inspect.getsource(lesson.exercises[exercise_name].reference).strip()


def blank_cell(lesson: "Lesson", exercise_name: str) -> dict[str, Any]:
    """The notebook cell of one exercise, as a learner first gets it.

    It is made from the complete notebook: the learner's own, in a checkout, is the very file
    that people work in, so it may not be blank any more.

    Raises:
        CourseFileError: If the complete notebook, or the cell in it, is missing.
    """
    cell = _solution_cell(lesson, exercise_name)
    return {**cell, "source": without_solution(cell["source"])}


def _existing(lesson: "Lesson", kind: str) -> Path:
    name = f"{lesson.notebook}.ipynb"
    # an instructor's folder of exercises may hold notebooks of its own
    for folder in (lesson.path.parent / "notebooks", notebooks_folder()):
        if (folder / kind / name).is_file():
            return folder / kind / name
    raise CourseFileError(
        f"the notebook {name} of the lesson {lesson.name} is not in {notebooks_folder() / kind}"
    )


def _solution_cell(lesson: "Lesson", exercise_name: str) -> dict[str, Any]:
    path = solution_notebook(lesson)
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        ours = cell["metadata"].get("dlcourse", {})
        if ours.get("role") == "blank" and ours.get("exercise") == exercise_name:
            source = cell["source"]
            return {**cell, "source": source if isinstance(source, str) else "".join(source)}
    raise CourseFileError(f"{path.name} has no cell for the exercise {exercise_name}")
