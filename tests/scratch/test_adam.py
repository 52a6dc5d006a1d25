"""Adam by hand, and what its corrections and its epsilon do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.adam import initialize_adam, update_adam
from dlcourse.scratch.averages import exponentially_weighted_averages

GRADIENTS = np.random.default_rng(0).standard_normal((9, 3))


def run(gradients, **hyperparameters):
    """Steps taken from the origin, one per gradient, and the last state."""
    parameters = {"W1": np.zeros_like(gradients[0])}
    state, path = initialize_adam(parameters), [parameters["W1"]]
    for gradient in gradients:
        parameters, state = update_adam(parameters, {"dW1": gradient}, state, **hyperparameters)
        path.append(parameters["W1"])
    return np.diff(path, axis=0), state


def test_steps_are_made_of_two_corrected_averages():
    steps, state = run(GRADIENTS, learning_rate=0.1, beta1=0.7, beta2=0.95, epsilon=0.2)
    v = exponentially_weighted_averages(GRADIENTS, 0.7)
    s = exponentially_weighted_averages(GRADIENTS**2, 0.95)
    np.testing.assert_allclose(steps, -0.1 * v / (np.sqrt(s) + 0.2), rtol=1e-10)
    assert state["t"] == len(GRADIENTS)


def test_epsilon_is_outside_the_root():
    steps, _ = run(np.array([[3.0]]), learning_rate=1.0, epsilon=1.0)
    # under it the step would be 3 / √(9 + 1)
    assert steps.item() == pytest.approx(-3 / (3 + 1))


@given(gradient=st.floats(1e-3, 1e3), beta1=st.floats(0, 0.99), beta2=st.floats(0, 0.9999))
def test_first_step_has_the_length_of_the_rate_whatever_the_gradient(gradient, beta1, beta2):
    steps, _ = run(np.array([[gradient, -gradient]]), learning_rate=0.1, beta1=beta1, beta2=beta2)
    np.testing.assert_allclose(steps, [[-0.1, 0.1]], rtol=1e-4)


def test_without_the_corrections_it_would_be_three_times_longer():
    v, s = 0.1 * 5.0, 0.001 * 5.0**2
    assert v / math.sqrt(s) == pytest.approx(3.16, abs=0.01)


@given(scale=st.floats(0.1, 1e3))
def test_steps_do_not_depend_on_the_scale_of_the_gradient(scale):
    np.testing.assert_allclose(
        run(scale * GRADIENTS, epsilon=1e-12)[0], run(GRADIENTS, epsilon=1e-12)[0], rtol=1e-6
    )


def test_without_memory_only_the_sign_counts():
    steps, _ = run(GRADIENTS, learning_rate=0.1, beta1=0.0, beta2=0.0)
    np.testing.assert_allclose(steps, -0.1 * np.sign(GRADIENTS), rtol=1e-5)


@pytest.mark.parametrize(
    ("hyperparameters", "message"),
    [
        ({"beta1": 1.0}, r"beta1: expected a number in \[0, 1\); got 1.0"),
        ({"beta2": -0.5}, r"beta2: expected a number in \[0, 1\); got -0.5"),
        ({"epsilon": 0.0}, "epsilon: expected a number above 0; got 0.0"),
    ],
)
def test_bad_hyperparameters_are_named(hyperparameters, message):
    with pytest.raises(ValueError, match=message):
        run(GRADIENTS, **hyperparameters)


def test_state_that_counts_no_steps_is_named():
    state = {"v": {"dW1": np.zeros(1)}, "s": {"dW1": np.zeros(1)}}
    with pytest.raises(ValueError, match=r"state\['t'\]: expected a whole number .*got None"):
        update_adam({"W1": np.zeros(1)}, {"dW1": np.ones(1)}, state)


def test_state_of_another_optimizer_is_named():
    with pytest.raises(ValueError, match=r"state: expected to find 's' in it; got \['v'\]"):
        update_adam({"W1": np.zeros(1)}, {"dW1": np.ones(1)}, {"v": {"dW1": np.zeros(1)}})
