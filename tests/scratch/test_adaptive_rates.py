"""Adagrad, RMSprop and Adadelta against loops over single numbers, and what each is for."""

import math

import numpy as np
import pytest

from dlcourse.scratch import adaptive_rates

GRADIENTS = np.random.default_rng(0).standard_normal((6, 2))
OPTIMIZERS = {
    "adagrad": (adaptive_rates.initialize_adagrad, adaptive_rates.update_adagrad),
    "rmsprop": (adaptive_rates.initialize_rmsprop, adaptive_rates.update_rmsprop),
    "adadelta": (adaptive_rates.initialize_adadelta, adaptive_rates.update_adadelta),
}


def run(name, gradients, **hyperparameters):
    """Points passed from the origin, the start included, and the last state."""
    initialize, update = OPTIMIZERS[name]
    parameters = {"W1": np.zeros_like(gradients[0])}
    state, path = initialize(parameters), [parameters["W1"]]
    for gradient in gradients:
        parameters, state = update(parameters, {"dW1": gradient}, state, **hyperparameters)
        path.append(parameters["W1"])
    return np.array(path), state


def adagrad_loops(gradients, rate, epsilon):
    w, s = 0.0, 0.0
    for g in gradients:
        s += g * g
        w -= rate * g / (math.sqrt(s) + epsilon)
    return w


def rmsprop_loops(gradients, rate, epsilon, beta=0.9):
    w, s = 0.0, 0.0
    for g in gradients:
        s = beta * s + (1 - beta) * g * g
        w -= rate * g / (math.sqrt(s) + epsilon)
    return w


def adadelta_loops(gradients, rate, epsilon, rho=0.95):
    w, s, delta = 0.0, 0.0, 0.0
    for g in gradients:
        s = rho * s + (1 - rho) * g * g
        step = math.sqrt(delta + epsilon) / math.sqrt(s + epsilon) * g
        delta = rho * delta + (1 - rho) * step * step
        w -= rate * step
    return w


@pytest.mark.parametrize(
    ("name", "loops"),
    [("adagrad", adagrad_loops), ("rmsprop", rmsprop_loops), ("adadelta", adadelta_loops)],
)
@pytest.mark.parametrize("epsilon", [1e-8, 0.3])
def test_equal_to_loops_over_numbers(name, loops, epsilon):
    path, _ = run(name, GRADIENTS, learning_rate=0.1, epsilon=epsilon)
    expected = [loops(column, 0.1, epsilon) for column in GRADIENTS.T]
    np.testing.assert_allclose(path[-1], expected, rtol=1e-12)


@pytest.mark.parametrize("name", ["adagrad", "rmsprop"])
def test_steps_do_not_depend_on_the_scale_of_the_gradient(name):
    small, large = (run(name, scale * GRADIENTS, epsilon=1e-12)[0] for scale in (1.0, 1e3))
    np.testing.assert_allclose(small, large, rtol=1e-7)


def test_adagrad_comes_to_a_stand_and_rmsprop_does_not():
    steady = np.ones((400, 1))
    steps = {n: np.diff(run(n, steady, learning_rate=0.1)[0], axis=0) for n in OPTIMIZERS}
    np.testing.assert_allclose(steps["adagrad"][:, 0], -0.1 / np.sqrt(np.arange(1, 401)), rtol=1e-6)
    np.testing.assert_allclose(steps["rmsprop"][-1], -0.1, rtol=1e-6)
    # its average begins at 0 and is not corrected, so that the first step is √10 times too long
    np.testing.assert_allclose(steps["rmsprop"][0], -0.1 * math.sqrt(10), rtol=1e-6)


def test_adadelta_finds_its_own_step_length():
    path, _ = run("adadelta", np.ones((200, 1)))
    steps = -np.diff(path[:, 0])
    assert steps[0] == pytest.approx(math.sqrt(1e-6 / (0.05 + 1e-6)))
    assert np.all(steps > 0) and steps[-1] > steps[0]


def test_adadelta_averages_the_steps_before_the_factor():
    _, half = run("adadelta", GRADIENTS, learning_rate=0.5)
    _, whole = run("adadelta", GRADIENTS)
    np.testing.assert_array_equal(half["delta"]["dW1"], whole["delta"]["dW1"])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_bad_epsilon_is_named(name):
    with pytest.raises(ValueError, match="epsilon: expected a number above 0; got 0"):
        run(name, GRADIENTS, epsilon=0)


@pytest.mark.parametrize(("name", "memory"), [("rmsprop", "beta"), ("adadelta", "rho")])
def test_bad_memory_is_named(name, memory):
    with pytest.raises(ValueError, match=rf"{memory}: expected a number in \[0, 1\); got 1.5"):
        run(name, GRADIENTS, **{memory: 1.5})
