"""Dev and test are one target: shot at in the dev set, measured in the test set."""

import numpy as np

from dlcourse.strategy.rates import count

__all__ = ["group_shares", "shuffled_dev_test"]


def shuffled_dev_test(m, dev_size, rng):
    """Deal examples of all groups out to dev and test at random, instead of group by group.

    Args:
        m: number of held-out examples.
        dev_size: how many of them go to the dev set, from 1 to m - 1; the rest is the test set.
        rng: numpy.random.Generator.

    Returns:
        Pair of index arrays (dev, test) that share no index.

    Raises:
        ValueError: dev_size leaves one of the sets empty.

    Example:
        >>> dev, test = shuffled_dev_test(10, 4, np.random.default_rng(0))
        >>> len(dev), len(test), sorted({*dev.tolist(), *test.tolist()}) == list(range(10))
        (4, 6, True)
    """
    if not 1 <= count("dev_size", dev_size) < m:
        raise ValueError(f"dev_size: expected 1 to {m - 1} of {m} examples; got {dev_size}")
    order = rng.permutation(m)
    return order[:dev_size], order[dev_size:]


def group_shares(dev_groups, test_groups):
    """Compare what dev and test are made of: the shares of every group, and how far apart they are.

    Args:
        dev_groups: group (region, device, source, …) of every dev example.
        test_groups: the same of every test example.

    Returns:
        Tuple (shares, distance): dictionary from the group to its shares of dev and test in per
        cent; and the part of one set, from 0 to 1, that would have to change to become like the
        other (total variation). With a split by region the distance is 1; with a shuffled one of m
        examples each, it is of the order of √(groups / m).

    Raises:
        ValueError: one of the sets is empty.

    Example:
        >>> group_shares(["US", "UK"], ["India", "China"])[1]
        1.0
        >>> group_shares(["US", "India", "US", "UK"], ["India", "US"])
        ({'India': (25.0, 50.0), 'UK': (25.0, 0.0), 'US': (50.0, 50.0)}, 0.25)
    """
    dev, test = np.asarray(dev_groups), np.asarray(test_groups)
    if not (dev.size and test.size):
        raise ValueError("dev_groups, test_groups: expected at least one example in each")
    shares = {
        str(group): tuple(float(100 * np.mean(part == group)) for part in (dev, test))
        for group in np.union1d(dev, test)
    }
    distance = sum(abs(a - b) for a, b in shares.values()) / 200
    return shares, distance
