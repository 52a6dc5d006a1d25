"""Comparisons that tell a learner what differs: structure, shape, dtype, how much and where."""

import math
from typing import Any

import numpy as np

from dlcourse.grading.proxy import Proxy

__all__ = ["FLOAT32", "FLOAT64", "assert_close", "assert_shape", "standard_error"]

FLOAT64 = 1e-7  # relative tolerance for results computed in double precision
FLOAT32 = 1e-5  # … in single precision
SIGMAS = 5  # a random mean may be this many standard errors off (once in 1.7 million)

_NUMBER = bool | int | float | complex | np.bool_ | np.number
_FITTING_KINDS = {"f": "f", "c": "fc", "i": "iubf", "u": "iubf", "b": "biu"}
_HALF_PRECISION_BYTES = 2


def standard_error(std: float, n: int) -> float:
    """How far the mean of n independent draws may be from its expectation.

    Args:
        std: Standard deviation of one draw.
        n: Number of draws, at least 1.

    Returns:
        Five standard errors of the mean, 5·std/√n.

    Example:
        >>> standard_error(2.0, 100)
        1.0
    """
    return SIGMAS * std / math.sqrt(n)


def assert_shape(actual: Any, shape: tuple[int, ...], what: str = "the result") -> None:
    """Fail unless `actual` is an array of that shape.

    Example:
        >>> assert_shape(np.zeros((3, 1)), (3, 1), "b")
        >>> assert_shape(np.zeros(3), (3, 1), "b")
        Traceback (most recent call last):
        AssertionError: b has shape (3,), expected (3, 1). (3,) is a rank-1 array: ...
    """
    if not isinstance(actual, np.ndarray):
        _fail(f"{what} should be an array of shape {shape}, but it is {_kind(actual)}.")
    if actual.shape != tuple(shape):
        _fail(f"{what} has shape {actual.shape}, expected {tuple(shape)}.{_shape_advice(actual)}")


def assert_close(
    actual: Any, expected: Any, what: str = "the result", tolerance: float = FLOAT64
) -> None:
    """Fail unless `actual` equals `expected` in structure, shape, dtype and value.

    Args:
        actual: What the learner's code gave.
        expected: Numbers, arrays, strings, None, or nested tuples, lists and dictionaries of them.
        what: How the message calls it, such as 'grads["dw"]'.
        tolerance: Relative to the largest expected magnitude (absolute where that is below 1).

    Raises:
        AssertionError: With shapes, dtypes, the largest difference and where it is.

    Example:
        >>> assert_close({"dw": np.ones(2)}, {"dw": np.array([1.0, 2.0])}, "grads")
        Traceback (most recent call last):
        AssertionError: grads['dw'] is off by up to 1 at index (1,): got 1, expected 2 ...
    """
    if isinstance(actual, Proxy):
        _fail(f"{what} should be {_kind(expected)}, but it is {_kind(actual)}.")
    if isinstance(expected, dict):
        _compare_dicts(actual, expected, what, tolerance)
    elif isinstance(expected, list | tuple):
        _compare_sequences(actual, expected, what, tolerance)
    elif isinstance(expected, np.ndarray):
        _compare_arrays(actual, expected, what, tolerance)
    elif isinstance(expected, _NUMBER):
        _compare_numbers(actual, expected, what, tolerance)
    elif type(actual) is not type(expected) or actual != expected:
        _fail(f"{what} should be {expected!r}, but it is {_show(actual)}.")


def _compare_dicts(actual: Any, expected: dict, what: str, tolerance: float) -> None:
    if not isinstance(actual, dict):
        _fail(f"{what} should be a dictionary with the keys {_keys(expected)}, "
              f"but it is {_kind(actual)}.")  # fmt: skip
    missing, extra = expected.keys() - actual.keys(), actual.keys() - expected.keys()
    if missing or extra:
        _fail(f"{what} has the keys {_keys(actual)}, expected {_keys(expected)}.")
    for key, value in expected.items():
        assert_close(actual[key], value, f"{what}[{key!r}]", tolerance)


def _compare_sequences(actual: Any, expected: list | tuple, what: str, tolerance: float) -> None:
    if not isinstance(actual, list | tuple):
        _fail(f"{what} should be {_kind(expected)}, but it is {_kind(actual)}.")
    if len(actual) != len(expected):
        _fail(f"{what} has {len(actual)} entries, expected {len(expected)}.")
    for i, (a, e) in enumerate(zip(actual, expected, strict=True)):
        assert_close(a, e, f"{what}[{i}]", tolerance)


def _compare_arrays(actual: Any, expected: np.ndarray, what: str, tolerance: float) -> None:
    if not isinstance(actual, np.ndarray):
        _fail(f"{what} should be an array of shape {expected.shape}, but it is {_kind(actual)}.")
    assert_shape(actual, expected.shape, what)
    _compare_dtypes(actual.dtype, expected.dtype, what)
    _compare_values(actual, expected, what, tolerance)


def _compare_numbers(actual: Any, expected: Any, what: str, tolerance: float) -> None:
    if isinstance(actual, np.ndarray) and actual.shape != ():
        _fail(f"{what} should be a single number, but it is an array of shape {actual.shape}. "
              "Take the number out of it, for instance with float(np.squeeze(…)).")  # fmt: skip
    if not isinstance(actual, _NUMBER | np.ndarray):
        _fail(f"{what} should be {_kind(expected)}, but it is {_kind(actual)}.")
    _compare_dtypes(np.asarray(actual).dtype, np.asarray(expected).dtype, what)
    _compare_values(np.asarray(actual), np.asarray(expected), what, tolerance)


def _compare_dtypes(actual: np.dtype, expected: np.dtype, what: str) -> None:
    fitting = _FITTING_KINDS.get(expected.kind, expected.kind)
    if actual.kind not in fitting:
        _fail(f"{what} has dtype {actual}, expected {expected}.")
    if actual.kind == "f" and actual.itemsize <= _HALF_PRECISION_BYTES:
        _fail(f"{what} has dtype {actual}, which keeps about 3 digits; expected {expected}.")


def _compare_values(actual: Any, expected: Any, what: str, tolerance: float) -> None:
    if expected.dtype.kind in "US":
        wrong = actual != expected
    else:
        atol = _atol(expected, tolerance)
        wrong = ~np.isclose(actual, expected, rtol=0, atol=atol, equal_nan=True)
    if not np.any(wrong):
        return
    if expected.shape == ():
        _fail(f"{what} is {_number(actual)}, expected {_number(expected)}.")
    index, difference = _worst(actual, expected, wrong)
    _fail(
        f"{what} is off{difference} at index {index}: "
        f"got {_number(actual[index])}, expected {_number(expected[index])} "
        f"({np.count_nonzero(wrong)} of {wrong.size} entries differ; "
        f"shape {actual.shape}, dtype {actual.dtype}).{_nan_advice(actual, expected)}"
    )


def _atol(expected: np.ndarray, tolerance: float) -> float:
    finite = np.abs(expected[np.isfinite(expected)]) if expected.size else expected
    return tolerance * max(1.0, float(finite.max(initial=0.0)))


def _worst(actual: Any, expected: Any, wrong: Any) -> tuple[tuple[int, ...], str]:
    if expected.dtype.kind in "US":
        distance, text = wrong, ""
    else:
        with np.errstate(all="ignore"):
            distance = np.abs(actual.astype(complex) - expected.astype(complex))
        # not-a-number is further off than any number
        distance = np.where(wrong, np.where(np.isnan(distance), np.inf, distance), -1.0)
        text = f" by up to {distance.max():.6g}" if np.isfinite(distance.max()) else ""
    index = np.unravel_index(int(np.argmax(distance)), expected.shape)
    return tuple(int(i) for i in index), text


def _nan_advice(actual: np.ndarray, expected: np.ndarray) -> str:
    if actual.dtype.kind in "fc" and np.isnan(actual).any() and not np.isnan(expected).any():
        return " It contains NaN: look for log(0), 0/0 or an overflow."
    return ""


def _shape_advice(actual: np.ndarray) -> str:
    if actual.ndim == 1:
        return (f" {actual.shape} is a rank-1 array: neither a row nor a column; "
                "keepdims=True or reshape makes it one.")  # fmt: skip
    return ""


def _keys(mapping: dict) -> str:
    return ", ".join(sorted(repr(k) for k in mapping)) or "(none)"


def _number(value: Any) -> str:
    value = value[()] if isinstance(value, np.ndarray) else value
    return f"{value:.8g}" if isinstance(value, float | np.floating) else str(value)


def _show(value: Any) -> str:
    simple = isinstance(value, str | int | float | bool | None)
    return repr(value)[:80] if simple else _kind(value)


def _kind(value: Any) -> str:
    if value is None:
        return "None (is a return statement missing?)"
    if isinstance(value, Proxy):
        return f"an object of type {object.__getattribute__(value, '_dlc_kind')}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, list | tuple | dict | set):
        return f"a {type(value).__name__} of {len(value)} entries"
    names = {float: "a number (float)", int: "a whole number (int)", str: "a string",
             bool: "a bool"}  # fmt: skip
    return names.get(type(value), f"a {type(value).__name__}")


def _fail(message: str) -> None:
    __tracebackhide__ = True
    raise AssertionError(message)
