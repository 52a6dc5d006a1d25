"""Much data from elsewhere and little of the kind that counts: who goes into which set."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from dlcourse.strategy.rates import count

__all__ = ["ShuffledSplit", "Split", "expected_in_shuffled_split", "split_for_target"]


@dataclass(frozen=True)
class ShuffledSplit:
    """What a dev set drawn from the shuffled mixture of two sources holds.

    Args:
        expected: expected number of examples of the target source.
        deviation: standard deviation of that number.
        share: their expected share of the dev set, in per cent.
    """

    expected: float
    deviation: float
    share: float


def expected_in_shuffled_split(other, target, dev_size):
    """Count the target examples to expect in a dev set, if all data is shuffled first.

    A dev set is the target that a team shoots at; this one lies elsewhere.

    Args:
        other: number of examples from elsewhere, say the web.
        target: number of examples of the kind that counts, say from the app.
        dev_size: size of the dev set, at most all of them.

    Returns:
        ShuffledSplit: mean and standard deviation are those of the hypergeometric distribution.

    Raises:
        ValueError: a number is not a whole one or too small, or dev_size is more than there are.

    Example:
        >>> split = expected_in_shuffled_split(other=200_000, target=10_000, dev_size=2_500)
        >>> round(split.expected), round(split.deviation), round(split.share, 1)
        (119, 11, 4.8)
    """
    total = count("other", other) + count("target", target, 1)
    if count("dev_size", dev_size, 1) > total:
        raise ValueError(f"dev_size: expected at most all {total} examples; got {dev_size}")
    share = target / total
    left_out = (total - dev_size) / (total - 1) if total > 1 else 0.0
    deviation = sqrt(dev_size * share * (1 - share) * left_out)
    return ShuffledSplit(dev_size * share, deviation, 100 * share)


@dataclass(frozen=True)
class Split:
    """Indices into all examples, those from elsewhere first, then those of the target.

    Args:
        train: what to train on: everything from elsewhere and what is left of the target.
        train_dev: of the same mixture as train, but not trained on: dev - train-dev is mismatch.
        dev: target examples only.
        test: target examples only.
    """

    train: np.ndarray
    train_dev: np.ndarray
    dev: np.ndarray
    test: np.ndarray


def split_for_target(other, target, held_out, rng, train_dev=0):
    """Keep dev and test to the kind that counts; train on all the rest.

    Args:
        other: number of examples from elsewhere; they have the indices 0 to other - 1.
        target: number of examples of the kind that counts; they have the indices after those.
        held_out: pair (dev size, test size), together at most target.
        rng: numpy.random.Generator.
        train_dev: size of the train-dev set, taken from what would be trained on.

    Returns:
        Split; every example is in exactly one of its sets.

    Raises:
        ValueError: a number is not a whole one or too small, or the sets need more than there is.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> split = split_for_target(200_000, 10_000, held_out=(2_500, 2_500), rng=rng)
        >>> len(split.train), bool(split.dev.min() >= 200_000), bool(split.test.min() >= 200_000)
        (205000, True, True)
    """
    dev_size, test_size = (count("held_out", size, 1) for size in held_out)
    kept = count("target", target, 1) - dev_size - test_size
    if kept < 0:
        raise ValueError(f"held_out: expected sizes of together at most {target}; got {held_out}")
    if count("train_dev", train_dev) > count("other", other) + kept:
        raise ValueError(f"train_dev: expected at most {other + kept} examples; got {train_dev}")
    order = other + rng.permutation(target)
    dev, test, rest = np.split(order, [dev_size, dev_size + test_size])
    mixture = rng.permutation(np.concatenate([np.arange(other), rest]))
    return Split(mixture[train_dev:], mixture[:train_dev], dev, test)
