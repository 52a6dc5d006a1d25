"""Dimensions of a network: the rules, and the errors that name what does not fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.dense import initialize_parameters_deep, l_model_forward
from dlcourse.scratch.dense_shapes import check_dimensions, layer_shapes

sizes = st.lists(st.integers(1, 6), min_size=2, max_size=5)


@given(sizes, st.integers(1, 4))
def test_shapes_are_those_of_a_real_network(layer_dims, m):
    parameters = initialize_parameters_deep(layer_dims, np.random.default_rng(0))
    shapes = {name: value.shape for name, value in parameters.items()}
    AL, caches = l_model_forward(np.zeros((layer_dims[0], m)), parameters)
    for layer, (_, Z) in enumerate(caches, start=1):
        shapes[f"Z{layer}"] = shapes[f"A{layer}"] = Z.shape
    assert layer_shapes(layer_dims, m) == shapes
    assert AL.shape == shapes[f"A{len(caches)}"]


@given(sizes)
def test_check_gives_the_sizes_back(layer_dims):
    parameters = initialize_parameters_deep(layer_dims, np.random.default_rng(0))
    X, Y = np.zeros((layer_dims[0], 7)), np.zeros((layer_dims[-1], 7))
    assert check_dimensions(X, parameters, Y) == tuple(layer_dims)


@pytest.mark.parametrize("layer_dims", [(), (3,), (3, 0, 1)])
def test_impossible_sizes_are_refused(layer_dims):
    with pytest.raises(ValueError, match="layer_dims: expected at least two sizes"):
        layer_shapes(layer_dims)


@pytest.mark.parametrize(
    ("name", "shape", "message"),
    [
        ("W1", (4, 2), r"W1: expected shape \(4, 3\); got \(4, 2\)"),
        ("W2", (2, 5), r"W2: expected shape \(2, 4\); got \(2, 5\)"),
        ("b2", (2,), r"b2: expected shape \(2, 1\); got \(2,\)"),
    ],
)
def test_parameter_that_does_not_fit_is_named(name, shape, message):
    parameters = initialize_parameters_deep((3, 4, 2), np.random.default_rng(0))
    with pytest.raises(ValueError, match=message):
        check_dimensions(np.zeros((3, 7)), {**parameters, name: np.zeros(shape)})


def test_data_and_labels_that_do_not_fit_are_named():
    parameters = initialize_parameters_deep((3, 4, 2), np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"X: expected a matrix .* got \(3,\)"):
        check_dimensions(np.zeros(3), parameters)
    with pytest.raises(ValueError, match=r"Y: expected shape \(2, 7\); got \(1, 7\)"):
        check_dimensions(np.zeros((3, 7)), parameters, np.zeros((1, 7)))
