"""The large networks at small size: trained, saved, and on every backend."""

import keras
import numpy as np
import pytest

from dlcourse.models.googlenet import build_googlenet
from dlcourse.models.mobilenet_v1 import build_mobilenet_v1
from dlcourse.models.pretrained_weights import transplant_weights
from dlcourse.models.resnet import build_resnet
from tests.backends import run_on

ON_A_BACKEND = """
import keras
import numpy as np
from dlcourse.models.mobilenet_v2 import build_mobilenet_v2
from dlcourse.models.pretrained_weights import transplant_weights
from dlcourse.models.resnet import build_resnet

keras.utils.set_random_seed(0)
shape, rng = (32, 32, 3), np.random.default_rng(0)
images = rng.normal(size=(4, *shape)).astype("float32")
source = keras.applications.MobileNetV2(shape, alpha=0.35, weights=None, classes=2)
for layer in source.layers:
    layer.momentum = 0.0  # the averages become those of the batch, so that images differ
source(images, training=True)
target = transplant_weights(source, build_mobilenet_v2(shape, 2, width=0.35))
expected = keras.ops.convert_to_numpy(source(images, training=False))
difference = np.abs(expected - keras.ops.convert_to_numpy(target(images, training=False)))
small = build_resnet(18, shape, 2, width=1 / 16)
small.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
losses = [float(small.train_on_batch(images, np.array([0, 1, 0, 1]))) for _ in range(8)]
result = [np.ptp(expected[:, 0]), difference.max(), losses]
"""


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_networks_run_and_learn_on_other_backends(backend):
    spread, difference, losses = run_on(backend, ON_A_BACKEND)
    assert spread > 1e-2 and difference < 1e-5
    assert losses[-1] < losses[0]


def test_googlenets_three_classifiers_learn_together():
    keras.utils.set_random_seed(0)
    model = build_googlenet((65, 65, 1), classes=2, width=1 / 16)
    images = np.random.default_rng(0).normal(size=(4, 65, 65, 1)).astype("float32")
    labels = [np.array([0, 1, 0, 1])] * 3
    model.compile(
        keras.optimizers.Adam(1e-3),
        ["sparse_categorical_crossentropy"] * 3,
        loss_weights=[1, 0.3, 0.3],
        run_eagerly=True,
    )
    total, *parts = model.train_on_batch(images, labels)
    assert total == pytest.approx(np.dot(parts, [1, 0.3, 0.3]), rel=1e-5)
    plain = build_googlenet((65, 65, 1), classes=2, width=1 / 16, auxiliary=False)
    trained = {weight.path: weight for weight in model.weights}
    for weight in plain.weights:
        weight.assign(trained[weight.path])
    main = keras.ops.convert_to_numpy(model(images)[0])
    np.testing.assert_allclose(keras.ops.convert_to_numpy(plain(images)), main, rtol=1e-5)


# Keras reads TensorFlow variables in a way that NumPy 2 discourages
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_saved_network_comes_back_and_takes_weights(tmp_path):
    shape = (32, 32, 1)
    model = build_mobilenet_v1(shape, 2, width=1 / 8)
    model.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras")
    image = np.random.default_rng(0).normal(size=(2, *shape)).astype("float32")
    outputs = [keras.ops.convert_to_numpy(m(image)) for m in (model, loaded)]
    np.testing.assert_allclose(*outputs, rtol=1e-6)
    source = keras.applications.MobileNet(shape, alpha=1 / 8, weights=None, classes=2)
    transplant_weights(source, loaded)
    outputs = [keras.ops.convert_to_numpy(m(image)) for m in (source, loaded)]
    np.testing.assert_allclose(*outputs, rtol=1e-5)


def test_a_deeper_resnet_starts_as_good_as_a_shallower_one():
    # the argument of the paper: blocks that add nothing make 34 layers out of 18
    shape = (32, 32, 1)
    shallow, deep = (build_resnet(depth, shape, 2, width=1 / 16) for depth in (18, 34))
    known = {weight.path: weight for weight in shallow.weights}
    for weight in deep.weights:
        if weight.path in known:
            weight.assign(known[weight.path])
        elif weight.path.endswith("second/normalization/gamma"):
            weight.assign(keras.ops.zeros_like(weight))
    image = np.random.default_rng(0).normal(size=(2, *shape)).astype("float32")
    outputs = [keras.ops.convert_to_numpy(m(image)) for m in (shallow, deep)]
    np.testing.assert_allclose(*outputs, rtol=1e-5)
