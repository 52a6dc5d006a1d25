"""Local response normalization: TensorFlow's operation, the formula by loops, its gradient."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.layers import LocalResponseNormalization
from tests.gradients import layer_gradients


def by_loops(inputs, n, k, alpha, beta):
    outputs = np.empty_like(inputs)
    channels = inputs.shape[-1]
    for i in range(channels):
        around = range(max(0, i - n // 2), min(channels - 1, i + n // 2) + 1)
        energy = sum(inputs[..., j] ** 2 for j in around)
        outputs[..., i] = inputs[..., i] / (k + alpha * energy) ** beta
    return outputs


@given(
    half=st.integers(0, 4),
    channels=st.integers(1, 7),
    k=st.floats(0.1, 3),
    alpha=st.floats(0, 2),
    beta=st.floats(0, 1.5),
)
@settings(max_examples=40)
def test_equal_to_the_formula_and_to_tensorflow(half, channels, k, alpha, beta):
    import tensorflow as tf

    inputs = np.random.default_rng(0).normal(0, 3, (2, 2, 3, channels)).astype("float32")
    n = 2 * half + 1
    outputs = LocalResponseNormalization(n, k, alpha, beta)(inputs)
    expected = by_loops(inputs.astype("float64"), n, k, alpha, beta)
    np.testing.assert_allclose(outputs, expected, rtol=1e-5, atol=1e-6)
    theirs = tf.nn.local_response_normalization(inputs, half, k, alpha, beta)
    np.testing.assert_allclose(outputs, theirs, rtol=1e-5, atol=1e-5)


def test_gradient_equal_to_tensorflow():
    import tensorflow as tf

    rng = np.random.default_rng(1)
    inputs, upstream = rng.standard_normal((2, 2, 3, 4, 6), "float32")
    layer = LocalResponseNormalization(alpha=0.3)
    _, (ours,) = layer_gradients(layer, inputs, lambda x: keras.ops.sum(x * upstream))
    x = tf.constant(inputs)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.local_response_normalization(x, 2, 2.0, 0.3, 0.75)
    np.testing.assert_allclose(ours, tape.gradient(y, x, upstream), rtol=1e-4, atol=1e-5)


def test_the_defaults_are_the_papers():
    layer = LocalResponseNormalization()
    assert (layer.n, layer.k, layer.alpha, layer.beta) == (5, 2, 1e-4, 0.75)


def test_dense_activations_and_large_half_precision_numbers():
    layer = LocalResponseNormalization(k=1.0, alpha=1.0, beta=0.5, dtype="mixed_float16")
    outputs = layer(np.full((2, 3), 1000.0))  # whose squares do not fit into 16 bits
    np.testing.assert_allclose(outputs, np.full((2, 3), 3**-0.5), rtol=1e-3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 4}, "n: expected an odd number of channels >= 1, got 4"),
        ({"n": -1}, "n: expected an odd number"),
        ({"n": 2.5}, "n: expected an odd number"),
        ({"k": 0}, "expected k > 0, alpha >= 0 and beta >= 0, got k=0"),
        ({"alpha": -1}, "got k=2.0, alpha=-1"),
        ({"beta": float("nan")}, "beta=nan"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        LocalResponseNormalization(**arguments)
