"""Breast cancer diagnosis from measurements of cell nuclei: 569 patients, 30 numbers each."""

from typing import NamedTuple

import numpy as np

__all__ = ["BreastCancer", "breast_cancer"]


class BreastCancer(NamedTuple):
    """Standardised measurements, one column per patient, and diagnoses.

    Args:
        train_x: float64 (30, m), every row with mean 0 and standard deviation 1.
        train_y: int64 (1, m), 1 for a malignant tumour.
        test_x: float64 (30, m_test), scaled with the numbers of the training part.
        test_y: int64 (1, m_test), as train_y.
        mean: float64 (30, 1), means of the training part before scaling.
        std: float64 (30, 1), standard deviations of the training part before scaling.
        feature_names: what the 30 rows are.
        class_names: what the labels 0 and 1 are.
    """

    train_x: np.ndarray
    train_y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray
    mean: np.ndarray
    std: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, str]


def breast_cancer(test_share=0.25, seed=0):
    """Load the data, split so that malignant tumours are as frequent in both parts.

    Args:
        test_share: share of the patients that is for testing, above 0 and below 1.
        seed: whole number that decides who goes where; equal seeds, equal splits.

    Returns:
        BreastCancer.

    Raises:
        ValueError: test_share is not between 0 and 1.

    Reference:
        Street, Wolberg and Mangasarian, "Nuclear feature extraction for breast tumor diagnosis",
        1993 (Wisconsin diagnostic data). The copy is the one that scikit-learn carries.

    Example:
        >>> data = breast_cancer()
        >>> data.train_x.shape, data.test_x.shape, data.class_names
        ((30, 427), (30, 142), ('benign', 'malignant'))
    """
    if not 0 < test_share < 1:
        raise ValueError(f"test_share: expected a share between 0 and 1, received {test_share!r}")
    from sklearn.datasets import load_breast_cancer  # takes a second

    bunch = load_breast_cancer()
    X = bunch.data.T
    Y = (bunch.target == 0).astype(np.int64).reshape(1, -1)  # there, 0 stands for malignant
    train, test = _stratified_split(Y[0], test_share, np.random.default_rng(seed))
    # the test part must not influence what the model sees, not even through its mean
    mean = X[:, train].mean(axis=1, keepdims=True)
    std = X[:, train].std(axis=1, keepdims=True)
    X = (X - mean) / std
    names = tuple(bunch.feature_names.tolist()), ("benign", "malignant")
    return BreastCancer(X[:, train], Y[:, train], X[:, test], Y[:, test], mean, std, *names)


def _stratified_split(labels, test_share, rng):
    """Indices of the training and of the test part, each in random order."""
    train, test = [], []
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        # at least one of each class on either side
        size = int(np.clip(round(test_share * members.size), 1, members.size - 1))
        test.append(members[:size])
        train.append(members[size:])
    return rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))
