"""Shows the result of an exercise in a terminal."""

from rich.console import Console
from rich.text import Text

from dlcourse.cli.output import print_indented
from dlcourse.grading.cards import MARKS, Card, Part, card_of
from dlcourse.grading.reports.printable import printable
from dlcourse.grading.results import ExerciseResult, Status

__all__ = ["print_line", "print_result"]

COLOURS = {"good": "green", "bad": "red", "todo": "dim", "note": "blue"}


def print_result(console: Console, result: ExerciseResult, hint: str = "") -> None:
    """Print all that is known about a result.

    Args:
        console: Where to.
        result: Of an exercise or of a quiz.
        hint: The command that gives a hint, where there is one to offer.
    """
    print_line(console, result)
    if not result.passed:
        print_indented(console, Text(printable(result.title)))
    for part in card_of(result).parts:
        if part.kind != "next":  # it speaks of the cells of a notebook
            _print_part(console, part)
    if hint and not result.passed:
        print_indented(console, Text(f"For a hint: {hint}"))
    console.print()


def print_line(console: Console, result: ExerciseResult) -> None:
    """Print the verdict in one line."""
    console.print(_head(card_of(result)))


def _head(card: Card) -> Text:
    colour = COLOURS[card.tone]
    return Text.assemble(
        (f"{card.mark} ", colour), (card.name, "bold"), (f": {card.verdict}", colour),
        f" ({card.aside})" if card.aside else "",
    )  # fmt: skip


def _print_part(console: Console, part: Part) -> None:
    if part.kind == "diagnosis":
        text = Text.assemble(("This looks like: ", "bold yellow"), printable(part.text))
        print_indented(console, text)
    elif part.text:
        print_indented(console, Text(printable(part.text)))
    if part.words:
        print_indented(console, Text(printable(part.words)), Text("  "))
    for check in part.checks:
        mark = Text(f"{MARKS[check.status]} ", _colour(check.status))
        print_indented(console, Text(printable(check.title)), mark)
        if check.message:
            print_indented(console, Text(printable(check.message), "dim"), Text("  "))


def _colour(status: Status) -> str:
    return {"passed": "green", "not attempted": "dim"}.get(status, "red")
