"""Batch norm against Keras's layer, its backward pass against differences and TensorFlow."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import batchnorm

SHAPES = [(6, 3), (1, 3), (5, 1), (4, 3, 2, 5), (1, 3, 2, 1), (2, 1, 1, 3), (3, 4, 2)]
FEATURES, IMAGES = SHAPES[0], SHAPES[3]


def random_batch(rng, shape):
    """Z with another mean and spread per feature, gamma and beta."""
    n = shape[-1]
    Z = rng.standard_normal(shape) * rng.uniform(0.5, 3, n) + rng.standard_normal(n)
    return Z, rng.standard_normal(n), rng.standard_normal(n)


def random_running(rng, n):
    return {"mean": rng.standard_normal(n), "variance": rng.uniform(0.5, 2, n)}


def differences(f, x, step=1e-5):
    """Central differences of the scalar f with respect to every entry of x."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        shift = np.zeros_like(x)
        shift[index] = step
        gradient[index] = (f(x + shift) - f(x - shift)) / (2 * step)
    return gradient


def assert_same_gradients(gradients, expected):
    a, b = (np.concatenate([g.ravel() for g in both]) for both in (gradients, expected))
    assert np.linalg.norm(a - b) <= 1e-7 * (np.linalg.norm(a) + np.linalg.norm(b))


def keras_layer(shape, gamma, beta, running):
    layer = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-3, dtype="float64")
    layer.build(shape)
    layer.set_weights([gamma, beta, running["mean"], running["variance"]])
    return layer


@pytest.mark.parametrize("shape", SHAPES)
def test_training_steps_equal_keras(shape):
    rng = np.random.default_rng(0)
    _, gamma, beta = random_batch(rng, shape)
    running = random_running(rng, shape[-1])
    layer = keras_layer(shape, gamma, beta, running)
    for _ in range(3):
        Z, _, _ = random_batch(rng, shape)
        out, statistics, _ = batchnorm.batch_norm_forward(Z, gamma, beta)
        running = batchnorm.update_running(running, statistics, 0.9)
        np.testing.assert_allclose(out, layer(Z, training=True), rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(running["mean"], layer.moving_mean.value, atol=1e-7)
        np.testing.assert_allclose(running["variance"], layer.moving_variance.value, atol=1e-7)


@pytest.mark.parametrize("shape", [*SHAPES, (0, 3), (0, 2, 2, 3)])
def test_inference_equals_keras(shape):
    rng = np.random.default_rng(1)
    Z, gamma, beta = random_batch(rng, shape)
    running = random_running(rng, shape[-1])
    out, _ = batchnorm.batch_norm_inference(Z, gamma, beta, running)
    assert out.shape == shape
    if len(Z):
        layer = keras_layer(shape, gamma, beta, running)
        np.testing.assert_allclose(out, layer(Z, training=False), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("shape", [(6, 2), (5, 1), (3, 2, 2, 2), (2, 1, 2, 1), (1, 3, 1, 2)])
def test_backward_equals_central_differences(shape):
    rng = np.random.default_rng(2)
    inputs = random_batch(rng, shape)
    weights = rng.standard_normal(shape)
    _, _, cache = batchnorm.batch_norm_forward(*inputs)
    expected = [
        differences(
            lambda x, k=k: np.sum(
                weights * batchnorm.batch_norm_forward(*inputs[:k], x, *inputs[k + 1 :])[0]
            ),
            inputs[k],
        )
        for k in range(3)
    ]
    assert_same_gradients(batchnorm.batch_norm_backward(weights, cache), expected)


@pytest.mark.parametrize("shape", SHAPES)
def test_backward_equals_tensorflow(shape):
    rng = np.random.default_rng(3)
    inputs = random_batch(rng, shape)
    weights = rng.standard_normal(shape)
    variables = [tf.constant(x) for x in inputs]
    with tf.GradientTape() as tape:
        tape.watch(variables)
        mean, variance = tf.nn.moments(variables[0], list(range(len(shape) - 1)))
        out = tf.nn.batch_normalization(variables[0], mean, variance, *variables[:0:-1], 1e-3)
        cost = tf.reduce_sum(weights * out)
    _, _, cache = batchnorm.batch_norm_forward(*inputs)
    expected = [g.numpy() for g in tape.gradient(cost, variables)]
    assert_same_gradients(batchnorm.batch_norm_backward(weights, cache), expected)


@pytest.mark.parametrize("shape", [(4, 3), (0, 3), (1, 1), (2, 2, 1, 3)])
def test_backward_of_inference_equals_central_differences(shape):
    rng = np.random.default_rng(4)
    inputs, running = random_batch(rng, shape), random_running(rng, shape[-1])
    weights = rng.standard_normal(shape)

    def cost(*inputs):
        return np.sum(weights * batchnorm.batch_norm_inference(*inputs, running)[0])

    _, cache = batchnorm.batch_norm_inference(*inputs, running)
    expected = [
        differences(lambda x, k=k: cost(*inputs[:k], x, *inputs[k + 1 :]), inputs[k])
        for k in range(3)
    ]
    assert_same_gradients(batchnorm.batch_norm_inference_backward(weights, cache), expected)


shapes = st.tuples(st.integers(2, 8), st.integers(1, 4), st.integers(1, 4))
seeds = st.integers(0, 999)


@given(shape=shapes, seed=seeds, shift=st.floats(-100, 100))
def test_the_bias_of_the_layer_before_disappears(shape, seed, shift):
    rng = np.random.default_rng(seed)
    Z, gamma, beta = random_batch(rng, shape)
    out, _, cache = batchnorm.batch_norm_forward(Z, gamma, beta)
    shifted, _, _ = batchnorm.batch_norm_forward(Z + shift * rng.random(shape[-1]), gamma, beta)
    np.testing.assert_allclose(shifted, out, atol=1e-9)
    # so its gradient, the sum of dZ over the examples, is zero
    dZ, _, _ = batchnorm.batch_norm_backward(rng.standard_normal(shape), cache)
    np.testing.assert_allclose(dZ.sum(axis=(0, 1)), 0, atol=1e-9)


@given(shape=shapes, seed=seeds, scale=st.floats(0.1, 1e4))
def test_scale_of_the_weights_before_does_not_matter(shape, seed, scale):
    rng = np.random.default_rng(seed)
    Z, gamma, beta = random_batch(rng, shape)
    out, _, _ = batchnorm.batch_norm_forward(Z, gamma, beta, epsilon=1e-14)
    scaled, _, _ = batchnorm.batch_norm_forward(scale * Z, gamma, beta, epsilon=1e-14)
    np.testing.assert_allclose(scaled, out, atol=1e-7)
    flipped, _, _ = batchnorm.batch_norm_forward(-scale * Z, -gamma, beta, epsilon=1e-14)
    np.testing.assert_allclose(flipped, out, atol=1e-7)


@given(shape=shapes, seed=seeds)
def test_mean_is_beta_and_deviation_gamma(shape, seed):
    Z, gamma, beta = random_batch(np.random.default_rng(seed), shape)
    out, statistics, _ = batchnorm.batch_norm_forward(Z, gamma, beta, epsilon=1e-3)
    np.testing.assert_allclose(out.mean(axis=(0, 1)), beta, atol=1e-9)
    share = statistics["variance"] / (statistics["variance"] + 1e-3)
    np.testing.assert_allclose(out.var(axis=(0, 1)), gamma**2 * share, atol=1e-9)


@given(shape=shapes, seed=seeds)
def test_inference_with_the_statistics_of_the_batch_is_training(shape, seed):
    Z, gamma, beta = random_batch(np.random.default_rng(seed), shape)
    out, statistics, _ = batchnorm.batch_norm_forward(Z, gamma, beta)
    same, _ = batchnorm.batch_norm_inference(Z, gamma, beta, statistics)
    np.testing.assert_allclose(same, out, atol=1e-12)


def test_training_depends_on_the_neighbours_and_inference_does_not():
    rng = np.random.default_rng(5)
    Z, gamma, beta = random_batch(rng, FEATURES)
    running = random_running(rng, FEATURES[-1])
    alone, _ = batchnorm.batch_norm_inference(Z[:1], gamma, beta, running)
    together, _ = batchnorm.batch_norm_inference(Z, gamma, beta, running)
    np.testing.assert_array_equal(alone, together[:1])
    noisy = [batchnorm.batch_norm_forward(Z[:k], gamma, beta)[0][0] for k in (3, 6)]
    assert np.all(abs(noisy[0] - noisy[1]) > 1e-3)


def test_running_statistics_begin_where_keras_lets_them():
    layer = keras.layers.BatchNormalization()
    layer.build(FEATURES)
    running = batchnorm.initialize_running(FEATURES[-1])
    np.testing.assert_array_equal(running["mean"], layer.moving_mean.value)
    np.testing.assert_array_equal(running["variance"], layer.moving_variance.value)


def test_running_statistics_approach_those_of_the_data():
    rng = np.random.default_rng(6)
    running = batchnorm.initialize_running(2)
    for _ in range(300):
        Z = rng.standard_normal((400, 2)) * [2.0, 0.5] + [3.0, -1.0]
        _, statistics, _ = batchnorm.batch_norm_forward(Z, np.ones(2), np.zeros(2))
        running = batchnorm.update_running(running, statistics, 0.9)
    # an average over about 19 batches of 400 has a standard error of sigma / √7600
    np.testing.assert_allclose(running["mean"], [3.0, -1.0], atol=5 * 2 / np.sqrt(7600))
    np.testing.assert_allclose(running["variance"], [4.0, 0.25], rtol=5 * np.sqrt(2 / 7600))


def test_single_precision_stays_and_is_exact_for_many_examples():
    Z = np.full((32, 56, 56, 4), 0.1, np.float32)
    ones = np.ones(4, np.float32)
    out, statistics, cache = batchnorm.batch_norm_forward(Z, ones, ones)
    running = batchnorm.update_running(batchnorm.initialize_running(4, np.float32), statistics)
    inferred, frozen = batchnorm.batch_norm_inference(Z, ones, ones, running)
    gradients = batchnorm.batch_norm_backward(out, cache)
    gradients += batchnorm.batch_norm_inference_backward(out, frozen)
    results = [out, inferred, *statistics.values(), *running.values(), *gradients]
    assert {result.dtype for result in results} == {np.dtype(np.float32)}
    # added one by one in float32, the mean would be 0.09998 and the variance not 0
    np.testing.assert_array_equal(statistics["mean"], np.float32(0.1))
    assert not statistics["variance"].any()
    out, _, _ = batchnorm.batch_norm_forward(np.array([[1], [3]]), [1], [0])
    assert out.dtype == np.float64


ONES = np.ones(3)
RUNNING = {"mean": 0 * ONES, "variance": ONES}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: f(ONES, ONES, ONES), r"Z: expected \(m, …, n\).*got shape \(3,\)"),
        (lambda f: f(np.ones((2, 0)), [], []), r"Z: expected .*got shape \(2, 0\)"),
        (
            lambda f: f(np.ones((2, 3)), np.ones(2), ONES),
            r"gamma: expected shape \(3,\).*got \(2,\)",
        ),
        (lambda f: f(np.ones((2, 3)), ONES, np.ones((3, 1))), r"beta: .*\(3,\).*got \(3, 1\)"),
        (lambda f: f(np.ones((2, 3)), ONES * np.nan, ONES), "gamma: expected numbers; got NaN"),
        (
            lambda f: f(np.ones((2, 3)), ONES, ONES, epsilon=0),
            "epsilon: expected a number above 0; got 0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    def infer(*arguments, **keywords):
        return batchnorm.batch_norm_inference(*arguments, running=RUNNING, **keywords)

    for function in (batchnorm.batch_norm_forward, infer):
        with pytest.raises(ValueError, match=message):
            call(function)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: batchnorm.batch_norm_forward(np.ones((0, 3)), ONES, ONES),
            r"Z: expected one example or more.*\(0, 3\)",
        ),
        (
            lambda: batchnorm.batch_norm_inference(
                np.ones((2, 3)), ONES, ONES, RUNNING | {"variance": -ONES}
            ),
            r"running\['variance'\]: expected no number below 0",
        ),
        (
            lambda: batchnorm.batch_norm_inference(
                np.ones((2, 3)), ONES, ONES, RUNNING | {"mean": np.zeros(1)}
            ),
            r"running\['mean'\]: expected shape \(3,\).*got \(1,\)",
        ),
        (
            lambda: batchnorm.batch_norm_backward(ONES, (np.ones((2, 3)), ONES, ONES)),
            r"dout: expected the shape of out, \(2, 3\); got \(3,\)",
        ),
        (lambda: batchnorm.update_running(RUNNING, RUNNING, 1.0), "momentum: expected .*got 1.0"),
        (lambda: batchnorm.initialize_running(0), "n: .*at least 1; got 0"),
    ],
)
def test_more_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
