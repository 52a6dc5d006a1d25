"""Exercise of c2w3: batch normalization of a mini-batch."""

import numpy as np

from dlcourse.exercises.c2w3.batch_norm_oracle import normalized
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import batchnorm

__all__ = ["BatchNormForward"]


def _forward(Z, gamma, beta, epsilon, **changed):
    """The forward pass for the mistakes: mean, variance, scale or out may be another function."""
    mean = changed.get("mean", lambda Z: Z.mean(axis=0))(Z)
    variance = changed.get("variance", lambda Z: Z.var(axis=0))(Z)
    scale = changed.get("scale", lambda v: 1 / np.sqrt(v + epsilon))(variance)
    normal = (Z - mean) * scale
    out = changed.get("out", lambda normal: gamma * normal + beta)(normal)
    return out, {"mean": mean, "variance": variance}, (normal, gamma, scale)


@exercise(points=3, reference=batchnorm.batch_norm_forward)
class BatchNormForward:
    """Batch normalization of a mini-batch, with its statistics."""

    hints = (
        "Examples are rows now, so the values of one unit stand in a column. Along which axis do "
        "you average, and what is added before the root, what after?",
        "μ = mean of each column, σ² = mean of (z − μ)²; scale = 1 / √(σ² + ε); normal = "
        "(Z − μ) · scale; out = γ · normal + β.",
        "`mean, variance = Z.mean(axis=0), Z.var(axis=0)`, `scale = 1 / np.sqrt(variance + "
        "epsilon)`, `normal = (Z - mean) * scale`, and return `gamma * normal + beta, {…}, "
        "(normal, gamma, scale)`",
    )

    def test_by_hand(self, batch_norm_forward):
        """Values 1 and 3 with ε = 3: μ = 2, σ² = 1, √4 = 2, so ∓½ before γ = 2 and β = 5."""
        Z, one = np.array([[1.0], [3.0]]), np.ones(1)
        out, statistics, cache = batch_norm_forward(Z, 2 * one, 5 * one, epsilon=3.0)
        assert_close(out, np.array([[4.0], [6.0]]), "out")
        assert_close(statistics, {"mean": 2 * one, "variance": one}, "statistics")
        expected = (np.array([[-0.5], [0.5]]), 2 * one, 0.5 * one)
        assert_close(cache, expected, "cache = (normal, gamma, scale)")

    def test_every_number(self, batch_norm_forward, rng):
        """Every unit has its own mean and variance, also where there are as many units as rows."""
        for m in (5, 7):
            Z = rng.normal(size=(m, 5)) * [0.5, 1, 2, 4, 8] + rng.normal(size=5)
            gamma, beta = rng.uniform(0.5, 2, 5), rng.normal(size=5)
            out, mean, variance = normalized(Z, gamma, beta, 0.3)
            result = batch_norm_forward(Z, gamma, beta, 0.3)
            assert isinstance(result, tuple | list) and len(result) == 3, (
                "return three things: out, statistics, cache"
            )
            assert_close(result[0], out, f"out for Z of shape ({m}, 5)")
            assert_close(result[1], {"mean": mean, "variance": variance}, "statistics")

    def test_mean_and_spread(self, batch_norm_forward, rng):
        """Whatever comes in, every unit goes out with mean β and standard deviation γ."""
        Z = rng.normal(50, 20, size=(40, 3))
        gamma, beta = np.array([0.1, 1.0, 3.0]), np.array([7.0, 0.0, -2.0])
        out = batch_norm_forward(Z, gamma, beta, epsilon=1e-9)[0]
        assert isinstance(out, np.ndarray), "out should be an array"
        assert_close(out.mean(axis=0), beta, "the means of out")
        assert_close(out.std(axis=0), gamma, "the standard deviations of out")

    def test_bias_vanishes(self, batch_norm_forward, rng):
        """A bias added to the units before does not change what comes out."""
        Z, b = rng.normal(size=(6, 2)), np.array([100.0, -3.0])
        gamma, beta = np.array([2.0, 0.5]), np.array([1.0, -1.0])
        out = batch_norm_forward(Z + b, gamma, beta)[0]
        assert_close(out, normalized(Z, gamma, beta, 1e-3)[0], "out")

    def test_batch_of_one(self, batch_norm_forward):
        """One example alone is its own mean: only β is left of it, and nothing is divided by 0."""
        out = batch_norm_forward(np.array([[4.0, -9.0]]), np.ones(2), np.array([0.5, 2.0]))[0]
        assert_close(out, np.array([[0.5, 2.0]]), "out")

    @mistake(
        "You average along the rows. Examples are rows here, so a unit's values lie in axis 0."
    )
    def along_the_rows(Z, gamma, beta, epsilon=1e-3):
        return _forward(
            Z, gamma, beta, epsilon,
            mean=lambda Z: Z.mean(axis=1, keepdims=True),
            variance=lambda Z: Z.var(axis=1, keepdims=True),
        )  # fmt: skip

    @mistake("One mean and one variance for all units together: give each column its own, axis=0.")
    def over_everything(Z, gamma, beta, epsilon=1e-3):
        return _forward(
            Z, gamma, beta, epsilon,
            mean=lambda Z: np.full(Z.shape[1], Z.mean()),
            variance=lambda Z: np.full(Z.shape[1], Z.var()),
        )  # fmt: skip

    @mistake("ε stands outside of the root. Here it is under it: √(σ² + ε).")
    def epsilon_outside(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon, scale=lambda v: 1 / (np.sqrt(v) + epsilon))

    @mistake("ε is missing, so that a unit which never changes is divided by 0.")
    def no_epsilon(Z, gamma, beta, epsilon=1e-3):
        with np.errstate(all="ignore"):
            return _forward(Z, gamma, beta, epsilon, scale=lambda v: 1 / np.sqrt(v))

    @mistake("You divide by the variance. The root is missing: √(σ² + ε).")
    def no_root(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon, scale=lambda v: 1 / (v + epsilon))

    @mistake(
        "The variance is divided by m − 1 (ddof=1). Batch normalization takes the plain mean of "
        "the squares, divided by m."
    )
    def sample_variance(Z, gamma, beta, epsilon=1e-3):
        with np.errstate(all="ignore"):
            return _forward(
                Z, gamma, beta, epsilon,
                variance=lambda Z: ((Z - Z.mean(axis=0)) ** 2).sum(axis=0) / (len(Z) - 1),
            )  # fmt: skip

    @mistake("γ and β have changed places: γ multiplies, β is added.")
    def gamma_and_beta_swapped(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon, out=lambda normal: beta * normal + gamma)

    @mistake("You stop at the normalized values. γ times them plus β is what goes on.")
    def without_gamma_and_beta(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon, out=lambda normal: normal)

    @mistake("β is added before γ multiplies: γ · normal comes first, then β.")
    def beta_is_scaled(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon, out=lambda normal: gamma * (normal + beta))

    @mistake("The mean of the squares is not the variance until the mean is subtracted: (z − μ)².")
    def not_centred(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon, variance=lambda Z: (Z**2).mean(axis=0))

    @mistake("statistics should hold the variance σ² of the batch, not its root.")
    def statistics_with_deviation(Z, gamma, beta, epsilon=1e-3):
        out, statistics, cache = _forward(Z, gamma, beta, epsilon)
        return out, {**statistics, "variance": np.sqrt(statistics["variance"])}, cache

    @mistake("Only out comes back. Return the statistics and the cache too.")
    def only_out(Z, gamma, beta, epsilon=1e-3):
        return _forward(Z, gamma, beta, epsilon)[0]
