"""A number to predict from a table: prices of houses, or the course of a disease in their place."""

import tarfile
from typing import NamedTuple

import numpy as np

from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.source import load_from

__all__ = ["Regression", "load_housing"]

# the file that sklearn.datasets.fetch_california_housing takes, with the checksum it states
FILE = RemoteFile(
    "cal_housing.tgz",
    "https://ndownloader.figshare.com/files/5976036",
    "aaa5c9a6afe2225cc2aed2723682ae403280c4a3695a2ddda4ffb5d8215ea681",
)
_MEMBER = "CaliforniaHousing/cal_housing.data"
_FEATURES = (
    "median income / 10000 $",
    "age of the houses / years",
    "rooms per household",
    "bedrooms per household",
    "people",
    "people per household",
    "latitude",
    "longitude",
)
_ONE_IN = 5  # is for testing


class Regression(NamedTuple):
    """A table with a number to predict, as measured; examples in rows, as Keras takes them.

    Attributes:
        train_x: float32 (m, n_x).
        train_y: float32 (m,).
        test_x: as train_x.
        test_y: as train_y.
        feature_names: what the n_x columns are.
        target_name: what the number is.
        origin: one line that says what this table is.
    """

    train_x: np.ndarray
    train_y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray
    feature_names: tuple[str, ...]
    target_name: str
    origin: str


def load_housing(source="auto", seed=0):
    """Load California's house prices of 1990, or measures of diabetes patients in their place.

    Args:
        source: as in `load_mnist`; the full table is below 1 MB. The stand-in has other columns:
            take their number and names from the result.
        seed: of the split; a fifth is for testing.

    Returns:
        Regression: 20640 districts with 8 features, or 442 patients with 10.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the data cannot be had.

    Reference:
        Pace and Barry, "Sparse spatial autoregressions", 1997 (census of 1990). Efron, Hastie,
        Johnstone and Tibshirani, "Least angle regression", 2004 (diabetes).

    Example:
        >>> data = load_housing("embedded")
        >>> data.train_x.shape, data.test_x.shape, data.feature_names[2]
        ((353, 10), (89, 10), 'bmi')
    """
    return load_from(source, full=lambda: _full(seed), embedded=lambda: _embedded(seed))


def _embedded(seed):
    from sklearn.datasets import load_diabetes  # takes a second

    bunch = load_diabetes(scaled=False)
    names = tuple(bunch.feature_names), "progression after a year"
    return _split(bunch.data, bunch.target, seed, *names, "442 diabetes patients (scikit-learn)")


def _full(seed):
    with tarfile.open(fetch(FILE)) as archive:
        table = np.loadtxt(archive.extractfile(_MEMBER), delimiter=",")
    longitude, latitude, age, rooms, bedrooms, people, households, income, value = table.T
    per_household = [a / households for a in (rooms, bedrooms)]
    columns = [income, age, *per_household, people, people / households, latitude, longitude]
    names = _FEATURES, "median value / 100000 $"
    return _split(np.stack(columns, 1), value / 100_000, seed, *names, "California housing, 1990")


def _split(x, y, seed, *descriptions):
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = np.split(order, [-(-len(x) // _ONE_IN)])
    x, y = x.astype(np.float32), y.astype(np.float32)
    return Regression(x[train], y[train], x[test], y[test], *descriptions)
