"""What does not fit in a convolution is named, with what was expected and what came."""

import numpy as np
import pytest

from dlcourse.scratch.convolution import conv_backward, conv_forward
from dlcourse.scratch.convolution_loops import conv_backward_loops, conv_forward_loops
from dlcourse.scratch.convolution_shapes import checked_filters, windows_of

PLAIN = {"stride": 1, "pad": 0}
X, W, b = np.zeros((2, 5, 5, 3)), np.zeros((3, 3, 3, 4)), np.zeros((1, 1, 1, 4))


@pytest.mark.parametrize("forward", [conv_forward, conv_forward_loops])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((X[0], W, b, PLAIN), r"A_prev: expected \(m, n_H, n_W, n_C\).*got shape \(5, 5, 3\)"),
        ((X[:, :0], W, b, PLAIN), r"A_prev: .*all but m at least 1; got shape \(2, 0, 5, 3\)"),
        ((X, W[:, :, :2], b, PLAIN), r"W: expected shape .*n_C_prev=3.*got \(3, 3, 2, 4\)"),
        ((X, W[0], b, PLAIN), r"W: expected shape \(f_H, f_W, n_C_prev=3, n_C\)"),
        ((X, W, b[0, 0, 0], PLAIN), r"b: expected shape \(1, 1, 1, n_C=4\); got \(4,\)"),
        ((X, W + np.nan, b, PLAIN), "W: expected numbers; got NaN"),
        ((X, W, b + np.nan, PLAIN), "b: expected numbers; got NaN"),
        ((X, W[:0], b, PLAIN), "W: expected at least one entry"),
        ((X, W, b, {"stride": -1, "pad": 0}), "stride: expected a whole number.*got -1"),
        ((X, W, b, {"stride": 1, "pad": -1}), "pad: expected 'valid', 'same'.*got -1"),
        ((X, W, b, {"stride": 1}), "hparameters: expected the keys 'stride' and 'pad'; got"),
        ((X, W, b, PLAIN | {"f": 3}), "hparameters: expected the keys"),
        ((X[:, :2], W, b, PLAIN), r"W: expected a filter no larger than the padded input \(2, 5\)"),
    ],
)
def test_bad_input_is_named(forward, arguments, message):
    with pytest.raises(ValueError, match=message):
        forward(*arguments)


@pytest.mark.parametrize("backward", [conv_backward, conv_backward_loops])
def test_wrong_gradient_is_named(backward):
    with pytest.raises(ValueError, match=r"dZ: expected the shape of its output, \(2, 3, 3, 4\)"):
        backward(np.zeros((2, 5, 5, 4)), (X, W, b, PLAIN))


def test_arrays_come_back_in_one_precision():
    mixed = checked_filters(X.astype(np.float32), W, b.astype(np.float32), PLAIN)
    assert {array.dtype.name for array in mixed[:3]} == {"float64"}
    assert mixed[3:] == (1, ((0, 0), (0, 0)))
    assert windows_of((7,), (3,), 2, ((0, 0),)) == (3,)
