"""Initial parameters of whole networks: shapes, spreads, and one generator for all layers."""

import numpy as np
import pytest

from dlcourse.scratch.classic_initialization import (
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_zeros,
)

SIZES = (200, 50, 120, 10)
DRAWN = (initialize_parameters_random, initialize_parameters_he)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    "parameters",
    [initialize_parameters_zeros((4, 3, 2)), *(draw((4, 3, 2), rng()) for draw in DRAWN)],
)
def test_shapes_and_biases(parameters):
    shapes = {name: value.shape for name, value in parameters.items()}
    assert shapes == {"W1": (3, 4), "b1": (3, 1), "W2": (2, 3), "b2": (2, 1)}
    assert not parameters["b1"].any() and not parameters["b2"].any()


def test_zeros_are_zero():
    assert not any(value.any() for value in initialize_parameters_zeros(SIZES).values())


def test_one_spread_for_all_layers():
    for scale in (10.0, 0.01):
        parameters = initialize_parameters_random(SIZES, rng(), scale)
        for name in ("W1", "W2", "W3"):
            assert parameters[name].std() == pytest.approx(scale, rel=0.08)
    assert initialize_parameters_random(SIZES, rng())["W1"].std() == pytest.approx(10, rel=0.05)


def test_spread_by_number_of_inputs():
    parameters = initialize_parameters_he(SIZES, rng())
    for name, n_prev in (("W1", 200), ("W2", 50), ("W3", 120)):
        assert parameters[name].std() == pytest.approx(np.sqrt(2 / n_prev), rel=0.08)


@pytest.mark.parametrize("draw", DRAWN)
def test_generator_decides(draw):
    one, same, other = (draw(SIZES, rng(seed))["W2"] for seed in (1, 1, 2))
    assert np.array_equal(one, same) and not np.array_equal(one, other)


@pytest.mark.parametrize("sizes", [(3,), (3, 0)])
def test_bad_sizes(sizes):
    for call in (initialize_parameters_zeros, *(lambda s, d=d: d(s, rng()) for d in DRAWN)):
        with pytest.raises(ValueError, match="layer_dims"):
            call(sizes)
