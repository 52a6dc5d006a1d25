"""The network in TensorFlow itself: against NumPy, differences and Keras."""

import keras
import numpy as np
import tensorflow as tf

from dlcourse.kernels import tensorflow_by_hand as by_hand
from dlcourse.scratch.fused_softmax import softmax_cross_entropy_forward


def network(rng, sizes=(3, 4, 2)):
    parameters = by_hand.initialize_parameters(sizes, seed=1)
    for variable in parameters.values():
        variable.assign(rng.normal(size=variable.shape))
    return parameters


def scores(X, parameters):
    W1, b1, W2, b2 = (variable.numpy() for variable in parameters.values())
    return W2 @ np.maximum(W1 @ X + b1, 0) + b2


def test_the_path_follows_the_formula():
    path = by_hand.minimize(lambda w: w**2 - 10 * w + 25, 1.0, 0.1, 5)
    np.testing.assert_allclose(path, 5 - 4 * 0.8 ** np.arange(6), rtol=1e-6)


def test_weights_have_glorots_spread_and_differ_between_layers():
    parameters = by_hand.initialize_parameters([60, 60, 60], seed=1)
    deviation = np.sqrt(2 / 120)
    for name in ("W1", "W2"):
        assert abs(parameters[name].numpy().std() / deviation - 1) < 0.1
    assert np.any(parameters["W1"].numpy() != parameters["W2"].numpy())
    again = by_hand.initialize_parameters([60, 60, 60], seed=1)
    np.testing.assert_array_equal(again["W2"].numpy(), parameters["W2"].numpy())


def test_loss_and_gradients():
    rng = np.random.default_rng(0)
    parameters, X = network(rng), rng.normal(size=(3, 5)).astype("float32")
    Y = np.eye(2, dtype="float32")[:, [0, 1, 1, 0, 1]]
    cost, grads = by_hand.compute_gradients(X, Y, parameters)
    losses, _ = softmax_cross_entropy_forward(scores(X, parameters), Y)
    np.testing.assert_allclose(float(cost), losses.mean(), rtol=1e-5)
    h = 1e-2
    for name, variable in parameters.items():
        start, place = variable.numpy(), (0, 0)
        costs = []
        for sign in (1, -1):
            moved = start.copy()
            moved[place] += sign * h
            variable.assign(moved)
            costs.append(softmax_cross_entropy_forward(scores(X, parameters), Y)[0].mean())
        variable.assign(start)
        slope = (costs[0] - costs[1]) / (2 * h)
        np.testing.assert_allclose(grads[f"d{name}"].numpy()[place], slope, atol=2e-3)


def test_a_step_lowers_the_cost_in_place():
    rng = np.random.default_rng(0)
    parameters, X = network(rng), rng.normal(size=(3, 5)).astype("float32")
    Y = np.eye(2, dtype="float32")[:, [0, 1, 1, 0, 1]]
    cost, grads = by_hand.compute_gradients(X, Y, parameters)
    by_hand.update_parameters(parameters, grads, 0.01)
    assert by_hand.compute_gradients(X, Y, parameters)[0] < cost


def test_small_functions():
    np.testing.assert_allclose(by_hand.sigmoid([0, 2]), 1 / (1 + np.exp([0.0, -2.0])), rtol=1e-6)
    expected = keras.ops.one_hot(keras.ops.array([2, 0]), 3)
    np.testing.assert_array_equal(by_hand.one_hot_matrix([2, 0], 3), np.transpose(expected))


def test_the_average_is_traced_once():
    average, values = by_hand.make_averager(0.9), np.array([4.0, 2.0, 9.0], "float32")
    weights = 0.9 ** np.arange(2, -1, -1)
    found = [float(average(tf.constant(value))) for value in values]
    np.testing.assert_allclose(found[-1], weights @ values / weights.sum(), rtol=1e-5)
    assert average.experimental_get_tracing_count() == 1


def test_every_example_comes_once_per_epoch_in_a_new_order():
    images, labels = np.arange(40).reshape(10, 2, 2) % 17, np.arange(10)
    dataset = by_hand.make_dataset(images, labels, 4, seed=3)
    epochs = [list(dataset.as_numpy_iterator()) for _ in range(2)]
    orders = [np.concatenate([y.argmax(axis=1) for _, y in epoch]).tolist() for epoch in epochs]
    assert [sorted(order) for order in orders] == [list(range(10))] * 2
    assert orders[0] != orders[1]
    x, y = epochs[0][0]
    np.testing.assert_allclose(x, images[y.argmax(axis=1)].reshape(4, 4) / 16)
    assert [len(x) for x, _ in epochs[0]] == [4, 4, 2]
