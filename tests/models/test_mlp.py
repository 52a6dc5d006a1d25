"""The network by transplanted weights: the same numbers as in NumPy."""

import keras
import numpy as np
import pytest

from dlcourse.models.mlp import build_mlp


def test_transplanted_weights_give_the_numbers_of_numpy():
    rng = np.random.default_rng(0)
    shapes = [(1, 5), (5,), (5, 5), (5,), (5, 1), (1,)]
    W1, b1, W2, b2, W3, b3 = weights = [rng.normal(size=s).astype("float32") for s in shapes]
    model = build_mlp(5)
    model.set_weights(weights)
    X = rng.normal(size=(7, 1)).astype("float32")
    expected = np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2) @ W3 + b3
    np.testing.assert_allclose(keras.ops.convert_to_numpy(model(X)), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("n", [1, 3, 64])
def test_number_of_parameters(n):
    assert build_mlp(n).count_params() == 2 * n + (n + 1) * n + (n + 1)


def test_width_must_be_positive():
    with pytest.raises(ValueError, match="n_hidden: expected at least 1, got 0"):
        build_mlp(0)
