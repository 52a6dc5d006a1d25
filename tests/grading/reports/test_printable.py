import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.grading.reports.printable import amount, printable, shortened


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_text_is_left_alone(text):
    assert printable(text) == text


@given(st.text())
def test_nothing_is_left_that_steers_a_terminal(text):
    kept = printable(text)
    assert not any(c < " " and c not in "\t\n" for c in kept)
    assert "\x9b" not in kept
    kept.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("a\r\nb\tc\n", "a\nb\tc\n"),
        ("a\rb", "a\ufffdb"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_by_hand(text, expected):
    assert printable(text) == expected


def test_a_flood_is_cut_in_the_middle():
    text = printable("a" * 600 + "b" * 600, limit=1000)
    assert text.startswith("a" * 500)
    assert text.endswith("b" * 500)
    assert "200 characters" in text


@given(st.text(min_size=100))
def test_shortened_is_one_short_line(text):
    line = shortened(text, 20)
    assert len(line) <= 20
    assert "\n" not in line


@pytest.mark.parametrize(
    ("points", "text"),
    [(0.0, "0"), (10.0, "10"), (100.0, "100"), (2.5, "2.5"), (0.1 + 0.2, "0.3"), (1e6, "1000000")],
)
def test_amounts(points, text):
    assert amount(points) == text
