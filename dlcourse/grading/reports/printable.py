"""Text of learners made fit to be shown: nothing in it moves cursors or turns lines around."""

import re

__all__ = ["amount", "printable", "shortened"]

MANY_CHARACTERS = 10_000  # of one message; more hides the rest of a report

_ESCAPE_SEQUENCES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.?)")
# control characters other than tab and line feed, lone surrogates, and the marks that make
# right-to-left text of what follows
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def printable(text: str, limit: int = MANY_CHARACTERS) -> str:
    r"""Take out of a text what a terminal, a page or a spreadsheet would obey instead of show.

    Args:
        text: Anything that may come from a learner.
        limit: Characters that are kept; the middle of a longer text is left out.

    Returns:
        The text with terminal sequences removed and other control characters replaced.

    Example:
        >>> printable("\x1b[31mred\x1b[0m and \u202eback to front")
        'red and �back to front'
    """
    if len(text) > limit:
        left_out = f"\n[… {len(text) - limit} characters …]\n"
        text = text[: limit // 2] + left_out + text[-(limit // 2) :]
    text = text.replace("\r\n", "\n")
    return _UNPRINTABLE.sub("\ufffd", _ESCAPE_SEQUENCES.sub("", text))


def shortened(text: str, length: int = 60) -> str:
    """One line of at most so many characters, for a cell of a table.

    Example:
        >>> shortened("a very long name", 9)
        'a very l…'
    """
    line = " ".join(printable(text, limit=2 * MANY_CHARACTERS).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def amount(points: float) -> str:
    """Points without needless zeros.

    Example:
        >>> amount(3.0), amount(2.6700001)
        ('3', '2.67')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")
