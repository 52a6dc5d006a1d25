"""What a notebook shows: HTML where it can, the same as text elsewhere."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dlcourse.grading.cards import Card, Check, Part, card_of
from dlcourse.grading.show import STYLE, card_html, card_text

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson
    from dlcourse.grading.results import ExerciseResult

__all__ = ["Code", "View"]

Entries = Mapping[str, Mapping[str, Any]]  # exercise name → what Progress keeps of it


@dataclass(frozen=True, repr=False)
class View:
    """A card that Jupyter shows as HTML and a terminal as text.

    Args:
        card: What is shown.
        facts: The same for programs; notebooks keep it in the output's metadata.
    """

    card: Card
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return card_text(self.card)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundle = {"text/plain": repr(self), "text/html": STYLE + card_html(self.card)}
        return bundle, {"dlcourse": dict(self.facts)}

    def with_note(self, note: str) -> "View":
        """The same view with a sentence more; itself where there is none."""
        if not note:
            return self
        parts = (*self.card.parts, Part("text", note))
        return replace(self, card=replace(self.card, parts=parts))

    @classmethod
    def of_result(cls, result: "ExerciseResult", next_step: str = "", printed: str = "") -> "View":
        """The outcome of a check."""
        facts = {"exercise": result.name, "status": result.status, "earned": result.earned}
        return cls(card_of(result, next_step, printed), facts)

    @classmethod
    def of_hints(cls, name: str, hints: Sequence[str], shown: int, passed: bool) -> "View":
        """The hints up to one."""
        parts = [Part("text", f"{n}. {hint}") for n, hint in enumerate(hints[:shown], 1)]
        if shown < len(hints):
            parts.append(Part("next", f'Run `lesson.hint("{name}")` again for the next one.'))
        elif passed:
            parts.append(Part("next", f'How the course writes it: `lesson.solution("{name}")`'))
        else:
            text = "That was the last hint. The solution is shown once the check passes."
            parts.append(Part("next", text))
        return cls(Card("note", "?", name, f"hint {shown} of {len(hints)}", parts=tuple(parts)))

    @classmethod
    def of_locked_solution(cls, name: str) -> "View":
        """The solution of something that has not passed yet."""
        text = f'`lesson.check("{name}")` must pass first. For a hint: `lesson.hint("{name}")`'
        return cls(Card("todo", "○", name, "no solution yet", parts=(Part("text", text),)))

    @classmethod
    def of_unknown_name(cls, name: Any, known: Sequence[str]) -> "View":
        """A name that no exercise of the lesson has."""
        close = difflib.get_close_matches(str(name), known, n=1)
        guess = f"Did you mean `{close[0]}`? " if close else ""
        names = ", ".join(f"`{n}`" for n in known)
        have = "The exercises of this lesson are" if len(known) > 1 else "This lesson's exercise is"
        part = Part("text", f"{guess}{have} {names}.")
        shown = (name if isinstance(name, str) else repr(name))[:60] or "(no name)"
        card = Card("bad", "?", shown, "is no exercise of this lesson", parts=(part,))
        return cls(card, {"status": "unknown"})

    @classmethod
    def of_progress(cls, lesson: "Lesson", entries: Entries) -> "View":
        """The exercises of a lesson, and which have passed."""
        checks = [
            Check(_status(entries, name), f"`{name}` {exercise.title}")
            for name, exercise in lesson.exercises.items()
        ]
        if lesson.quiz:
            checks.append(Check(_status(entries, "quiz"), f"Quiz of {len(lesson.quiz)} questions"))
        passed = sum(check.status == "passed" for check in checks)
        done = passed == len(checks)
        card = Card(
            "good" if done else "note",
            "✓" if done else "›",
            lesson.name,
            f"{passed} of {len(checks)} passed",
            title=lesson.title,
            parts=(Part("checks", checks=tuple(checks)),),
        )
        return cls(card)

    @classmethod
    def of_welcome(cls, lesson: "Lesson", entries: Entries, device: str) -> "View":
        """What the set-up cell shows."""
        passed = sum(_status(entries, name) == "passed" for name in lesson.exercises)
        help_text = '`lesson.hint("NAME")` helps, `lesson.progress()` shows where you are.'
        return cls(
            Card(
                "note",
                "›",
                lesson.name,
                "is ready",
                aside=f"{passed} of {len(lesson.exercises)} exercises passed",
                title=lesson.title,
                parts=(Part("text", device), Part("next", help_text)),
            )
        )


@dataclass(frozen=True, repr=False)
class Code:
    """Code to read: Markdown, since every notebook colours the code in that.

    Args:
        title: A line above it.
        source: The code.
    """

    title: str
    source: str

    def __repr__(self) -> str:
        return f"{self.title}:\n\n{self.source}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        markdown = f"**{self.title}**\n\n```python\n{self.source}\n```"
        return {"text/plain": repr(self), "text/markdown": markdown}


def _status(entries: Entries, name: str) -> Any:
    return "passed" if entries.get(name, {}).get("passed") else "not attempted"
