"""The network with one hidden layer against central differences, Keras and hand numbers."""

import keras
import numpy as np
import pytest

from dlcourse.scratch import hidden_units, shallow

NAMES = ("W1", "b1", "W2", "b2")


def random_parameters(rng, n_x=3, n_h=5, n_y=1):
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def numerical_gradient(cost, parameters, epsilon=1e-6):
    grads = {}
    for name, value in parameters.items():
        grad = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            shift = np.zeros_like(value)
            shift[index] = epsilon
            plus, minus = (cost(parameters | {name: value + s}) for s in (shift, -shift))
            grad[index] = (plus - minus) / (2 * epsilon)
        grads[f"d{name}"] = grad
    return grads


@pytest.fixture
def problem():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(3, 7))
    return random_parameters(rng), X, (rng.random((1, 7)) < 0.5).astype(float)


def test_layer_sizes():
    assert shallow.layer_sizes(np.zeros((5, 9)), np.zeros((2, 9))) == (5, 4, 2)
    assert shallow.layer_sizes(np.zeros((5, 9)), np.zeros((2, 9)), n_h=7) == (5, 7, 2)


def test_initial_parameters_are_small_normal_and_drawn_from_rng():
    rng = np.random.default_rng(1)
    parameters = shallow.initialize_parameters(100, 200, 50, rng)
    assert {name: value.shape for name, value in parameters.items()} == {
        "W1": (200, 100), "b1": (200, 1), "W2": (50, 200), "b2": (50, 1),
    }  # fmt: skip
    for name in ("W1", "W2"):
        weights = parameters[name]
        error = 5 * 0.01 / np.sqrt(weights.size)
        assert abs(weights.mean()) < error
        assert abs(weights.std() - 0.01) < error
    assert not parameters["b1"].any()
    assert not parameters["b2"].any()
    again = shallow.initialize_parameters(100, 200, 50, rng)
    assert not np.array_equal(parameters["W1"], again["W1"])


def test_forward_by_hand():
    parameters = {
        "W1": np.array([[1.0, 2.0], [0.0, -1.0]]),
        "b1": np.array([[0.0], [1.0]]),
        "W2": np.array([[2.0, 1.0]]),
        "b2": np.array([[-1.0]]),
    }
    A2, (Z1, A1, Z2, cached_A2) = shallow.forward_propagation(np.array([[1.0], [-1.0]]), parameters)
    assert Z1.tolist() == [[-1.0], [2.0]]
    np.testing.assert_allclose(A1, [[-0.76159416], [0.96402758]], atol=1e-8)
    np.testing.assert_allclose(Z2, [[2 * -0.76159416 + 0.96402758 - 1]], atol=1e-7)
    np.testing.assert_allclose(A2, [[1 / (1 + np.exp(1.55916074))]], atol=1e-7)
    assert np.array_equal(A2, cached_A2)


def test_forward_equals_keras(problem):
    parameters, X, _ = problem
    layers = [keras.layers.Dense(5, "tanh"), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((3,)), *layers])
    for layer, W, b in zip(layers, ("W1", "W2"), ("b1", "b2"), strict=True):
        layer.set_weights([parameters[W].T, parameters[b].ravel()])
    A2, _ = shallow.forward_propagation(X, parameters)
    np.testing.assert_allclose(A2.T, model(X.T), atol=1e-5)


def test_cost_is_the_mean_surprise():
    A2, Y = np.array([[0.8, 0.5, 0.1]]), np.array([[1, 0, 0]])
    expected = -(np.log(0.8) + np.log(0.5) + np.log(0.9)) / 3
    assert shallow.compute_cost(A2, Y) == pytest.approx(expected, rel=1e-12)
    assert isinstance(shallow.compute_cost(A2, Y), float)


def test_cost_of_certain_and_right_is_zero():
    assert shallow.compute_cost(np.array([[1.0, 0.0]]), np.array([[1, 0]])) == 0.0


def test_gradients_equal_central_differences(problem):
    parameters, X, Y = problem
    _, cache = shallow.forward_propagation(X, parameters)
    grads = shallow.backward_propagation(parameters, cache, X, Y)
    expected = numerical_gradient(
        lambda p: shallow.compute_cost(shallow.forward_propagation(X, p)[0], Y), parameters
    )
    assert grads.keys() == expected.keys()
    flat, flat_expected = (
        np.concatenate([g[f"d{name}"].ravel() for name in NAMES]) for g in (grads, expected)
    )
    ratio = np.linalg.norm(flat - flat_expected)
    ratio /= np.linalg.norm(flat) + np.linalg.norm(flat_expected)
    assert ratio < 1e-7


def test_gradient_of_repeated_examples_is_the_same(problem):
    parameters, X, Y = problem
    once, twice = (
        shallow.backward_propagation(
            parameters, shallow.forward_propagation(np.tile(X, n), parameters)[1],
            np.tile(X, n), np.tile(Y, n),
        )
        for n in (1, 2)
    )  # fmt: skip
    for name, value in once.items():
        np.testing.assert_allclose(twice[name], value, atol=1e-12)


def test_update_goes_downhill_and_leaves_its_arguments_alone(problem):
    parameters, X, Y = problem
    before = {name: value.copy() for name, value in parameters.items()}
    A2, cache = shallow.forward_propagation(X, parameters)
    grads = shallow.backward_propagation(parameters, cache, X, Y)
    updated = shallow.update_parameters(parameters, grads, 0.1)
    after, _ = shallow.forward_propagation(X, updated)
    assert shallow.compute_cost(after, Y) < shallow.compute_cost(A2, Y)
    for name in NAMES:
        np.testing.assert_array_equal(parameters[name], before[name])
        np.testing.assert_allclose(updated[name], before[name] - 0.1 * grads[f"d{name}"])


def test_model_learns_a_curve_that_one_neuron_cannot():
    grid = np.linspace(-2, 2, 15)
    X = np.array(np.meshgrid(grid, grid)).reshape(2, -1)
    Y = (X[[1]] > X[[0]] ** 2 - 1).astype(float)
    parameters, costs = shallow.nn_model(X, Y, 4, 600, 1.2, np.random.default_rng(0))
    assert np.mean(shallow.predict(parameters, X) == Y) > 0.95
    line, _ = shallow.nn_model(X, Y, 1, 600, 1.2, np.random.default_rng(0))
    assert np.mean(shallow.predict(line, X) == Y) < 0.9
    assert len(costs) == 600
    assert costs[0] == pytest.approx(np.log(2), abs=1e-3)
    assert costs[-1] < 0.1


def test_model_without_iterations_is_the_initial_one():
    X, Y = np.zeros((2, 3)), np.zeros((1, 3))
    parameters, costs = shallow.nn_model(X, Y, 6, 0, 1.0, np.random.default_rng(0))
    assert costs == []
    assert parameters["W1"].shape == (6, 2)


def test_equal_units_stay_equal_and_random_ones_do_not(problem):
    _, X, Y = problem
    equal = {name: np.full_like(v, 0.3) for name, v in random_parameters(
        np.random.default_rng(0)).items()}  # fmt: skip
    small = shallow.initialize_parameters(3, 5, 1, np.random.default_rng(2))
    spreads = []
    for start in (equal, small):
        parameters = start
        for _ in range(200):
            _, cache = shallow.forward_propagation(X, parameters)
            grads = shallow.backward_propagation(parameters, cache, X, Y)
            parameters = shallow.update_parameters(parameters, grads, 0.5)
        spreads.append(hidden_units.hidden_unit_spread(parameters))
    assert spreads[0] < 1e-12
    assert spreads[1] > 0.1


def test_zero_weights_never_move_at_all(problem):
    _, X, Y = problem
    zeros = {n: np.zeros_like(v) for n, v in random_parameters(np.random.default_rng(0)).items()}
    _, cache = shallow.forward_propagation(X, zeros)
    grads = shallow.backward_propagation(zeros, cache, X, Y)
    assert not grads["dW1"].any()
    assert not grads["dW2"].any()
    assert grads["db2"].any()


def test_predictions_are_zero_or_one_and_one_half_is_zero():
    parameters = {
        "W1": np.array([[1.0]]), "b1": np.zeros((1, 1)),
        "W2": np.array([[1.0]]), "b2": np.zeros((1, 1)),
    }  # fmt: skip
    predictions = shallow.predict(parameters, np.array([[-1.0, 0.0, 1.0]]))
    assert predictions.tolist() == [[0.0, 0.0, 1.0]]
    assert predictions.dtype == np.float64


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: shallow.layer_sizes(np.zeros((2, 3)), np.zeros((1, 4))),
            "Y: expected .* 3; got 4",
        ),
        (
            lambda: shallow.forward_propagation(
                np.zeros((3, 2)), random_parameters(np.random.default_rng(0), n_x=2)
            ),
            "X: expected 2 rows.*got 3",
        ),
        (
            lambda: shallow.compute_cost(np.zeros((1, 3)), np.zeros((3, 1))),
            r"A2: expected the shape of Y, \(3, 1\); got \(1, 3\)",
        ),
    ],
)
def test_wrong_shapes_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
