"""Ten views of an image, several networks: one answer."""

import numpy as np
import pytest
from keras import ops

from dlcourse import augment

RNG = np.random.default_rng(0)


def array(tensor):
    return ops.convert_to_numpy(tensor)


def test_ten_views_are_five_windows_and_their_mirror_images():
    images = RNG.integers(256, size=(3, 8, 7, 2), dtype=np.uint8)
    crops = array(augment.ten_crop(images, (4, 4)))
    assert crops.shape == (3, 10, 4, 4, 2) and crops.dtype == np.uint8
    windows = [images[:, r : r + 4, c : c + 4] for r, c in ((0, 0), (0, 3), (4, 0), (4, 3), (2, 1))]
    np.testing.assert_array_equal(crops[:, :5], np.stack(windows, 1))
    np.testing.assert_array_equal(crops[:, 5:], np.stack(windows, 1)[:, :, :, ::-1])


def test_windows_as_large_as_the_image_are_the_image():
    images = RNG.random((2, 4, 5, 1), dtype=np.float32)
    crops = array(augment.ten_crop(images, (4, 5)))
    np.testing.assert_array_equal(crops[:, :5], np.repeat(images[:, None], 5, axis=1))


def test_predictions_are_averaged_view_by_view():
    images = RNG.random((4, 6, 6, 3), dtype=np.float32)
    weights = RNG.random((3 * 3 * 3, 5))

    def predict(crops):
        return np.tanh(array(crops).reshape(-1, 27) @ weights)

    found = array(augment.average_over_crops(predict, images, (3, 3)))
    crops = array(augment.ten_crop(images, (3, 3)))
    expected = [np.mean([predict(view[None])[0] for view in views], axis=0) for views in crops]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_keras_model_predicts_over_crops():
    import keras

    model = keras.Sequential(
        [keras.Input((3, 3, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    )
    images = RNG.random((2, 4, 4, 1), dtype=np.float32)
    assert tuple(augment.average_over_crops(model, images, (3, 3)).shape) == (2, 2)


def test_networks_count_by_their_weights():
    predictions = RNG.random((3, 5, 4))
    found = array(augment.average_predictions(predictions, [1, 3, 0]))
    np.testing.assert_allclose(found, (predictions[0] + 3 * predictions[1]) / 4, rtol=1e-6)
    plain = array(augment.average_predictions(list(predictions)))
    np.testing.assert_allclose(plain, predictions.mean(0), rtol=1e-6)


def test_an_average_of_independent_errors_is_better_than_any_of_them():
    truth = RNG.integers(2, size=2000)
    networks = np.clip(truth + RNG.normal(0, 0.7, size=(9, 2000)), 0, 1)
    alone = np.mean((networks > 0.5) == truth, axis=1)
    together = np.mean((array(augment.average_predictions(networks)) > 0.5) == truth)
    assert together > alone.max() + 0.1


def test_the_majority_decides_and_the_first_class_breaks_ties():
    votes = np.array([[0, 2, 1], [0, 2, 2], [1, 2, 0]])  # networks, examples
    assert array(augment.majority_vote(np.eye(3)[votes])).tolist() == [0, 2, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: augment.ten_crop(np.ones((1, 3, 3, 1)), (4, 3)), "size: expected windows inside"),
        (lambda: augment.average_predictions(np.ones((2, 3)), [1.0]), "weights: expected one for"),
        (lambda: augment.majority_vote(np.ones((2, 3))), "probabilities: expected shape"),
    ],
)
def test_bad_requests_say_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
