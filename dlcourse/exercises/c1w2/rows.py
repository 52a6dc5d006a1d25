"""Sums along an axis: rows of length one, and softmax."""

import math

import numpy as np

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import activations, vectorization

__all__ = ["NormalizeRows", "Softmax"]


@exercise(points=1, reference=vectorization.normalize_rows)
class NormalizeRows:
    """Every row divided by its own length."""

    hints = (
        "One length per row: along which axis do you sum? And which shape must the lengths have "
        "to divide row by row?",
        "Divide x by ‖x‖ = √(Σ_j x_ij²), a column of shape (n, 1): axis=1 with keepdims=True.",
        "return x / np.linalg.norm(x, axis=1, keepdims=True)",
    )

    def test_by_hand(self, normalize_rows):
        """The row (3, 4) has length 5 and becomes (0.6, 0.8)."""
        x = np.array([[3.0, 4.0], [0.0, -2.0]])
        assert_close(normalize_rows(x), np.array([[0.6, 0.8], [0.0, -1.0]]), "the rows")

    def test_length_one(self, normalize_rows, rng):
        """Every row has length one and points where it pointed before."""
        x = rng.normal(size=(4, 3))
        rows = normalize_rows(x)
        assert_shape(rows, (4, 3), "the result")
        assert_close((rows**2).sum(axis=1), np.ones(4), "the squared lengths of the rows")
        assert np.all(np.sign(rows) == np.sign(x)), "A row should keep its direction."

    def test_length_of_the_input_does_not_matter(self, normalize_rows, rng):
        """A row that is a thousand times longer gives the same result."""
        x = rng.normal(size=(3, 3))
        longer = x * np.array([[1.0], [1000.0], [0.1]])
        assert_close(normalize_rows(longer), normalize_rows(x), "the rows of the stretched x")

    def test_input_is_left_alone(self, normalize_rows):
        """The matrix that is passed in is the same afterwards."""
        x = np.array([[3.0, 4.0], [6.0, 8.0]])
        normalize_rows(x)
        assert_close(x, np.array([[3.0, 4.0], [6.0, 8.0]]), "your input after the call")

    @mistake("You normalise the columns (axis=0). Every row gets length one: axis=1.")
    def columns_instead_of_rows(x):
        return x / np.linalg.norm(x, axis=0, keepdims=True)

    @mistake(
        "Without keepdims=True the lengths are a rank-1 array (n,), which is laid along the "
        "columns. Keep the axis, so that they are a column (n, 1)."
    )
    def axis_not_kept(x):
        return x / np.linalg.norm(x, axis=1)

    @mistake("You divide by the sum of the squares. The length is the square root of that sum.")
    def root_forgotten(x):
        return x / np.sum(x**2, axis=1, keepdims=True)

    @mistake(
        "You divide by the sum of the absolute values (L1). The length of a vector is the root of "
        "the sum of squares (L2)."
    )
    def sum_of_magnitudes(x):
        return x / np.sum(np.abs(x), axis=1, keepdims=True)

    @mistake("You divide by the norm of the whole matrix. Every row has its own length: axis=1.")
    def norm_of_the_matrix(x):
        return x / np.linalg.norm(x)

    @mistake("`/=` writes into the caller's matrix. Return a new one: x / lengths.")
    def input_overwritten(x):
        x /= np.linalg.norm(x, axis=1, keepdims=True)
        return x


@exercise(points=2, reference=activations.softmax)
class Softmax:
    """Scores to probabilities along an axis, without overflow."""

    hints = (
        "e to the power 1000 is too large for a float. Which number can you subtract from all "
        "scores of an example without changing the ratios?",
        "softmax(z)_i = e^(z_i − max z) / Σ_k e^(z_k − max z), maximum and sum along `axis` with "
        "keepdims=True.",
        "e = np.exp(z - z.max(axis=axis, keepdims=True)); "
        "return e / e.sum(axis=axis, keepdims=True)",
    )

    def test_by_hand(self, softmax):
        """Scores log 1 and log 3 give the probabilities 1/4 and 3/4, column by column."""
        z = np.log(np.array([[1.0, 2.0, 5.0], [3.0, 2.0, 1.0]]))
        expected = np.array([[0.25, 0.5, 5 / 6], [0.75, 0.5, 1 / 6]])
        assert_close(softmax(z), expected, "softmax(z)")

    def test_other_axis(self, softmax):
        """With axis=1 every row sums to one."""
        z = np.log(np.array([[1.0, 3.0], [2.0, 2.0]]))
        expected = np.array([[0.25, 0.75], [0.5, 0.5]])
        assert_close(softmax(z, axis=1), expected, "softmax(z, axis=1)")

    def test_shift(self, softmax, rng):
        """Adding the same number to all scores of an example changes nothing."""
        z = rng.normal(size=(3, 4))
        shifted = softmax(z + np.array([[-5.0, 0.0, 3.0, 10.0]]))
        assert_shape(shifted, (3, 4), "softmax(z)")
        assert_close(shifted.sum(axis=0), np.ones(4), "the sums of the columns")
        assert_close(softmax(z), shifted, "softmax(z) against softmax(z + shift)")

    def test_large_scores(self, softmax):
        """Scores of ±1000 give probabilities, not NaN."""
        z = np.array([[1000.0, -1000.0], [1000.0 + math.log(3), -1000.0 + math.log(3)]])
        assert_close(softmax(z), np.array([[0.25, 0.25], [0.75, 0.75]]), "softmax(z)", 1e-6)

    @mistake(
        "exp(1000) overflows to infinity, and infinity / infinity is NaN. Subtract the largest "
        "score of each example first."
    )
    def without_the_shift(z, axis=0):
        return np.exp(z) / np.sum(np.exp(z), axis=axis, keepdims=True)

    @mistake(
        "You divide by the sum over the whole matrix. Every example has its own sum: use `axis`, "
        "with keepdims=True."
    )
    def one_sum_for_all(z, axis=0):
        e = np.exp(z - np.max(z))
        return e / np.sum(e)

    @mistake(
        "You subtract one maximum of the whole matrix: an example with much smaller scores then "
        "underflows to 0/0. Take the maximum along `axis`."
    )
    def one_maximum_for_all(z, axis=0):
        e = np.exp(z - np.max(z))
        return e / np.sum(e, axis=axis, keepdims=True)

    @mistake("Your sum runs along axis 0 whatever is asked for. Pass `axis` on to max and sum.")
    def axis_ignored(z, axis=0):
        e = np.exp(z - np.max(z, axis=0, keepdims=True))
        return e / np.sum(e, axis=0, keepdims=True)

    @mistake(
        "You work along axis 1, so the rows sum to one. Here an example is a column: the default "
        "is axis=0."
    )
    def rows_by_default(z, axis=1):
        e = np.exp(z - np.max(z, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis, keepdims=True)

    @mistake(
        "Without keepdims=True the sums are a rank-1 array, which is laid along the wrong axis "
        "for axis=1. Keep the axis."
    )
    def axis_not_kept(z, axis=0):
        e = np.exp(z - np.max(z, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis)

    @mistake("The exponential is missing: scores can be negative, e to their power cannot.")
    def scores_divided_by_their_sum(z, axis=0):
        return z / np.sum(z, axis=axis, keepdims=True)
