"""Counts by hand and against a recursion that really multiplies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.scratch.dense import initialize_parameters_deep, l_model_backward, l_model_forward
from dlcourse.scratch.memoization import (
    classify_quantities,
    count_parameters,
    gradients_by_recursion,
    multiplications_with_cache,
    multiplications_without_cache,
)

small = st.lists(st.integers(1, 3), min_size=1, max_size=3).map(lambda dims: (*dims, 1))


def random_network(layer_dims, seed=0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal(layer_dims[0]), initialize_parameters_deep(layer_dims, rng)


@settings(max_examples=25, deadline=None)
@given(small)
def test_formulas_count_what_is_really_multiplied(layer_dims):
    x, parameters = random_network(layer_dims)
    counts = [gradients_by_recursion(x, 1, parameters, remember)[1] for remember in (True, False)]
    assert counts == [
        multiplications_with_cache(layer_dims),
        multiplications_without_cache(layer_dims),
    ]


@pytest.mark.parametrize("layer_dims", [(2, 1), (3, 2, 1), (2, 3, 2, 1)])
def test_recursion_gives_the_gradients_of_backpropagation(layer_dims):
    x, parameters = random_network(layer_dims)
    AL, caches = l_model_forward(x[:, None], parameters)
    expected = l_model_backward(AL, np.zeros((1, 1)), caches)
    for remember in (True, False):
        grads, _ = gradients_by_recursion(x, 0, parameters, remember)
        assert grads.keys() == expected.keys()
        for name, gradient in grads.items():
            np.testing.assert_allclose(gradient, expected[name], atol=1e-12)


def test_counts_by_hand():
    # one unit on two inputs: z (2), dW (2); without cache each dW asks for z again, and so does db
    assert multiplications_with_cache((2, 1)) == 4
    assert multiplications_without_cache((2, 1)) == 2 * (2 + 1) + 2
    # 9 weights forward and 9 for dW, 3 hidden errors with two multiplications each
    assert multiplications_with_cache((2, 3, 1)) == 24
    assert multiplications_without_cache((2, 3, 1)) == 168


def test_growth_with_depth():
    with_cache, without = (
        [count((3, *[3] * hidden, 1)) for hidden in range(2, 12)]
        for count in (multiplications_with_cache, multiplications_without_cache)
    )
    assert set(np.diff(with_cache)) == {30}  # every layer costs the same
    assert min(b / a for a, b in zip(without, without[1:], strict=False)) > 3  # at least its width


def test_parameters_are_counted_as_they_are_stored():
    for layer_dims in ((3, 1), (64, 20, 7, 5, 1), (2, 2, 2)):
        parameters = initialize_parameters_deep(layer_dims, np.random.default_rng(0))
        assert count_parameters(layer_dims) == sum(p.size for p in parameters.values())


def test_names_are_sorted_by_who_decides():
    names = ["b2", "beta", "W10", "batch_size", "weight_decay", "W1", "b", "Width"]
    assert classify_quantities(names) == {
        "parameters": ["b2", "W10", "W1"],
        "hyperparameters": ["beta", "batch_size", "weight_decay", "b", "Width"],
    }
    assert classify_quantities([]) == {"parameters": [], "hyperparameters": []}
