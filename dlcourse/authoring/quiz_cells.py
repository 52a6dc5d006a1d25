"""The quiz of a lesson as cells: the questions, the answers and their check."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcourse.grading.exercise import Question

__all__ = ["QUIZ_CHECK", "answers_cell", "questions_text"]

QUIZ_CHECK = "lesson.check_quiz(quiz_answers)"


def questions_text(questions: "Sequence[Question]") -> str:
    """The questions with their choices, as Markdown."""
    intro = "## Quiz\n\nPut the letter of your choice between the quotes, then run both cells."
    return "\n\n".join([intro, *(_question(n, q) for n, q in enumerate(questions, 1))])


def answers_cell(questions: "Sequence[Question]", filled: bool = False) -> str:
    """The dictionary of answers: empty for the learner, or filled with the right letters."""
    lines = [
        f'    {number}: "{question.answer if filled else ""}",'
        for number, question in enumerate(questions, 1)
    ]
    return "\n".join(["quiz_answers = {", *lines, "}"])


def _question(number: int, question: "Question") -> str:
    choices = [_item(f"**{c}.** {text}") for c, (text, _) in question.choices.items()]
    return "\n".join([f"**{number}.** {question.text}", "", *choices])


def _item(text: str) -> str:
    """A list item; its further lines belong to it only when they are indented."""
    return "- " + textwrap.indent(text, "  ").strip()
