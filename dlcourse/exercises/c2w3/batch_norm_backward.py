"""Exercise of c2w3: the way back through batch normalization."""

import numpy as np

from dlcourse.exercises.c2w3.batch_norm_oracle import normalized, slopes
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import batchnorm

__all__ = ["BatchNormBackward"]


def _cache(Z, gamma, epsilon):
    """What the forward pass hands on: (normal, gamma, scale)."""
    normal, _, variance = normalized(Z, np.ones(len(gamma)), np.zeros(len(gamma)), epsilon)
    return normal, gamma, 1 / np.sqrt(variance + epsilon)


def _sums(dout, normal):
    return (dout * normal).sum(axis=0), dout.sum(axis=0)


@exercise(points=4, reference=batchnorm.batch_norm_backward)
class BatchNormBackward:
    """The gradients of batch normalization, through the mean and the variance too."""

    hints = (
        "A value of one example moves its own output, and through μ and σ² the outputs of all "
        "others. Which two parts of dout does the batch as a whole cancel?",
        "dβ = Σ dout, dγ = Σ dout · normal (over the examples); "
        "dZ = γ · scale · (dout − dβ/m − normal · dγ/m).",
        "`dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)`, then "
        "`gamma * scale * (dout - dbeta / m - normal * dgamma / m)` with `m = len(dout)`",
    )

    def test_by_hand(self, batch_norm_backward):
        """Three normalized values −1, 0, 1, of which the first gets a gradient of 3."""
        cache = (np.array([[-1.0], [0.0], [1.0]]), np.array([2.0]), np.array([0.5]))
        result = batch_norm_backward(np.array([[3.0], [0.0], [0.0]]), cache)
        # dβ = 3, dγ = −3; dZ = 2 · ½ · (dout − 1 + normal)
        expected = np.array([[1.0], [-1.0], [0.0]]), np.array([-3.0]), np.array([3.0])
        assert_close(result, expected, "(dZ, dgamma, dbeta)")

    def test_against_differences(self, batch_norm_backward, rng):
        """All three agree with central differences of the forward pass."""
        Z, weights = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
        gamma, beta = rng.uniform(0.5, 2, 3), rng.normal(size=3)

        def cost(Z, gamma, beta):
            return np.sum(weights * normalized(Z, gamma, beta, 0.2)[0])

        result = batch_norm_backward(weights, _cache(Z, gamma, 0.2))
        expected = (
            slopes(lambda Z: cost(Z, gamma, beta), Z),
            slopes(lambda gamma: cost(Z, gamma, beta), gamma),
            slopes(lambda beta: cost(Z, gamma, beta), beta),
        )
        assert_close(result, expected, "(dZ, dgamma, dbeta)", tolerance=1e-6)

    def test_what_the_batch_cancels(self, batch_norm_backward, rng):
        """Moving all examples alike changes nothing, so every column of dZ sums to 0."""
        Z, gamma = rng.normal(size=(8, 2)), np.array([0.7, 3.0])
        dZ = batch_norm_backward(rng.normal(size=(8, 2)), _cache(Z, gamma, 0.1))[0]
        assert isinstance(dZ, np.ndarray), "dZ should be an array"
        assert_close(dZ.sum(axis=0), np.zeros(2), "the sums of dZ over the examples")

    @mistake(
        "μ and σ² are treated as constants. Both depend on every example of the batch: subtract "
        "dβ/m and normal · dγ/m from dout."
    )
    def constant_statistics(dout, cache):
        normal, gamma, scale = cache
        return gamma * scale * dout, *_sums(dout, normal)

    @mistake("The way through the variance is missing: subtract normal · dγ/m as well.")
    def constant_variance(dout, cache):
        normal, gamma, scale = cache
        dgamma, dbeta = _sums(dout, normal)
        return gamma * scale * (dout - dbeta / len(dout)), dgamma, dbeta

    @mistake("The way through the mean is missing: subtract dβ/m as well.")
    def constant_mean(dout, cache):
        normal, gamma, scale = cache
        dgamma, dbeta = _sums(dout, normal)
        return gamma * scale * (dout - normal * dgamma / len(dout)), dgamma, dbeta

    @mistake("The sums over the batch are not divided by m within dZ.")
    def sums_not_averaged(dout, cache):
        normal, gamma, scale = cache
        dgamma, dbeta = _sums(dout, normal)
        return gamma * scale * (dout - dbeta - normal * dgamma), dgamma, dbeta

    @mistake(
        "dγ and dβ are averaged. The gradients of γ and β are sums over the batch; the 1/m of the "
        "cost is in dout already."
    )
    def parameters_averaged(dout, cache):
        normal, gamma, scale = cache
        m = len(dout)
        dgamma, dbeta = _sums(dout, normal)
        dZ = gamma * scale * (dout - dbeta / m - normal * dgamma / m)
        return dZ, dgamma / m, dbeta / m

    @mistake("γ is missing in dZ: the output is γ · normal, so its slope has the factor γ.")
    def gamma_forgotten(dout, cache):
        normal, _, scale = cache
        m = len(dout)
        dgamma, dbeta = _sums(dout, normal)
        return scale * (dout - dbeta / m - normal * dgamma / m), dgamma, dbeta

    @mistake("The scale 1/√(σ² + ε) is missing in dZ.")
    def scale_forgotten(dout, cache):
        normal, gamma, _ = cache
        m = len(dout)
        dgamma, dbeta = _sums(dout, normal)
        return gamma * (dout - dbeta / m - normal * dgamma / m), dgamma, dbeta

    @mistake("dγ and dβ have changed places: return dZ, dgamma, dbeta.")
    def swapped(dout, cache):
        normal, gamma, scale = cache
        m = len(dout)
        dgamma, dbeta = _sums(dout, normal)
        return gamma * scale * (dout - dbeta / m - normal * dgamma / m), dbeta, dgamma

    @mistake("The sums go over the units. γ and β belong to units: sum over the examples, axis=0.")
    def along_the_rows(dout, cache):
        normal, gamma, scale = cache
        m, rows = dout.shape[1], dict(axis=1, keepdims=True)
        dgamma, dbeta = (dout * normal).sum(**rows), dout.sum(**rows)
        dZ = gamma * scale * (dout - dbeta / m - normal * dgamma / m)
        return dZ, dgamma.ravel(), dbeta.ravel()
