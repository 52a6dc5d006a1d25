"""Batch normalization: standardize every feature over the mini-batch, then let it be rescaled.

The last axis holds the features (or the channels of an image), all others are averaged over:
features (m, n), images (m, h, w, c). What a layer before adds to a feature goes away with the mean,
so that layer needs no bias: beta takes its place.
"""

import numpy as np

from dlcourse.scratch.averages import update_average
from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import check_numbers
from dlcourse.scratch.ranges import fraction, positive, whole_number

__all__ = [
    "batch_norm_backward",
    "batch_norm_forward",
    "batch_norm_inference",
    "batch_norm_inference_backward",
    "initialize_running",
    "update_running",
]


def initialize_running(n, dtype=np.float64):
    """Running statistics before the first batch: mean 0 and variance 1 for every feature.

    Args:
        n: number of features or channels, at least 1.
        dtype: precision, as the data have it.

    Returns:
        dict "mean", "variance", each of shape (n,).

    Raises:
        ValueError: n is not a whole number of at least 1.

    Example:
        >>> initialize_running(2)
        {'mean': array([0., 0.]), 'variance': array([1., 1.])}
    """
    n = whole_number("n", n, 1)
    return {"mean": np.zeros(n, dtype), "variance": np.ones(n, dtype)}


def update_running(running, statistics, momentum=0.99):
    """Move the running statistics towards those of a batch, for the day without a batch.

    Args:
        running: dictionary "mean", "variance", each (n,); left as it is.
        statistics: mean and variance of the batch, as `batch_norm_forward` returns them.
        momentum: share of the old that is kept, in [0, 1).

    Returns:
        New dictionary "mean", "variance". The variance is that of the batch itself, divided by
        the number of examples and not by one less, as Keras has it.

    Raises:
        ValueError: momentum is outside [0, 1), or the shapes differ.

    Example:
        >>> batch = {"mean": np.array([4.0]), "variance": np.array([9.0])}
        >>> update_running(initialize_running(1), batch, momentum=0.75)
        {'mean': array([1.]), 'variance': array([3.])}
    """
    keep = fraction("momentum", momentum)
    return {name: update_average(running[name], statistics[name], keep) for name in running}


def batch_norm_forward(Z, gamma, beta, epsilon=1e-3):
    """Normalize with the mean and variance of this batch: gamma (Z - μ) / √(σ² + ε) + beta.

    Args:
        Z: outputs of a layer before its activation, shape (m, …, n), one example or more.
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        epsilon: keeps the division finite for a feature that never changes, above 0.

    Returns:
        (out, statistics, cache): out of the shape of Z; statistics {"mean", "variance"} of the
        batch, each (n,), for `update_running`; the cache for `batch_norm_backward`.

    Raises:
        ValueError: a shape does not fit, Z has no example, or gamma or beta holds NaN.

    Reference:
        Ioffe and Szegedy, "Batch normalization", 2015, algorithm 1.

    Example:
        >>> Z, ones = np.array([[1.0], [3.0]]), np.ones(1)
        >>> out, statistics, _ = batch_norm_forward(Z, 2 * ones, 5 * ones, epsilon=1e-12)
        >>> out.round(6).tolist(), statistics["mean"].tolist(), statistics["variance"].tolist()
        ([[3.0], [7.0]], [2.0], [1.0])
    """
    Z, gamma, beta = _checked(Z, gamma, beta)
    if Z.size == 0:
        raise ValueError(f"Z: expected one example or more to take a mean of; got shape {Z.shape}")
    mean = _over_examples(np.mean, Z)
    centred = Z - mean
    variance = _over_examples(np.mean, np.square(centred))
    scale = 1.0 / np.sqrt(variance + positive("epsilon", epsilon))
    normal = centred * scale
    return gamma * normal + beta, {"mean": mean, "variance": variance}, (normal, gamma, scale)


def batch_norm_backward(dout, cache):
    """Go back through the normalization, μ and σ² included: both depend on every example.

    With them the gradient loses its mean and its part along the normalized values: moving or
    stretching the whole batch changes nothing that comes out.

    Args:
        dout: gradient of the cost with respect to out, in its shape.
        cache: of `batch_norm_forward`.

    Returns:
        (dZ, dgamma, dbeta): dZ of the shape of Z, dgamma and dbeta (n,), summed over the batch.

    Raises:
        ValueError: dout does not have the shape of out.

    Example:
        >>> Z, ones = np.array([[1.0], [3.0], [8.0]]), np.ones(1)
        >>> _, _, cache = batch_norm_forward(Z, ones, ones)
        >>> dZ, dgamma, dbeta = batch_norm_backward(np.array([[1.0], [2.0], [0.0]]), cache)
        >>> round(abs(float(dZ.sum())), 9), dbeta.tolist()
        (0.0, [3.0])
    """
    normal, gamma, scale = cache
    dout, (dgamma, dbeta) = _sums(dout, normal)
    count = normal.size // len(gamma)
    dZ = gamma * scale * (dout - dbeta / count - normal * (dgamma / count))
    return dZ, dgamma, dbeta


def batch_norm_inference(Z, gamma, beta, running, epsilon=1e-3):
    """Normalize with the running statistics, so that no example depends on its neighbours.

    Args:
        Z: outputs of a layer before its activation, shape (m, …, n); m may be 0.
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        running: dictionary "mean", "variance", each (n,).
        epsilon: as in training, above 0.

    Returns:
        (out, cache): out of the shape of Z, and the cache for `batch_norm_inference_backward`.

    Raises:
        ValueError: a shape does not fit, an array holds NaN, or a variance is below 0.

    Reference:
        Ioffe and Szegedy, "Batch normalization", 2015, algorithm 2.

    Example:
        >>> running = {"mean": np.array([2.0]), "variance": np.array([4.0])}
        >>> out, _ = batch_norm_inference(np.array([[6.0]]), np.ones(1), np.ones(1), running, 1e-12)
        >>> out.round(6).tolist()
        [[3.0]]
    """
    Z, gamma, beta = _checked(Z, gamma, beta)
    mean, variance = (_row(f"running[{name!r}]", running[name], Z) for name in ("mean", "variance"))
    if not np.all(variance >= 0):
        raise ValueError(f"running['variance']: expected no number below 0; got {variance}")
    scale = 1.0 / np.sqrt(variance + positive("epsilon", epsilon))
    normal = (Z - mean) * scale
    return gamma * normal + beta, (normal, gamma, scale)


def batch_norm_inference_backward(dout, cache):
    """Go back through the normalization with running statistics, which are constants here.

    Needed where a trained layer is frozen and what lies before it is still learning.

    Args:
        dout: gradient of the cost with respect to out, in its shape.
        cache: of `batch_norm_inference`.

    Returns:
        (dZ, dgamma, dbeta): dZ of the shape of Z, dgamma and dbeta (n,), summed over the batch.

    Raises:
        ValueError: dout does not have the shape of out.

    Example:
        >>> running = {"mean": np.array([0.0]), "variance": np.array([3.0])}
        >>> one = np.ones((1, 1))
        >>> _, cache = batch_norm_inference(one, np.ones(1), np.ones(1), running, epsilon=1.0)
        >>> [gradient.tolist() for gradient in batch_norm_inference_backward(one, cache)]
        [[[0.5]], [0.5], [1.0]]
    """
    normal, gamma, scale = cache
    dout, (dgamma, dbeta) = _sums(dout, normal)
    return gamma * scale * dout, dgamma, dbeta


def _over_examples(reduce, array):
    # in float64: of 100 000 float32 numbers added one by one the last digits would be lost
    axes = tuple(range(array.ndim - 1))
    return reduce(array, axis=axes, dtype=np.float64).astype(array.dtype)


def _sums(dout, normal):
    dout = as_float(dout)
    if dout.shape != normal.shape:
        raise ValueError(f"dout: expected the shape of out, {normal.shape}; got {dout.shape}")
    return dout, (_over_examples(np.sum, dout * normal), _over_examples(np.sum, dout))


def _checked(Z, gamma, beta):
    Z = as_float(Z)
    if Z.ndim < 2 or Z.shape[-1] == 0:
        raise ValueError(
            f"Z: expected (m, …, n), examples first and features last; got shape {Z.shape}"
        )
    return Z, _row("gamma", gamma, Z), _row("beta", beta, Z)


def _row(name, values, Z):
    values = as_float(values)
    if values.shape != Z.shape[-1:]:
        raise ValueError(
            f"{name}: expected shape {Z.shape[-1:]}, a number per feature of Z; got {values.shape}"
        )
    check_numbers(name, values)
    return values
