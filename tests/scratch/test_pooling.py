"""Pooling against Keras, its definition, and central differences."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import pooling_loops
from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.pooling import (
    global_pool_backward,
    global_pool_forward,
    pool_backward,
    pool_forward,
)

MODES = ["max", "average"]
CASES = [  # shape, f, stride
    ((2, 6, 6, 3), 2, 2),
    ((2, 5, 7, 2), 3, 1),  # windows overlap
    ((1, 7, 7, 1), 2, 3),  # some pixels are in no window
    ((3, 1, 1, 2), 1, 1),
    ((1, 4, 5, 1), 4, 2),
]


def no_ties(rng, shape):
    """Distinct values, far enough apart that no central difference changes a maximum."""
    return rng.permutation(np.prod(shape)).reshape(shape).astype(float)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "f", "stride"), CASES)
def test_forward_equals_keras(shape, f, stride, mode):
    X = np.random.default_rng(0).standard_normal(shape)
    A, _ = pool_forward(X, {"f": f, "stride": stride}, mode)
    layers = {"max": keras.layers.MaxPooling2D, "average": keras.layers.AveragePooling2D}
    layer = layers[mode](f, stride, dtype="float64")
    np.testing.assert_allclose(A, layer(X), rtol=1e-12)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "f", "stride"), CASES)
def test_loops_say_the_same(shape, f, stride, mode):
    rng = np.random.default_rng(1)
    X = rng.integers(0, 3, shape).astype(float)  # with ties
    A, cache = pool_forward(X, {"f": f, "stride": stride}, mode)
    slow, slow_cache = pooling_loops.pool_forward_loops(X, {"f": f, "stride": stride}, mode)
    np.testing.assert_allclose(A, slow, rtol=1e-12)
    dA = rng.standard_normal(A.shape)
    np.testing.assert_allclose(
        pool_backward(dA, slow_cache, mode),
        pooling_loops.pool_backward_loops(dA, cache, mode),
        atol=1e-12,
    )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "f", "stride"), CASES)
def test_backward_against_differences(shape, f, stride, mode):
    rng = np.random.default_rng(2)
    X, hparameters = no_ties(rng, shape), {"f": f, "stride": stride}
    A, cache = pool_forward(X, hparameters, mode)
    dA = rng.standard_normal(A.shape)
    report = check_gradient(
        lambda p: np.sum(dA * pool_forward(p, hparameters, mode)[0]),
        X,
        pool_backward(dA, cache, mode),
    )
    assert report.ratio < 1e-7


@pytest.mark.parametrize("mode", MODES)
def test_ties_send_the_gradient_where_tensorflow_does(mode):
    X = tf.Variable(np.random.default_rng(3).integers(0, 2, (2, 6, 6, 2)).astype(float))
    with tf.GradientTape() as tape:
        pool = tf.nn.max_pool2d if mode == "max" else tf.nn.avg_pool2d
        A = pool(X, 3, 2, "VALID")
    dA = np.random.default_rng(4).standard_normal(A.shape)
    expected = tape.gradient(A, X, output_gradients=dA)
    ours = pool_backward(dA, (X.numpy(), {"f": 3, "stride": 2}), mode)
    np.testing.assert_allclose(ours, expected, atol=1e-12)


@given(
    size=st.integers(1, 7),
    f=st.integers(1, 4),
    stride=st.integers(1, 3),
    mode=st.sampled_from(MODES),
    shift=st.floats(-5, 5),
)
def test_shape_shift_and_conservation(size, f, stride, mode, shift):
    f = min(f, size)
    X = np.random.default_rng(size).standard_normal((2, size, size, 1))
    A, cache = pool_forward(X, {"f": f, "stride": stride}, mode)
    n = (size - f) // stride + 1
    assert A.shape == (2, n, n, 1)
    shifted, _ = pool_forward(X + shift, {"f": f, "stride": stride}, mode)
    np.testing.assert_allclose(shifted, A + shift, atol=1e-12)
    # every output hands its whole gradient on, to one pixel or to many
    assert np.sum(pool_backward(A, cache, mode)) == pytest.approx(np.sum(A))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (1, 1, 1, 1), (3, 1, 4, 1)])
def test_global_pooling(shape, mode):
    rng = np.random.default_rng(5)
    X = no_ties(rng, shape)
    A, cache = global_pool_forward(X, mode)
    layers = {
        "max": keras.layers.GlobalMaxPooling2D,
        "average": keras.layers.GlobalAveragePooling2D,
    }
    np.testing.assert_allclose(A, layers[mode](dtype="float64")(X), rtol=1e-12)
    dA = rng.standard_normal(A.shape)
    report = check_gradient(
        lambda p: np.sum(dA * global_pool_forward(p, mode)[0]),
        X,
        global_pool_backward(dA, cache, mode),
    )
    assert report.ratio < 1e-7


@pytest.mark.parametrize("mode", MODES)
def test_empty_batch_and_single_precision(mode):
    A, cache = pool_forward(np.zeros((0, 4, 4, 2)), {"f": 2, "stride": 2}, mode)
    assert A.shape == (0, 2, 2, 2) and pool_backward(A, cache, mode).shape == (0, 4, 4, 2)
    A, cache = global_pool_forward(np.zeros((0, 4, 4, 2)), mode)
    assert A.shape == (0, 2) and global_pool_backward(A, cache, mode).shape == (0, 4, 4, 2)
    single = np.ones((1, 4, 4, 1), np.float32)
    A, cache = pool_forward(single, {"f": 2, "stride": 2}, mode)
    assert A.dtype == pool_backward(A, cache, mode).dtype == np.float32
    assert pool_forward(np.ones((1, 2, 2, 1), int), {"f": 2, "stride": 1}, mode)[0].item() == 1.0


def test_pieces_of_the_loops():
    assert pooling_loops.create_mask_from_window([[2.0, 5.0], [5.0, 1.0]]).sum() == 1
    assert pooling_loops.distribute_value(6.0, (2, 3)).tolist() == [[1.0] * 3] * 2
    with pytest.raises(ValueError, match=r"x: expected at least one entry; got shape \(0, 2\)"):
        pooling_loops.create_mask_from_window(np.zeros((0, 2)))
    with pytest.raises(ValueError, match=r"shape: expected two sizes.*got \(0, 2\)"):
        pooling_loops.distribute_value(1.0, (0, 2))


X = np.zeros((1, 4, 4, 1))


@pytest.mark.parametrize("forward", [pool_forward, pooling_loops.pool_forward_loops])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((X[0], {"f": 2, "stride": 2}), r"A_prev: expected \(m, n_H, n_W, n_C\).*\(4, 4, 1\)"),
        (
            (X, {"f": 5, "stride": 2}),
            r"f: expected a window no larger than the image \(4, 4\); got 5",
        ),
        ((X, {"f": 2, "stride": -2}), "stride: expected a whole number of at least 1; got -2"),
        ((X, {"f": 2}), "hparameters: expected the keys 'f' and 'stride'"),
        ((X, {"f": 2, "stride": 2}, "min"), "mode: expected 'max' or 'average'; got 'min'"),
    ],
)
def test_bad_input_is_named(forward, arguments, message):
    with pytest.raises(ValueError, match=message):
        forward(*arguments)


def test_wrong_gradients_are_named():
    for backward in (pool_backward, pooling_loops.pool_backward_loops):
        with pytest.raises(
            ValueError, match=r"dA: expected the shape of its output, \(1, 2, 2, 1\)"
        ):
            backward(X, (X, {"f": 2, "stride": 2}))
    with pytest.raises(ValueError, match=r"dA: expected the shape of its output, \(1, 1\)"):
        global_pool_backward(X, X)
