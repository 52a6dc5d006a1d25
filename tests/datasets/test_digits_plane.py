"""Digits in the plane: the projection, its honesty towards the test images, and its shape."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from dlcourse.datasets import digits, digits_in_the_plane


@pytest.fixture(scope="module")
def task():
    return digits_in_the_plane()


def test_shapes_and_classes(task):
    for X, Y in ((task.train_x, task.train_y), (task.test_x, task.test_y)):
        assert X.shape == (2, Y.shape[1])
        assert set(Y[0].tolist()) == {0, 1}
        assert 0.45 < Y.mean() < 0.55


def test_coordinates_are_those_of_scikit_learn_up_to_the_sign(task):
    data = digits()
    train, test = (x.reshape(len(x), 64) / 16 for x in (data.train_images, data.test_images))
    pca = PCA(2).fit(train)
    scale = pca.transform(train).std(axis=0)
    expected = (pca.transform(test[np.isin(data.test_labels, [0, 7, 3, 4])]) / scale).T
    np.testing.assert_allclose(np.abs(task.test_x), np.abs(expected), atol=1e-9)


def test_the_four_digits_are_the_corners_of_exclusive_or():
    labels = digits().train_labels
    labels = labels[np.isin(labels, [0, 7, 3, 4])]
    task = digits_in_the_plane()
    centres = {d: task.train_x[:, labels == d].mean(axis=1) for d in (0, 7, 3, 4)}
    assert centres[0][1] < -1 < 1 < centres[7][1]
    assert centres[3][0] < -1 < 1 < centres[4][0]
    assert np.array_equal(task.train_y[0], np.isin(labels, [3, 4]))


def test_seed_decides_the_split(task):
    assert np.array_equal(digits_in_the_plane().train_x, task.train_x)
    assert not np.array_equal(digits_in_the_plane(seed=1).train_y, task.train_y)


@pytest.mark.parametrize(
    ("zeros", "ones", "message"),
    [
        ((), (1,), r"zeros: expected at least one of the digits 0 to 9, got \(\)"),
        ((1,), (10,), "ones: expected at least one of the digits"),
        ((1, 2), (2, 3), "ones: expected digits that are not in zeros"),
    ],
)
def test_impossible_classes_are_named(zeros, ones, message):
    with pytest.raises(ValueError, match=message):
        digits_in_the_plane(zeros, ones)
