"""Networks of one unit against the same ideas in NumPy."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.models.perceptron import (
    build_logistic_regression,
    build_perceptron,
    build_softmax_regression,
)
from dlcourse.scratch.perceptron import perceptron_update


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_descent_on_single_examples_is_rosenblatts_rule(seed):
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(20, 3)).astype("float32"), rng.integers(2, size=20)
    model = build_perceptron(3)
    # the derivative of a square has a factor 2 that the rule does not have
    model.compile(keras.optimizers.SGD(0.25), "mse")
    w, b = np.zeros((3, 1)), 0.0
    for x, y in zip(X, Y, strict=True):
        model.train_on_batch(x[None], np.array([[y]]))
        w, b = perceptron_update(w, b, x[:, None], y, 0.5)
    found_w, found_b = model.get_weights()
    np.testing.assert_allclose(found_w, w, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found_b, [b], atol=1e-6)


def test_logistic_regression_begins_undecided_and_finds_a_line():
    X = np.random.default_rng(0).normal(size=(200, 2)).astype("float32")
    y = (X @ [2.0, -1.0] > 0).astype("float32")
    model = build_logistic_regression(2)
    assert np.all(model.predict_on_batch(X) == 0.5)
    model.compile(keras.optimizers.SGD(1.0), "binary_crossentropy")
    model.fit(X, y, epochs=10, verbose=0)
    w = model.get_weights()[0][:, 0]
    assert np.mean((model.predict_on_batch(X)[:, 0] > 0.5) == y) > 0.97
    assert w[0] > 0 > w[1]


def test_softmax_regression_with_two_classes_is_logistic_regression():
    rng = np.random.default_rng(0)
    W, b, X = rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(5, 3))
    both, one = build_softmax_regression(3, 2), build_logistic_regression(3)
    both.set_weights([W, b])
    one.set_weights([W[:, 1:] - W[:, :1], b[1:] - b[:1]])
    expected = one.predict_on_batch(X)[:, 0]
    np.testing.assert_allclose(both.predict_on_batch(X)[:, 1], expected, rtol=1e-5)


@pytest.mark.parametrize("build", [build_perceptron, build_logistic_regression])
def test_features_must_be_there(build):
    with pytest.raises(ValueError, match="n_features: expected at least 1; got 0"):
        build(0)


def test_one_class_is_no_choice():
    with pytest.raises(ValueError, match="classes: expected at least 2; got 1"):
        build_softmax_regression(4, 1)
