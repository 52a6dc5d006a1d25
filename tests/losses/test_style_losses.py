"""Content, style and total variation: loops as the oracle, and what must not change them."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from keras import ops

from dlcourse import losses

FLOAT64, FLOAT32 = 1e-7, 1e-5
SIZES = st.integers(1, 4)


def _numbers(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def _gram_by_loops(features):
    m, _, _, channels = features.shape
    gram = np.zeros((m, channels, channels))
    for example, i, j in np.ndindex(m, channels, channels):
        gram[example, i, j] = (features[example, :, :, i] * features[example, :, :, j]).sum()
    return gram


def _style_loss_as_published(style, generated):
    _, height, width, channels = style.shape
    difference = _gram_by_loops(generated) - _gram_by_loops(style)
    return (difference**2).sum((1, 2)) / (4 * channels**2 * (height * width) ** 2)


@given(SIZES, SIZES, SIZES, SIZES)
def test_the_losses_equal_the_published_sums(m, height, width, channels):
    shape = (m, height, width, channels)
    a, b = _numbers(*shape), _numbers(*shape, seed=1)
    content = ((b - a) ** 2).sum((1, 2, 3)) / (4 * height * width * channels)
    np.testing.assert_allclose(losses.content_loss(a, b), content, rtol=FLOAT64)
    np.testing.assert_allclose(losses.gram_matrix(a), _gram_by_loops(a), atol=FLOAT64)
    style = losses.style_loss(losses.style_target(a), b)
    np.testing.assert_allclose(style, _style_loss_as_published(a, b), rtol=FLOAT64, atol=1e-12)


@given(SIZES, SIZES, SIZES, SIZES)
def test_total_variation_is_that_of_tensorflow(m, height, width, channels):
    images = _numbers(m, height, width, channels)
    ours = losses.total_variation_loss(images)
    np.testing.assert_allclose(ours, tf.image.total_variation(tf.constant(images)), rtol=FLOAT64)


@given(st.integers(0, 1000))
def test_style_forgets_where_things_are(seed):
    features = _numbers(2, 4, 6, 3, seed=seed)
    rows = features.reshape(2, 24, 3)[:, np.random.default_rng(seed).permutation(24)]
    moved = rows.reshape(2, 6, 4, 3)
    assert np.max(losses.style_loss(losses.style_target(features), moved)) < FLOAT64
    assert np.min(losses.content_loss(features, rows.reshape(features.shape))) > 0.1


def test_a_style_image_may_have_another_size():
    features = _numbers(1, 4, 4, 3)
    tiled = np.tile(features, (1, 3, 2, 1))
    assert losses.style_loss(losses.style_target(tiled), features)[0] < FLOAT64


def test_the_gram_matrix_is_positive_semi_definite():
    gram = ops.convert_to_numpy(losses.gram_matrix(_numbers(3, 2, 2, 7)))
    np.testing.assert_allclose(gram, gram.swapaxes(1, 2), atol=FLOAT64)
    assert np.linalg.eigvalsh(gram).min() > -FLOAT64


def test_one_target_serves_every_example():
    target, features = _numbers(1, 3, 3, 2), _numbers(4, 3, 3, 2, seed=1)
    every = losses.style_loss(losses.style_target(target), features)
    alone = [losses.style_loss(losses.style_target(target), f[None])[0] for f in features]
    np.testing.assert_allclose(every, alone, rtol=FLOAT64)
    assert losses.content_loss(target, features).shape == (4,)


def test_layers_are_weighted():
    layers = [_numbers(2, 4, 4, 3), _numbers(2, 2, 2, 5, seed=1)]
    targets = [losses.style_target(_numbers(*layer.shape, seed=2)) for layer in layers]
    first, second = (losses.style_loss(*pair) for pair in zip(targets, layers, strict=True))
    both = losses.weighted_style_loss(targets, layers, [0.3, 2])
    np.testing.assert_allclose(both, 0.3 * first + 2 * second, rtol=FLOAT64)


TARGET = losses.style_target(_numbers(1, 3, 4, 2, seed=1))
GRADIENTS = {
    "content": lambda x: losses.content_loss(_numbers(1, 3, 4, 2, seed=1), x),
    "style": lambda x: losses.style_loss(TARGET, x),
    "total variation": losses.total_variation_loss,
}


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_are_those_of_central_differences(name):
    loss, x = GRADIENTS[name], tf.Variable(_numbers(2, 3, 4, 2))
    with tf.GradientTape() as tape:
        total = ops.sum(loss(x))
    gradient, step = tape.gradient(total, x).numpy(), 1e-6
    for index in np.ndindex(*x.shape):
        nudge = np.zeros(x.shape)
        nudge[index] = step
        slope = (ops.sum(loss(x + nudge)) - ops.sum(loss(x - nudge))) / (2 * step)
        assert gradient[index] == pytest.approx(float(slope), abs=1e-6)


def test_sizes_may_be_unknown_until_the_call():
    traced = tf.function(
        losses.style_target,
        input_signature=[tf.TensorSpec((None, None, None, 3), tf.float32)],
    )
    features = _numbers(2, 5, 4, 3).astype("float32")
    np.testing.assert_allclose(traced(features), losses.style_target(features), rtol=FLOAT32)


def test_wrong_shapes_are_refused():
    image, features = np.zeros((4, 4, 3)), np.zeros((1, 4, 4, 3))
    with pytest.raises(ValueError, match=r"features: expected .* got shape \(4, 4, 3\)"):
        losses.gram_matrix(image)
    with pytest.raises(ValueError, match=r"images: expected .* \(4, 4, 3\)\. Add an axis"):
        losses.total_variation_loss(image)
    with pytest.raises(ValueError, match=r"\(1, 2, 2, 3\) and \(1, 4, 4, 3\). Resize"):
        losses.content_loss(np.zeros((1, 2, 2, 3)), features)
    with pytest.raises(ValueError, match=r"y_true: expected the result of style_target, "):
        losses.style_loss(features, features)
    with pytest.raises(ValueError, match="one of each for every layer; got 1, 1 and 2"):
        losses.weighted_style_loss([features], [features], [1, 2])
    with pytest.raises(ValueError, match="got 0, 0 and 0"):
        losses.weighted_style_loss([], [], [])
