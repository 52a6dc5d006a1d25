"""What is wrong with a notebook's source, in sentences that name the place."""

import ast
import builtins
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from dlcourse.authoring.names import defined_names, definitions, free_names
from dlcourse.authoring.source import Source, SourceCell
from dlcourse.blanks import BEGIN, END, without_solution

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["blank_name", "checked_name", "problems_of"]

Found = tuple[SourceCell | None, str]

_ANY_MARKER = re.compile(r"^\s*#+\s*(BEGIN|END)\s+SOLUTION", re.IGNORECASE)
_CHECK = re.compile(r'lesson\.check\("(\w+)"\)')
_GIVEN_BY_SETUP = {"dlcourse", "lesson", "__name__"}


def problems_of(source: Source, lesson: "Lesson") -> list[str]:
    """Everything that keeps a source from becoming a notebook.

    Args:
        source: The source.
        lesson: Its lesson.

    Returns:
        Sentences that begin with file and place; empty for a sound source.
    """
    found = [*_placeholders(source, lesson), *_cell_problems(source, lesson)]
    found += [*_completeness(source, lesson), *_names(source, lesson)]
    return [f"{source.path.name}{f', {c.where}' if c else ''}: {text}" for c, text in found]


def blank_name(text: str) -> str:
    """The function or class that a cell leaves to the learner; empty where it is no blank."""
    if not any(_ANY_MARKER.match(line) for line in text.splitlines()):
        return ""
    found = definitions(_parsed(text))
    return found[0].name if len(found) == 1 else ""


def checked_name(text: str) -> str:
    """The exercise that a cell checks; empty where it is no check."""
    match = _CHECK.fullmatch(text.strip())
    return match[1] if match else ""


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _placeholders(source: Source, lesson: "Lesson") -> Iterator[Found]:
    kinds = [cell.kind for cell in source.cells]
    if kinds.count("setup") != 1:
        yield None, f"expected one `# %% setup`, found {kinds.count('setup')}"
    wanted = int(bool(lesson.quiz))
    if kinds.count("quiz") != wanted:
        reason = "the lesson has a QUIZ" if wanted else "the lesson has no QUIZ"
        yield None, f"expected {wanted} `# %% quiz` ({reason}), found {kinds.count('quiz')}"
    first = source.cells[0] if source.cells else None
    if first is None or first.kind != "markdown" or not first.text.startswith("# "):
        yield first, "the first cell must be Markdown that begins with the title (`# # …`)"
    code = next((c for c in source.cells if c.kind != "markdown"), None)
    if code and "setup" in kinds and code.kind != "setup":
        yield code, "`# %% setup` must come before any other code"


def _cell_problems(source: Source, lesson: "Lesson") -> Iterator[Found]:
    for cell, following in zip_longest(source.cells, source.cells[1:]):
        if cell.kind == "unknown":
            yield (
                cell,
                f"expected `# %%`, `# %% [markdown]`, or an empty `# %% setup` or `# %% quiz`; "
                f"got `# %% {cell.text}`",
            )
        if cell.kind != "code":
            continue
        problem = _marker_problem(cell.text) or _syntax_problem(cell.text)
        if problem:
            yield cell, problem
        elif BEGIN in cell.text:
            for text in _blank_problems(cell, following, lesson):
                yield cell, text
        elif "lesson.check(" in cell.text and not checked_name(cell.text):
            yield cell, 'a check cell must be exactly lesson.check("NAME")'


def _marker_problem(text: str) -> str:
    depth = 0
    for line in text.splitlines():
        if not _ANY_MARKER.match(line):
            continue
        marker = line.strip()
        if marker not in (BEGIN, END):
            return f"write the marker exactly as `{BEGIN}` or `{END}`, not `{marker}`"
        depth += 1 if marker == BEGIN else -1
        if depth not in (0, 1):
            return f"`{marker}` without its partner: each BEGIN needs one END after it"
    return f"`{BEGIN}` without `{END}`" if depth else ""


def _syntax_problem(text: str) -> str:
    try:
        ast.parse(text)
        ast.parse(without_solution(text))
    except SyntaxError as error:
        return f"this is not Python: {error.msg} (line {error.lineno} of the cell)"
    return ""


def _blank_problems(
    cell: SourceCell, following: SourceCell | None, lesson: "Lesson"
) -> Iterator[str]:
    tree = _parsed(cell.text)
    found = definitions(tree)
    if len(found) != 1 or len(tree.body) != 1:
        yield "a blank cell holds exactly one function or class and nothing else at top level"
        return
    name = found[0].name
    if name not in lesson.exercises:
        yield f"`{name}` is no exercise of {lesson.name} ({', '.join(lesson.exercises)})"
    if not ast.get_docstring(found[0]):
        yield f"`{name}` needs a docstring: it tells the learner what to write"
    if any(BEGIN in line and not line.startswith(" ") for line in cell.text.splitlines()):
        yield f"the markers of `{name}` must be inside its body"
    if following is None or checked_name(following.text) != name:
        yield f'`{name}` must be followed at once by a cell with lesson.check("{name}")'


def _completeness(source: Source, lesson: "Lesson") -> Iterator[Found]:
    cells = [c for c in source.cells if c.kind == "code"]
    blanks = [name for c in cells if (name := blank_name(c.text)) in lesson.exercises]
    for name in lesson.exercises:
        if blanks.count(name) != 1:
            yield None, f"expected one blank for the exercise `{name}`, found {blanks.count(name)}"
    checked = [name for c in cells if (name := checked_name(c.text))]
    for name in dict.fromkeys(checked):
        if checked.count(name) > blanks.count(name):
            yield None, f'lesson.check("{name}") stands where no blank of that name comes before it'
    if sorted(blanks) == sorted(lesson.exercises) and blanks != list(lesson.exercises):
        yield None, f"the exercises of {lesson.name} are in another order: {', '.join(blanks)}"


def _names(source: Source, lesson: "Lesson") -> Iterator[Found]:
    """Blanks may use what cells above define, and each other: that is what grading runs."""
    known = set(dir(builtins)) | set(lesson.exercises) | _GIVEN_BY_SETUP
    for cell in source.cells:
        if cell.kind != "code":
            continue
        tree = _parsed(cell.text)
        if blank_name(cell.text):
            unknown = sorted(free_names(tree) - known)
            if unknown:
                yield (
                    cell,
                    (
                        f"the solution uses {', '.join(unknown)}, which no import, definition or "
                        "assignment above defines"
                    ),
                )
        else:
            known |= defined_names(tree)
