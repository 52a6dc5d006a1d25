"""Momentum and Nesterov against their sums written out and against the look ahead itself."""

import numpy as np
import pytest

from dlcourse.scratch import momentum
from dlcourse.scratch.averages import average_weights


def run(initialize, update, gradient, start, steps, **hyperparameters):
    """Points that an optimizer passes, the start included."""
    parameters = {"W1": np.asarray(start, dtype=float)}
    state, path = initialize(parameters), [parameters["W1"]]
    for _ in range(steps):
        parameters, state = update(
            parameters, {"dW1": gradient(parameters["W1"])}, state, **hyperparameters
        )
        path.append(parameters["W1"])
    return np.array(path), state


def ravine(w):
    """Gradient of (w0² + 25 w1²) / 2."""
    return np.array([1.0, 25.0]) * w


MOMENTUM = momentum.initialize_momentum, momentum.update_momentum
NESTEROV = momentum.initialize_nesterov, momentum.update_nesterov
SGD = momentum.initialize_sgd, momentum.update_sgd


def test_descent_on_a_parabola_in_closed_form():
    path, _ = run(*SGD, lambda w: w, [8.0], 5, learning_rate=0.25)
    np.testing.assert_allclose(path[:, 0], 8 * 0.75 ** np.arange(6), rtol=1e-12)


def test_velocity_is_the_weighted_sum_of_all_gradients():
    gradients = np.random.default_rng(0).standard_normal((7, 3))
    coming = iter(gradients)
    _, state = run(*MOMENTUM, lambda w: next(coming), np.zeros(3), 7, beta=0.8)
    expected = average_weights(7, 0.8, bias_correction=False) @ gradients
    np.testing.assert_allclose(state["v"]["dW1"], expected, rtol=1e-12)


def test_two_steps_of_momentum_by_hand():
    path, _ = run(*MOMENTUM, lambda w: np.array([8.0]), [1.0], 2, learning_rate=0.5, beta=0.75)
    # v = 2, then 0.75 · 2 + 0.25 · 8 = 3.5
    assert path.ravel().tolist() == [1.0, 0.0, -1.75]


@pytest.mark.parametrize("optimizer", [MOMENTUM, NESTEROV])
def test_without_memory_it_is_plain_descent(optimizer):
    ours, _ = run(*optimizer, ravine, [3.0, 1.0], 10, learning_rate=0.02, beta=0.0)
    plain, _ = run(*SGD, ravine, [3.0, 1.0], 10, learning_rate=0.02)
    np.testing.assert_allclose(ours, plain, rtol=1e-12)


def test_nesterov_is_momentum_with_the_gradient_taken_ahead():
    rate, beta, steps = 0.3, 0.9, 20
    ours, _ = run(*NESTEROV, ravine, [3.0, 1.0], steps, learning_rate=rate, beta=beta)
    w, v = np.array([3.0, 1.0]), np.zeros(2)
    for point_ahead in ours[:-1]:
        np.testing.assert_allclose(point_ahead, w - rate * beta * v, atol=1e-12)
        v = beta * v + (1 - beta) * ravine(w - rate * beta * v)
        w = w - rate * v


def test_nesterov_overshoots_less_than_momentum():
    lowest = [
        run(*optimizer, lambda w: w, [1.0], 60, learning_rate=1.0, beta=0.9)[0].min()
        for optimizer in (MOMENTUM, NESTEROV)
    ]
    assert lowest[0] < lowest[1] < 0


def test_momentum_gets_further_down_a_ravine():
    def deep(w):
        return np.array([1.0, 100.0]) * w

    # plain descent cannot take longer steps: above 2 / 100 it would diverge across the ravine
    plain, _ = run(*SGD, deep, [10.0, 1.0], 60, learning_rate=0.018)
    ours, _ = run(*MOMENTUM, deep, [10.0, 1.0], 60, learning_rate=0.2, beta=0.9)
    assert np.linalg.norm(ours[-1]) < 0.5 * np.linalg.norm(plain[-1])


@pytest.mark.parametrize("optimizer", [MOMENTUM, NESTEROV])
@pytest.mark.parametrize("beta", [1.0, -0.1, None])
def test_bad_beta_is_named(optimizer, beta):
    with pytest.raises(ValueError, match=r"beta: expected a number in \[0, 1\); got"):
        run(*optimizer, ravine, [1.0, 1.0], 1, beta=beta)
