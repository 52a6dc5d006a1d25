"""Made-up results: every status, hostile text, and a class of any size."""

import random

import pytest

from dlcourse.grading.results import Diagnosis, ExerciseResult, SubmissionResult, TestResult

LESSON = "c1w2_logistic_regression"
EXERCISES = {
    "sigmoid": ("The sigmoid of every element of an array.", 1.0),
    "initialize_with_zeros": ("Weights and bias that are all zero.", 1.0),
    "propagate": ("Cost and gradients of logistic regression for one pass over the data.", 3.0),
    "optimize": ("Gradient descent: repeat the pass and step against the gradient.", 3.0),
    "predict": ("Labels from probabilities, with the threshold at one half.", 2.0),
    "model": ("Everything together, trained and measured on both sets.", 2.0),
}
MISTAKES = {
    "propagate": (
        Diagnosis(
            "forgot_to_average",
            "You sum over the examples but do not divide by `m`, so the step grows with the data.",
        ),
        Diagnosis("swapped_product", "The gradient needs `X @ (A - Y).T`, not `(A - Y) @ X`."),
        Diagnosis("returns_none", "The function gives back nothing: is a `return` missing?", True),
    ),
    "predict": (Diagnosis("rounds_up", "A probability of exactly 0.5 is no vote for class 1."),),
}
TRACEBACK = """Traceback (most recent call last):
  File "cell 12, line 7, in propagate
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A) / m
ValueError: operands could not be broadcast together with shapes (4,200) (1,200)"""


def tests_of(status):
    """Four tests, of which the last did not pass unless all did."""
    message = "" if status == "passed" else "cost: largest difference 3.2 at index (0, 1)"
    traceback = TRACEBACK if status == "crashed" else ""
    titles = ("agrees with a calculation by hand", "gradients agree with differences")
    tests = [TestResult(f"test_{i}", f"The result {t}.", "passed") for i, t in enumerate(titles)]
    last = TestResult("test_2", "The inputs are left as they were.", status, message, traceback)
    return (*tests, last)


def checked(name, status, diagnosis=None, note=""):
    title, points = EXERCISES[name]
    share = {"passed": 1.0, "not attempted": 0.0}.get(status, 0.5)
    tests = tests_of(status)
    return ExerciseResult(
        name, title, points, round(points * share, 2), status, tests, diagnosis, note
    )


@pytest.fixture(name="checked")
def checked_fixture():
    """Makes the result of one exercise."""
    return checked


@pytest.fixture
def every_status():
    """A submission in which every status occurs."""
    exercises = (
        checked("sigmoid", "passed"),
        checked("initialize_with_zeros", "not attempted"),
        checked("propagate", "failed", MISTAKES["propagate"][0]),
        checked("optimize", "crashed"),
        checked("predict", "stopped", note="It ran longer than 10 seconds."),
        checked("model", "failed"),
    )
    notes = ("propagate is defined in several code cells (3, 9); the last one counts.",)
    return SubmissionResult("Zoë Müller", LESSON, exercises, notes, seed=20261, seconds=1.84)


@pytest.fixture
def hostile():
    """A submission in which everything that a learner can write tries to break out."""
    bad = "<script>alert('x')</script><img src=x onerror=alert(1)>\x1b[31m{{ 7 * 7 }}\u202e"
    test = TestResult("test_a", "A title", "crashed", f"Error: {bad}", f"{bad}\n" * 3)
    diagnosis = Diagnosis("name", "A hint & more")
    exercise = ExerciseResult("f", "Title <b>", 2.0, 0.5, "crashed", (test,), diagnosis, bad)
    notes = (f"=cmd|{bad}", bad)
    return SubmissionResult(bad, LESSON, (exercise,), notes)


@pytest.fixture
def unreadable():
    """A file that was no notebook."""
    return SubmissionResult("=HYPERLINK(1)", "", (), ("x.ipynb is not a notebook.",))


@pytest.fixture
def classroom():
    """Makes a class of so many learners, the same one every time."""

    def make(size):
        dice = random.Random(7)
        return [submission(dice, number) for number in range(size)]

    return make


def submission(dice, number):
    skill = dice.random()
    exercises = tuple(checked_by_chance(dice, name, skill) for name in EXERCISES)
    first = ("Ada", "Bo", "Chen", "Dora", "Emeka", "Fatima", "Görkem", "Hana", "李雷", "Ивáн")
    learner = f"{first[number % len(first)]} {'ABCDEFGHIJKLMNOPQRST'[number // 10 % 20]}{number}"
    notes = ("predict is defined in several code cells (3, 9); the last one counts.",)
    return SubmissionResult(learner, LESSON, exercises, notes if number % 17 == 3 else ())


def checked_by_chance(dice, name, skill):
    if dice.random() < 0.35 + 0.6 * skill:
        return checked(name, "passed")
    status = dice.choice(["failed", "failed", "crashed", "stopped", "not attempted"])
    known = MISTAKES.get(name, ()) if status == "failed" else ()
    return checked(name, status, dice.choice([*known, None]))
