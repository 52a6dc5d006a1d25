"""What all optimizers share, by hand."""

import numpy as np
import pytest

from dlcourse.scratch import optimizer_steps

PARAMETERS = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}


def test_averages_begin_at_zero_and_move_by_hand():
    zeros = optimizer_steps.zero_averages(PARAMETERS)
    assert {name: value.tolist() for name, value in zeros.items()} == {
        "dW1": [[0.0, 0.0]], "db1": [[0.0]],
    }  # fmt: skip
    values = {"dW1": np.array([[4.0, -8.0]]), "db1": np.array([[2.0]]), "dA0": None}
    once = optimizer_steps.update_averages(zeros, values, 0.75)
    assert once["dW1"].tolist() == [[1.0, -2.0]]
    assert once["db1"].tolist() == [[0.5]]
    twice = optimizer_steps.update_averages(once, values, 0.75)
    assert twice["dW1"].tolist() == [[1.75, -3.5]]
    squares = optimizer_steps.update_square_averages(zeros, values, 0.75)
    assert squares["dW1"].tolist() == [[4.0, 16.0]]
    assert not zeros["dW1"].any()


def test_step_downhill_by_hand():
    directions = {"dW1": np.array([[4.0, 0.0]]), "db1": np.array([[-2.0]])}
    stepped = optimizer_steps.step_downhill(PARAMETERS, directions, 0.5)
    assert stepped["W1"].tolist() == [[-1.0, 2.0]]
    assert stepped["b1"].tolist() == [[4.0]]
    assert PARAMETERS["W1"].tolist() == [[1.0, 2.0]]


def test_empty_arrays_are_no_numbers_to_check():
    empty = {"W1": np.zeros((0, 3))}
    optimizer_steps.check_step(empty, {"dW1": np.zeros((0, 3))})
    assert optimizer_steps.zero_averages(empty)["dW1"].shape == (0, 3)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({}, r"state: expected to find 'v' in it; got \[\]"),
        ({"v": {"dW1": np.zeros((1, 2))}}, r"state\['v'\]\['db1'\]: expected an array for b1"),
        (
            {"v": {"dW1": np.zeros((2, 1)), "db1": np.zeros((1, 1))}},
            r"state\['v'\]\['dW1'\]: expected the shape of W1, \(1, 2\); got \(2, 1\)",
        ),
        (
            {"v": optimizer_steps.zero_averages(PARAMETERS | {"W9": np.zeros(1)})},
            r"state\['v'\]: expected an array for each of \['W1', 'b1'\].*'dW9'",
        ),
    ],
)
def test_state_that_does_not_fit_is_named(state, message):
    grads = {f"d{name}": value for name, value in PARAMETERS.items()}
    with pytest.raises(ValueError, match=message):
        optimizer_steps.check_step(PARAMETERS, grads, state, kept=["v"])
