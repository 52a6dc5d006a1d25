"""Exercises of c2w3 on batch normalization at prediction, when there is no batch."""

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import batchnorm, classic_batchnorm

__all__ = ["BatchNormInference", "FoldBatchNorm", "UpdateRunning"]


def _normalization(rng, n):
    """gamma, beta and running statistics, all different from 0 and 1."""
    running = {"mean": rng.normal(2, 1, n), "variance": rng.uniform(0.2, 4.0, n)}
    return rng.uniform(0.5, 2.0, n), rng.normal(size=n), running


def _by_number(row, gamma, beta, running, epsilon):
    """One example, one unit after the other."""
    units = zip(row, gamma, beta, running["mean"], running["variance"], strict=True)
    return [g * (z - mean) / (v + epsilon) ** 0.5 + b for z, g, b, mean, v in units]


@exercise(points=2, reference=batchnorm.update_running)
class UpdateRunning:
    """Running averages of the mean and the variance, kept during training."""

    hints = (
        "It is the exponentially weighted average of the notebook before. Which share is kept, "
        "and what happens to the dictionary that is passed in?",
        "running ← momentum · running + (1 − momentum) · batch, for the mean and the variance.",
        "`{n: momentum * running[n] + (1 - momentum) * statistics[n] for n in running}`",
    )

    def test_by_hand(self, update_running):
        """Three quarters of (0, 1) and a quarter of (4, 9) are (1, 3)."""
        running = {"mean": np.zeros(1), "variance": np.ones(1)}
        batch = {"mean": np.array([4.0]), "variance": np.array([9.0])}
        expected = {"mean": np.array([1.0]), "variance": np.array([3.0])}
        assert_close(update_running(running, batch, 0.75), expected, "the running statistics")

    def test_hundred_batches(self, update_running, rng):
        """Without a momentum it is 0.99: after 100 batches the start still counts 0.37."""
        running = {"mean": np.zeros(3), "variance": np.ones(3)}
        batch = {"mean": rng.normal(5, 1, 3), "variance": rng.uniform(2, 3, 3)}
        for _ in range(100):
            running = update_running(running, batch)
        share = 0.99**100
        expected = {
            "mean": (1 - share) * batch["mean"],
            "variance": share + (1 - share) * batch["variance"],
        }
        assert_close(running, expected, "the running statistics after 100 equal batches")

    def test_arguments_are_left_alone(self, update_running, rng):
        """The dictionaries passed in hold the same numbers afterwards."""
        running = {"mean": rng.normal(size=2), "variance": rng.uniform(1, 2, 2)}
        batch = {"mean": rng.normal(size=2), "variance": rng.uniform(3, 4, 2)}
        before = {name: value.copy() for name, value in running.items()}
        update_running(running, batch, 0.5)
        assert_close(running, before, "your input running after the call")

    @mistake("momentum is the share that is *kept*: momentum · running + (1 − momentum) · batch.")
    def shares_swapped(running, statistics, momentum=0.99):
        return {n: (1 - momentum) * running[n] + momentum * statistics[n] for n in running}

    @mistake("The new value is added in full. It gets the share 1 − momentum.")
    def added_in_full(running, statistics, momentum=0.99):
        return {n: momentum * running[n] + statistics[n] for n in running}

    @mistake("You forget what came before: one batch alone is too noisy. Average it in.")
    def last_batch(running, statistics, momentum=0.99):
        return {n: statistics[n].copy() for n in running}

    @mistake("Only the mean is averaged. The variance is needed at prediction as well.")
    def only_the_mean(running, statistics, momentum=0.99):
        mean = momentum * running["mean"] + (1 - momentum) * statistics["mean"]
        return {"mean": mean, "variance": running["variance"].copy()}

    @mistake("You write into the dictionary of the caller. Return a new one.")
    def overwritten(running, statistics, momentum=0.99):
        for name, value in running.items():
            value *= momentum
            value += (1 - momentum) * statistics[name]
        return running

    @mistake("The old value is not scaled down: without the factor momentum it grows for ever.")
    def grows(running, statistics, momentum=0.99):
        return {n: running[n] + (1 - momentum) * statistics[n] for n in running}


@exercise(points=2, reference=classic_batchnorm.batch_norm_inference)
class BatchNormInference:
    """Batch normalization at prediction, with the running statistics."""

    hints = (
        "The same formula, with other numbers in it. May the other examples of Z have a say?",
        "out = γ · (Z − running mean) / √(running variance + ε) + β.",
        '`gamma * (Z - running["mean"]) / np.sqrt(running["variance"] + epsilon) + beta`',
    )

    def test_by_hand(self, batch_norm_inference):
        """Running mean 2, variance 5, ε = 4: the value 8 becomes 2 · 6/3 + 1 = 5."""
        running = {"mean": np.array([2.0]), "variance": np.array([5.0])}
        out = batch_norm_inference(np.array([[8.0]]), np.array([2.0]), np.ones(1), running, 4.0)
        assert_close(out, np.array([[5.0]]), "out")

    def test_every_number(self, batch_norm_inference, rng):
        """Every unit is normalized with its own running statistics."""
        gamma, beta, running = _normalization(rng, 4)
        Z = rng.normal(size=(4, 4))
        expected = np.array([_by_number(row, gamma, beta, running, 0.3) for row in Z])
        assert_close(batch_norm_inference(Z, gamma, beta, running, 0.3), expected, "out")

    def test_neighbours_have_no_say(self, batch_norm_inference, rng):
        """An example alone gets the same numbers as among others."""
        gamma, beta, running = _normalization(rng, 3)
        Z = rng.normal(size=(5, 3))
        among = batch_norm_inference(Z, gamma, beta, running)
        alone = batch_norm_inference(Z[2:3], gamma, beta, running)
        expected = np.array([_by_number(row, gamma, beta, running, 1e-3) for row in Z])
        assert_close(among, expected, "out of five examples")
        assert_close(alone, expected[2:3], "out of one of them alone")

    @mistake(
        "You use the mean and variance of the batch. At prediction there may be one example only: "
        "take the running statistics."
    )
    def batch_statistics(Z, gamma, beta, running, epsilon=1e-3):
        return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon) + beta

    @mistake("The mean comes from the batch, the variance from the averages. Take both from there.")
    def batch_mean(Z, gamma, beta, running, epsilon=1e-3):
        return gamma * (Z - Z.mean(axis=0)) / np.sqrt(running["variance"] + epsilon) + beta

    @mistake("You divide by the variance. Take the root: √(σ² + ε).")
    def no_root(Z, gamma, beta, running, epsilon=1e-3):
        return gamma * (Z - running["mean"]) / (running["variance"] + epsilon) + beta

    @mistake("ε is missing or outside of the root: √(σ² + ε), as in training.")
    def epsilon_outside(Z, gamma, beta, running, epsilon=1e-3):
        return gamma * (Z - running["mean"]) / (np.sqrt(running["variance"]) + epsilon) + beta

    @mistake("γ and β are left out. They were learned for prediction, too.")
    def without_gamma_and_beta(Z, gamma, beta, running, epsilon=1e-3):
        return (Z - running["mean"]) / np.sqrt(running["variance"] + epsilon)

    @mistake("The mean is not subtracted.")
    def not_centred(Z, gamma, beta, running, epsilon=1e-3):
        return gamma * Z / np.sqrt(running["variance"] + epsilon) + beta


@exercise(points=2, reference=classic_batchnorm.fold_batch_norm)
class FoldBatchNorm:
    """The normalization of a trained network, melted into the layer before it."""

    hints = (
        "Write X W where Z stands in the formula of prediction, and sort: what multiplies X, and "
        "what is left over?",
        "scale = γ / √(σ² + ε); W' = W · scale (column by column), b' = β − μ · scale.",
        '`scale = gamma / np.sqrt(running["variance"] + epsilon)`, '
        '`return W * scale, beta - running["mean"] * scale`',
    )

    def test_by_hand(self, fold_batch_norm):
        """One weight 4, μ = 2, σ² + ε = 4, γ = 1 and β = 5 become the weight 2 and the bias 4."""
        running = {"mean": np.array([2.0]), "variance": np.array([3.0])}
        result = fold_batch_norm(np.array([[4.0]]), np.ones(1), np.array([5.0]), running, 1.0)
        assert_close(result, (np.array([[2.0]]), np.array([4.0])), "(W, b)")

    def test_same_outputs(self, fold_batch_norm, rng):
        """The one layer gives what the two gave, for inputs it has never seen."""
        for n_in in (3, 6):
            gamma, beta, running = _normalization(rng, 3)
            W, X = rng.normal(size=(n_in, 3)), rng.normal(size=(8, n_in))
            result = fold_batch_norm(W, gamma, beta, running, 0.2)
            assert isinstance(result, tuple | list) and len(result) == 2, "return (W, b)"
            folded, b = result
            assert_close(b, np.array(_by_number(np.zeros(3), gamma, beta, running, 0.2)), "b")
            assert np.shape(folded) == W.shape, f"W should keep its shape {W.shape}"
            expected = np.array([_by_number(row, gamma, beta, running, 0.2) for row in X @ W])
            assert_close(X @ folded + b, expected, "X W + b")

    @mistake("The bias is β alone. The mean that is subtracted has to go somewhere: β − μ · scale.")
    def mean_forgotten(W, gamma, beta, running, epsilon=1e-3):
        return W * gamma / np.sqrt(running["variance"] + epsilon), beta.copy()

    @mistake("The mean is subtracted without its scale: it too is multiplied by γ / √(σ² + ε).")
    def mean_not_scaled(W, gamma, beta, running, epsilon=1e-3):
        return W * gamma / np.sqrt(running["variance"] + epsilon), beta - running["mean"]

    @mistake("The mean is added. It was subtracted: β − μ · scale.")
    def wrong_sign(W, gamma, beta, running, epsilon=1e-3):
        scale = gamma / np.sqrt(running["variance"] + epsilon)
        return W * scale, beta + running["mean"] * scale

    @mistake("γ is left out of the scale: γ / √(σ² + ε).")
    def gamma_forgotten(W, gamma, beta, running, epsilon=1e-3):
        scale = 1 / np.sqrt(running["variance"] + epsilon)
        return W * scale, beta - running["mean"] * scale

    @mistake("β is scaled as well. It is added after the normalization, so it stays as it is.")
    def beta_scaled(W, gamma, beta, running, epsilon=1e-3):
        scale = gamma / np.sqrt(running["variance"] + epsilon)
        return W * scale, (beta - running["mean"]) * scale

    @mistake("The root is missing: the scale is γ / √(σ² + ε).")
    def no_root(W, gamma, beta, running, epsilon=1e-3):
        scale = gamma / (running["variance"] + epsilon)
        return W * scale, beta - running["mean"] * scale
