"""Columns: products without a loop, images and vectors of any layout."""

import math

import numpy as np
import pytest

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import vectorization

__all__ = ["AsColumn", "Dot", "Image2Vector"]


@exercise(points=1, reference=vectorization.dot)
class Dot:
    """The inner product of two columns, without a loop."""

    hints = (
        "The loop multiplies pairs of elements and adds the products up. NumPy can do both steps "
        "for all pairs at once.",
        "a · b = Σ a_i b_i: one number, for columns also the only element of aᵀb.",
        "return np.sum(a * b)",
    )

    def test_by_hand(self, dot):
        """(1, 2, 3) · (4, 5, 6) = 4 + 10 + 18 = 32."""
        a, b = np.array([[1.0], [2.0], [3.0]]), np.array([[4.0], [5.0], [6.0]])
        assert_close(dot(a, b), 32.0, "dot(a, b)")

    def test_perpendicular(self, dot):
        """Perpendicular columns give 0, a column with itself its squared length."""
        a, b = np.array([[3.0], [4.0]]), np.array([[-4.0], [3.0]])
        assert_close(dot(a, b), 0.0, "the product of perpendicular columns")
        assert_close(dot(a, a), 25.0, "the product of a column with itself")

    def test_against_the_loop(self, dot, rng):
        """It is the number that adding up product by product gives."""
        a, b = rng.normal(size=(50, 1)), rng.normal(size=(50, 1))
        pairs = zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)
        assert_close(dot(a, b), math.fsum(x * y for x, y in pairs), "dot(a, b)")

    @mistake("`a * b` gives all the products, but they are not yet added up: sum them.")
    def products_without_sum(a, b):
        return a * b

    @mistake(
        "A column times a row is the outer product: every a_i with every b_j. Transpose the first "
        "factor instead (a row times a column), or sum the elementwise product."
    )
    def outer_product(a, b):
        return a @ b.T

    @mistake(
        "np.dot of two columns is a matrix product of (n, 1) with (n, 1), and those shapes do not "
        "fit. Transpose the first one, or multiply elementwise and sum."
    )
    def matrix_product_of_two_columns(a, b):
        return np.dot(a, b)

    @mistake("You take the mean of the products; the inner product is their sum.")
    def mean_of_products(a, b):
        return np.mean(a * b)

    @mistake(
        "You sum each column first and multiply the sums. The products come first, pair by pair, "
        "then the sum."
    )
    def product_of_sums(a, b):
        return np.sum(a) * np.sum(b)


@exercise(points=1, reference=vectorization.image2vector)
class Image2Vector:
    """An image (height, width, channels) as one column."""

    hints = (
        "A column has as many rows as the image has numbers. Which array method changes the shape "
        "and keeps the order of the elements?",
        "The result has the shape (height · width · channels, 1); −1 lets NumPy compute a length.",
        "return image.reshape(-1, 1)",
    )

    def test_shape(self, image2vector, rng):
        """An image (4, 5, 3) becomes a column of 60 rows, (60, 1)."""
        assert_shape(image2vector(rng.random((4, 5, 3))), (60, 1), "the column")

    def test_by_hand(self, image2vector):
        """Pixels are read row by row, and the channels of a pixel stay together."""
        image = np.array([[[0.1, 0.2], [0.3, 0.4]], [[0.5, 0.6], [0.7, 0.8]]])
        expected = np.array([[0.1], [0.2], [0.3], [0.4], [0.5], [0.6], [0.7], [0.8]])
        assert_close(image2vector(image), expected, "the column")

    def test_every_pixel_has_its_place(self, image2vector, rng):
        """Row r, pixel p, channel c of any image is at (r · width + p) · channels + c."""
        height, width, channels = 3, 4, 2
        image = rng.random((height, width, channels))
        expected = np.zeros((height * width * channels, 1))
        for r, p, c in np.ndindex(image.shape):
            expected[(r * width + p) * channels + c, 0] = image[r, p, c]
        assert_close(image2vector(image), expected, "the column")

    @mistake(
        "flatten and reshape(-1) give a rank-1 array (n,), which is neither a row nor a column. "
        "Ask for the second axis too: (n, 1)."
    )
    def rank_one(image):
        return image.reshape(-1)

    @mistake("This is a row (1, n). In this course an example is a column: (n, 1).")
    def row(image):
        return image.reshape(1, -1)

    @mistake(
        "order='F' reads the image column by column, and other code would not find the pixels "
        "again. Leave the default order."
    )
    def column_after_column(image):
        return image.reshape((-1, 1), order="F")

    @mistake(
        "The channels are still an axis of their own. All numbers of the image go into the one "
        "column."
    )
    def channels_kept(image):
        return image.reshape(-1, image.shape[2])

    @mistake(
        "You moved the channels to the front, so the column holds all the red, then all the green. "
        "Reshape without transposing."
    )
    def channels_first(image):
        return image.transpose(2, 0, 1).reshape(-1, 1)


@exercise(points=1, reference=vectorization.as_column)
class AsColumn:
    """A vector of any layout as a column (n, 1)."""

    hints = (
        "A list has no shape at all: make an array first. Then, which shape do you always want?",
        "(n,), (n, 1) and (1, n) hold the same n numbers; the result is always (n, 1).",
        "return np.asarray(v).reshape(-1, 1)",
    )

    @pytest.mark.parametrize(
        ("layout", "shape"),
        [("rank-1 array", (3,)), ("column", (3, 1)), ("row", (1, 3))],
    )
    def test_any_layout(self, as_column, layout, shape):
        """A rank-1 array, a column and a row all become a column."""
        column = as_column(np.array([0.5, 1.5, 2.5]).reshape(shape))
        assert_close(column, np.array([[0.5], [1.5], [2.5]]), f"as_column of a {layout}")

    def test_list(self, as_column):
        """A list becomes a column too."""
        assert_close(as_column([1.5, 2.5]), np.array([[1.5], [2.5]]), "as_column of a list")

    def test_transpose_is_a_row(self, as_column, rng):
        """The transpose of the result is a row; that of a rank-1 array would not be."""
        column = as_column(rng.normal(size=5))
        assert_shape(column, (5, 1), "as_column(v)")
        assert_shape(column.T, (1, 5), "its transpose")

    def test_column_times_row(self, as_column):
        """A column times its transpose is the table of all products."""
        column = as_column(np.array([1.0, 2.0, 3.0]))
        assert_shape(column, (3, 1), "as_column(v)")
        table = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [3.0, 6.0, 9.0]])
        assert_close(column * column.T, table, "column * column.T")

    @mistake(
        "Transposing a rank-1 array changes nothing: its only axis swaps places with itself. "
        "Give it a second axis with reshape."
    )
    def transposed(v):
        return np.asarray(v).T

    @mistake("This makes a row (1, n); a column has n rows: (n, 1).")
    def row(v):
        return np.asarray(v).reshape(1, -1)

    @mistake(
        "ravel gives a rank-1 array (n,): one axis, so neither a row nor a column. Reshape it to "
        "(n, 1)."
    )
    def rank_one(v):
        return np.ravel(v)

    @mistake(
        "Adding an axis is right for (n,) only: a column becomes (n, 1, 1). Reshape to (-1, 1), "
        "whatever comes."
    )
    def always_one_axis_more(v):
        return np.asarray(v)[..., np.newaxis]
