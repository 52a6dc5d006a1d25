"""Transposed convolution against Keras, its definition, and the convolution it is adjoint to."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.convolution import conv_backward, conv_forward
from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.transposed_convolution import (
    transposed_conv_backward,
    transposed_conv_forward,
    transposed_conv_forward_loops,
)

CASES = [  # input (m, h, w, c), filter (f_H, f_W, n_C), stride, pad
    ((2, 3, 4, 3), (3, 3, 2), 2, 0),
    ((2, 3, 4, 3), (3, 2, 2), 2, "same"),
    ((1, 1, 1, 1), (1, 1, 1), 1, 0),
    ((1, 1, 3, 2), (4, 4, 1), 3, 1),
    ((2, 3, 2, 1), (2, 2, 3), 3, "same"),  # a filter smaller than the stride leaves gaps
    ((1, 4, 3, 2), (3, 3, 2), 1, ((1, 0), (0, 2))),
]


def random_layer(rng, shape, filters):
    f_H, f_W, k = filters
    return [rng.standard_normal(s) for s in (shape, (f_H, f_W, k, shape[3]), (1, 1, 1, k))]


@pytest.mark.parametrize(("shape", "filters", "stride", "pad"), CASES)
def test_forward_equals_keras_or_a_part_of_it(shape, filters, stride, pad):
    A_prev, W, b = random_layer(np.random.default_rng(0), shape, filters)
    Z, _ = transposed_conv_forward(A_prev, W, b, {"stride": stride, "pad": pad})
    padding = "same" if pad == "same" else "valid"
    theirs = keras.ops.conv_transpose(A_prev, W, stride, padding).numpy() + b
    if not isinstance(pad, str):
        pads = ((pad, pad),) * 2 if isinstance(pad, int) else pad
        rows, columns = (
            slice(before, n - after)
            for (before, after), n in zip(pads, theirs.shape[1:3], strict=True)
        )
        theirs = theirs[:, rows, columns]
    np.testing.assert_allclose(Z, theirs, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(("shape", "filters", "stride", "pad"), CASES)
def test_loops_and_differences(shape, filters, stride, pad):
    rng = np.random.default_rng(1)
    A_prev, W, b = random_layer(rng, shape, filters)
    hparameters = {"stride": stride, "pad": pad}
    Z, cache = transposed_conv_forward(A_prev, W, b, hparameters)
    slow, _ = transposed_conv_forward_loops(A_prev, W, b, hparameters)
    np.testing.assert_allclose(Z, slow, atol=1e-12)
    dZ = rng.standard_normal(Z.shape)
    dA_prev, dW, db = transposed_conv_backward(dZ, cache)
    report = check_gradient(
        lambda p: np.sum(dZ * transposed_conv_forward(p["A_prev"], p["W"], p["b"], hparameters)[0]),
        {"A_prev": A_prev, "W": W, "b": b},
        {"dA_prev": dA_prev, "dW": dW, "db": db},
    )
    assert report.ratio < 1e-7


@given(
    size=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    filters=st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)),
    stride=st.integers(1, 3),
    pad=st.integers(0, 1),
    seed=st.integers(0, 9),
)
def test_adjoint_of_the_convolution(size, filters, stride, pad, seed):
    # the large image is just as large as the windows need
    large = [(n - 1) * stride + f - 2 * pad for n, f in zip(size, filters[:2], strict=True)]
    if min(large) < 1:
        return
    rng = np.random.default_rng(seed)
    y, W, b = random_layer(rng, (2, *size, 3), filters)
    x = rng.standard_normal((2, *large, filters[2]))
    hparameters = {"stride": stride, "pad": pad}
    conv_x, cache = conv_forward(x, W, np.zeros((1, 1, 1, 3)), hparameters)
    transposed_y, _ = transposed_conv_forward(y, W, 0 * b, hparameters)
    assert np.sum(conv_x * y) == pytest.approx(np.sum(x * transposed_y), abs=1e-9)
    # it is the backward pass of the convolution, and the other way around
    np.testing.assert_allclose(transposed_y, conv_backward(y, cache)[0], atol=1e-10)
    back, _, _ = transposed_conv_backward(x, (y, W, b, hparameters))
    np.testing.assert_allclose(back, conv_x, atol=1e-10)


def test_empty_batch_and_single_precision():
    layer = random_layer(np.random.default_rng(2), (0, 3, 3, 2), (2, 2, 4))
    Z, cache = transposed_conv_forward(*layer, {"stride": 2, "pad": 0})
    assert Z.shape == (0, 6, 6, 4)
    for gradient, array in zip(transposed_conv_backward(Z, cache), layer, strict=True):
        assert gradient.shape == array.shape and not gradient.any()
    single = [np.ones((1, 2, 2, 1), np.float32), *(np.ones((1, 1, 1, 1), np.float32),) * 2]
    Z, cache = transposed_conv_forward(*single, {"stride": 2, "pad": 0})
    assert {a.dtype.name for a in (Z, *transposed_conv_backward(Z, cache))} == {"float32"}


X, W, b = np.zeros((1, 3, 3, 2)), np.zeros((2, 2, 4, 2)), np.zeros((1, 1, 1, 4))
PLAIN = {"stride": 2, "pad": 0}


@pytest.mark.parametrize("forward", [transposed_conv_forward, transposed_conv_forward_loops])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((X[0], W, b, PLAIN), r"A_prev: expected \(m, n_H, n_W, n_C\)"),
        ((X, W.swapaxes(2, 3), b, PLAIN), r"W: expected shape .*n_C_prev=2.*got \(2, 2, 2, 4\)"),
        ((X, W, b[..., :2], PLAIN), r"b: expected shape \(1, 1, 1, n_C=4\)"),
        ((X, W + np.nan, b, PLAIN), "W: expected numbers; got NaN"),
        ((X, W, b, {"stride": 0, "pad": 0}), "stride: expected a whole number of at least 1"),
        ((X, W, b, {"stride": 1}), "hparameters: expected the keys"),
        ((X, W, b, {"stride": 2, "pad": 3}), r"pad: expected less than the whole output \(6, 6\)"),
    ],
)
def test_bad_input_is_named(forward, arguments, message):
    with pytest.raises(ValueError, match=message):
        forward(*arguments)


def test_wrong_gradient_is_named():
    with pytest.raises(ValueError, match=r"dZ: expected the shape of its output, \(1, 6, 6, 4\)"):
        transposed_conv_backward(X, (X, W, b, PLAIN))
