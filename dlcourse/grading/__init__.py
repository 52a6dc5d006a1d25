"""The grader: one engine for the check cell, the command line and a whole class.

It knows no deep learning and imports nothing of the library. Loading this package is cheap: the
comparisons, and with them NumPy, are loaded when they are used, the engine and pytest by whoever
runs it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dlcourse.grading.exercise import Question, exercise, helper, mistake

if TYPE_CHECKING:
    from dlcourse.grading.compare import (
        FLOAT32,
        FLOAT64,
        assert_close,
        assert_shape,
        standard_error,
    )

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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.compare"), name)
