"""Depthwise and pointwise convolution against Keras, the plain convolution, and differences."""

import keras
import numpy as np
import pytest

from dlcourse.scratch import separable_convolution as separable
from dlcourse.scratch.convolution import conv_forward
from dlcourse.scratch.gradient_check import check_gradient

CASES = [  # shape, filter, stride, pad
    ((2, 5, 6, 3), (3, 3), 1, "same"),
    ((2, 5, 6, 3), (3, 2), 2, "same"),
    ((1, 1, 1, 1), (1, 1), 1, "valid"),
    ((1, 4, 4, 2), (3, 3), 2, "valid"),
]


def random_depthwise(rng, shape, filter_size):
    c = shape[3]
    return [rng.standard_normal(s) for s in (shape, (*filter_size, c), (1, 1, 1, c))]


def random_pointwise(rng, shape, n_C):
    return [rng.standard_normal(s) for s in (shape, (shape[3], n_C), (1, 1, 1, n_C))]


def ratio_of(forward, layer, gradients, upstream):
    names = ("A_prev", "W", "b")
    report = check_gradient(
        lambda p: np.sum(upstream * forward(*(p[name] for name in names))[0]),
        dict(zip(names, layer, strict=True)),
        dict(zip(names, gradients, strict=True)),
    )
    return report.ratio


@pytest.mark.parametrize(("shape", "filter_size", "stride", "pad"), CASES)
def test_depthwise_equals_keras_loops_and_differences(shape, filter_size, stride, pad):
    rng = np.random.default_rng(0)
    layer = random_depthwise(rng, shape, filter_size)
    hparameters = {"stride": stride, "pad": pad}
    Z, cache = separable.depthwise_forward(*layer, hparameters)
    theirs = keras.ops.depthwise_conv(layer[0], layer[1][..., None], stride, pad).numpy()
    np.testing.assert_allclose(Z, theirs + layer[2], atol=1e-10)
    slow, _ = separable.depthwise_forward_loops(*layer, hparameters)
    np.testing.assert_allclose(Z, slow, atol=1e-10)
    dZ = rng.standard_normal(Z.shape)
    gradients = separable.depthwise_backward(dZ, cache)
    assert ratio_of(
        lambda *arrays: separable.depthwise_forward(*arrays, hparameters), layer, gradients, dZ
    ) < 1e-7  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "n_C"), [((2, 3, 4, 3), 5), ((1, 1, 1, 1), 1), ((3, 1, 2, 4), 1)]
)
def test_pointwise_equals_the_plain_convolution_loops_and_differences(shape, n_C):
    rng = np.random.default_rng(1)
    layer = random_pointwise(rng, shape, n_C)
    Z, cache = separable.pointwise_forward(*layer)
    A_prev, W, b = layer
    plain, _ = conv_forward(A_prev, W[None, None], b, {"stride": 1, "pad": 0})
    np.testing.assert_allclose(Z, plain, atol=1e-10)
    np.testing.assert_allclose(Z, keras.ops.conv(A_prev, W[None, None]).numpy() + b, atol=1e-10)
    np.testing.assert_allclose(Z, separable.pointwise_forward_loops(*layer)[0], atol=1e-10)
    dZ = rng.standard_normal(Z.shape)
    gradients = separable.pointwise_backward(dZ, cache)
    assert ratio_of(separable.pointwise_forward, layer, gradients, dZ) < 1e-7


def test_one_after_the_other_equals_keras_separable():
    rng = np.random.default_rng(2)
    A_prev, W, b = random_depthwise(rng, (2, 6, 6, 3), (3, 3))
    V = rng.standard_normal((3, 5))
    seen, _ = separable.depthwise_forward(A_prev, W, 0 * b, {"stride": 1, "pad": "same"})
    Z, _ = separable.pointwise_forward(seen, V, np.zeros((1, 1, 1, 5)))
    theirs = keras.ops.separable_conv(A_prev, W[..., None], V[None, None], 1, "same")
    np.testing.assert_allclose(Z, theirs, atol=1e-10)


def test_empty_batch_and_single_precision():
    rng = np.random.default_rng(3)
    layer = random_depthwise(rng, (0, 4, 4, 2), (3, 3))
    Z, cache = separable.depthwise_forward(*layer, {"stride": 1, "pad": 0})
    gradients = separable.depthwise_backward(Z, cache)
    point = random_pointwise(rng, (0, 4, 4, 2), 3)
    Y, point_cache = separable.pointwise_forward(*point)
    gradients += separable.pointwise_backward(Y, point_cache)
    assert Z.shape == (0, 2, 2, 2) and Y.shape == (0, 4, 4, 3)
    assert [g.shape for g in gradients] == [a.shape for a in (*layer, *point)]
    single = [array.astype(np.float32) for array in random_depthwise(rng, (1, 3, 3, 2), (2, 2))]
    Z, cache = separable.depthwise_forward(*single, {"stride": 1, "pad": 0})
    Y, point_cache = separable.pointwise_forward(Z, np.eye(2, dtype=np.float32), single[2])
    results = (
        *separable.depthwise_backward(Z, cache),
        *separable.pointwise_backward(Y, point_cache),
    )
    assert {array.dtype.name for array in (Z, Y, *results)} == {"float32"}


X, b = np.zeros((1, 4, 4, 2)), np.zeros((1, 1, 1, 2))
W, V, PLAIN = np.zeros((3, 3, 2)), np.zeros((2, 2)), {"stride": 1, "pad": 0}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: f(X[0], W, b, PLAIN), r"A_prev: expected \(m, n_H, n_W, n_C\)"),
        (lambda f: f(X, W[..., :1], b, PLAIN), r"W: expected shape \(f_H, f_W, n_C=2\)"),
        (lambda f: f(X, W, b[0], PLAIN), r"b: expected shape \(1, 1, 1, n_C=2\); got"),
        (lambda f: f(X, W * np.nan, b, PLAIN), "W: expected numbers; got NaN"),
        (lambda f: f(X, W, b, {"stride": -1, "pad": 0}), "stride: expected a whole number"),
        (lambda f: f(X[:, :2], W, b, PLAIN), "W: expected a filter no larger than"),
    ],
)
def test_bad_depthwise_input_is_named(call, message):
    for forward in (separable.depthwise_forward, separable.depthwise_forward_loops):
        with pytest.raises(ValueError, match=message):
            call(forward)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((X[0], V, b), r"A_prev: expected \(m, n_H, n_W, n_C\)"),
        ((X, V[:1], b), r"W: expected shape \(n_C_prev=2, n_C\); got \(1, 2\)"),
        ((X, V, b[..., :1]), r"b: expected shape \(1, 1, 1, n_C=2\)"),
        ((X, V, b + np.nan), "b: expected numbers; got NaN"),
    ],
)
def test_bad_pointwise_input_is_named(arguments, message):
    for forward in (separable.pointwise_forward, separable.pointwise_forward_loops):
        with pytest.raises(ValueError, match=message):
            forward(*arguments)


def test_wrong_gradients_are_named():
    with pytest.raises(ValueError, match=r"dZ: expected the shape of its output, \(1, 2, 2, 2\)"):
        separable.depthwise_backward(X, (X, W, b, PLAIN))
    with pytest.raises(ValueError, match=r"dZ: expected the shape of its output, \(1, 4, 4, 2\)"):
        separable.pointwise_backward(X[:, :1], (X, V, b))
