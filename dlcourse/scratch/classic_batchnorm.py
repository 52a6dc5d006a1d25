"""Batch normalization as it is used: in prediction alone, and melted into the layer before it."""

import numpy as np

from dlcourse.scratch import batchnorm
from dlcourse.scratch.named_arrays import parameter_array
from dlcourse.scratch.ranges import positive

__all__ = ["batch_norm_inference", "fold_batch_norm"]


def batch_norm_inference(Z, gamma, beta, running, epsilon=1e-3):
    """Normalize with the running statistics, without a cache: gamma (Z - μ) / √(σ² + ε) + beta.

    Args:
        Z: outputs of a layer before its activation, shape (m, …, n); m may be 0.
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        running: dictionary "mean", "variance", each (n,).
        epsilon: as in training, above 0.

    Returns:
        Array of the shape of Z; an example's row does not depend on the others.

    Raises:
        ValueError: a shape does not fit, an array holds NaN, or a variance is below 0.

    Example:
        >>> running = {"mean": np.array([2.0]), "variance": np.array([4.0])}
        >>> batch_norm_inference([[6.0]], np.ones(1), np.ones(1), running, 1e-12).round(6).tolist()
        [[3.0]]
    """
    return batchnorm.batch_norm_inference(Z, gamma, beta, running, epsilon)[0]


def fold_batch_norm(W, gamma, beta, running, epsilon=1e-3):
    """Make one linear layer of a layer without bias and the normalization that follows it.

    With running statistics, normalization is only a factor and a shift for each feature, and the
    layer before can do both itself: nothing is left to compute at prediction.

    Args:
        W: weights of the layer, shape (n_in, n); its outputs are X W.
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        running: dictionary "mean", "variance", each (n,).
        epsilon: as in training, above 0.

    Returns:
        (W, b) of shapes (n_in, n) and (n,) with X W + b equal to the normalized outputs.

    Raises:
        ValueError: W is not a matrix of numbers, gamma or beta are not a number per feature, or
            epsilon is not above 0.

    Reference:
        Jacob et al., "Quantization and training of neural networks for efficient
        integer-arithmetic-only inference", 2018, §3.2.

    Example:
        >>> running = {"mean": np.array([2.0]), "variance": np.array([3.0])}
        >>> W, b = fold_batch_norm([[4.0]], np.array([1.0]), np.array([5.0]), running, epsilon=1.0)
        >>> W.tolist(), b.tolist()
        ([[2.0]], [4.0])
    """
    sizes = {}
    W = parameter_array("W", W, ("n_in", "n"), sizes)
    gamma = parameter_array("gamma", gamma, ("n",), sizes)
    beta = parameter_array("beta", beta, ("n",), sizes)
    scale = gamma / np.sqrt(running["variance"] + positive("epsilon", epsilon))
    return W * scale, beta - running["mean"] * scale
