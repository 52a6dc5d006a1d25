"""Two species of iris in two measurements: real data that a line can, or cannot, separate."""

from typing import NamedTuple

import numpy as np

__all__ = ["IrisPair", "load_iris_pair"]

SPECIES = ("setosa", "versicolor", "virginica")
FEATURES = {"sepal length": 0, "sepal width": 1, "petal length": 2, "petal width": 3}


class IrisPair(NamedTuple):
    """Flowers of two species.

    Attributes:
        X: lengths in centimetres, (2, 100), one column per flower in a shuffled order.
        Y: 0 for the first species and 1 for the second, (1, 100).
        features: names of the two rows of X.
        species: names of the two classes.
    """

    X: np.ndarray
    Y: np.ndarray
    features: tuple[str, str]
    species: tuple[str, str]


def load_iris_pair(
    first="setosa", second="versicolor", features=("sepal length", "petal length"), seed=0
):
    """Load 50 flowers of each of two species with two of their four measurements.

    Args:
        first: species of class 0: "setosa", "versicolor" or "virginica".
        second: species of class 1, another one.
        features: two of "sepal length", "sepal width", "petal length", "petal width".
        seed: seed of the order of the flowers.

    Returns:
        An `IrisPair`.

    Raises:
        ValueError: If a species or a feature has another name, or both species are the same.

    Reference:
        Anderson, "The irises of the Gaspé peninsula", 1935; Fisher, "The use of multiple
        measurements in taxonomic problems", 1936. The copy is the one that scikit-learn carries.

    Example:
        >>> iris = load_iris_pair()
        >>> iris.X.shape, iris.Y.shape, int(iris.Y.sum())
        ((2, 100), (1, 100), 50)
    """
    _require_known("first", first, SPECIES)
    _require_known("second", second, [s for s in SPECIES if s != first])
    for feature in features:
        _require_known("features", feature, FEATURES)
    from sklearn.datasets import load_iris  # takes a second

    X, species = load_iris(return_X_y=True)
    chosen = np.flatnonzero(np.isin(species, [SPECIES.index(first), SPECIES.index(second)]))
    np.random.default_rng(seed).shuffle(chosen)
    X = X[np.ix_(chosen, [FEATURES[f] for f in features])].T
    Y = (species[chosen] == SPECIES.index(second)).astype(float)[None, :]
    return IrisPair(X, Y, tuple(features), (first, second))


def _require_known(argument, value, known):
    if value not in known:
        raise ValueError(f"{argument}: expected one of {', '.join(known)}, got {value!r}")
