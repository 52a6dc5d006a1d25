"""Penalties on large weights: L1, L2, the Frobenius norm of a whole network, and weight decay.

The penalty is added to the cost, its gradient to the gradient of the cost. λ sets its weight, and
like the cost it is divided by the number m of examples. Biases are left alone: there are few of
them, and they do not multiply anything.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.parameter_trees import (
    gradients_like,
    leaves,
    map_leaves,
    map_with_path,
    path_name,
)

__all__ = [
    "frobenius_gradients",
    "frobenius_penalty",
    "l1_gradient",
    "l1_penalty",
    "l2_gradient",
    "l2_penalty",
    "soft_threshold",
    "weight_decay_update",
]


def l1_penalty(W, lambd, m):
    """L1 penalty: λ/m times the sum of the absolute weights.

    Args:
        W: weights, any shape, finite.
        lambd: λ, 0 or more ("lambda" is a word of Python).
        m: number of examples, 1 or more.

    Returns:
        float.

    Raises:
        ValueError: lambd or m is out of its range, or W is not finite.

    Reference:
        Tibshirani, "Regression shrinkage and selection via the lasso", 1996.

    Example:
        >>> l1_penalty(np.array([[3.0, -4.0]]), 0.5, 7)
        0.5
    """
    return _rate(lambd, m) * float(np.sum(np.abs(_weights(W))))


def l1_gradient(W, lambd, m):
    """Gradient of `l1_penalty`: a pull of the same strength on every weight, whatever its size.

    Args:
        W: weights, any shape, finite.
        lambd: λ, 0 or more.
        m: number of examples, 1 or more.

    Returns:
        λ/m · sign(W), shape of W; 0 at 0, where the penalty has a kink.

    Raises:
        ValueError: as `l1_penalty`.

    Example:
        >>> l1_gradient(np.array([[3.0, 0.0, -4.0]]), 0.5, 1).tolist()
        [[0.5, 0.0, -0.5]]
    """
    return _rate(lambd, m) * np.sign(_weights(W))


def soft_threshold(W, threshold):
    """Pull every weight towards 0 by the same amount, and stop at 0: how L1 gives sparse weights.

    A step along −`l1_gradient` would jump over 0 and back for ever. This is the step that minimises
    the penalty and the squared distance from W together.

    Args:
        W: weights, any shape, finite.
        threshold: how far to pull, 0 or more; αλ/m for a step of size α.

    Returns:
        sign(W) · max(|W| − threshold, 0), shape of W.

    Raises:
        ValueError: threshold is negative or W is not finite.

    Reference:
        Daubechies, Defrise and De Mol, "An iterative thresholding algorithm for linear inverse
        problems with a sparsity constraint", 2004.

    Example:
        >>> soft_threshold(np.array([3.0, -0.5, -2.0]), 1.0).tolist()
        [2.0, 0.0, -1.0]
    """
    if not threshold >= 0:
        raise ValueError(f"threshold: expected 0 or more; got {threshold!r}")
    W = _weights(W)
    return W - np.clip(W, -float(threshold), float(threshold))


def l2_penalty(W, lambd, m):
    """L2 penalty: λ/2m times the sum of the squared weights.

    Args:
        W: weights, any shape, finite.
        lambd: λ, 0 or more.
        m: number of examples, 1 or more.

    Returns:
        float.

    Raises:
        ValueError: as `l1_penalty`.

    Example:
        >>> l2_penalty(np.array([[3.0, -4.0]]), 2.0, 5)
        5.0
    """
    return _rate(lambd, m) / 2 * float(np.sum(np.square(_weights(W))))


def l2_gradient(W, lambd, m):
    """Gradient of `l2_penalty`: a pull in proportion to the weight, which never reaches 0.

    Args:
        W: weights, any shape, finite.
        lambd: λ, 0 or more.
        m: number of examples, 1 or more.

    Returns:
        λ/m · W, shape of W.

    Raises:
        ValueError: as `l1_penalty`.

    Example:
        >>> l2_gradient(np.array([[3.0, -4.0]]), 2.0, 4).tolist()
        [[1.5, -2.0]]
    """
    return _rate(lambd, m) * _weights(W)


def frobenius_penalty(parameters, lambd, m):
    """Penalty of a whole network: λ/2m times the sum of the squared Frobenius norms of its weights.

    Args:
        parameters: (nested) dictionary of arrays; those whose name begins with "W" count.
        lambd: λ, 0 or more.
        m: number of examples, 1 or more.

    Returns:
        float.

    Raises:
        ValueError: as `l1_penalty`.

    Example:
        >>> frobenius_penalty({"W1": np.array([[1.0, 2.0]]), "b1": np.array([[9.0]])}, 2.0, 5)
        1.0
    """
    _rate(lambd, m)  # complain about λ and m even where there are no weights
    return sum((l2_penalty(W, lambd, m) for path, W in leaves(parameters) if _counts(path)), 0.0)


def frobenius_gradients(parameters, lambd, m):
    """Gradients of `frobenius_penalty`: λ/m · W for the weights, 0 for the rest.

    Args:
        parameters: (nested) dictionary of arrays; those whose name begins with "W" count.
        lambd: λ, 0 or more.
        m: number of examples, 1 or more.

    Returns:
        Dictionary of the same form and names.

    Raises:
        ValueError: as `l1_penalty`.

    Example:
        >>> parameters = {"W1": np.array([[2.0]]), "b1": np.array([[9.0]])}
        >>> gradients = frobenius_gradients(parameters, lambd=3, m=2)
        >>> gradients["W1"].tolist(), gradients["b1"].tolist()
        ([[3.0]], [[0.0]])
    """
    return _scaled(parameters, _rate(lambd, m), 0.0)


def weight_decay_update(parameters, grads, learning_rate, lambd, m):
    """One step of gradient descent with L2, written as a decay: W ← W(1 − αλ/m) − α dW.

    Args:
        parameters: (nested) dictionary of arrays; those whose name begins with "W" decay.
        grads: gradients of the cost without penalty, same names, or "dW1" for "W1" and so on.
        learning_rate: α, above 0.
        lambd: λ, 0 or more.
        m: number of examples, 1 or more.

    Returns:
        New dictionary of parameters; the given one is left alone.

    Raises:
        ValueError: a number is out of its range, or gradients and parameters do not fit together.

    Reference:
        Krogh and Hertz, "A simple weight decay can improve generalization", 1992.

    Example:
        >>> parameters = {"W1": np.array([[2.0]]), "b1": np.array([[3.0]])}
        >>> grads = {"dW1": np.array([[1.0]]), "db1": np.array([[1.0]])}
        >>> stepped = weight_decay_update(parameters, grads, 0.5, lambd=1.0, m=1)
        >>> stepped["W1"].tolist(), stepped["b1"].tolist()
        ([[0.5]], [[2.5]])
    """
    if not learning_rate > 0:
        raise ValueError(f"learning_rate: expected a number above 0; got {learning_rate!r}")
    alpha = float(learning_rate)
    decayed = _scaled(parameters, 1 - alpha * _rate(lambd, m), 1.0)
    return map_leaves(lambda W, dW: W - alpha * dW, decayed, gradients_like(parameters, grads))


def _rate(lambd, m):
    if not lambd >= 0:
        raise ValueError(f"lambd: expected 0 or more; got {lambd!r}")
    if not m >= 1:
        raise ValueError(f"m: expected at least 1 example; got {m!r}")
    return float(lambd) / float(m)


def _weights(W, name="W"):
    W = as_float(W)
    if not np.all(np.isfinite(W)):
        raise ValueError(f"{name}: expected finite weights; got NaN or infinity")
    return W


def _scaled(parameters, rate_of_weights, rate_of_others):
    """Multiply what the penalty counts by one number and everything else by another."""

    def scale(path, leaf):
        rate = rate_of_weights if _counts(path) else rate_of_others
        return rate * _weights(leaf, path_name(path))

    return map_with_path(scale, parameters)


def _counts(path):
    return path != () and str(path[-1]).startswith("W")
