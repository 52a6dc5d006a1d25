"""The flowers as scikit-learn has them, whatever the order."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from dlcourse.datasets.iris import load_iris_pair
from dlcourse.scratch.perceptron import Perceptron


def test_the_measurements_belong_to_their_labels():
    iris = load_iris_pair("versicolor", "virginica", ("petal width", "sepal width"))
    data = load_iris()
    for label, species in enumerate((1, 2)):
        ours = iris.X[:, iris.Y[0] == label].T
        theirs = data.data[data.target == species][:, [3, 1]]
        np.testing.assert_array_equal(np.sort(ours, axis=0), np.sort(theirs, axis=0))
        assert sorted(map(tuple, ours)) == sorted(map(tuple, theirs))


def test_the_order_is_shuffled_and_belongs_to_the_seed():
    first, again, other = (load_iris_pair(seed=s).Y.ravel() for s in (3, 3, 4))
    assert (first == again).all() and (first != other).any()
    assert np.abs(np.diff(first)).sum() > 20  # the classes alternate


def test_setosa_can_be_separated_by_a_line_and_the_other_two_cannot():
    easy = load_iris_pair()
    assert Perceptron(2).fit(easy.X, easy.Y, epochs=100)[-1] == 0
    hard = load_iris_pair("versicolor", "virginica")
    assert Perceptron(2).fit(hard.X, hard.Y, epochs=100)[-1] > 0


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="second: expected one of setosa, virginica, got 'rose'"):
        load_iris_pair("versicolor", "rose")
    with pytest.raises(ValueError, match="features: expected one of sepal length.*got 'height'"):
        load_iris_pair(features=("height", "petal width"))
