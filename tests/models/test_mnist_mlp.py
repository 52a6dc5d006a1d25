"""The four variants: what each adds, its size, and that each learns the digits."""

import keras
import numpy as np
import pytest

from dlcourse.models.mnist_mlp import VARIANTS, build_mnist_mlp
from tests.models.digits_for_keras import digit_batches

DENSE = (784 + 1) * 512 + (512 + 1) * 128 + (128 + 1) * 10
NORMALIZED = 784 * 512 + 4 * 512 + 512 * 128 + 4 * 128 + (128 + 1) * 10


def test_number_of_parameters():
    counts = [build_mnist_mlp(variant).count_params() for variant in VARIANTS]
    assert counts == [DENSE, DENSE, NORMALIZED, NORMALIZED] == [468874, 468874, 470794, 470794]


@pytest.mark.parametrize("variant", VARIANTS)
def test_training_and_inference_differ_where_they_should(variant):
    model = build_mnist_mlp(variant, width=1 / 8)
    images = np.random.default_rng(0).random((16, 28, 28, 1), dtype="float32")
    used, trained = (keras.ops.convert_to_numpy(model(images, training=t)) for t in (False, True))
    assert np.allclose(used, trained, atol=1e-5) == (variant in ("sigmoid", "relu"))
    np.testing.assert_allclose(used.sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("variant", VARIANTS)
def test_only_dropout_is_random(variant):
    model = build_mnist_mlp(variant, width=1 / 8)
    images = np.random.default_rng(0).random((16, 28, 28, 1), dtype="float32")
    first, second = (keras.ops.convert_to_numpy(model(images, training=True)) for _ in range(2))
    assert np.array_equal(first, second) == (variant != "dropout")


@pytest.mark.parametrize("variant", ["sigmoid", "relu"])
def test_transplanted_weights_give_the_numbers_of_numpy(variant):
    rng = np.random.default_rng(0)
    model = build_mnist_mlp(variant, input_shape=(6,), classes=3, width=1 / 64)
    weights = [rng.normal(size=w.shape) for w in model.weights]
    model.set_weights(weights)
    W1, b1, W2, b2, W3, b3 = weights
    x = rng.normal(size=(5, 6))
    g = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(z, 0)}[variant]
    scores = np.exp(g(g(x @ W1 + b1) @ W2 + b2) @ W3 + b3)
    expected = scores / scores.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict_on_batch(x), expected, rtol=1e-4, atol=1e-6)


def test_the_last_variant_learns_the_digits():
    x, y, test_x, test_y = digit_batches(8)
    keras.utils.set_random_seed(0)
    model = build_mnist_mlp("dropout", input_shape=(8, 8, 1), width=1 / 4)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=40, batch_size=64, verbose=0)
    assert np.mean(model.predict(test_x, verbose=0).argmax(axis=1) == test_y) >= 0.95


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="variant: expected one of sigmoid, relu, .*got 'tanh'"):
        build_mnist_mlp("tanh")
    with pytest.raises(ValueError, match="width: expected at least 1/128"):
        build_mnist_mlp(width=0.001)
