"""Recurrent networks against Keras's layers with the same weights, and TensorFlow's gradients."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dlcourse.scratch import recurrent_counts, recurrent_keras, recurrent_parameters
from dlcourse.scratch.bidirectional import bidirectional_forward
from dlcourse.scratch.recurrent_kinds import recurrent_kind
from dlcourse.scratch.stacked import stacked_forward
from tests.scratch.recurrent_cases import (
    KINDS,
    as_state,
    as_tuple,
    conversions,
    keras_layer,
    layer_with,
    random_mask,
    random_parameters,
    random_state,
)

ATOL = 1e-12


def case(kind, seed=0):
    rng = np.random.default_rng(seed)
    return rng, rng.standard_normal((4, 6, 3)), random_parameters(kind, 3, 5, rng)


@pytest.mark.parametrize("kind", KINDS)
def test_states_equal_keras_with_a_given_first_state(kind):
    rng, x, parameters = case(kind)
    initial = list(random_state(kind, 4, 5, rng).values())
    expected, *last = layer_with(kind, parameters)(x, initial_state=initial)
    a, state, _ = recurrent_kind(kind)[0](x, parameters, as_state(kind, initial))
    np.testing.assert_allclose(a, expected, rtol=0, atol=ATOL)
    for ours, theirs in zip(as_tuple(kind, state), last, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=ATOL)


@pytest.mark.parametrize("kind", KINDS)
def test_masked_states_equal_keras(kind):
    rng, x, parameters = case(kind)
    mask = random_mask(4, 6, rng)
    mask[0], mask[1] = np.arange(6) < 4, np.arange(6) >= 2  # padding after and before
    expected, *last = layer_with(kind, parameters)(x, mask=mask)
    a, state, _ = recurrent_kind(kind)[0](x, parameters, None, mask)
    np.testing.assert_allclose(a, expected, rtol=0, atol=ATOL)
    for ours, theirs in zip(as_tuple(kind, state), last, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=ATOL)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_gradients_equal_tensorflow(kind, masked):
    rng, x, parameters = case(kind)
    mask = random_mask(4, 6, rng) if masked else None
    layer, upstream = layer_with(kind, parameters), rng.standard_normal((4, 6, 5))
    inputs = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        states = layer(inputs, mask=mask)[0]
    dx, *dw = tape.gradient(states, [inputs, *layer.trainable_variables], upstream)
    forward, backward = recurrent_kind(kind)
    gradients = backward(upstream, forward(x, parameters, None, mask)[2])
    np.testing.assert_allclose(gradients["dx"], dx, rtol=0, atol=1e-10)
    # a gradient is ordered, and changes its sign, as the weights do
    expected = conversions(kind)[0]([d.numpy() for d in dw])
    for name in parameters:
        np.testing.assert_allclose(gradients[f"d{name}"], expected[name], rtol=0, atol=1e-10)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_bidirectional_equals_keras(kind, masked):
    rng, x, forward = case(kind)
    backward = random_parameters(kind, 3, 5, rng)
    mask = random_mask(4, 6, rng) if masked else None
    layer = keras.layers.Bidirectional(keras_layer(kind, 5), dtype="float64")
    layer.build((None, None, 3))
    to_keras = conversions(kind)[1]
    layer.set_weights([*to_keras(forward), *to_keras(backward)])
    expected, *states = layer(x, mask=mask)
    both = {"forward": forward, "backward": backward}
    a, a_last, _ = bidirectional_forward(x, both, kind, mask)
    np.testing.assert_allclose(a, expected, rtol=0, atol=ATOL)
    last = np.concatenate([states[0], states[len(states) // 2]], axis=1)
    np.testing.assert_allclose(a_last, last, rtol=0, atol=ATOL)


@pytest.mark.parametrize("kind", ["rnn", "lstm"])
def test_stacked_equals_keras(kind):
    rng, x, lower = case(kind)
    upper = random_parameters(kind, 5, 2, rng)
    mask = random_mask(4, 6, rng)
    between = layer_with(kind, lower)(x, mask=mask)[0]
    expected, *last = layer_with(kind, upper)(between, mask=mask)
    a, states, _ = stacked_forward(x, [lower, upper], kind, mask)
    np.testing.assert_allclose(a, expected, rtol=0, atol=ATOL)
    np.testing.assert_allclose(as_tuple(kind, states[1]), last, rtol=0, atol=ATOL)


@pytest.mark.parametrize("kind", KINDS)
def test_conversions_undo_each_other(kind):
    parameters = random_parameters(kind, 3, 5, np.random.default_rng(0))
    from_keras, to_keras = conversions(kind)
    back = from_keras(to_keras(parameters))
    assert set(back) == set(parameters)
    for name, array in parameters.items():
        np.testing.assert_array_equal(back[name], array)


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_a_layer_without_bias_is_named(name):
    with pytest.raises(ValueError, match="weights: expected the three arrays .*; got 2"):
        getattr(recurrent_keras, f"{name}_from_keras")([np.zeros((1, 4)), np.zeros((1, 4))])


@pytest.mark.parametrize("kind", KINDS)
def test_first_parameters_fit_and_are_counted_as_keras_counts(kind):
    name, _, reset = kind.partition("_reset_")
    options = {"reset": reset} if reset else {}
    rng = np.random.default_rng(0)
    parameters = getattr(recurrent_parameters, f"initialize_{name}")(3, 5, rng, **options)
    assert recurrent_kind(kind)[0](np.zeros((1, 2, 3)), parameters)[0].shape == (1, 2, 5)
    count = getattr(recurrent_counts, f"count_{name}")(3, 5, **options)
    assert count == sum(array.size for array in parameters.values())
    assert count == layer_with(kind, parameters).count_params()
    for block in np.split(parameters["Wa"], parameters["Wa"].shape[1] // 5, axis=1):
        np.testing.assert_allclose(block.T @ block, np.eye(5), atol=1e-12)
    expected = np.r_[np.ones(5), np.zeros(15)] if kind == "lstm" else 0
    np.testing.assert_array_equal(parameters["b"], expected)


def test_counts_of_the_course():
    assert recurrent_counts.count_embedding(5000, 32) == 160_000
    assert recurrent_counts.count_lstm(32, 100) == 53_200
    assert recurrent_counts.count_dense(100, 1) == 101


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: recurrent_counts.count_embedding(0, 32), "vocabulary: expected a whole number"),
        (lambda: recurrent_counts.count_lstm(32, 0), "n: expected a whole number"),
        (lambda: recurrent_counts.count_lstm(1.5, 3), "n_x: expected a whole number"),
        (lambda: recurrent_counts.count_gru(1, 1, "now"), "reset: expected 'before' or 'after'"),
        (lambda: recurrent_parameters.initialize_rnn(0, 1, None), "n_x: expected a whole number"),
        (lambda: recurrent_parameters.orthogonal(0, None), "n: expected a whole number"),
    ],
)
def test_bad_sizes_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
