"""Where the network of style transfer comes from, with a connection and without."""

import keras
import numpy as np
import pytest

from dlcourse.models import style_network


def test_without_the_weights_a_small_network_is_trained_and_said_so(monkeypatch):
    def unreachable(weights):
        raise Exception(f"URL fetch failure: {weights}")  # as Keras does

    seen = []

    def train(photos, seed):
        seen.extend(photos)
        return f"trained with seed {seed}"

    monkeypatch.setattr(style_network, "build_vgg19_network", unreachable)
    monkeypatch.setattr(style_network, "train_patch_classifier", train)
    with pytest.warns(UserWarning, match="VGG-19 .* could not be had, so a small network"):
        assert style_network.build_style_network(seed=5) == "trained with seed 5"
    assert np.shape(seen) == (3, 96, 128, 3)


def test_with_the_weights_there_is_vgg19(monkeypatch):
    asked = []
    monkeypatch.setattr(keras.applications, "VGG19", lambda **kwargs: asked.append(kwargs))
    assert style_network.build_style_network() is None
    assert asked[0]["weights"] == "imagenet"
    assert asked[0]["include_top"] is False
