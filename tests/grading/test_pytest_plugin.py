"""`pytest notebook.ipynb` gives one item per test, with the learner's diagnosis."""

import inspect

from tests.grading.lessons import toy as solutions

pytest_plugins = ["pytester"]

SQUASH = "import numpy as np\n\n" + inspect.getsource(solutions.squash)


def test_one_item_per_test(pytester, write_notebook, lessons):
    path = write_notebook(SQUASH.replace("-z", "z"), inspect.getsource(solutions.Counter))
    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "-v",
        "--exercises", str(lessons), str(path),
    )  # fmt: skip
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*squash::test_by_hand FAILED*",
            "*Counter::test_state PASSED*",
            "*off by up to 0.5 at index (1,)*",
            "This looks like: The sign of the exponent is lost.",
        ]
    )


def test_other_notebooks_are_left_alone(pytester):
    pytester.makefile(".ipynb", other='{"cells": [], "metadata": {}}', broken="{")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes()


def test_a_damaged_notebook_is_an_error_with_a_sentence(pytester, write_notebook):
    path = write_notebook("x = 1", lesson="nothing")
    result = pytester.runpytest_subprocess(str(path))
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*there is no lesson 'nothing'*"])
