"""What is said about a result: one model, which the HTML and the plain text are made from."""

from dataclasses import dataclass
from typing import Literal

from dlcourse.grading.frames import function_names, learner_frames
from dlcourse.grading.quiz import QUIZ_NAME
from dlcourse.grading.results import ExerciseResult, Status, TestResult

__all__ = ["MARKS", "Card", "Check", "Part", "Tone", "card_of"]

Tone = Literal["good", "bad", "todo", "note"]
PartKind = Literal["text", "diagnosis", "words", "checks", "next"]

# different in shape, not only in colour
MARKS: dict[str, str] = {
    "passed": "✓",
    "failed": "✗",
    "crashed": "✗",
    "stopped": "■",
    "not attempted": "○",
}
_MANY_WORDS = 3000  # characters of a message: beyond this it hides the rest of the page


@dataclass(frozen=True)
class Check:
    """One line of a list of checks; `message` explains it and is shown beneath."""

    status: Status
    title: str
    message: str = ""


@dataclass(frozen=True)
class Part:
    """A piece of a card.

    Args:
        kind: "text", "diagnosis" (a hint to be seen), "words" (of the test or of Python, shown as
            they are), "checks" or "next" (what to do now).
        text: A sentence of ours; `backticks` mark code.
        words: Shown letter by letter.
        checks: A list of checks.
        folded: Whether it is folded away where that is possible.
    """

    kind: PartKind
    text: str = ""
    words: str = ""
    checks: tuple[Check, ...] = ()
    folded: bool = False


@dataclass(frozen=True)
class Card:
    """Everything that is shown about one thing.

    Args:
        tone: Decides the colour.
        mark: One character in front.
        name: What it is about, such as the exercise's name.
        verdict: A few words.
        aside: Points or a count.
        title: A line beneath.
        parts: The rest, from top to bottom.
    """

    tone: Tone
    mark: str
    name: str
    verdict: str
    aside: str = ""
    title: str = ""
    parts: tuple[Part, ...] = ()


def card_of(result: ExerciseResult, next_step: str = "", printed: str = "") -> Card:
    """Describe a result.

    Args:
        result: Of an exercise or of a quiz.
        next_step: What to do now, where that can be said; `backticks` mark code.
        printed: What the learner's code printed while it was checked.

    Returns:
        The card.
    """
    if result.name == QUIZ_NAME:
        parts = [*_note(result), Part("checks", checks=_checks(result, with_messages=True))]
    else:
        parts = [*_note(result), *_PARTS[result.status](result)]
        if printed and not result.passed:
            parts.append(Part("words", "Your code printed this:", printed, folded=True))
        if next_step:
            parts.append(Part("next", next_step))
    return Card(
        tone=_tone(result.status),
        mark=MARKS[result.status],
        name=result.name,
        verdict=_verdict(result),
        aside=f"{result.earned:g} of {_points(result.points)}",
        title=result.title,
        parts=tuple(parts),
    )


def _tone(status: Status) -> Tone:
    if status == "passed":
        return "good"
    return "todo" if status == "not attempted" else "bad"


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def _verdict(result: ExerciseResult) -> str:
    count, passed = len(result.tests), sum(t.status == "passed" for t in result.tests)
    things = "answers are right" if result.name == QUIZ_NAME else "checks pass"
    verdicts = {
        "passed": "passed",
        "failed": f"{passed} of {count} {things}",
        "crashed": "your code stopped with an error",
        "stopped": "your code was stopped",
        "not attempted": "not attempted yet",
    }
    return verdicts[result.status]


def _note(result: ExerciseResult) -> list[Part]:
    return [Part("text", result.note)] if result.note else []


def _passed_parts(result: ExerciseResult) -> list[Part]:
    return [Part("checks", checks=_checks(result))]


def _failed_parts(result: ExerciseResult) -> list[Part]:
    test = result.first_problem
    parts = [Part("words", f"What was checked: {test.title}", _short(test.message))] if test else []
    return [*parts, *_diagnosis(result), *_folded_checks(result)]


def _crashed_parts(result: ExerciseResult) -> list[Part]:
    test = _first(result, "crashed")
    words = learner_frames(test.traceback) or test.message
    parts = [Part("words", f"While this was checked: {test.title}", _short(words))]
    return [*parts, *_diagnosis(result), *_folded_checks(result)]


def _stopped_parts(result: ExerciseResult) -> list[Part]:
    if not result.tests:
        return []  # the note says it
    test = _first(result, "stopped")
    parts = [Part("words", f"While this was checked: {test.title}", _short(test.message))]
    return [*parts, *_folded_checks(result)]


def _blank_parts(result: ExerciseResult) -> list[Part]:
    if result.note:
        return []
    test = _first(result, "not attempted")
    missing = test.message.removeprefix("NameError: ")
    functions = function_names(test.traceback)
    if missing == result.name:
        text = f"`{missing}` is not defined: the cell that defines it was not run, or it failed."
    elif missing.isidentifier() and missing != "NotImplementedError":
        text = f"It needs `{missing}`, which is not defined: the cells above come first."
    elif len(functions) > 1 and functions[-1] != result.name:
        text = f"It calls `{functions[-1]}`, which is still a blank: write that one first."
    else:
        text = "Replace the line `raise NotImplementedError` with your code, then check again."
    return [Part("text", text)]


def _first(result: ExerciseResult, status: Status) -> TestResult:
    empty = TestResult("", result.title, status, result.note)
    return next((t for t in result.tests if t.status == status), empty)


def _diagnosis(result: ExerciseResult) -> list[Part]:
    return [Part("diagnosis", result.diagnosis.hint)] if result.diagnosis else []


def _checks(result: ExerciseResult, with_messages: bool = False) -> tuple[Check, ...]:
    checks: dict[str, Check] = {}  # one line for a test with many parameters
    for t in result.tests:
        check = Check(t.status, t.title, t.message if with_messages else "")
        if checks.setdefault(t.title, check).status == "passed":
            checks[t.title] = check
    return tuple(checks.values())


def _folded_checks(result: ExerciseResult) -> list[Part]:
    if len(result.tests) < 2:
        return []
    passed = sum(t.status == "passed" for t in result.tests)
    text = f"All checks: {passed} of {len(result.tests)} pass"
    return [Part("checks", text, checks=_checks(result), folded=True)]


def _short(words: str) -> str:
    if len(words) <= _MANY_WORDS:
        return words
    return f"{words[: _MANY_WORDS // 2]}\n[…]\n{words[-_MANY_WORDS // 2 :]}"


_PARTS = {
    "passed": _passed_parts,
    "failed": _failed_parts,
    "crashed": _crashed_parts,
    "stopped": _stopped_parts,
    "not attempted": _blank_parts,
}
