"""The colours of the pages can be read: WCAG 2.2, contrast of text 4.5 and of graphics 3."""

import re
from importlib.resources import files

import pytest

STYLE = files("dlcourse.grading.reports").joinpath("templates/style.css").read_text("utf-8")
SCHEMES = ["light", "dark", "print"]


def scheme(name):
    """The colour variables of a scheme."""
    light, dark, printed = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    text = {"light": light, "dark": dark, "print": printed}[name]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", text))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    darker, lighter = sorted([luminance(a), luminance(b)])
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_most():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", SCHEMES)
def test_text_can_be_read(name):
    colours = scheme(name)
    for text in ("ink", "soft", "link", "accent"):
        for ground in ("page", "card", "warn"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("name", SCHEMES)
def test_bars_and_marks_can_be_seen(name):
    colours = scheme(name)
    for status in ("passed", "failed", "crashed", "stopped", "not-attempted", "warn-line"):
        assert contrast(colours[status], colours["card"]) >= 3, status
