"""Shapes in letters: what fits, what does not, and that messages name argument, need and find."""

import numpy as np
import pytest

from dlcourse.scratch.named_arrays import (
    check_shape,
    float_array,
    index_array,
    parameter_array,
    parameter_arrays,
)


def test_letters_are_remembered():
    sizes = {}
    check_shape("q", (2, 3, 4), ("m", "t", "n"), sizes)
    check_shape("k", (2, 4), ("m", "n"), sizes)
    assert sizes == {"m": 2, "t": 3, "n": 4}


def test_an_ellipsis_takes_any_number_of_axes_and_is_remembered():
    sizes = {}
    check_shape("q", (5, 2, 3, 4), (..., "t", "n"), sizes)
    assert sizes == {...: (5, 2), "t": 3, "n": 4}
    check_shape("x", (3, 4), (..., "t", "n"))
    check_shape("x", (), (...,))
    with pytest.raises(ValueError, match=r"k: expected shape \(5, 2, t=3, n=4\); got \(5, 3, 4\)"):
        check_shape("k", (5, 3, 4), (..., "t", "n"), sizes)


@pytest.mark.parametrize(
    ("actual", "shape", "message"),
    [
        ((2,), ("m", "n"), r"x: expected shape \(m, n\); got \(2,\)"),
        ((), ("m",), r"x: expected shape \(m,\); got \(\)"),
        ((2, 3), ("V", "V"), r"x: expected shape \(V, V\); got \(2, 3\)"),
        ((2, 3), ("m", 4), r"x: expected shape \(m, 4\); got \(2, 3\)"),
        ((2,), (..., "t", "n"), r"x: expected shape \(\.\.\., t, n\); got \(2,\)"),
    ],
)
def test_what_does_not_fit_is_named_and_leaves_no_trace(actual, shape, message):
    sizes = {}
    with pytest.raises(ValueError, match=message):
        check_shape("x", actual, shape, sizes)
    assert sizes == {}


def test_floats_keep_their_precision_and_integers_get_the_best():
    assert float_array("x", np.ones(2, np.float32), ("n",)).dtype == np.float32
    assert float_array("x", [1, 2], ("n",)).dtype == np.float64
    assert np.isnan(float_array("x", [np.nan], ("n",))).all()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, np.nan, np.nan], "b: expected numbers; got NaN in 2 of 3 entries"),
        ([], r"b: expected at least one entry; got shape \(0,\)"),
        ([[1]], r"b: expected shape \(n,\); got \(1, 1\)"),
    ],
)
def test_parameters_are_numbers(value, message):
    with pytest.raises(ValueError, match=message):
        parameter_array("b", value, ("n",))


def test_a_dictionary_of_parameters():
    shapes, sizes = {"W": ("n", "n_prev"), "b": ("n",)}, {}
    found = parameter_arrays({"b": [1], "other": "left out", "W": [[1, 2]]}, shapes, sizes)
    assert list(found) == ["W", "b"] and sizes == {"n": 1, "n_prev": 2}
    with pytest.raises(ValueError, match="parameters: expected W, b; got b, c"):
        parameter_arrays({"b": [1], "c": [1]}, shapes)
    with pytest.raises(ValueError, match=r"b: expected shape \(n=1,\); got \(2,\)"):
        parameter_arrays({"W": [[1]], "b": [1, 2]}, shapes)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([0, -1], "ids: expected integers from 0 to 2; got -1"),
        ([3, 0], "ids: expected integers from 0 to 2; got 3"),
        ([0.0], "ids: expected integers; got float64"),
        ([True], "ids: expected integers; got bool"),
        ([[0]], r"ids: expected shape \(m,\); got \(1, 1\)"),
    ],
)
def test_indices_are_rows(value, message):
    with pytest.raises(ValueError, match=message):
        index_array("ids", value, ("m",), below=3)


def test_no_index_at_all_is_fine():
    assert np.issubdtype(index_array("ids", [], ("m",), below=0).dtype, np.integer)
