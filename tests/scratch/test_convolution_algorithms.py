"""The two ways to compute a convolution agree wherever both apply, whatever conv_forward picks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.scratch import convolution_columns, convolution_shifts
from dlcourse.scratch.convolution_columns import columns_backward, columns_forward, image_columns
from dlcourse.scratch.convolution_shifts import filter_gradient, input_gradient, shifted_forward

pairs = st.tuples(st.integers(0, 4), st.integers(0, 4))


@settings(max_examples=80)
@given(
    shape=st.tuples(*(st.integers(1, n) for n in (3, 8, 8, 5))),
    filters=st.tuples(*(st.integers(1, n) for n in (4, 4, 5))),
    pads=st.tuples(pairs, pairs),
)
def test_columns_equal_shifts(shape, filters, pads):
    f_H, f_W, k = filters
    # let at least one window fit
    pads = tuple(
        (before + max(0, f - n), after)
        for (before, after), f, n in zip(pads, (f_H, f_W), shape[1:3], strict=True)
    )
    rng = np.random.default_rng(0)
    X, W, b = rng.standard_normal(shape), rng.standard_normal((f_H, f_W, shape[3], k)), np.arange(k)
    Z = shifted_forward(X, W, b, pads)
    np.testing.assert_allclose(columns_forward(X, W, b, 1, pads), Z, atol=1e-10)
    dZ = rng.standard_normal(Z.shape)
    dX, dW = columns_backward(dZ, X, W, 1, pads)
    np.testing.assert_allclose(dX, input_gradient(dZ, W, pads), atol=1e-10)
    np.testing.assert_allclose(dW, filter_gradient(dZ, X, (f_H, f_W), pads), atol=1e-10)


def test_columns_are_the_windows():
    X = np.random.default_rng(1).standard_normal((2, 5, 6, 3))
    columns = image_columns(X, (3, 2), 2, ((0, 0), (0, 0)))
    assert columns.shape == (2, 19, 6)
    for i, h, w in np.ndindex(2, 2, 3):
        window = X[i, 2 * h : 2 * h + 3, 2 * w : 2 * w + 2]
        np.testing.assert_array_equal(columns[i, :, 3 * h + w], [*window.ravel(), 1])


def test_arguments_are_left_alone():
    rng = np.random.default_rng(2)
    X, W, b = rng.standard_normal((2, 5, 5, 3)), rng.standard_normal((3, 3, 3, 2)), np.zeros(2)
    kept, pads = (X.copy(), W.copy()), ((1, 1), (1, 1))
    Z = columns_forward(X, W, b, 1, pads)
    columns_backward(Z, X, W, 1, pads)
    input_gradient(shifted_forward(X, W, b, pads), W, pads)
    filter_gradient(Z, X, (3, 3), pads)
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(W, kept[1])


@pytest.mark.parametrize("cached", [30, 60, 100, 150, 400])
def test_little_at_a_time_gives_the_same(monkeypatch, cached):
    rng = np.random.default_rng(3)
    X, W, b = rng.standard_normal((5, 7, 4, 3)), rng.standard_normal((2, 3, 3, 2)), np.ones(2)
    pads = ((1, 0), (1, 1))
    dZ = rng.standard_normal((5, 7, 4, 2))

    def everything():
        yield columns_forward(X, W, b, 1, pads)
        yield from columns_backward(dZ, X, W, 1, pads)
        yield shifted_forward(X, W, b, pads)
        yield input_gradient(dZ, W, pads)
        yield filter_gradient(dZ, X, (2, 3), pads)

    at_once = list(everything())
    monkeypatch.setattr(convolution_columns, "_CACHED", cached)  # some images
    monkeypatch.setattr(convolution_shifts, "_CACHED", cached)  # some rows, overlapping at the end
    for ours, expected in zip(everything(), at_once, strict=True):
        np.testing.assert_allclose(ours, expected, atol=1e-12)
