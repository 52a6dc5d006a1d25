"""The grader: one engine for the check cell, the command line and a whole class.

It knows no deep learning and imports nothing of the library. Loading this package is cheap; the
engine itself (and with it pytest) is loaded by whoever runs it.
"""

from dlcourse.grading.compare import FLOAT32, FLOAT64, assert_close, assert_shape, standard_error
from dlcourse.grading.exercise import Question, exercise, helper, mistake

__all__ = [
    "FLOAT32",
    "FLOAT64",
    "Question",
    "assert_close",
    "assert_shape",
    "exercise",
    "helper",
    "mistake",
    "standard_error",
]
