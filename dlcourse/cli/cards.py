"""Shows the result of an exercise in a terminal."""

from rich.console import Console
from rich.text import Text

from dlcourse.grading.cards import MARKS, Card, Part, card_of
from dlcourse.grading.reports.printable import printable
from dlcourse.grading.results import ExerciseResult, Status

__all__ = ["print_line", "print_result"]

INDENT = "  "
NO_LEAD = Text("")
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
        _write(console, Text(printable(result.title)))
    for part in card_of(result).parts:
        if part.kind != "next":  # it speaks of the cells of a notebook
            _print_part(console, part)
    if hint and not result.passed:
        _write(console, Text(f"For a hint: {hint}"))
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
        _write(console, text)
    elif part.text:
        _write(console, Text(printable(part.text)))
    if part.words:
        _write(console, Text(printable(part.words)), Text("  "))
    for check in part.checks:
        mark = Text(f"{MARKS[check.status]} ", _colour(check.status))
        _write(console, Text(printable(check.title)), mark)
        if check.message:
            _write(console, Text(printable(check.message), "dim"), Text("  "))


def _write(console: Console, text: Text, lead: Text = NO_LEAD) -> None:
    """Print a text, indented; `lead` goes before its first line and the others stand below it."""
    width = max(console.width - len(INDENT) - lead.cell_len, 20)
    for line in text.wrap(console, width):
        line.rstrip()
        console.print(Text.assemble(INDENT, lead, line), soft_wrap=True)
        lead = Text(" " * lead.cell_len)


def _colour(status: Status) -> str:
    return {"passed": "green", "not attempted": "dim"}.get(status, "red")
