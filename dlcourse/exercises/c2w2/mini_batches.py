"""Exercise of c2w2: shuffle the examples and cut them into mini-batches."""

import numpy as np
import pytest

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import mini_batches

__all__ = ["RandomMiniBatches"]


def numbered(m, rows=3, classes=1):
    """Columns that can be told apart: example i has the features i + 1, −(i + 1), (i + 1)/2, …"""
    number = np.arange(1.0, m + 1)
    X = np.stack([number * factor for factor in (1.0, -1.0, 0.5, 2.0, 3.0)[:rows]])
    labels = np.stack([number * 10 + row for row in range(classes)])
    return X, labels


def joined(batches, m, classes=1, rows=3):
    """X and Y of all batches side by side, after looking at their structure."""
    assert isinstance(batches, list | tuple) and batches, "return a list of (X_batch, Y_batch)"
    for number, batch in enumerate(batches):
        pair = isinstance(batch, list | tuple) and len(batch) == 2
        assert pair, f"batch {number} should be a pair (X_batch, Y_batch)"
        assert_shape(batch[0], (rows, *np.shape(batch[0])[-1:]), f"X of batch {number}")
        assert_shape(batch[1], (classes, batch[0].shape[1]), f"Y of batch {number}")
    X, Y = (np.concatenate([batch[k] for batch in batches], axis=1) for k in (0, 1))
    assert X.shape[1] == m, f"all batches together hold {X.shape[1]} examples, expected {m}"
    return X, Y


def cut(X, Y, size):
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(0, X.shape[1], size)]


@exercise(points=3, reference=mini_batches.random_mini_batches)
class RandomMiniBatches:
    """Shuffle the examples, each with its label, and cut them into mini-batches."""

    hints = (
        "Examples are columns, and X and Y must be shuffled alike: draw the order once. What does "
        "a slice give that reaches beyond the end?",
        "order = a permutation of 0 … m−1; X[:, order], Y[:, order]; batch k holds the columns "
        "k·size to (k+1)·size, and the last batch those that are left.",
        "`order = rng.permutation(m)`, then for k in range(0, m, batch_size): "
        "`(X[:, order[k : k + batch_size]], Y[:, order[k : k + batch_size]])`",
    )

    @pytest.mark.parametrize(
        ("m", "size", "sizes"),
        [(10, 4, [4, 4, 2]), (12, 4, [4, 4, 4]), (5, 8, [5]), (3, 1, [1, 1, 1]), (6, 6, [6])],
    )
    def test_sizes(self, random_mini_batches, rng, m, size, sizes):
        """All batches are full but the last, which holds what is left (if anything is)."""
        X, Y = numbered(m)
        batches = random_mini_batches(X, Y, size, rng)
        joined(batches, m)
        found = [batch[0].shape[1] for batch in batches]
        assert found == sizes, f"{m} examples in batches of {size}: sizes {found}, expected {sizes}"

    @pytest.mark.parametrize(("m", "classes"), [(23, 1), (40, 3)])
    def test_each_example_once(self, random_mini_batches, rng, m, classes):
        """Every example appears exactly once, and its features stay together."""
        X, Y = numbered(m, classes=classes)
        seen, _ = joined(random_mini_batches(X, Y, 7, rng), m, classes)
        assert_close(seen[:, np.argsort(seen[0])], X, "the columns of all batches, put in order")

    @pytest.mark.parametrize("classes", [1, 3])
    def test_labels_go_along(self, random_mini_batches, rng, classes):
        """Every example still has its own label (also where labels are one-hot columns)."""
        X, Y = numbered(30, classes=classes)
        seen, labels = joined(random_mini_batches(X, Y, 8, rng), 30, classes)
        expected = np.stack([10 * seen[0] + row for row in range(classes)])
        assert_close(labels, expected, "the labels beside the shuffled examples")

    def test_order_is_drawn(self, random_mini_batches, rng):
        """The order is a new one in every epoch, drawn from rng and from nothing else."""
        X, Y = numbered(50)
        first, second = (joined(random_mini_batches(X, Y, 16, rng), 50)[0][0] for _ in range(2))
        assert np.any(first != X[0]), "the examples are still in their old order: shuffle them"
        assert np.any(first != second), "two epochs with the same rng have the same order"
        twins = [np.random.default_rng(5), np.random.default_rng(5)]
        a, b = (joined(random_mini_batches(X, Y, 16, twin), 50)[0] for twin in twins)
        assert_close(a, b, "with an equal generator, the second answer")

    @mistake(
        "X is shuffled, Y is not: nearly every example gets the label of another. Use the same "
        "order for both."
    )
    def labels_stay(X, Y, batch_size, rng):
        return cut(X[:, rng.permutation(X.shape[1])], Y, batch_size)

    @mistake(
        "X and Y are shuffled by two different draws, so labels and examples do not match any "
        "more. Draw one order and use it twice."
    )
    def two_orders(X, Y, batch_size, rng):
        X = X[:, rng.permutation(X.shape[1])]
        return cut(X, Y[:, rng.permutation(X.shape[1])], batch_size)

    @mistake("The examples that do not fill a batch are lost. They make a last, shorter batch.")
    def short_batch_dropped(X, Y, batch_size, rng):
        order = rng.permutation(X.shape[1])
        full = X.shape[1] // batch_size * batch_size
        return cut(X[:, order[:full]], Y[:, order[:full]], batch_size)

    @mistake("The order is never changed: draw one with rng.permutation(m).")
    def not_shuffled(X, Y, batch_size, rng):
        return cut(X, Y, batch_size)

    @mistake(
        "The order comes from a generator with a seed of its own, so that it is the same in every "
        "epoch. Use the rng that is passed in."
    )
    def own_seed(X, Y, batch_size, rng):
        order = np.random.default_rng(0).permutation(X.shape[1])
        return cut(X[:, order], Y[:, order], batch_size)

    @mistake(
        "rng.integers draws some examples twice and others not at all. A permutation has each of "
        "them once."
    )
    def with_replacement(X, Y, batch_size, rng):
        order = rng.integers(X.shape[1], size=X.shape[1])
        return cut(X[:, order], Y[:, order], batch_size)

    @mistake(
        "Where m is a multiple of the batch size there is an empty batch at the end. Its mean cost "
        "would be 0/0; add the short batch only if something is left."
    )
    def empty_last_batch(X, Y, batch_size, rng):
        order = rng.permutation(X.shape[1])
        X, Y = X[:, order], Y[:, order]
        starts = range(0, X.shape[1] // batch_size * batch_size + 1, batch_size)
        return [(X[:, k : k + batch_size], Y[:, k : k + batch_size]) for k in starts]

    @mistake(
        "The last batch is filled up with examples that were there already. Leave it short: each "
        "example counts once per epoch."
    )
    def last_batch_filled_up(X, Y, batch_size, rng):
        m = X.shape[1]
        order = rng.permutation(m)
        missing = -m % batch_size
        order = np.concatenate([order, np.resize(order, missing)])
        return cut(X[:, order], Y[:, order], batch_size)
