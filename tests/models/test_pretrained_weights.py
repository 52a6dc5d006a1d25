"""Random weights of keras.applications in our networks: the same numbers come out."""

import keras
import numpy as np
import pytest

from dlcourse.models.efficientnet import build_efficientnet
from dlcourse.models.mobilenet_v1 import build_mobilenet_v1
from dlcourse.models.mobilenet_v2 import build_mobilenet_v2
from dlcourse.models.pretrained_weights import transplant_weights
from dlcourse.models.resnet import build_resnet

SHAPE, CLASSES = (32, 32, 3), 7
UNTRAINED = {"weights": None, "input_shape": SHAPE, "classes": CLASSES}

PAIRS = {
    "ResNet-50": (keras.applications.ResNet50, lambda: build_resnet(50, SHAPE, CLASSES)),
    "ResNet-101": (keras.applications.ResNet101, lambda: build_resnet(101, SHAPE, CLASSES)),
    "ResNet-152": (keras.applications.ResNet152, lambda: build_resnet(152, SHAPE, CLASSES)),
    "MobileNet v1": (keras.applications.MobileNet, lambda: build_mobilenet_v1(SHAPE, CLASSES)),
    "MobileNet v2": (keras.applications.MobileNetV2, lambda: build_mobilenet_v2(SHAPE, CLASSES)),
    "EfficientNet-B0": (
        keras.applications.EfficientNetB0,
        lambda: build_efficientnet(0, SHAPE, CLASSES),
    ),
}
SLOW = ("ResNet-101", "ResNet-152")


def some_images(m):
    return np.random.default_rng(1).uniform(0, 255, (m, *SHAPE)).astype("float32")


def with_random_state(model, seed=0):
    """Random scales, biases and averages; kernels are random from the start."""
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        name = weight.path.rpartition("/")[2]
        if name in {"gamma", "variance"}:
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
        elif name in {"beta", "bias", "mean"}:
            weight.assign(0.1 * rng.normal(size=weight.shape))
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
        layer.momentum = 0.0  # the averages become those of the next batch, and signals stay alive
    model(some_images(4), training=True)
    return model


def predictions(model, images):
    return keras.ops.convert_to_numpy(model(images, training=False))


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in PAIRS]
)
def test_the_same_weights_give_the_same_outputs(name):
    theirs, ours = PAIRS[name]
    source = with_random_state(theirs(**UNTRAINED))
    target, images = ours(), some_images(2)
    expected = predictions(source, images)
    assert np.ptp(expected, axis=0).max() > 1e-2  # the images are told apart
    assert transplant_weights(source, target) is target
    np.testing.assert_allclose(predictions(target, images), expected, rtol=1e-4, atol=1e-5)


def test_training_moves_both_networks_alike():
    keras.utils.set_random_seed(0)
    source = with_random_state(keras.applications.MobileNetV2(alpha=0.35, **UNTRAINED))
    target = transplant_weights(source, build_mobilenet_v2(SHAPE, CLASSES, width=0.35))
    before, losses = trainable(target), []
    for model in (source, target):
        model.compile("sgd", "sparse_categorical_crossentropy", run_eagerly=True)
        losses.append(model.train_on_batch(some_images(4), np.arange(4)))
    assert losses[1] == pytest.approx(losses[0], rel=1e-3)
    ours = trainable(target) - before
    theirs = trainable(transplant_weights(source, target)) - before
    # rounding grows where four images of one pixel are normalized; the direction stays
    assert ours @ theirs > 0.99 * np.linalg.norm(ours) * np.linalg.norm(theirs) > 0
    assert np.linalg.norm(ours) == pytest.approx(np.linalg.norm(theirs), rel=0.02)


def trainable(model):
    return np.concatenate([np.ravel(weight.numpy()) for weight in model.trainable_weights])


def test_imagenets_extra_rescaling_is_taken_over(monkeypatch):
    # the weights cannot be had here; what keras.applications builds around them can
    monkeypatch.setattr("keras.src.utils.file_utils.get_file", lambda *_, **__: "nowhere")
    monkeypatch.setattr(keras.Model, "load_weights", lambda *_: None)
    source = keras.applications.EfficientNetB0()
    target = transplant_weights(source, build_efficientnet(0))
    images = np.random.default_rng(3).uniform(0, 255, (1, 224, 224, 3)).astype("float32")
    # what the first convolution gets: from the layer without weights, and from our normalization
    _, further = [x for x in source.layers if isinstance(x, keras.layers.Rescaling)]
    theirs = predictions(keras.Model(source.input, further.output), images)
    ours = predictions(keras.Model(target.input, target.get_layer("normalization").output), images)
    np.testing.assert_allclose(ours, theirs, rtol=1e-5)
    assert theirs.max() > 1.9  # 1 / √0.229


def network(*names):
    x = inputs = keras.Input((3,))
    for name in names:
        x = keras.layers.Dense(3, name=name)(x)
    return keras.Model(inputs, x)


def test_layers_of_equal_names_need_no_rules():
    source, target = network("first", "second"), network("first", "second")
    transplant_weights(source, target)
    np.testing.assert_equal(target.get_weights(), source.get_weights())


@pytest.fixture(scope="module")
def quarter():
    return keras.applications.MobileNet(alpha=0.25, **UNTRAINED)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (lambda: build_mobilenet_v1(SHAPE, 7, width=0.5), r"expected conv1/kernel of shape .*16\)"),
        (lambda: build_mobilenet_v1(SHAPE, 9, width=0.25), "conv_preds/kernel .* Are width"),
        (lambda: build_mobilenet_v2(SHAPE, 7, width=0.25), "target: expected a place for"),
        (lambda: network("first"), "target: expected a place for"),
    ],
)
def test_another_network_is_refused_untouched(quarter, target, message):
    target = target()
    before = target.get_weights()
    with pytest.raises(ValueError, match=message):
        transplant_weights(quarter, target)
    np.testing.assert_equal(target.get_weights(), before)


def test_a_weight_without_source_is_named():
    with pytest.raises(ValueError, match="source: expected a weight second/kernel"):
        transplant_weights(network("first"), network("first", "second"))
