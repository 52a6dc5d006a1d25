"""Broadcasting: its rule, and shares of the sum of a column."""

import math

import numpy as np
import pytest

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import vectorization

__all__ = ["BroadcastShape", "PercentOfTotal"]


@exercise(points=2, reference=vectorization.broadcast_shape)
class BroadcastShape:
    """The shape of a + b, from the shapes of a and b."""

    hints = (
        "Write the two shapes below each other so that their last axes are aligned. What stands "
        "where one of them has no axis?",
        "Fill the shorter shape with ones at the front. Then axis by axis: equal lengths stay; a "
        "one takes the other length; anything else is a ValueError.",
        "a = (1,) * (n - len(shape_a)) + shape_a, the same for b with n the larger rank; then for "
        "p, q in zip(a, b): raise ValueError if p != q and 1 not in (p, q), else append q if "
        "p == 1 else p",
    )

    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ((3, 4), (3, 4), (3, 4)),
            ((3, 4), (4,), (3, 4)),
            ((3, 1), (1, 4), (3, 4)),
            ((5, 1), (5,), (5, 5)),
            ((2,), (7, 3, 2), (7, 3, 2)),
            ((), (2, 1), (2, 1)),
        ],
    )
    def test_by_hand(self, broadcast_shape, a, b, expected):
        """Shapes that fit: equal ones, a row of biases, column with row, (5, 1) with (5,)."""
        assert_close(broadcast_shape(a, b), expected, f"broadcast_shape({a}, {b})")

    def test_against_numpy(self, broadcast_shape, rng):
        """It is the shape of the array that NumPy makes."""
        for _ in range(8):
            full = rng.integers(2, 6, size=3)
            a, b = (tuple(np.where(rng.random(3) < 0.4, 1, full).tolist()) for _ in "ab")
            a = a[int(rng.integers(0, 3)) :]
            actual = broadcast_shape(a, b)
            assert_close(actual, (np.zeros(a) + np.zeros(b)).shape, f"broadcast_shape({a}, {b})")

    @pytest.mark.parametrize(("a", "b"), [((3, 4), (3,)), ((2,), (3,)), ((2, 3), (4, 2, 2))])
    def test_shapes_that_do_not_fit(self, broadcast_shape, a, b):
        """Two different lengths of which neither is one: a ValueError."""
        try:
            result = broadcast_shape(a, b)
        except ValueError:
            return
        raise AssertionError(
            f"broadcast_shape({a}, {b}) should raise a ValueError, but it gave {result!r}."
        )

    @mistake(
        "You compare from the first axis on. Broadcasting aligns the *last* axes: fill the shorter "
        "shape with ones at the front."
    )
    def aligned_at_the_front(shape_a, shape_b):
        rank = max(len(shape_a), len(shape_b))
        a = tuple(shape_a) + (1,) * (rank - len(shape_a))
        b = tuple(shape_b) + (1,) * (rank - len(shape_b))
        return _checked(a, b)

    @mistake(
        "The larger length is right only if the lengths are equal or one of them is one. Raise a "
        "ValueError otherwise."
    )
    def larger_length_without_check(shape_a, shape_b):
        rank = max(len(shape_a), len(shape_b))
        a = (1,) * (rank - len(shape_a)) + tuple(shape_a)
        b = (1,) * (rank - len(shape_b)) + tuple(shape_b)
        return tuple(max(p, q) for p, q in zip(a, b, strict=True))

    @mistake(
        "zip stops at the shorter shape, so the leading axes of the longer one are lost. Fill the "
        "shorter shape with ones at the front first."
    )
    def leading_axes_lost(shape_a, shape_b):
        pairs = list(zip(reversed(shape_a), reversed(shape_b), strict=False))
        return _checked(tuple(p for p, _ in pairs), tuple(q for _, q in pairs))[::-1]

    @mistake(
        "You demand equal lengths. A length of one fits every other length: that axis is repeated."
    )
    def ones_not_stretched(shape_a, shape_b):
        rank = max(len(shape_a), len(shape_b))
        longer = shape_a if len(shape_a) == rank else shape_b
        shorter = shape_b if longer is shape_a else shape_a
        if tuple(longer[rank - len(shorter) :]) != tuple(shorter):
            raise ValueError("lengths differ")
        return tuple(longer)

    @mistake(
        "You return None for shapes that do not fit, and the caller goes on with it. Raise a "
        "ValueError, as NumPy does."
    )
    def silent_about_a_misfit(shape_a, shape_b):
        try:
            return vectorization.broadcast_shape(shape_a, shape_b)
        except ValueError:
            return None


def _checked(a, b):
    """The rule for two shapes of equal rank, for the mistakes that go wrong before it."""
    if any(p != q and 1 not in (p, q) for p, q in zip(a, b, strict=True)):
        raise ValueError("lengths differ")
    return tuple(q if p == 1 else p for p, q in zip(a, b, strict=True))


CALORIES = ((56.0, 0.0, 4.4, 68.0), (1.2, 104.0, 52.0, 8.0), (1.8, 135.0, 99.0, 0.9))


@exercise(points=1, reference=vectorization.percent_of_total)
class PercentOfTotal:
    """The share of every entry in the sum of its column, in percent."""

    hints = (
        "First sum down the columns. What shape has that sum, and does it fit below the table?",
        "share = 100 · table / sum over axis 0. Axis 0 runs down the rows, so one sum per column "
        "remains.",
        "return 100 * table / table.sum(axis=0, keepdims=True)",
    )

    def test_apples(self, percent_of_total):
        """94.9 % of the calories of an apple come from carbohydrates."""
        shares = percent_of_total(np.array(CALORIES))
        assert_shape(shares, (3, 4), "the shares")
        assert_close(shares[0, 0], 100 * 56 / 59, "the share of carbohydrates in apples")

    def test_columns_sum_to_one_hundred(self, percent_of_total, rng):
        """The shares in every column sum to 100."""
        shares = percent_of_total(rng.uniform(1, 9, size=(4, 3)))
        assert_shape(shares, (4, 3), "the shares")
        assert_close(shares.sum(axis=0), np.full(3, 100.0), "the sums of the columns")

    def test_against_loops(self, percent_of_total, rng):
        """Every entry is its part of its own column."""
        table = rng.uniform(1, 9, size=(3, 3))
        columns = [[100 * x / math.fsum(column) for x in column] for column in table.T.tolist()]
        assert_close(percent_of_total(table), np.array(columns).T, "the shares")

    def test_table_is_left_alone(self, percent_of_total):
        """The table that is passed in is the same afterwards."""
        table = np.array(CALORIES)
        percent_of_total(table)
        assert_close(table, np.array(CALORIES), "your input after the call")

    @mistake(
        "You sum along axis 1, over the foods. The total of one food is the sum down its column: "
        "axis 0."
    )
    def sums_of_rows(table):
        return 100 * table / table.sum(axis=1, keepdims=True)

    @mistake("You divide by the sum of the whole table. Every column has its own total: axis=0.")
    def sum_of_everything(table):
        return 100 * table / table.sum()

    @mistake("These are fractions of one; percent are a hundred times that.")
    def fractions(table):
        return table / table.sum(axis=0)

    @mistake(
        "You divide by the largest entry of the column. Then the largest share is always 100 %; "
        "the whole is the sum."
    )
    def relative_to_the_largest(table):
        return 100 * table / table.max(axis=0)

    @mistake(
        "Rounding belongs where a number is shown, not where it is computed: return the shares as "
        "they are."
    )
    def rounded(table):
        return np.round(100 * table / table.sum(axis=0), 1)

    @mistake(
        "`/=` and `*=` write into the caller's table. Build a new array: 100 * table / totals."
    )
    def table_overwritten(table):
        table /= table.sum(axis=0)
        table *= 100
        return table
