"""Convolution against TensorFlow, SciPy and its own definition; backward against differences."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from dlcourse.scratch import convolution_loops, small_products
from dlcourse.scratch.convolution import conv_backward, conv_forward
from dlcourse.scratch.gradient_check import check_gradient

CASES = [
    # image (m, h, w, c), filter (f_H, f_W, k), stride, pad
    ((2, 5, 6, 3), (3, 3, 4), 1, 0),
    ((2, 5, 6, 3), (3, 2, 4), 2, "same"),
    ((1, 1, 1, 1), (1, 1, 1), 1, 0),
    ((3, 4, 1, 2), (3, 1, 1), 1, ((2, 0), (0, 1))),
    ((1, 7, 7, 1), (5, 5, 2), 3, 4),
    ((2, 4, 5, 17), (3, 3, 2), 1, "same"),  # from 17 channels on by shifted products
    ((1, 5, 3, 18), (2, 3, 1), 1, ((3, 0), (1, 4))),  # more padding than the filter is large
    ((2, 3, 3, 20), (1, 1, 5), 1, "valid"),
    ((1, 5, 5, 17), (3, 3, 2), 2, 1),
]


def random_layer(rng, shape, filters, dtype=float):
    f_H, f_W, k = filters
    arrays = (rng.standard_normal(s) for s in (shape, (f_H, f_W, shape[3], k), (1, 1, 1, k)))
    return [array.astype(dtype) for array in arrays]


def tensorflows(A_prev, W, b, stride, pad):
    if pad == "same":
        amounts = "SAME"
    else:
        pads = ((0, 0), (0, 0)) if pad == "valid" else pad
        pads = ((pad, pad), (pad, pad)) if isinstance(pad, int) else pads
        amounts = [(0, 0), *pads, (0, 0)]
    if not isinstance(amounts, str):  # its convolution of float64 knows no explicit padding
        A_prev, amounts = tf.pad(A_prev, amounts), "VALID"
    return tf.nn.conv2d(A_prev, W, stride, amounts) + b


@pytest.mark.parametrize(("shape", "filters", "stride", "pad"), CASES)
def test_forward_and_backward_equal_tensorflow(shape, filters, stride, pad):
    rng = np.random.default_rng(0)
    variables = [tf.Variable(array) for array in random_layer(rng, shape, filters)]
    with tf.GradientTape() as tape:
        theirs = tensorflows(*variables, stride, pad)
    Z, cache = conv_forward(*(v.numpy() for v in variables), {"stride": stride, "pad": pad})
    np.testing.assert_allclose(Z, theirs, rtol=1e-10, atol=1e-10)
    dZ = rng.standard_normal(Z.shape)
    gradients = tape.gradient(theirs, variables, output_gradients=dZ)
    for ours, gradient in zip(conv_backward(dZ, cache), gradients, strict=True):
        np.testing.assert_allclose(ours, gradient, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(("shape", "filters", "stride", "pad"), CASES)
def test_loops_say_the_same(shape, filters, stride, pad):
    rng = np.random.default_rng(1)
    layer, hparameters = random_layer(rng, shape, filters), {"stride": stride, "pad": pad}
    Z, cache = conv_forward(*layer, hparameters)
    slow_Z, slow_cache = convolution_loops.conv_forward_loops(*layer, hparameters)
    np.testing.assert_allclose(Z, slow_Z, rtol=1e-10, atol=1e-10)
    dZ = rng.standard_normal(Z.shape)
    # the caches are alike, so either backward pass takes the other's
    slow = convolution_loops.conv_backward_loops(dZ, cache)
    for ours, slows in zip(conv_backward(dZ, slow_cache), slow, strict=True):
        np.testing.assert_allclose(ours, slows, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(("shape", "filters", "stride", "pad"), CASES)
def test_backward_against_differences(shape, filters, stride, pad):
    rng = np.random.default_rng(2)
    A_prev, W, b = random_layer(rng, shape, filters)
    hparameters = {"stride": stride, "pad": pad}
    Z, cache = conv_forward(A_prev, W, b, hparameters)
    dZ = rng.standard_normal(Z.shape)
    dA_prev, dW, db = conv_backward(dZ, cache)
    report = check_gradient(
        lambda p: np.sum(dZ * conv_forward(p["A_prev"], p["W"], p["b"], hparameters)[0]),
        {"A_prev": A_prev, "W": W, "b": b},
        {"dA_prev": dA_prev, "dW": dW, "db": db},
    )
    assert report.ratio < 1e-7


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("channels", [2, 20])
def test_one_image_equals_scipy(channels, stride):
    rng = np.random.default_rng(3)
    A_prev, W, b = random_layer(rng, (1, 8, 9, channels), (3, 4, 2))
    Z, _ = conv_forward(A_prev, W, b, {"stride": stride, "pad": 0})
    for k in range(2):
        expected = signal.correlate(A_prev[0], W[..., k], mode="valid")[::stride, ::stride, 0]
        np.testing.assert_allclose(Z[0, ..., k], expected + b[..., k].item(), rtol=1e-10)


@pytest.mark.parametrize("channels", [3, 20])
def test_empty_batch(channels):
    layer = random_layer(np.random.default_rng(4), (0, 5, 5, channels), (3, 3, 2))
    Z, cache = conv_forward(*layer, {"stride": 1, "pad": "same"})
    assert Z.shape == (0, 5, 5, 2)
    for gradient, array in zip(conv_backward(Z, cache), layer, strict=True):
        assert gradient.shape == array.shape and not gradient.any()


@pytest.mark.parametrize("channels", [3, 20])
def test_single_precision_stays_and_integers_become_floats(channels):
    layer = random_layer(np.random.default_rng(5), (2, 5, 5, channels), (3, 3, 2), np.float32)
    Z, cache = conv_forward(*layer, {"stride": 1, "pad": 0})
    assert {array.dtype.name for array in (Z, *conv_backward(Z, cache))} == {"float32"}
    whole = [np.ones_like(array, dtype=int) for array in layer]
    assert conv_forward(*whole, {"stride": 1, "pad": 0})[0][0, 0, 0, 0] == 9 * channels + 1


@pytest.mark.parametrize("channels", [8, 40])
def test_large_images_in_threads_and_single_precision(monkeypatch, channels):
    monkeypatch.setattr(small_products, "_WORTH_THREADS", 1)
    layer = random_layer(np.random.default_rng(6), (9, 23, 29, channels), (3, 3, 24), np.float32)
    with tf.GradientTape() as tape:
        variables = [tf.Variable(array) for array in layer]
        theirs = tensorflows(*variables, 1, "same")
    Z, cache = conv_forward(*layer, {"stride": 1, "pad": "same"})
    gradients = tape.gradient(theirs, variables, output_gradients=Z)
    for ours, expected in zip((Z, *conv_backward(Z, cache)), (theirs, *gradients), strict=True):
        assert np.linalg.norm(ours - expected) < 1e-5 * np.linalg.norm(expected)


shapes = st.tuples(*(st.integers(1, n) for n in (2, 6, 6)), st.sampled_from([1, 3, 17]))
filter_shapes = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
windows = st.fixed_dictionaries({"stride": st.integers(1, 3), "pad": st.integers(1, 3)})


@settings(max_examples=60)
@given(shape=shapes, filters=filter_shapes, hparameters=windows, seed=st.integers(0, 9))
def test_linear_and_adjoint(shape, filters, hparameters, seed):
    rng = np.random.default_rng(seed)
    (x, W, b), (y, V, _) = (random_layer(rng, shape, filters) for _ in range(2))

    def conv(x, W):
        return conv_forward(x, W, 0 * b, hparameters)[0]

    n_H, n_W = ((n + 2 * hparameters["pad"] - f) // hparameters["stride"] + 1
                for n, f in zip(shape[1:3], filters[:2], strict=True))  # fmt: skip
    assert conv(x, W).shape == (shape[0], n_H, n_W, filters[2])
    np.testing.assert_allclose(conv(x + 2 * y, W), conv(x, W) + 2 * conv(y, W), atol=1e-10)
    np.testing.assert_allclose(conv(x, W - 3 * V), conv(x, W) - 3 * conv(x, V), atol=1e-10)
    z = rng.standard_normal(conv(x, W).shape)
    dx, dW, db = conv_backward(z, (x, W, b, hparameters))
    inner = np.sum(conv(x, W) * z)
    assert np.sum(x * dx) == pytest.approx(inner, abs=1e-9)
    assert np.sum(W * dW) == pytest.approx(inner, abs=1e-9)
    np.testing.assert_allclose(db.ravel(), z.sum(axis=(0, 1, 2)), atol=1e-10)


def test_single_step_by_hand():
    a = np.arange(8.0).reshape(2, 2, 2)
    assert convolution_loops.conv_single_step(a, a, np.full((1, 1, 1), 0.5)) == 140.5
    with pytest.raises(ValueError, match=r"W: expected the shape of the window, \(2, 2, 2\)"):
        convolution_loops.conv_single_step(a, a[0], 0.0)
    with pytest.raises(ValueError, match=r"b: expected one number; got shape \(2,\)"):
        convolution_loops.conv_single_step(a, a, np.zeros(2))
