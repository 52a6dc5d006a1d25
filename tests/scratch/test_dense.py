"""The deep network: gradient check, Keras with the same weights, and by hand."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.scratch.dense import (
    compute_cost,
    initialize_parameters,
    initialize_parameters_deep,
    l_model_backward,
    l_model_forward,
    update_parameters,
)

DEEP = [(4, 1), (4, 3, 1), (5, 4, 3, 1), (3, 4, 4, 3, 2, 1), (4, 5, 3), (4, 3, 5, 2)]


def random_task(layer_dims, m=6, seed=0):
    """Data, labels and parameters whose biases are not zero."""
    rng = np.random.default_rng(seed)
    parameters = initialize_parameters_deep(layer_dims, rng)
    parameters = {k: v + 0.3 * rng.standard_normal(v.shape) for k, v in parameters.items()}
    classes = rng.integers(0, max(layer_dims[-1], 2), m)
    Y = classes[None] if layer_dims[-1] == 1 else np.eye(layer_dims[-1])[:, classes]
    return rng.standard_normal((layer_dims[0], m)), Y.astype(float), parameters


def differences(f, parameters, step=1e-6):
    """Central differences of f(parameters) with respect to every number in the dict."""
    grads = {}
    for name, value in parameters.items():
        grads[f"d{name}"] = np.zeros_like(value)
        for index in np.ndindex(*value.shape):
            shift = np.zeros_like(value)
            shift[index] = step
            up, down = (
                f({**parameters, name: value + shift}),
                f({**parameters, name: value - shift}),
            )
            grads[f"d{name}"][index] = (up - down) / (2 * step)
    return grads


def ratio(a, b):
    a, b = (np.concatenate([g[name].ravel() for name in sorted(a)]) for g in (a, b))
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@pytest.mark.parametrize("layer_dims", DEEP)
def test_gradient_check(layer_dims):
    X, Y, parameters = random_task(layer_dims)
    AL, caches = l_model_forward(X, parameters)
    expected = differences(lambda p: compute_cost(l_model_forward(X, p)[0], Y), parameters)
    assert ratio(l_model_backward(AL, Y, caches), expected) < 1e-7


@pytest.mark.parametrize("layer_dims", [(4, 5, 3, 1), (4, 5, 3)])
def test_keras_with_the_same_weights_agrees(layer_dims):
    X, Y, parameters = random_task(layer_dims)
    L = len(layer_dims) - 1
    output = "sigmoid" if layer_dims[-1] == 1 else "softmax"
    model = keras.Sequential(
        [keras.Input((layer_dims[0],), dtype="float64")]
        + [
            keras.layers.Dense(n, activation="relu" if n_layer < L else output, dtype="float64")
            for n_layer, n in enumerate(layer_dims[1:], start=1)
        ]
    )
    model.set_weights([
        w for k in range(1, L + 1) for w in (parameters[f"W{k}"].T, parameters[f"b{k}"][:, 0])
    ])  # fmt: skip
    with tf.GradientTape() as tape:
        probabilities = model(X.T)
        p, y = tf.squeeze(probabilities), tf.squeeze(tf.constant(Y.T))
        if output == "sigmoid":
            cost = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
        else:
            cost = -tf.reduce_mean(tf.reduce_sum(y * tf.math.log(p), axis=1))
    theirs = tape.gradient(cost, model.trainable_weights)

    AL, caches = l_model_forward(X, parameters)
    grads = l_model_backward(AL, Y, caches)
    np.testing.assert_allclose(AL, probabilities.numpy().T, rtol=1e-7)
    np.testing.assert_allclose(compute_cost(AL, Y), cost.numpy(), rtol=1e-7)
    for k in range(1, L + 1):
        np.testing.assert_allclose(grads[f"dW{k}"], theirs[2 * k - 2].numpy().T, atol=1e-9)
        np.testing.assert_allclose(grads[f"db{k}"][:, 0], theirs[2 * k - 1].numpy(), atol=1e-9)


def test_forward_by_hand():
    parameters = {
        "W1": np.array([[1.0, -1.0], [2.0, 0.0]]), "b1": np.array([[0.0], [-1.0]]),
        "W2": np.array([[1.0, 1.0]]), "b2": np.array([[-1.0]]),
    }  # fmt: skip
    # hidden: relu(1 - 3, 2 - 1) = (0, 1); output: 0 + 1 - 1 = 0
    AL, caches = l_model_forward(np.array([[1.0], [3.0]]), parameters)
    assert AL.item() == 0.5
    assert [Z.ravel().tolist() for _, Z in caches] == [[-2.0, 1.0], [0.0]]


def test_two_outputs_of_a_softmax_are_a_sigmoid_of_their_difference():
    X, Y, parameters = random_task((4, 3, 2))
    AL, _ = l_model_forward(X, parameters)
    merged = dict(parameters)
    for name in ("W2", "b2"):
        merged[name] = parameters[name][[1]] - parameters[name][[0]]
    single, _ = l_model_forward(X, merged)
    np.testing.assert_allclose(AL[[1]], single, rtol=1e-12)
    np.testing.assert_allclose(compute_cost(AL, Y), compute_cost(single, Y[[1]]), rtol=1e-12)


def test_cost_by_hand():
    assert compute_cost(np.array([[0.5, 0.25]]), np.array([[1, 0]])) == pytest.approx(
        -(np.log(0.5) + np.log(0.75)) / 2, rel=1e-12
    )
    one_hot, AL = np.eye(3)[:, [2, 0]], np.array([[0.2, 0.5], [0.2, 0.25], [0.6, 0.25]])
    assert compute_cost(AL, one_hot) == pytest.approx(-(np.log(0.6) + np.log(0.5)) / 2, rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cost_of_certain_answers_is_finite(dtype):
    AL = np.array([[0.0, 1.0]], dtype)
    assert compute_cost(AL, np.array([[0, 1]])) == 0.0
    assert 50 < compute_cost(AL, np.array([[1, 0]])) < np.inf


def test_gradients_of_a_saturated_output_are_finite():
    parameters = {"W1": np.array([[1000.0]]), "b1": np.zeros((1, 1))}
    AL, caches = l_model_forward(np.array([[1.0, -1.0]]), parameters)
    grads = l_model_backward(AL, np.array([[0.0, 0.0]]), caches)
    assert AL.tolist() == [[1.0, 0.0]] and grads["dW1"].item() == 0.5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(1, 4))
def test_gradients_have_the_shapes_of_their_parameters(layer_dims, m):
    X, Y, parameters = random_task(layer_dims, m)
    AL, caches = l_model_forward(X, parameters)
    grads = l_model_backward(AL, Y, caches)
    assert {k: g.shape for k, g in grads.items()} == {
        f"d{k}": v.shape for k, v in parameters.items()
    }


def test_initial_weights_have_the_promised_scale():
    rng = np.random.default_rng(0)
    two = initialize_parameters(500, 400, 3, rng)
    deep = initialize_parameters_deep((500, 400, 300, 2), rng)
    assert np.std(two["W1"]) == pytest.approx(0.01, rel=0.02)
    assert np.std(two["W2"]) == pytest.approx(0.01, rel=0.1)
    assert np.std(deep["W1"]) == pytest.approx(1 / np.sqrt(500), rel=0.02)
    assert np.std(deep["W2"]) == pytest.approx(1 / np.sqrt(400), rel=0.02)
    assert not any(p[f"b{k}"].any() for p in (two, deep) for k in (1, 2))
    assert not np.array_equal(deep["W2"][0], deep["W2"][1])  # no two units alike


def test_update_steps_downhill_and_leaves_its_arguments_alone():
    X, Y, parameters = random_task((4, 5, 1))
    before = {k: v.copy() for k, v in parameters.items()}
    AL, caches = l_model_forward(X, parameters)
    stepped = update_parameters(parameters, l_model_backward(AL, Y, caches), 0.1)
    assert compute_cost(l_model_forward(X, stepped)[0], Y) < compute_cost(AL, Y)
    assert all(np.array_equal(before[k], parameters[k]) for k in before)


def test_labels_of_another_shape_are_refused():
    AL = np.full((1, 3), 0.5)
    for Y in (np.ones(3), np.ones((3, 1))):
        with pytest.raises(ValueError, match=r"Y: expected the shape of AL, \(1, 3\)"):
            compute_cost(AL, Y)
        with pytest.raises(ValueError, match=r"Y: expected the shape of AL, \(1, 3\)"):
            l_model_backward(AL, Y, [])
