"""Start here: how the notebooks, their checks and their hints work."""

import numpy as np

from dlcourse.grading import Question, assert_close, exercise, mistake
from dlcourse.scratch import start

NOTEBOOK = "00_start_here"
BACKEND = "numpy"

# two features of four examples, so that rows and columns cannot be mistaken for each other
TWO_FEATURES = np.array([[1.0, 3.0, 5.0, 7.0], [10.0, 10.0, 10.0, 30.0]])


@exercise(points=1, reference=start.mean_and_spread)
class MeanAndSpread:
    """Mean and standard deviation of every feature, as columns."""

    hints = (
        "Every row of X is one feature. Along which axis do the examples lie, and how do you keep "
        "the result a column?",
        "mean = (1/m) Σ x over the columns; spread = √((1/m) Σ (x − mean)²). `axis=1` goes along a "
        "row, and `keepdims=True` leaves the shape (n_x, 1).",
        "`mean = X.mean(axis=1, keepdims=True)` and `spread = X.std(axis=1, keepdims=True)`; give "
        "both back with `return mean, spread`.",
    )

    def test_by_hand(self, mean_and_spread):
        """Two features of four examples agree with a calculation by hand."""
        mean, spread = mean_and_spread(TWO_FEATURES)
        assert_close(mean, np.array([[4.0], [15.0]]), "mean")
        assert_close(spread, np.array([[np.sqrt(5.0)], [np.sqrt(75.0)]]), "spread")

    def test_standardized_features(self, mean_and_spread, rng):
        """Subtracting the mean and dividing by the spread gives features with mean 0, spread 1."""
        X = rng.normal(rng.uniform(-50, 50, (3, 1)), rng.uniform(1, 9, (3, 1)), (3, 20))
        mean, spread = mean_and_spread(X)
        assert_close(mean.shape, (3, 1), "the shape of mean")
        assert_close(spread.shape, (3, 1), "the shape of spread")
        Z = (X - mean) / spread
        assert_close(Z.sum(axis=1), np.zeros(3), "the sum of every standardized feature")
        assert_close((Z**2).sum(axis=1), np.full(3, 20.0), "the sum of its squares")

    def test_a_feature_that_never_changes(self, mean_and_spread, rng):
        """A feature with one value everywhere has that mean, and no spread."""
        value = float(rng.integers(2, 9))
        expected = (np.array([[value]]), np.zeros((1, 1)))
        assert_close(mean_and_spread(np.full((1, 5), value)), expected, "(mean, spread)")

    @mistake(
        "You average over the features of each example (axis=0). The examples are the columns of "
        "X, so average along the rows: axis=1."
    )
    def averages_the_wrong_way(X):
        return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)

    @mistake(
        "You give back rank-1 arrays of shape (n_x,), which do not line up with the rows of X. "
        "keepdims=True keeps them columns of shape (n_x, 1)."
    )
    def loses_the_column(X):
        return X.mean(axis=1), X.std(axis=1)

    @mistake("That is one mean for all features together. Each row of X needs its own: axis=1.")
    def mixes_the_features(X):
        return np.array([[X.mean()]]), np.array([[X.std()]])

    @mistake(
        "Your spread is the variance, in squared units. Its square root has the units of the data."
    )
    def forgets_the_root(X):
        return X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)

    @mistake(
        "You divide the squared distances by m − 1 (ddof=1). The course divides by m, as NumPy "
        "does when not told otherwise."
    )
    def divides_by_m_minus_1(X):
        return X.mean(axis=1, keepdims=True), X.std(axis=1, ddof=1, keepdims=True)

    @mistake(
        "Your spread is the average absolute distance from the mean. The standard deviation "
        "averages the squared distances and takes the root."
    )
    def averages_absolute_distances(X):
        mean = X.mean(axis=1, keepdims=True)
        return mean, np.abs(X - mean).mean(axis=1, keepdims=True)

    @mistake("You give back the mean alone. Two results are asked for: return mean, spread.")
    def forgets_the_spread(X):
        return X.mean(axis=1, keepdims=True)

    @mistake("Mean and spread are both right, but in the other order: return mean, spread.")
    def swaps_the_results(X):
        return X.std(axis=1, keepdims=True), X.mean(axis=1, keepdims=True)


QUIZ = (
    Question(
        "A check says: `mean has shape (3,), expected (3, 1)`. What does that tell you?",
        choices={
            "a": (
                "The numbers are wrong.",
                "They may be right: the check stopped at the shape, before it compared a number.",
            ),
            "b": (
                "The result has one axis too few; `keepdims=True` or `reshape` makes it a column.",
                "Right. (3,) is neither a row nor a column, and NumPy would stretch it the wrong "
                "way.",
            ),
            "c": (
                "There are three mistakes.",
                "The 3 is a length: (3,) is an array with one axis of three entries.",
            ),
        },
        answer="b",
    ),
    Question(
        "In the NumPy part of this course X has the shape (n_x, m). What is one column of X?",
        choices={
            "a": (
                "One feature of all examples.",
                "That is a row. Look at the shape again: the first axis counts features.",
            ),
            "b": (
                "One example with all its features.",
                "Right: m examples stand side by side as m columns.",
            ),
            "c": ("One mini-batch.", "A mini-batch would be several columns."),
        },
        answer="b",
    ),
)
