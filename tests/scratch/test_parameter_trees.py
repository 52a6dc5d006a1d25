"""Trees of parameters: every array is visited once, names match with and without the d."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.parameter_trees import gradients_like, leaves, map_leaves, path_name

trees = st.recursive(
    st.floats(-5, 5).map(np.float64),
    lambda children: st.dictionaries(st.text("abW12", min_size=1), children, max_size=3),
    max_leaves=6,
)


@given(trees)
def test_a_map_visits_what_leaves_lists(tree):
    doubled = map_leaves(lambda leaf: 2 * leaf, tree)
    assert [path for path, _ in leaves(doubled)] == [path for path, _ in leaves(tree)]
    assert [leaf for _, leaf in leaves(doubled)] == [2 * leaf for _, leaf in leaves(tree)]


@given(trees)
def test_a_tree_has_the_form_of_itself(tree):
    assert leaves(gradients_like(tree, tree)) == leaves(tree)
    zeros = map_leaves(lambda one, other: one - other, tree, tree)
    assert all(leaf == 0 for _, leaf in leaves(zeros))


def test_the_letter_d_is_found_at_every_depth_and_extras_are_left_out():
    parameters = {"deep": {"W": [1.0, 2.0]}, "b": 3.0}
    found = gradients_like(parameters, {"deep": {"dW": [5, 6], "dA": 0}, "db": 7.0})
    assert found["deep"]["W"].tolist() == [5.0, 6.0] and found["b"] == 7.0
    assert [path_name(path) for path, _ in leaves(found)] == ["deep/W", "b"]


def test_integers_become_float64_and_float32_stays():
    (_, whole), (_, single) = leaves({"a": [1, 2], "b": np.float32([1])})
    assert (whole.dtype, single.dtype) == (np.float64, np.float32)


@pytest.mark.parametrize(
    ("gradients", "message"),
    [
        ({"deep": {}}, r"gradients: expected an entry for deep/W; got \[\]"),
        ({"W": [1.0, 2.0]}, r"gradients: expected an entry for deep; got \['W'\]"),
        ({"deep": {"dW": [1.0]}}, r"gradients: expected shape \(2,\) for deep/W; got \(1,\)"),
        ({"deep": {"dW": {}}}, "gradients: expected an array for deep/W; got a dictionary"),
        ({"deep": {"dW": "ab"}}, "gradients: expected real numbers for deep/W; got str"),
        (np.zeros(2), r"gradients: expected an entry for deep; got \[\]"),
    ],
)
def test_gradients_that_do_not_fit_are_named(gradients, message):
    with pytest.raises(ValueError, match=message):
        gradients_like({"deep": {"W": [1.0, 2.0]}}, gradients)


@pytest.mark.parametrize("leaf", ["text", [{"W": 1.0}], 1j, None])
def test_only_real_numbers_are_parameters(leaf):
    with pytest.raises(ValueError, match="a/b: expected real numbers; got"):
        leaves({"a": {"b": leaf}})
