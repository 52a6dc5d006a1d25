"""Marks the quiz of a lesson: one point a question, and why a choice is right or wrong."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dlcourse.grading.exercise import Question
from dlcourse.grading.results import ExerciseResult, Status, TestResult

if TYPE_CHECKING:  # loading the catalog loads pytest, which a quiz does not need
    from dlcourse.grading.catalog import Lesson

__all__ = ["QUIZ_NAME", "check_quiz"]

QUIZ_NAME = "quiz"
_SHOWN_KEYS = 5
_EXAMPLE = 'quiz_answers = {1: "a", 2: "c"}'


def check_quiz(lesson: "Lesson", answers: Any) -> ExerciseResult:
    """Mark a learner's answers.

    Args:
        lesson: Whose quiz.
        answers: Question number (from 1) → letter. Anything else is answered with a sentence.

    Returns:
        A result with one test per question, whose message explains the letter that was chosen.
    """
    given = answers if isinstance(answers, dict) else {}
    tests = tuple(
        _mark(number, question, given.get(number, given.get(str(number), "")))
        for number, question in enumerate(lesson.quiz, start=1)
    )
    return ExerciseResult(
        name=QUIZ_NAME,
        title=f"Quiz: {lesson.title}",
        points=float(len(tests)),
        earned=float(sum(t.status == "passed" for t in tests)),
        status=_overall(tests),
        tests=tests,
        note=_note(answers, len(tests)),
    )


def _mark(number: int, question: Question, letter: Any) -> TestResult:
    status, message = _verdict(question, letter)
    return TestResult(f"question {number}", f"{number}. {question.text}", status, message)


def _verdict(question: Question, letter: Any) -> tuple[Status, str]:
    chosen = letter.strip().lower() if isinstance(letter, str) else letter
    if chosen is None or isinstance(chosen, str) and not chosen:
        return "not attempted", ""
    if not isinstance(chosen, str) or chosen not in question.choices:
        known = ", ".join(f'"{c}"' for c in question.choices)
        return "failed", f"Expected one of the letters {known}, got {_shown(letter)}."
    explanation = question.choices[chosen][1]
    return ("passed" if chosen == question.answer else "failed"), explanation


def _overall(tests: Sequence[TestResult]) -> Status:
    found = {t.status for t in tests}
    if found <= {"passed"}:
        return "passed"
    return "not attempted" if found == {"not attempted"} else "failed"


def _note(answers: Any, questions: int) -> str:
    if not questions:
        return "This lesson has no quiz."
    if answers is not None and not isinstance(answers, dict):
        return f"Expected a dictionary such as {_EXAMPLE}, got {_shown(answers)}."
    numbers = {key for n in range(1, questions + 1) for key in (n, str(n))}
    unknown = [_shown(key) for key in answers or () if key not in numbers]
    if unknown:
        shown = ", ".join(unknown[:_SHOWN_KEYS]) + (" …" if len(unknown) > _SHOWN_KEYS else "")
        return f"The questions are numbered 1 to {questions}; there is no {shown}."
    return ""


def _shown(value: Any) -> str:
    simple = isinstance(value, str | int | float | bool | None)
    return repr(value)[:40] if simple else f"a {type(value).__name__}"
