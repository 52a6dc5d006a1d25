"""A convolutional classifier says about every window what the classifier says about the crop."""

import keras
import numpy as np
import pytest
from keras import layers

from dlcourse.boxes import convolutional_classifier, window_positions


def classifier(*extra, side=14, padding="valid"):
    """The lecture's network: 14 × 14 pixels, 5 × 5 filters, pooling, two dense layers, softmax."""
    return keras.Sequential(
        [
            keras.Input((side, side, 3)),
            layers.Conv2D(4, 5, activation="relu", padding=padding),
            *extra,
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(7, activation="relu"),
            layers.Dense(5, use_bias=False),
            layers.Dense(4, activation="softmax"),
        ]
    )


@pytest.mark.parametrize(("height", "width"), [(14, 14), (16, 16), (28, 19)])
def test_outputs_equal_those_of_the_crops(height, width):
    model = classifier(layers.BatchNormalization(), layers.Dropout(0.5), layers.LeakyReLU())
    rng = np.random.default_rng(0)
    model.set_weights([np.abs(rng.normal(0.1, 0.3, w.shape)) for w in model.get_weights()])
    images = rng.normal(size=(2, height, width, 3)).astype(np.float32)
    answers = convolutional_classifier(model).predict(images, verbose=0)
    windows = window_positions(model, height, width)
    assert answers.shape[1:3] == (len(windows), len(windows[0]))
    crops = np.stack([images[:, y1:y2, x1:x2] for row in windows for x1, y1, x2, y2 in row], 1)
    expected = model.predict(crops.reshape(-1, 14, 14, 3), verbose=0)
    np.testing.assert_allclose(answers.reshape(expected.shape), expected, atol=1e-5)


def test_the_lecture_s_shapes():
    # 16 × 16 pixels give 2 × 2 windows, 28 × 28 give 8 × 8, two pixels apart
    sliding = convolutional_classifier(classifier())
    assert sliding.compute_output_shape((1, 16, 16, 3)) == (1, 2, 2, 4)
    assert sliding.compute_output_shape((1, 28, 28, 3)) == (1, 8, 8, 4)
    assert sliding.count_params() == classifier().count_params()


def test_the_classifier_itself_stays_as_it_was():
    model = classifier()
    image = np.random.default_rng(1).normal(size=(1, 14, 14, 3))
    before = model.predict(image, verbose=0)
    sliding = convolutional_classifier(model)
    sliding.set_weights([0 * w for w in sliding.get_weights()])
    np.testing.assert_array_equal(model.predict(image, verbose=0), before)


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (classifier(padding="same"), "padding 'same'"),
        (classifier(layers.LayerNormalization()), "cannot slide"),
        (keras.Sequential([layers.Flatten()]), "expected a built keras.Sequential"),
        (keras.Sequential([keras.Input((4, 4, 1)), layers.MaxPooling2D(2)]), "expected a Flatten"),
    ],
)
def test_what_cannot_slide(model, message):
    with pytest.raises(ValueError, match=message):
        convolutional_classifier(model)


def test_an_image_smaller_than_the_window():
    with pytest.raises(ValueError, match="expected at least the 14 by 14 pixels"):
        window_positions(classifier(), 13, 20)
