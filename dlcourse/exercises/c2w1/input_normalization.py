"""Input normalisation: what is learnt from the training set, and applied to every set."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import normalization

__all__ = ["FitNormalizer", "Normalize"]


@exercise(points=2, reference=normalization.fit_normalizer)
class FitNormalizer:
    """Mean and standard deviation of every feature of the training set."""

    hints = (
        "A feature is a row of X_train. Along which axis do you average, and what shape must the "
        "result have to be subtracted from X? What would a feature that never changes do?",
        "μ = (1/m) Σ x, σ = √((1/m) Σ (x − μ)²), both (n_x, 1); σ = 1 where the largest value of a "
        "feature equals its smallest.",
        "mu and sigma with axis=1, keepdims=True; constant = np.ptp(X_train, axis=1, "
        "keepdims=True) == 0; return mu, np.where(constant, 1.0, sigma)",
    )

    def test_by_hand(self, fit_normalizer):
        """Two features of four examples agree with a calculation by hand."""
        X = np.array([[1.0, 5.0, 5.0, 9.0], [-2.0, 2.0, -2.0, 2.0]])
        mu, sigma = fit_normalizer(X)
        assert_close(mu, np.array([[5.0], [0.0]]), "mu")
        assert_close(sigma, np.array([[math.sqrt(8.0)], [2.0]]), "sigma")

    def test_every_feature_has_its_own(self, fit_normalizer, rng):
        """As many examples as features: mean and spread still belong to the rows."""
        X = rng.normal(size=(5, 5)) * 10.0 ** np.arange(-2, 3)[:, np.newaxis] + 3
        mu, sigma = fit_normalizer(X)
        means = [math.fsum(row) / 5 for row in X.tolist()]
        squares = [
            [(x - mean) ** 2 for x in row] for row, mean in zip(X.tolist(), means, strict=True)
        ]
        spreads = [math.sqrt(math.fsum(row) / 5) for row in squares]
        assert_close(mu, np.array([means]).T, "mu")
        assert_close(sigma, np.array([spreads]).T, "sigma")

    def test_feature_that_never_changes(self, fit_normalizer):
        """A feature that is the same everywhere gets sigma 1, so that nobody divides by 0."""
        X = np.array([[4.0, 4.0, 4.0], [1.0, 3.0, 5.0], [0.0, 0.0, 0.0]])
        _, sigma = fit_normalizer(X)
        assert_close(sigma, np.array([[1.0], [math.sqrt(8 / 3)], [1.0]]), "sigma")

    def test_constant_that_is_rounded(self, fit_normalizer):
        """So does a feature that is 0.1 everywhere, though the mean of 0.1s is not quite 0.1."""
        X = np.array([[0.1, 0.1, 0.1], [0.1, 0.2, 0.3]])
        mu, sigma = fit_normalizer(X)
        assert_close(mu, np.array([[0.1], [0.2]]), "mu")
        assert_close(sigma, np.array([[1.0], [math.sqrt(0.02 / 3)]]), "sigma")

    @mistake("That is σ², the variance. Take its square root: the standard deviation.")
    def variance(X_train):
        return _moments(X_train, sigma=lambda X: X.var(axis=1, keepdims=True))

    @mistake(
        "You average over the features (axis=0). An example is a column here, so the values of "
        "one feature lie along a row: axis=1."
    )
    def across_the_features(X_train):
        return _moments(
            X_train,
            mu=lambda X: X.mean(axis=0, keepdims=True),
            sigma=lambda X: X.std(axis=0, keepdims=True),
        )

    @mistake(
        "mu and sigma have one axis, (n_x,). Subtracted from X they would lie along the examples: "
        "keep them columns with keepdims=True."
    )
    def rank_one(X_train):
        mu, sigma = _moments(X_train)
        return mu.ravel(), sigma.ravel()

    @mistake(
        "The standard deviation of a feature that never changes is 0, and somebody will divide by "
        "it. Put a 1 there."
    )
    def zero_is_left(X_train):
        varies = np.ptp(X_train, axis=1, keepdims=True) > 0
        mu, sigma = _moments(X_train)
        return mu, np.where(varies, sigma, 0.0)

    @mistake(
        "sigma == 0 does not find every constant feature: the mean of many 0.1s is rounded, and "
        "their spread is then 1e-17 and not 0. Compare the largest value with the smallest."
    )
    def looks_for_an_exact_zero(X_train):
        mu, sigma = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
        return mu, np.where(sigma == 0, 1.0, sigma)

    @mistake(
        "You divide by m − 1 (ddof=1). Here the spread is that of the m examples: divide by m."
    )
    def divided_by_one_less(X_train):
        return _moments(X_train, sigma=lambda X: X.std(axis=1, keepdims=True, ddof=1))

    @mistake("One mean and one spread for everything: an area and a ratio have nothing in common.")
    def one_for_all(X_train):
        column = np.ones((len(X_train), 1))
        return X_train.mean() * column, X_train.std() * column


def _moments(X, mu=None, sigma=None):
    """Both columns with the constants taken care of, for mistakes whose fault lies elsewhere."""
    mean = (mu or (lambda X: X.mean(axis=1, keepdims=True)))(X)
    spread = (sigma or (lambda X: X.std(axis=1, keepdims=True)))(X)
    return mean, np.where(spread < 1e-12, 1.0, spread)


@exercise(points=1, reference=normalization.normalize)
class Normalize:
    """Any set, shifted and scaled by what the training set taught."""

    hints = (
        "First move the mean to 0, then make the spread 1. Whose mean, whose spread?",
        "(X − μ) / σ, with the μ and σ that you are given, whatever set X is.",
        "return (X - mu) / sigma",
    )

    def test_by_hand(self, normalize):
        """Two features of three examples agree with a calculation by hand."""
        X = np.array([[1.0, 5.0, 9.0], [0.3, 0.5, 0.6]])
        mu, sigma = np.array([[5.0], [0.5]]), np.array([[2.0], [0.1]])
        expected = np.array([[-2.0, 0.0, 2.0], [-2.0, 0.0, 1.0]])
        assert_close(normalize(X, mu, sigma), expected, "the normalised examples")

    def test_another_set(self, normalize, rng):
        """A test set goes through the same transformation as the training set."""
        mu, sigma = np.array([[2.0], [-1.0], [0.5]]), np.array([[3.0], [0.25], [7.0]])
        Z = rng.normal(1.0, 2.0, size=(3, 3))  # in units of sigma; not centred at 0
        assert_close(normalize(mu + sigma * Z, mu, sigma), Z, "the normalised examples")

    def test_single_example(self, normalize):
        """One example alone, of which no mean can be taken, is normalised too."""
        actual = normalize(np.array([[8.0], [1.0]]), np.array([[2.0], [3.0]]), np.full((2, 1), 4.0))
        assert_close(actual, np.array([[1.5], [-0.5]]), "the normalised example")

    def test_input_is_left_alone(self, normalize):
        """The array that is passed in is the same afterwards."""
        X = np.array([[1.0, 2.0]])
        normalize(X, np.array([[1.5]]), np.array([[0.5]]))
        assert_close(X, np.array([[1.0, 2.0]]), "your input after the call")

    @mistake("You divide by σ². That makes the spread 1/σ, not 1: divide by σ.")
    def divided_by_the_variance(X, mu, sigma):
        return (X - mu) / sigma**2

    @mistake(
        "You compute the mean and the spread of X anew. Then the test set goes through another "
        "transformation than the training set: use mu and sigma."
    )
    def statistics_of_its_own(X, mu, sigma):
        spread = X.std(axis=1, keepdims=True)
        return (X - X.mean(axis=1, keepdims=True)) / np.where(spread == 0, 1.0, spread)

    @mistake("The features are centred, but still of very different sizes: divide by sigma, too.")
    def only_centred(X, mu, sigma):
        return X - mu

    @mistake("You scale without centring: subtract mu first.")
    def only_scaled(X, mu, sigma):
        return X / sigma

    @mistake("Division comes before subtraction here. Put brackets around X - mu.")
    def without_brackets(X, mu, sigma):
        return X - mu / sigma

    @mistake("You multiply by sigma. To bring a spread of sigma to 1, divide by it.")
    def multiplied(X, mu, sigma):
        return (X - mu) * sigma

    @mistake("`-=` and `/=` write into the caller's array. Return a new one: (X - mu) / sigma.")
    def caller_overwritten(X, mu, sigma):
        X -= mu
        X /= sigma
        return X
