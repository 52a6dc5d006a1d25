"""Every kind of result reads well as text and as HTML, and nothing of the learner's is markup."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dlcourse.grading.cards import card_of
from dlcourse.grading.results import Diagnosis, ExerciseResult, TestResult
from dlcourse.grading.show import STYLE, card_html, card_text, html, text

TRACEBACK = """Traceback (most recent call last):
  File "<cell 3>", line 4, in propagate
    return 1 / 0
  File "/usr/lib/python3.11/site-packages/numpy/x.py", line 1, in inner
    hidden()
ZeroDivisionError: division by zero"""

RIGHT = TestResult("test_a", "The cost is right.", "passed")
WRONG = TestResult("test_b", "The gradient of `w` is right.", "failed", "dw is off\nassert 1 == 2")
CRASH = TestResult("test_c", "It takes one example.", "crashed", "ZeroDivisionError", TRACEBACK)
STOP = TestResult("test_d", "It ends.", "stopped", "It took longer than 10 seconds.")
HINT = Diagnosis("forgot", "You forgot to divide by `m`.")


def result(status, *tests, earned=0.0, **more):
    return ExerciseResult("propagate", "Cost and gradients.", 2, earned, status, tests, **more)


PASSED = result("passed", RIGHT, earned=2.0)
FAILED = result("failed", RIGHT, WRONG, earned=1.0, diagnosis=HINT)
CRASHED = result("crashed", RIGHT, WRONG, CRASH)
STOPPED = result("stopped", STOP)


def blank(message="NotImplementedError", traceback=""):
    return result("not attempted", TestResult("t", "T.", "not attempted", message, traceback))


ALL = [PASSED, FAILED, CRASHED, STOPPED, blank()]


class _Page(HTMLParser):
    """Collects tags and text, and sees whether every tag is closed."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.words = [], set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def test_passed_says_points_and_what_was_checked():
    assert text(PASSED).splitlines() == [
        "✓ propagate: passed (2 of 2 points)",
        "  Cost and gradients.",
        "  ✓ The cost is right.",
    ]


def test_failed_says_what_was_checked_what_differs_and_why():
    lines = text(FAILED, "Try `lesson.hint`").splitlines()
    assert lines[0] == "✗ propagate: 1 of 2 checks pass (1 of 2 points)"
    assert "  What was checked: The gradient of `w` is right." in lines
    assert "    dw is off" in lines
    assert "  This looks like: You forgot to divide by `m`." in lines
    assert "  All checks: 1 of 2 pass" in lines
    assert lines[-1] == "  Try `lesson.hint`"


def test_crashed_shows_the_learners_frames_of_the_crash():
    shown = text(CRASHED)
    assert "While this was checked: It takes one example." in shown
    assert 'File "<cell 3>", line 4, in propagate' in shown
    assert "ZeroDivisionError: division by zero" in shown
    assert "site-packages" not in shown
    assert "dw is off" not in shown


def test_stopped_says_why():
    assert "    It took longer than 10 seconds." in text(STOPPED).splitlines()


@pytest.mark.parametrize(
    ("blank_result", "sentence"),
    [
        (blank(), "Replace the line `raise NotImplementedError` with your code"),
        (blank("NameError: propagate"), "`propagate` is not defined"),
        (blank("NameError: sigmoid"), "It needs `sigmoid`, which is not defined"),
        (
            blank(traceback=TRACEBACK.replace("in inner", "in sigmoid")),
            "It calls `sigmoid`, which is still a blank",
        ),
    ],
)
def test_a_blank_says_what_is_missing(blank_result, sentence):
    assert sentence in text(blank_result)
    assert text(blank_result).startswith("○ propagate: not attempted yet (0 of 2 points)")


@pytest.mark.parametrize("case", ALL, ids=lambda r: r.status)
def test_html_says_what_the_text_says(case):
    page = _Page(html(case, "Next `step`"))
    assert page.open == []
    words = "".join(page.words.split())
    for line in text(case, "Next `step`").splitlines()[1:]:
        assert "".join(line.split()).replace("`", "") in words


def test_code_is_marked():
    assert "<code>m</code>" in html(FAILED)


def test_nothing_of_the_learners_is_markup():
    evil = '<script>alert("x")</script><img src=x onerror=y>`</code><b>`'
    test = TestResult(evil, evil, "crashed", evil, TRACEBACK + evil)
    case = result("crashed", test, replace(test, status="failed"), note=evil)
    case = replace(case, name=evil, title=evil, diagnosis=Diagnosis(evil, evil))
    assert _Page(html(case, evil)).tags.isdisjoint({"script", "img", "b"})
    printed = card_html(card_of(case, evil, printed=evil))
    assert _Page(printed).tags.isdisjoint({"script", "img", "b"})


def test_what_was_printed_is_shown_where_it_helps():
    assert "    x is 3" in card_text(card_of(FAILED, printed="x is 3")).splitlines()
    assert "x is 3" not in card_text(card_of(PASSED, printed="x is 3"))


def test_long_messages_are_cut_in_the_middle():
    case = result("failed", replace(WRONG, message="begin" + "." * 100_000 + "end"))
    shown = text(case)
    assert len(shown) < 4000
    assert "begin" in shown
    assert "[…]" in shown
    assert "end" in shown


def test_parameters_of_a_test_are_one_line():
    case = result("failed", RIGHT, RIGHT, replace(WRONG, title=RIGHT.title))
    assert text(case).count("✗ The cost is right.") == 1
    assert "✓" not in text(case)


def test_a_quiz_shows_every_explanation():
    tests = (replace(RIGHT, message="Because."), replace(WRONG, message="Not so."))
    quiz = ExerciseResult("quiz", "Quiz", 2, 1, "failed", tests)
    assert text(quiz).splitlines()[0] == "✗ quiz: 1 of 2 answers are right (1 of 2 points)"
    assert "    Because." in text(quiz).splitlines()
    assert "Not so." in html(quiz)


def test_the_style_follows_jupyter_and_works_without_it():
    assert "var(--jp-content-font-color1, inherit)" in STYLE
