"""One neuron: its sigmoid without overflow, and its parameters."""

import math

import numpy as np

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import activations, logistic

__all__ = ["InitializeWithZeros", "Sigmoid"]


@exercise(points=1, reference=activations.sigmoid)
class Sigmoid:
    """The sigmoid without overflow, however far from zero."""

    hints = (
        "Overflow comes from e to a large positive power. Which form of the fraction has only "
        "e^(−|z|) in it, for positive and for negative z?",
        "sigmoid(z) = 1 / (1 + e^(−z)) for z ≥ 0, and = e^z / (1 + e^z) for z < 0. Both contain "
        "e^(−|z|) only.",
        "d = np.exp(-np.abs(z)); return np.where(z >= 0, 1, d) / (1 + d)",
    )

    def test_by_hand(self, sigmoid):
        """The sigmoid of −log 3, 0 and log 3 is 0.25, 0.5 and 0.75."""
        z = np.array([[-math.log(3), 0.0, math.log(3)]])
        assert_close(sigmoid(z), np.array([[0.25, 0.5, 0.75]]), "sigmoid(z)")

    def test_every_element_of_a_matrix(self, sigmoid, rng):
        """A matrix gives a matrix of the same shape, and the input is left alone."""
        z = rng.normal(size=(3, 4)) * 3
        before = z.copy()
        assert_close(sigmoid(z), (1 + np.tanh(before / 2)) / 2, "sigmoid of a (3, 4) matrix")
        assert_close(z, before, "your input after the call")

    def test_far_out(self, sigmoid):
        """At ±1000 it is 0 and 1, not NaN."""
        z = np.array([-1000.0, 1000.0])
        assert_close(sigmoid(z), np.array([0.0, 1.0]), "sigmoid([-1000, 1000])")

    def test_tiny_but_not_zero(self, sigmoid):
        """At −720 it is e^(−720), about 2e−313: the largest power that occurs is never positive."""
        tiny = sigmoid(np.array([-720.0, -700.0]))
        assert_shape(tiny, (2,), "sigmoid([-720, -700])")
        assert np.all(tiny > 0), (
            "sigmoid(-720) is e^(-720), about 2e-313; but yours is not above 0."
        )
        assert_close(np.log(tiny), np.array([-720.0, -700.0]), "the logarithm of sigmoid(z)")

    @mistake(
        "Far below zero, e^(−z) overflows to infinity (NumPy warns), and the result is cut to 0. "
        "For negative z use e^z / (1 + e^z)."
    )
    def one_form_for_all(z):
        return 1 / (1 + np.exp(-z))

    @mistake(
        "For a large z this is infinity / infinity, so NaN. The form e^z / (1 + e^z) is for "
        "negative z only; use 1 / (1 + e^(−z)) for the others."
    )
    def other_form_for_all(z):
        return np.exp(z) / (1 + np.exp(z))

    @mistake(
        "With |z| in the exponent only, the function forgets on which side of zero it is. For "
        "z < 0 the numerator is e^(−|z|), not 1."
    )
    def negative_side_forgotten(z):
        return 1 / (1 + np.exp(-np.abs(z)))

    @mistake(
        "Clipping z avoids the overflow but bends the curve: everything below the border gets the "
        "same probability. Choose the form by the sign of z instead."
    )
    def clipped(z):
        return 1 / (1 + np.exp(-np.clip(z, -20, 20)))

    @mistake("Your curve falls: a large z should give a probability near one.")
    def falling(z):
        d = np.exp(-np.abs(z))
        return np.where(z >= 0, d, 1.0) / (1 + d)


@exercise(points=1, reference=logistic.initialize_with_zeros, may_be=("returns_zeros",))
class InitializeWithZeros:
    """Weights and bias to start from: zeros."""

    hints = (
        "One weight per feature. Is the array of weights a row, a column or neither?",
        "w has the shape (dim, 1), so that wᵀX has the shape (1, m); b is a number.",
        "return np.zeros((dim, 1)), 0.0",
    )

    def test_weights_are_a_column(self, initialize_with_zeros):
        """The weights are a column of zeros, one row per feature."""
        for dim in (2, 5):
            w, _ = initialize_with_zeros(dim)
            assert_close(w, np.zeros((dim, 1)), f"w for {dim} features")

    def test_bias_is_a_number(self, initialize_with_zeros):
        """The bias is one number: zero."""
        _, b = initialize_with_zeros(3)
        assert_close(b, 0, "b")

    def test_fits_the_data(self, initialize_with_zeros, rng):
        """The linear part wᵀX + b has one value per example, all zero at the start."""
        X = rng.normal(size=(4, 6))
        w, b = initialize_with_zeros(4)
        assert_shape(w, (4, 1), "w")
        assert_close(w.T @ X + b, np.zeros((1, 6)), "w.T @ X + b")

    @mistake(
        "np.zeros(dim) is a rank-1 array (dim,), whose transpose is no row. Pass the shape as a "
        "tuple: (dim, 1)."
    )
    def rank_one(dim):
        return np.zeros(dim), 0.0

    @mistake("The weights are a row (1, dim); in this course they are a column (dim, 1).")
    def row(dim):
        return np.zeros((1, dim)), 0.0

    @mistake(
        "Logistic regression has a single neuron: one weight per feature, not a (dim, dim) matrix."
    )
    def square_matrix(dim):
        return np.zeros((dim, dim)), 0.0

    @mistake(
        "Small random weights break the symmetry between hidden units. Here is only one unit, and "
        "zeros are asked for."
    )
    def small_random_weights(dim):
        return np.random.default_rng(0).normal(size=(dim, 1)) * 0.01, 0.0

    @mistake("There is one row too many: the bias is a number of its own, not a part of w.")
    def bias_among_the_weights(dim):
        return np.zeros((dim + 1, 1)), 0.0
