"""How pages are made: one file each, nothing loaded from anywhere, everything escaped."""

import re
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from dlcourse.grading.cards import MARKS
from dlcourse.grading.reports.printable import amount, printable, shortened

__all__ = ["render"]

_BACKTICKS = re.compile(r"`([^`\n]+)`")


def render(template: str, **content: Any) -> str:
    """Fill in a template of this package.

    Args:
        template: Its file name.
        content: What it shows. Strings are escaped; what they hold is never markup.

    Returns:
        The page.
    """
    return _environment().get_template(template).render(content)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dlcourse.grading.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "amount": amount,
        "code": _code,
        "percent": lambda share: f"{100 * share:.0f} %",
        "printable": printable,
        "shortened": shortened,
        "word": lambda status: status.replace(" ", "-"),  # a status as a CSS class
    }
    environment.globals["marks"] = MARKS
    return environment


def _code(text: str) -> Markup:
    """Escaped text in which what stands between backticks is shown as code."""
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))
