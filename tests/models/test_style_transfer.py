"""Style transfer: the image alone learns, the style loss falls, nothing is computed twice."""

import keras
import numpy as np
import pytest

from dlcourse import losses
from dlcourse.datasets.sample_images import sample_image
from dlcourse.models.patch_classifier import (
    build_patch_classifier,
    train_patch_classifier,
    turned_patches,
)
from dlcourse.models.style_comparison import Comparison, default_comparison
from dlcourse.models.style_network import build_vgg19_network
from dlcourse.models.style_transfer import build_extractor, build_style_transfer

FLOAT32 = 1e-5


@pytest.fixture(scope="module")
def network():
    """A patch classifier that has seen two photographs for a moment."""
    photos = [sample_image(name, (64, 96)) for name in ("china", "flower")]
    return train_patch_classifier(photos, n_patches=400, epochs=2)


@pytest.fixture(scope="module")
def images():
    return sample_image("china", (48, 64)), sample_image("flower", (40, 56))


def test_the_style_loss_falls_on_photographs(network, images):
    transfer = build_style_transfer(network, *images)
    costs = transfer.optimize(steps=40)
    assert costs["style"][-1] < 0.1 * costs["style"][0]
    assert costs["content"][0] < 1e-9 < costs["content"][-1]  # it starts as the content image
    assert np.isfinite(list(costs.values())).all()
    picture = transfer.picture()
    assert picture.shape == images[0].shape
    assert picture.min() >= 0 and picture.max() <= 1


def test_without_style_the_content_comes_back(network, images):
    comparison = default_comparison(network)._replace(factors=(10, 0, 0))
    transfer = build_style_transfer(network, *images, comparison)
    noise = np.random.default_rng(0).random((1, *images[0].shape))
    transfer.image.assign(0.5 * noise + 0.5 * images[0])
    costs = transfer.optimize(steps=30)
    assert costs["content"][-1] < 0.2 * costs["content"][0]


def test_the_costs_are_those_of_the_losses(network, images):
    comparison = default_comparison(network)
    transfer = build_style_transfer(network, *images, comparison)
    start = np.random.default_rng(0).random((1, *images[0].shape), dtype=np.float32)
    transfer.image.assign(start)
    found = {name: values[0] for name, values in transfer.optimize(steps=1).items()}

    extractor = build_extractor(network, comparison)
    content, style, now = (extractor(image) for image in (images[0][None], images[1][None], start))
    expected = {
        "content": losses.content_loss(*(a[comparison.content_layer] for a in (content, now))),
        "style": sum(
            weight * losses.style_loss(losses.style_target(style[name]), now[name])
            for name, weight in comparison.style_layers.items()
        ),
        "variation": losses.total_variation_loss(start),
    }
    expected = {name: float(cost[0]) for name, cost in expected.items()}
    expected["loss"] = np.dot(comparison.factors, list(expected.values()))
    assert found == pytest.approx(expected, rel=1e-4)


def test_only_the_image_learns(network, images):
    weights = [weight.copy() for weight in network.get_weights()]
    transfer = build_style_transfer(network, *images)
    assert [variable.name for variable in transfer.trainable_variables] == ["image"]
    transfer.optimize(steps=2)
    for before, after in zip(weights, network.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    assert np.abs(transfer.picture() - images[0]).max() > 1e-3


def test_targets_and_unneeded_layers_are_left_out_of_the_step(images):
    calls = []

    class Counted(keras.layers.Layer):
        def call(self, inputs):
            calls.append(inputs.shape)
            return 1.0 * inputs

    image = keras.Input((None, None, 3))
    used = keras.layers.Conv2D(2, 3, name="used")(image)
    beyond = Counted(name="beyond")(used)
    network = keras.Model(image, beyond)
    calls.clear()
    transfer = build_style_transfer(
        network, *images, Comparison("used", {"used": 1.0}, (1.0, 1.0, 0.0))
    )
    transfer.optimize(steps=3)
    assert calls == []


def test_the_small_network_learns_from_photographs(network):
    photos = [sample_image(name, (64, 96)) for name in ("china", "flower")]
    x, y = turned_patches(photos, 300, seed=1)
    accuracy = np.mean(network.predict(x, verbose=0).argmax(axis=1) == y)
    assert accuracy > 0.2  # the share of the most frequent of eight classes is below 0.17


def test_vgg19_has_the_published_layers():
    network = build_vgg19_network(weights=None)
    assert network.count_params() == 20_024_384
    comparison = default_comparison(network)
    extractor = build_extractor(network, comparison)
    assert comparison.content_layer == "block4_conv2"
    assert list(comparison.style_layers) == [f"block{block}_conv1" for block in range(1, 6)]
    assert "block5_conv1" in {layer.name for layer in extractor.layers}
    assert "block5_conv2" not in {layer.name for layer in extractor.layers}


def test_vgg19_reads_colours_as_published():
    network = build_vgg19_network(weights=None)
    image = np.random.default_rng(0).random((1, 4, 5, 3), dtype=np.float32)
    first = network.get_layer("block1_conv1")
    prepared = keras.Model(network.inputs[0], first.input)(image)
    published = keras.applications.vgg19.preprocess_input(255 * image)
    np.testing.assert_allclose(prepared, published, rtol=FLOAT32, atol=1e-4)


def test_wrong_arguments_are_refused(network, images):
    content, style = images
    with pytest.raises(ValueError, match=r"content: expected an image .* shape \(48, 64\)"):
        build_style_transfer(network, content[..., 0], style)
    with pytest.raises(ValueError, match="style: expected pixels from 0 to 1; got .*Divide"):
        build_style_transfer(network, content, 255 * style)
    comparison = default_comparison(network)
    with pytest.raises(ValueError, match="factors: expected three numbers >= 0"):
        build_style_transfer(network, content, style, comparison._replace(factors=(1, -1, 0)))
    with pytest.raises(ValueError, match="nothing"):
        build_style_transfer(network, content, style, comparison._replace(content_layer="nothing"))
    with pytest.raises(ValueError, match="n_classes, width: expected at least 2 classes"):
        build_patch_classifier(n_classes=1)
    with pytest.raises(ValueError, match=r"photos: expected .* at least 32 pixels"):
        train_patch_classifier([np.zeros((20, 40, 3))])
