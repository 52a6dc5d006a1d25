"""Convolution along one, two and three axes against Keras, its definition, and differences."""

import keras
import numpy as np
import pytest

from dlcourse.scratch.convolution import conv_backward, conv_forward
from dlcourse.scratch.convolution_nd import (
    convnd_backward,
    convnd_forward,
    convnd_forward_loops,
)
from dlcourse.scratch.gradient_check import check_gradient

CASES = [  # input, filter sizes, filters, stride, pad
    ((2, 7, 3), (3,), 4, 1, "same"),
    ((2, 7, 3), (2,), 1, 2, "valid"),
    ((1, 1, 1), (1,), 1, 1, "valid"),
    ((2, 4, 5, 2), (3, 2), 3, 2, "same"),
    ((2, 3, 4, 3, 2), (2, 3, 1), 2, 1, "same"),
    ((1, 4, 3, 5, 1), (2, 2, 2), 2, 2, "valid"),
    ((1, 1, 1, 1, 1), (1, 1, 1), 1, 1, "valid"),
]


def random_layer(rng, shape, filter_size, k):
    shapes = (shape, (*filter_size, shape[-1], k), (1,) * (len(shape) - 1) + (k,))
    return [rng.standard_normal(s) for s in shapes]


@pytest.mark.parametrize(("shape", "filter_size", "k", "stride", "pad"), CASES)
def test_forward_equals_keras_and_the_loops(shape, filter_size, k, stride, pad):
    layer = random_layer(np.random.default_rng(0), shape, filter_size, k)
    hparameters = {"stride": stride, "pad": pad}
    Z, _ = convnd_forward(*layer, hparameters)
    theirs = keras.ops.conv(*layer[:2], stride, pad).numpy() + layer[2]
    np.testing.assert_allclose(Z, theirs, atol=1e-10)
    np.testing.assert_allclose(Z, convnd_forward_loops(*layer, hparameters)[0], atol=1e-10)


@pytest.mark.parametrize(("shape", "filter_size", "k", "stride", "pad"), CASES)
def test_backward_against_differences(shape, filter_size, k, stride, pad):
    rng = np.random.default_rng(1)
    A_prev, W, b = random_layer(rng, shape, filter_size, k)
    hparameters = {"stride": stride, "pad": pad}
    Z, cache = convnd_forward(A_prev, W, b, hparameters)
    dZ = rng.standard_normal(Z.shape)
    dA_prev, dW, db = convnd_backward(dZ, cache)
    report = check_gradient(
        lambda p: np.sum(dZ * convnd_forward(p["A_prev"], p["W"], p["b"], hparameters)[0]),
        {"A_prev": A_prev, "W": W, "b": b},
        {"dA_prev": dA_prev, "dW": dW, "db": db},
    )
    assert report.ratio < 1e-7


def test_two_axes_are_the_convolution_of_images():
    rng = np.random.default_rng(2)
    layer = random_layer(rng, (2, 6, 5, 3), (3, 2), 4)
    hparameters = {"stride": 2, "pad": ((1, 0), (2, 1))}
    Z, cache = convnd_forward(*layer, hparameters)
    np.testing.assert_allclose(Z, conv_forward(*layer, hparameters)[0], atol=1e-10)
    dZ = rng.standard_normal(Z.shape)
    for ours, others in zip(convnd_backward(dZ, cache), conv_backward(dZ, cache), strict=True):
        np.testing.assert_allclose(ours, others, atol=1e-10)


@pytest.mark.parametrize("axes", [1, 3])
def test_empty_batch_and_single_precision(axes):
    layer = random_layer(np.random.default_rng(3), (0, *(4,) * axes, 2), (2,) * axes, 3)
    Z, cache = convnd_forward(*layer, {"stride": 1, "pad": 0})
    assert Z.shape == (0, *(3,) * axes, 3)
    assert [g.shape for g in convnd_backward(Z, cache)] == [a.shape for a in layer]
    single = [array.astype(np.float32) for array in layer]
    Z, cache = convnd_forward(*single, {"stride": 1, "pad": 0})
    assert {a.dtype.name for a in (Z, *convnd_backward(Z, cache))} == {"float32"}


X, W, b = np.zeros((2, 7, 3)), np.zeros((3, 3, 4)), np.zeros((1, 1, 4))
PLAIN = {"stride": 1, "pad": 0}


@pytest.mark.parametrize("forward", [convnd_forward, convnd_forward_loops])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((X, W[0], b, PLAIN), r"W: expected \(f, n_C_prev, n_C\).*got shape \(3, 4\)"),
        ((X[0], W, b, PLAIN), r"A_prev: expected \(m, n_T, n_C\).*got shape \(7, 3\)"),
        ((X, W, b[0, 0], PLAIN), r"b: expected shape \(1, 1, n_C=4\); got \(4,\)"),
        ((X, W[:, :2], b, PLAIN), r"W: expected shape \(f_T, n_C_prev=3, n_C\); got \(3, 2, 4\)"),
        ((X, W * np.nan, b, PLAIN), "W: expected numbers; got NaN"),
        ((X, W, b, {"stride": -1, "pad": 0}), "stride: expected a whole number"),
        ((X[:, :2], W, b, PLAIN), r"W: expected a filter no larger than the padded input \(2,\)"),
    ],
)
def test_bad_input_is_named(forward, arguments, message):
    with pytest.raises(ValueError, match=message):
        forward(*arguments)


def test_wrong_gradient_is_named():
    with pytest.raises(ValueError, match=r"dZ: expected the shape of its output, \(2, 5, 4\)"):
        convnd_backward(X, (X, W, b, PLAIN))
