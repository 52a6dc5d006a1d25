"""VGG-16 and VGG-19 against keras.applications."""

import keras
import numpy as np
import pytest

from dlcourse.models.pretrained_weights import transplant_weights
from dlcourse.models.vgg import build_vgg16, build_vgg19
from tests.models.counting import count_parameters

CASES = [(build_vgg16, keras.applications.VGG16), (build_vgg19, keras.applications.VGG19)]


@pytest.mark.parametrize(("build", "count"), [(build_vgg16, 138357544), (build_vgg19, 143667240)])
def test_number_of_parameters(build, count):
    assert count_parameters(build) == count


@pytest.mark.parametrize(("build", "original"), CASES)
def test_full_size_has_the_layers_of_keras_applications(build, original):
    with keras.StatelessScope(initialize_variables=False):
        ours, theirs = build(), original(weights=None)
        found, expected = (
            [(weight.path, weight.shape) for weight in model.weights] for model in (ours, theirs)
        )
        assert ours.output_shape == theirs.output_shape
    keras.utils.clear_session()
    assert found == expected


@pytest.mark.parametrize(("build", "original"), CASES)
def test_transplanted_weights_give_equal_outputs(build, original):
    shape = (32, 32, 3)
    theirs, ours = original(weights=None, input_shape=shape, classes=5), build(shape, classes=5)
    rng = np.random.default_rng(0)
    for weight in theirs.weights:  # biases too, which begin at 0
        weight.assign(weight + rng.normal(scale=0.01, size=weight.shape).astype("float32"))
    transplant_weights(theirs, ours)
    images = rng.random((2, *shape), dtype="float32")
    found, expected = ours.predict_on_batch(images), theirs.predict_on_batch(images)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)
    assert np.ptp(found[0]) > 1e-3  # and not merely because everything has died out


def test_width_scales_everything():
    model = build_vgg16((32, 32, 1), classes=3, width=1 / 16)
    filters = [layer.filters for layer in model.layers if hasattr(layer, "filters")]
    assert filters == [4, 4, 8, 8, 16, 16, 16, 32, 32, 32, 32, 32, 32]
    assert model.get_layer("fc1").units == 256


def test_wrong_sizes_are_refused():
    with pytest.raises(ValueError, match="input_shape: expected images of at least 32 by 32"):
        build_vgg16((31, 32, 3))
    with pytest.raises(ValueError, match="width: expected at least 1/64"):
        build_vgg19(width=0.01)
