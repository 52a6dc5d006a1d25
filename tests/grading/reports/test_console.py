import io
from dataclasses import replace

import pytest
from rich.console import Console

from dlcourse.grading.reports.console import print_class, print_submission


@pytest.fixture
def terminal():
    return Console(file=io.StringIO(), width=100, force_terminal=True, color_system="standard")


def test_a_submission_says_what_was_found(every_status, terminal):
    print_submission(every_status, terminal)
    text = terminal.file.getvalue()
    for words in ("Zoë Müller", "6 of 12", "do not divide", "It ran longer", "not attempted", "■"):
        assert words in text
    assert "the last one counts" in text


def test_a_class_is_told_in_numbers(classroom, unreadable, terminal):
    print_class([*classroom(40), unreadable], terminal)
    text = terminal.file.getvalue()
    assert "41 submissions" in text
    assert "success per exercise" in text
    assert "of 40" in text
    assert "most frequent misconceptions" in text
    assert "=HYPERLINK(1): x.ipynb is not a notebook." in text


def test_a_learner_cannot_steer_the_terminal(hostile):
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    print_submission(hostile, console)
    print_class([hostile], console)
    assert "\x1b[31m" not in console.file.getvalue()
    assert "\u202e" not in console.file.getvalue()


def test_square_brackets_are_shown_as_they_are(every_status):
    console = Console(file=io.StringIO(), width=200)
    learner, note = "[bold]x[/nothing]", "[/] W[0] and [red]"
    print_submission(replace(every_status, learner=learner, notes=(note,)), console)
    assert learner in console.file.getvalue()
    assert note in console.file.getvalue()


def test_an_empty_class(terminal):
    print_class([], terminal)
    assert "0 submissions" in terminal.file.getvalue()
