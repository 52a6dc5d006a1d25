"""The split, the scaling and the labels of the breast cancer data."""

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer

from dlcourse import datasets


@pytest.fixture(scope="module")
def data():
    return datasets.breast_cancer()


def test_examples_are_columns(data):
    assert data.train_x.shape == (30, 427) == (len(data.feature_names), data.train_y.size)
    assert data.test_x.shape == (30, 142)
    assert data.test_y.shape == (1, 142)
    assert data.train_x.dtype == np.float64
    assert data.train_y.dtype == np.int64


def test_every_patient_is_in_one_part(data):
    patients = np.hstack([data.train_x, data.test_x]) * data.std + data.mean
    original = load_breast_cancer()
    np.testing.assert_allclose(_sorted(patients.T), _sorted(original.data), atol=1e-9)


def test_label_one_is_malignant(data):
    patients = np.hstack([data.train_x, data.test_x]) * data.std + data.mean
    labels = np.hstack([data.train_y, data.test_y])[0]
    original = load_breast_cancer()
    malignant = original.data[original.target_names[original.target] == "malignant"]
    np.testing.assert_allclose(_sorted(patients.T[labels == 1]), _sorted(malignant), atol=1e-9)
    assert data.class_names[1] == "malignant"


def test_both_parts_have_the_same_share_of_malignant_tumours(data):
    assert data.train_y.mean() == pytest.approx(data.test_y.mean(), abs=0.01)


def test_scaling_knows_the_training_part_only(data):
    np.testing.assert_allclose(data.train_x.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(data.train_x.std(axis=1), 1, rtol=1e-12)
    assert np.abs(data.test_x.mean(axis=1)).max() > 0.01


def test_a_seed_decides_the_split(data):
    np.testing.assert_array_equal(datasets.breast_cancer().test_x, data.test_x)
    assert not np.array_equal(datasets.breast_cancer(seed=1).test_x, data.test_x)


@pytest.mark.parametrize("share", [0.001, 0.5, 0.999])
def test_both_classes_are_in_both_parts(share):
    data = datasets.breast_cancer(test_share=share)
    assert set(data.train_y[0]) == set(data.test_y[0]) == {0, 1}


@pytest.mark.parametrize("share", [0, 1, -0.2])
def test_a_share_outside_zero_and_one_is_refused(share):
    with pytest.raises(ValueError, match="test_share: expected a share between 0 and 1"):
        datasets.breast_cancer(test_share=share)


def _sorted(rows):
    return rows[np.lexsort(rows.T)]
