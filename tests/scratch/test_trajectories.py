"""Trajectories: the steps are the optimizer's, and every optimizer gets down every surface."""

import numpy as np
import pytest

from dlcourse.scratch.optimizers import OPTIMIZERS
from dlcourse.scratch.surfaces import SURFACES
from dlcourse.scratch.trajectories import trajectory

STARTS = {"bowl": (-4.0, 2.0), "saddle": (1.0, 1e-3), "rosenbrock": (-1.0, 1.5), "beale": (1, 1.5)}
RATES = {"momentum": 0.005, "nesterov": 0.005, "sgd": 0.001, "rmsprop": 0.01, "adam": 0.05}
RATES |= {"adagrad": 0.5, "adadelta": 1.0}


def test_descent_by_hand():
    path = trajectory("bowl", "sgd", (4.0, 1.0), 3, learning_rate=0.05)
    expected = [(4 * 0.95**k, 0.5**k) for k in range(4)]
    np.testing.assert_allclose(path, expected, rtol=1e-12)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_optimizer_goes_down_every_surface(surface, optimizer):
    path = trajectory(surface, optimizer, STARTS[surface], 300, learning_rate=RATES[optimizer])
    heights = SURFACES[surface].height(*path.T)
    assert path.shape == (301, 2)
    assert path[0].tolist() == list(STARTS[surface])
    assert heights[-1] < heights[0]


def test_adam_reaches_the_minimum_of_beale():
    path = trajectory("beale", "adam", STARTS["beale"], 1500, learning_rate=0.05)
    np.testing.assert_allclose(path[-1], SURFACES["beale"].minima[0], atol=0.02)


def test_adaptive_rates_leave_the_saddle_sooner():
    # one thousandth off the ridge: what is left of the gradient there is divided by its own root
    left = {
        name: np.argmax(
            np.abs(trajectory("saddle", name, STARTS["saddle"], 600, learning_rate=0.01)[:, 1])
            > 0.5
        )
        for name in ("sgd", "rmsprop", "adam")
    }
    assert 0 < left["rmsprop"] < left["sgd"]
    assert 0 < left["adam"] < left["sgd"]


def test_on_the_ridge_the_gradient_ends_in_the_saddle_point():
    path = trajectory("saddle", "sgd", (1.0, 0.0), 200, learning_rate=0.1)
    np.testing.assert_allclose(path[-1], [0.0, 0.0], atol=1e-12)


def test_start_is_not_mutated_and_no_steps_are_fine():
    start = np.array([1.0, 2.0])
    path = trajectory("bowl", "adam", start, 0)
    path[0] = 7.0
    assert start.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("cup", "sgd", (1, 1), 1), "surface: expected one of bowl, saddle.*; got 'cup'"),
        (("bowl", "sdg", (1, 1), 1), "optimizer: expected one of sgd.*; got 'sdg'"),
        (("bowl", "sgd", (1, 1, 1), 1), r"start: expected a point .*got \(1, 1, 1\)"),
        (("bowl", "sgd", (1, np.nan), 1), "start: expected a point .* finite"),
        (("bowl", "sgd", (1, 1), -1), "num_steps: .*at least 0; got -1"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        trajectory(*arguments)
