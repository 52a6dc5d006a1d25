"""L2 and dropout in the course's signatures, against differences of the cost."""

import numpy as np
import pytest

from dlcourse.scratch import classic_regularization as classic
from dlcourse.scratch.dense import l_model_backward, l_model_forward
from dlcourse.scratch.regularization import weight_decay_update

NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")
SHAPES = ((5, 2), (5, 1), (4, 5), (4, 1), (1, 4), (1, 1))


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.fixture
def task(rng):
    parameters = {n: rng.standard_normal(shape) for n, shape in zip(NAMES, SHAPES, strict=True)}
    return parameters, rng.standard_normal((2, 7)), (np.arange(7) % 2.0)[np.newaxis]


def differences(cost, parameters, h=1e-6):
    """Central differences of a cost in every entry of every parameter."""
    grads = {}
    for name, value in parameters.items():
        grads[f"d{name}"] = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            up, down = value.copy(), value.copy()
            up[index] += h
            down[index] -= h
            rise = cost({**parameters, name: up}) - cost({**parameters, name: down})
            grads[f"d{name}"][index] = rise / (2 * h)
    return grads


def relative_error(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def plain_cache(X, parameters):
    A3, ((_, Z1), (_, Z2), (_, Z3)) = l_model_forward(X, parameters)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    return Z1, np.maximum(Z1, 0), W1, b1, Z2, np.maximum(Z2, 0), W2, b2, Z3, A3, W3, b3


@pytest.mark.parametrize("lambd", [0.0, 0.7])
def test_gradients_with_regularization(task, lambd):
    parameters, X, Y = task

    def cost(parameters):
        A3 = l_model_forward(X, parameters)[0]
        return classic.compute_cost_with_regularization(A3, Y, parameters, lambd)

    cache = plain_cache(X, parameters)
    grads = classic.backward_propagation_with_regularization(X, Y, cache, lambd)
    expected = differences(cost, parameters)
    assert grads.keys() == expected.keys()
    assert max(relative_error(grads[name], expected[name]) for name in grads) < 1e-7


def test_its_step_is_weight_decay(task):
    parameters, X, Y = task
    grads = classic.backward_propagation_with_regularization(X, Y, plain_cache(X, parameters), 0.9)
    AL, caches = l_model_forward(X, parameters)
    decayed = weight_decay_update(parameters, l_model_backward(AL, Y, caches), 0.2, 0.9, 7)
    for name in NAMES:
        np.testing.assert_allclose(parameters[name] - 0.2 * grads[f"d{name}"], decayed[name])


def test_gradients_with_dropout(task):
    parameters, X, Y = task

    def run(parameters):  # the same seed draws the same masks
        return classic.forward_propagation_with_dropout(
            X, parameters, 0.6, np.random.default_rng(5)
        )

    def cost(parameters):
        return classic.compute_cost_with_regularization(run(parameters)[0], Y, parameters, 0.0)

    grads = classic.backward_propagation_with_dropout(X, Y, run(parameters)[1], 0.6)
    expected = differences(cost, parameters)
    assert grads.keys() == expected.keys()
    assert max(relative_error(grads[name], expected[name]) for name in grads) < 1e-7


def test_keeping_everything_is_the_plain_network(task, rng):
    parameters, X, Y = task
    A3, cache = classic.forward_propagation_with_dropout(X, parameters, 1.0, rng)
    AL, caches = l_model_forward(X, parameters)
    np.testing.assert_allclose(A3, AL)
    grads = classic.backward_propagation_with_dropout(X, Y, cache, 1.0)
    for name, grad in l_model_backward(AL, Y, caches).items():
        np.testing.assert_allclose(grads[name], grad, atol=1e-12)


def test_dropout_scales_what_stays_in_both_hidden_layers(task, rng):
    parameters, X, _ = task
    A3, cache = classic.forward_propagation_with_dropout(np.tile(X, (1, 300)), parameters, 0.8, rng)
    Z1, D1, A1, _, _, Z2, D2, A2, _, _, Z3, output, W3, b3 = cache
    for Z, D, A in ((Z1, D1, A1), (Z2, D2, A2)):
        assert abs(D.mean() - 0.8) < 5 * 0.4 / np.sqrt(D.size)
        np.testing.assert_allclose(A[D], np.maximum(Z, 0)[D] / 0.8)
        assert np.all(A[~D] == 0)
    np.testing.assert_allclose(Z3, W3 @ A2 + b3)
    assert output is A3 and A3.shape == (1, 2100)


def test_bad_input_is_named(task, rng):
    parameters, X, Y = task
    with pytest.raises(ValueError, match="lambd: expected 0 or more"):
        classic.compute_cost_with_regularization(np.full_like(Y, 0.5), Y, parameters, -1)
    with pytest.raises(ValueError, match="keep_prob: expected a probability"):
        classic.forward_propagation_with_dropout(X, parameters, 0.0, rng)
