"""Inverted dropout: what it drops, how often, and that nothing else changes."""

import math
from unittest import mock

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.kernels import keep_mask
from dlcourse.layers import InvertedDropout
from tests.backends import BACKENDS, run_on
from tests.gradients import layer_gradients

N = 200_000
# the second and the last one are too near 0 and 1 to be decided by 16 bits
RATES = (0.5, 0.001, 0.1, 0.3, 0.8, 0.9999)


def share_standard_error(rate, n=N):
    return math.sqrt(rate * (1 - rate) / n)


def kept_shares(cls=InvertedDropout, dtype="float32"):
    """At each rate: the share that is kept of ones, and what they become."""
    found = []
    for rate in RATES:
        layer = cls(rate, seed=11, dtype=dtype)
        outputs = keras.ops.convert_to_numpy(layer(np.ones((400, N // 400)), training=True))
        kept = outputs[outputs != 0]
        found.append([float((outputs != 0).mean()), np.unique(kept).tolist()])
    return found


def both_kept_shares():
    return {"ours": kept_shares(), "Keras's": kept_shares(keras.layers.Dropout)}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_rate_is_kept_and_the_rest_scaled(backend):
    found = run_on(backend, "tests.layers.test_dropout:both_kept_shares")
    for rate, *layers in zip(RATES, found["ours"], found["Keras's"], strict=True):
        for share, values in layers:
            assert abs(share - (1 - rate)) < 5 * share_standard_error(rate) + 1e-4 * rate, rate
            assert values == pytest.approx([1 / (1 - rate)] * (share > 0), rel=2e-4)


@pytest.mark.parametrize("rate", RATES)
def test_the_expectation_is_exact(rate):
    generator = keras.random.SeedGenerator(3)
    _, probability = keep_mask.keep_mask((1,), rate, generator)
    assert abs(probability - (1 - rate)) <= 1e-4 * min(rate, 1 - rate)
    steps = (1 - probability) * 2**16
    assert steps == pytest.approx(round(steps), abs=1e-6) or probability == 1 - rate


def test_half_precision_keeps_the_rate():
    for rate, (share, *_) in zip(RATES, kept_shares(dtype="mixed_float16"), strict=True):
        assert abs(share - (1 - rate)) < 5 * share_standard_error(rate) + 1e-4 * rate


@given(
    rate=st.floats(0.05, 0.95),
    shape=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    seed=st.integers(0, 2**31 - 1),
)
@settings(max_examples=30)
def test_every_output_is_zero_or_the_scaled_input(rate, shape, seed):
    inputs = np.random.default_rng(seed).uniform(1, 2, shape).astype("float32")
    outputs = np.asarray(InvertedDropout(rate, seed=seed)(inputs, training=True))
    kept = outputs != 0
    np.testing.assert_allclose(outputs[kept], inputs[kept] / (1 - rate), rtol=2e-4)
    again = InvertedDropout(rate, seed=seed)(inputs, training=True)
    np.testing.assert_array_equal(outputs, again)


def test_infinite_and_undefined_numbers_can_be_dropped():
    outputs = np.asarray(InvertedDropout(0.5, seed=1)(np.full(100, np.inf), training=True))
    assert set(outputs.tolist()) == {0, np.inf}


def test_neighbours_fall_independently():
    # two of them come from one number of the generator
    ones = np.ones((N,), "float32")
    dropped = np.asarray(InvertedDropout(0.5, seed=4)(ones, training=True)) == 0
    for lag in (1, 2, 3):
        both = (dropped[:-lag] == dropped[lag:]).mean()
        assert abs(both - 0.5) < 5 * share_standard_error(0.5)


def test_every_call_has_its_own_mask():
    layer, ones = InvertedDropout(0.5, seed=4), np.ones((1000,), "float32")
    first, second = (np.asarray(layer(ones, training=True)) for _ in range(2))
    assert (first != second).mean() == pytest.approx(0.5, abs=5 * share_standard_error(0.5, 1000))


@pytest.mark.parametrize("options", [{}, {"training": False}, {"training": None}])
def test_inference_returns_the_inputs(options):
    inputs = keras.ops.ones((3, 4))
    assert InvertedDropout(0.5)(inputs, **options) is inputs


def test_the_ends_of_the_range():
    inputs = keras.ops.ones((3, 4))
    assert InvertedDropout(0)(inputs, training=True) is inputs
    assert not np.any(InvertedDropout(1)(inputs, training=True))


@pytest.mark.parametrize("noise_shape", [(None, 1, None), [4, 1, 3], (1, 1, None)])
def test_units_fall_together_where_the_noise_has_one(noise_shape):
    outputs = np.asarray(
        InvertedDropout(0.5, noise_shape=noise_shape, seed=2)(np.ones((4, 50, 3)), training=True)
    )
    assert (outputs == outputs[:, :1]).all()
    assert (outputs == outputs[:1]).all() == (noise_shape[0] == 1)
    assert len(np.unique(outputs)) == 2


def test_the_gradient_is_the_mask():
    layer, inputs = InvertedDropout(0.4, seed=9), np.ones((50,), "float32")
    generator = layer.seed_generator
    state = np.asarray(generator.state.value)
    outputs = layer(inputs, training=True)
    generator.state.assign(state)
    _, (gradient,) = layer_gradients(layer, inputs, keras.ops.sum)
    np.testing.assert_allclose(gradient, outputs, rtol=1e-6)  # of inputs of one


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize("shape", [(None, 300), (None, 301), (7, 301)])
def test_compiled(jit_compile, shape):
    import tensorflow as tf

    layer = InvertedDropout(0.3, seed=6)
    call = tf.function(
        lambda batch: layer(batch, training=True),
        input_signature=[tf.TensorSpec(shape)],
        jit_compile=jit_compile and None not in shape,  # XLA wants to know the sizes it draws
    )
    ones = np.ones((7, shape[1]), "float32")
    first, second = np.asarray(call(ones)), np.asarray(call(ones))
    assert (first != second).any()
    error = share_standard_error(0.3, first.size)
    assert abs((first == 0).mean() - 0.3) < 5 * error


def test_xla_is_told_which_generator_to_use():
    import tensorflow as tf

    chosen = []

    def noted(*args, alg, **kwargs):
        chosen.append(alg)
        return draw(*args, alg=alg, **kwargs)

    draw, layer, ones = tf.random.stateless_uniform, InvertedDropout(0.3), tf.ones((4, 4))
    with mock.patch.object(tf.random, "stateless_uniform", noted):
        layer(ones, training=True)
        tf.function(lambda x: layer(x, training=True))(ones)
        tf.function(lambda x: layer(x, training=True), jit_compile=True)(ones)
    assert chosen == ["auto_select", "auto_select", "threefry"]


def test_sequences_keep_their_mask():
    model = keras.Sequential([keras.layers.Masking(), InvertedDropout(0.5)])
    outputs = model(np.array([[[1.0], [0.0]]]))
    assert np.asarray(outputs._keras_mask).tolist() == [[True, False]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rate": 1.5}, "rate: expected the share to drop, a number from 0 to 1, got 1.5"),
        ({"rate": float("nan")}, "rate: expected .* got nan"),
        ({"rate": 0.5, "noise_shape": (2, 0)}, r"noise_shape: expected .* got \(2, 0\)"),
        ({"rate": 0.5, "noise_shape": "12"}, "noise_shape: expected .* got '12'"),
        ({"rate": 0.5, "noise_shape": (2, 1.5)}, "noise_shape: expected a sequence of positive"),
        ({"rate": 0.5, "noise_shape": (1, None, 1)}, r"one size for each axis .*\(2, 3\), got"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        InvertedDropout(**arguments)(np.ones((2, 3)), training=True)
