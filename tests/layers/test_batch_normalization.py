"""Batch normalization: Keras's numbers on every backend, forward, backward and running averages."""

from unittest import mock

import keras
import numpy as np
import pytest

from dlcourse.layers import BatchNormalization, batch_normalization
from tests.backends import BACKENDS, run_on
from tests.gradients import layer_gradients

# relative to the length of the whole array; half precision rounds to 1/2048
TOLERANCE = {"float32": 1e-5, "mixed_float16": 2e-3, "float64": 1e-7}


@pytest.mark.parametrize("backend", BACKENDS)
def test_equal_to_keras(backend):
    found = run_on(backend, "tests.layers.keras_equality:differences")
    assert len(found) >= 8
    # Keras computes a layer of 64 bits with 32 on PyTorch
    tolerance = TOLERANCE | ({"float64": TOLERANCE["float32"]} if backend == "torch" else {})
    apart = {
        (name, kind): difference
        for name, kinds in found.items()
        for kind, difference in kinds.items()
        if not difference <= tolerance[name.rpartition(", ")[2]]
    }
    assert apart == {}


def test_by_hand():
    layer = BatchNormalization(momentum=0.75, epsilon=3.0)
    outputs = layer(np.array([[4.0], [6.0]]), training=True)
    np.testing.assert_allclose(outputs, [[-0.5], [0.5]], rtol=1e-6)  # ∓1 / √(1 + 3)
    mean, variance = (float(weight[0]) for weight in layer.non_trainable_weights)
    assert (mean, variance) == pytest.approx((5 / 4, 1.0))
    layer.moving_variance.assign([6.0])
    np.testing.assert_allclose(layer(np.array([[4.25]])), [[1.0]], rtol=1e-6)  # 3 / √(6 + 3)


@pytest.mark.parametrize("shape", [(8, 3), (2, 4, 3), (2, 3, 4, 3)])
def test_the_kernel_is_used_and_equals_the_portable_path(shape):
    inputs = np.random.default_rng(0).normal(3, 2, shape).astype("float32")
    results = []
    for allowed in (True, False):
        layer = BatchNormalization(momentum=0.5)
        kernel = mock.Mock(wraps=batch_normalization.fused_batch_norm)
        with (
            mock.patch.object(batch_normalization, "fused_batch_norm", kernel),
            mock.patch.object(batch_normalization, "fused_applies", return_value=allowed),
        ):
            outputs = layer(inputs, training=True)
        assert kernel.called == allowed
        results.append([outputs, *layer.non_trainable_weights])
    for fused, portable in zip(*results, strict=True):
        np.testing.assert_allclose(fused, portable, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("shape", [(256, 3), (2, 8, 16, 3)])
def test_any_shape_takes_the_kernel_unless_something_forbids(shape):
    applies = batch_normalization.fused_applies
    inputs = keras.KerasTensor(shape)
    assert applies(inputs, -1, 1e-3)
    assert applies(inputs, len(shape) - 1, 1e-3)
    assert not applies(inputs, 0, 1e-3)
    assert not applies(inputs, -1, 1e-6)
    assert not applies(keras.KerasTensor(shape, dtype="float64"), -1, 1e-3)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_compiled_with_an_unknown_batch_size(jit_compile):
    import tensorflow as tf

    inputs = np.random.default_rng(0).normal(3, 2, (6, 4)).astype("float32")
    layer, twin = BatchNormalization(momentum=0.5), BatchNormalization(momentum=0.5)
    twin.build(inputs.shape)
    call = tf.function(
        lambda batch: twin(batch, training=True),
        input_signature=[tf.TensorSpec((None, 4))],
        jit_compile=jit_compile,
    )
    np.testing.assert_allclose(call(inputs), layer(inputs, training=True), rtol=1e-5, atol=1e-5)
    for ours, theirs in zip(twin.weights, layer.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)


@pytest.mark.parametrize("masked", [False, True])
def test_gradients_by_central_differences(masked):
    rng = np.random.default_rng(1)
    inputs, upstream = rng.standard_normal((2, 3, 4, 2))
    options = {"mask": rng.random((3, 4)) < 0.6} if masked else {}
    layer = BatchNormalization(dtype="float64")
    layer.build(inputs.shape)
    layer.set_weights([rng.uniform(0.5, 2, weight.shape) for weight in layer.weights])

    def total(outputs):
        return keras.ops.sum(outputs * upstream)

    by_weight, (by_input,) = layer_gradients(layer, inputs, total, **options)
    step = 1e-5
    for i in np.ndindex(inputs.shape):
        shift = np.zeros_like(inputs)
        shift[i] = step
        high, low = (
            float(total(layer(batch, training=True, **options)))
            for batch in (inputs + shift, inputs - shift)
        )
        assert by_input[i] == pytest.approx((high - low) / (2 * step), abs=1e-7, rel=1e-7)
    gamma, beta = by_weight.values()
    normalized = (layer(inputs, training=True, **options) - layer.beta) / layer.gamma
    np.testing.assert_allclose(gamma, np.sum(normalized * upstream, (0, 1)), rtol=1e-7)
    np.testing.assert_allclose(beta, np.sum(upstream, (0, 1)), rtol=1e-7)


def test_masked_numbers_count_for_nothing():
    rng = np.random.default_rng(2)
    inputs, mask = rng.standard_normal((4, 5, 3)), np.ones((4, 5), bool)
    mask[:, 3:] = False
    layer, short = BatchNormalization(momentum=0.5), BatchNormalization(momentum=0.5)
    outputs = layer(inputs, training=True, mask=mask)
    np.testing.assert_allclose(outputs[:, :3], short(inputs[:, :3], training=True), atol=1e-5)
    for ours, theirs in zip(layer.weights, short.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)


def test_a_masking_layer_is_heard():
    inputs = np.array([[[2.0], [4.0], [-1.0]]])  # -1 is padding
    layer = BatchNormalization(momentum=0.0)
    model = keras.Sequential([keras.layers.Masking(-1.0), layer])
    model(inputs, training=True)
    np.testing.assert_allclose([float(w[0]) for w in layer.non_trainable_weights], [3, 1], 1e-5)


def test_frozen_it_only_infers():
    layer = BatchNormalization(momentum=0.5)
    layer.build((None, 1))
    layer.trainable = False
    outputs = layer(np.array([[4.0], [6.0]]), training=True)
    np.testing.assert_allclose(outputs, np.array([[4.0], [6.0]]) / np.sqrt(1.001), rtol=1e-6)
    assert [float(weight[0]) for weight in layer.weights] == [1, 0, 0, 1]


def test_it_makes_deep_training_possible_as_keras_does():
    rng = np.random.default_rng(3)
    inputs = rng.standard_normal((64, 4)).astype("float32") * 50
    labels = (inputs[:, :1] * inputs[:, 1:2] > 0).astype("float32")
    losses = []
    for normalization in (BatchNormalization, keras.layers.BatchNormalization):
        keras.utils.set_random_seed(0)
        hidden = [keras.layers.Dense(16), normalization(), keras.layers.ReLU()]
        model = keras.Sequential([*hidden, keras.layers.Dense(1, activation="sigmoid")])
        model.compile(keras.optimizers.SGD(1.0), "binary_crossentropy", jit_compile=False)
        history = model.fit(inputs, labels, batch_size=64, epochs=20, shuffle=False, verbose=0)
        losses.append(history.history["loss"])
    assert losses[0][-1] < 0.8 * losses[0][0]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-3)


@pytest.mark.parametrize(
    ("arguments", "shape", "message"),
    [
        ({"momentum": 1.5}, (2, 3), "momentum: expected a number from 0 to 1"),
        ({"epsilon": 0}, (2, 3), "epsilon: expected a positive number"),
        ({"axis": 2}, (2, 3), r"axis: expected an axis of the inputs \(2, 3\)"),
        ({"axis": 1}, (2, None, 3), "whose size is known, got 1"),
    ],
)
def test_bad_arguments(arguments, shape, message):
    with pytest.raises(ValueError, match=message):
        BatchNormalization(**arguments).build(shape)


def test_a_mask_of_another_shape():
    with pytest.raises(ValueError, match=r"mask: expected one axis less .* got \(2,\)"):
        BatchNormalization()(np.ones((2, 3, 4)), mask=np.ones(2, bool))
