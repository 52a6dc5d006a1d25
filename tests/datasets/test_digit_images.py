"""The embedded digits: shapes, ranges, and a split that is fair and repeatable."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from dlcourse import datasets
from dlcourse.datasets.digit_images import digits, is_it_a_two


def test_every_image_is_in_exactly_one_part():
    data = digits()
    assert data.train_images.shape == (1347, 8, 8) and data.test_images.shape == (450, 8, 8)
    together = np.concatenate([data.train_images, data.test_images]).reshape(1797, 64)
    original = load_digits().data
    assert np.array_equal(_sorted_rows(together), _sorted_rows(original))


def test_labels_belong_to_their_images():
    original = load_digits()
    pairs = zip(original.data, original.target, strict=True)
    label_of = {image.tobytes(): label for image, label in pairs}
    data = digits(train_size=200)
    for image, label in zip(data.train_images, data.train_labels, strict=True):
        assert label_of[image.tobytes()] == label


@pytest.mark.parametrize("train_size", [200, 1347])
def test_every_digit_is_as_frequent_in_both_parts(train_size):
    data = digits(train_size)
    train, test = (np.bincount(y) / len(y) for y in (data.train_labels, data.test_labels))
    np.testing.assert_allclose(train, test, atol=0.01)


def test_split_depends_on_the_seed_alone():
    assert np.array_equal(digits(300).train_images, digits(300).train_images)
    assert not np.array_equal(digits(300).train_labels, digits(300, seed=1).train_labels)


@pytest.mark.parametrize("train_size", [9, 1788])
def test_impossible_sizes_are_refused(train_size):
    with pytest.raises(ValueError, match="train_size: expected 10 to 1787"):
        digits(train_size)


def test_task_asks_for_the_twos_of_the_digits():
    task, data = is_it_a_two(400, seed=3), digits(400, seed=3)
    assert task.train_x.shape == (64, 400) and task.test_y.shape == (1, 1397)
    assert np.array_equal(task.test_y[0], data.test_labels == 2)
    assert 0 == task.train_x.min() < task.train_x.max() == 1
    assert np.array_equal(task.test_x[:, 5].reshape(8, 8) * 16, data.test_images[5])
    assert 0.08 < task.train_y.mean() < 0.12


def test_loaders_are_exported_and_stay_functions():
    for _ in range(2):  # a submodule called like a loader would take its place after first use
        assert callable(datasets.digits) and callable(datasets.is_it_a_two)


def _sorted_rows(table):
    return table[np.lexsort(table.T)]
