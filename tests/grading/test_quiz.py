"""Letters are marked and explained; anything else is answered with a sentence."""

from types import SimpleNamespace

import numpy as np
import pytest

from dlcourse.grading.exercise import Question
from dlcourse.grading.quiz import check_quiz

QUIZ = (
    Question("First?", {"a": ("yes", "Right, because."), "b": ("no", "Not so.")}, answer="a"),
    Question("Second?", {"a": ("yes", "Think again."), "b": ("no", "Indeed.")}, answer="b"),
)
LESSON = SimpleNamespace(title="Toys", quiz=QUIZ)


def outcome(answers, lesson=LESSON):
    result = check_quiz(lesson, answers)
    return result.status, result.earned, [t.status for t in result.tests]


def test_all_right():
    assert outcome({1: "a", 2: "b"}) == ("passed", 2.0, ["passed", "passed"])


def test_the_chosen_letter_is_explained():
    result = check_quiz(LESSON, {1: "a", 2: "a"})
    assert (result.status, result.earned, result.points) == ("failed", 1.0, 2.0)
    assert [t.message for t in result.tests] == ["Right, because.", "Think again."]
    assert [t.title for t in result.tests] == ["1. First?", "2. Second?"]


@pytest.mark.parametrize("letter", ["A", " a ", "a\n"])
def test_case_and_spaces_do_not_matter(letter):
    assert outcome({1: letter, 2: "b"})[0] == "passed"


def test_numbers_may_be_strings():
    assert outcome({"1": "a", "2": "b"})[0] == "passed"


@pytest.mark.parametrize("answers", [{}, {1: "", 2: None}, {1: "  "}, None])
def test_nothing_answered_is_not_attempted(answers):
    assert outcome(answers) == ("not attempted", 0.0, ["not attempted"] * 2)


def test_one_answered_is_not_all_answered():
    assert outcome({1: "a"}) == ("failed", 1.0, ["passed", "not attempted"])


@pytest.mark.parametrize("letter", ["z", "ab", 1, True, ["a"], {"a"}, np.array(["a", "b"]), print])
def test_what_is_no_letter_is_named(letter):
    result = check_quiz(LESSON, {1: letter, 2: "b"})
    assert result.tests[0].status == "failed"
    assert result.tests[0].message.startswith('Expected one of the letters "a", "b", got ')
    assert len(result.tests[0].message) < 120


@pytest.mark.parametrize("answers", ["ab", ["a", "b"], 3, np.zeros(2), print])
def test_answers_of_another_type_are_named(answers):
    result = check_quiz(LESSON, answers)
    assert result.status == "not attempted"
    assert result.note.startswith("Expected a dictionary such as quiz_answers = {1: ")


def test_unknown_questions_are_named():
    result = check_quiz(LESSON, {1: "a", 2: "b", 7: "a"})
    assert result.note == "The questions are numbered 1 to 2; there is no 7."
    assert result.earned == 2.0


def test_a_lesson_without_a_quiz():
    result = check_quiz(SimpleNamespace(title="Toys", quiz=()), {1: "a"})
    assert (result.points, result.note) == (0.0, "This lesson has no quiz.")
