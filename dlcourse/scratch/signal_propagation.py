"""Vanishing and exploding: how large signals and gradients are in every layer of a deep network.

Each layer multiplies by its weights on the way forward, and by their transpose on the way back. Any
factor but 1, taken to the power of the depth, either dies out or explodes: 1.5^50 is above 10^8,
0.5^50 below 10^-15. Good initial weights make the factor 1 on average.
"""

import numpy as np

from dlcourse.scratch.clipping import global_norm
from dlcourse.scratch.dense_layer import linear_activation_backward, linear_activation_forward
from dlcourse.scratch.floating import as_float
from dlcourse.scratch.parameter_trees import leaves, path_name

__all__ = ["gradient_norms", "gradient_sizes", "identity_layers", "signal_sizes"]


def identity_layers(factor, n, depth):
    """Weights of a deep network that multiply by one number in every layer.

    Args:
        factor: the number on the diagonal of every W.
        n: units per layer, 1 or more.
        depth: number L of layers, 1 or more.

    Returns:
        List of L arrays (n, n), each factor · identity.

    Raises:
        ValueError: n or depth is below 1.

    Example:
        >>> signal_sizes(np.ones((2, 1)), identity_layers(1.5, 2, 3), "linear").tolist()
        [1.0, 1.5, 2.25, 3.375]
    """
    if n < 1 or depth < 1:
        raise ValueError(f"n, depth: expected 1 or more; got {n!r} and {depth!r}")
    return [factor * np.eye(n) for _ in range(depth)]


def signal_sizes(X, weights, activation):
    """Measure the activations of every layer on the way forward (without biases).

    Args:
        X: examples as columns, shape (n_x, m), m of at least 1.
        weights: list of W[1], …, W[L], shapes (n[l], n[l-1]).
        activation: name of the activation of all the layers, as for `linear_activation_forward`.

    Returns:
        Array (L + 1,): root mean square of A[0] = X, A[1], …, A[L].

    Raises:
        ValueError: X has no entries, the shapes do not fit together, or the activation is unknown.

    Example:
        >>> signal_sizes(np.ones((2, 1)), identity_layers(0.5, 2, 3), "linear").tolist()
        [1.0, 0.5, 0.25, 0.125]
    """
    activations, _ = _forward(X, weights, activation)
    return np.array([_root_mean_square(A) for A in activations])


def gradient_sizes(X, weights, activation, dA_last):
    """Measure the gradients of every layer on the way back (without biases).

    Args:
        X: examples as columns, shape (n_x, m), m of at least 1.
        weights: list of W[1], …, W[L], shapes (n[l], n[l-1]).
        activation: name of the activation of all the layers, as for `linear_activation_forward`.
        dA_last: gradient of the cost with respect to A[L], shape (n[L], m).

    Returns:
        Array (L + 1,): root mean square of dA[0], dA[1], …, dA[L], the last being `dA_last`.

    Raises:
        ValueError: as `signal_sizes`, or dA_last has not the shape of A[L].

    Reference:
        Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
        networks", 2010, section 4.2.

    Example:
        >>> one, weights = np.ones((2, 1)), identity_layers(0.5, 2, 3)
        >>> gradient_sizes(one, weights, "linear", dA_last=one).tolist()
        [0.125, 0.25, 0.5, 1.0]
    """
    _, caches = _forward(X, weights, activation)
    dA = as_float(dA_last)
    sizes = [_root_mean_square(dA)]
    for cache in reversed(caches):
        dA, _, _ = linear_activation_backward(dA, cache, activation)
        sizes.append(_root_mean_square(dA))
    return np.array(sizes[::-1])


def gradient_norms(gradients):
    """Measure the gradient of every array of parameters: what to watch during training.

    Args:
        gradients: an array or a (nested) dictionary of arrays.

    Returns:
        dict from the name of each array ("dW1", "encoder/dW") to its Euclidean norm, a float.

    Example:
        >>> gradient_norms({"dW1": np.array([[3.0, 4.0]]), "db1": np.array([[0.5]])})
        {'dW1': 5.0, 'db1': 0.5}
    """
    return {path_name(path): global_norm(leaf) for path, leaf in leaves(gradients)}


def _forward(X, weights, activation):
    X = as_float(X)
    if X.ndim != 2 or X.size == 0:
        raise ValueError(f"X: expected a matrix (n_x, m) with at least one entry; got {X.shape}")
    activations, caches = [X], []
    for W in weights:
        A, cache = linear_activation_forward(
            activations[-1], W, np.zeros((len(W), 1), X.dtype), activation
        )
        activations.append(A)
        caches.append(cache)
    return activations, caches


def _root_mean_square(A):
    return global_norm(A) / np.sqrt(A.size)
