"""GloVe: vectors whose products are the logarithms of how often words occur together."""

import numpy as np

from dlcourse.scratch.named_arrays import (
    float_array,
    index_array,
    parameter_array,
    parameter_arrays,
)
from dlcourse.scratch.ranges import positive, whole_number

__all__ = ["cooccurrence_counts", "glove_backward", "glove_forward", "glove_weights"]

SHAPES = {"E": ("V", "n"), "U": ("V", "n"), "b": ("V",), "c": ("V",)}


def cooccurrence_counts(tokens, vocabulary_size, distance_weights):
    """Count how often each word stands near each other word.

    Args:
        tokens: the text as numbers of words, integers (t,), each in 0..V-1.
        vocabulary_size: V, the number of words.
        distance_weights: what a neighbour at distance 1, 2, … counts; as many as the radius, at
            least one. (1, 1) counts plainly, (1, 1/2) as the paper does.

    Returns:
        Array X (V, V), X[i, j] how often word j stands near word i; symmetric.

    Raises:
        ValueError: a token is outside the vocabulary, or distance_weights is not a vector.

    Example:
        >>> cooccurrence_counts([0, 1, 2], vocabulary_size=3, distance_weights=(1, 0.5)).tolist()
        [[0.0, 1.0, 0.5], [1.0, 0.0, 1.0], [0.5, 1.0, 0.0]]
    """
    vocabulary_size = whole_number("vocabulary_size", vocabulary_size, least=1)
    tokens = index_array("tokens", tokens, ("t",), below=vocabulary_size)
    weights = parameter_array("distance_weights", distance_weights, ("radius",))
    X = np.zeros((vocabulary_size, vocabulary_size), weights.dtype)
    for distance, weight in enumerate(weights, start=1):
        np.add.at(X, (tokens[:-distance], tokens[distance:]), weight)
    return X + X.T


def glove_weights(X, x_max=100.0, power=0.75):
    """How much each pair of words matters: 0 if never together, 1 if together often enough.

    Args:
        X: counts, any shape, not negative.
        x_max: count, above 0, from which on a pair has weight 1, so that "the" is not everything.
        power: exponent below x_max, above 0.

    Returns:
        Array of the shape of X, min(1, (X / x_max)^power), in [0, 1].

    Raises:
        ValueError: a count is negative or NaN, or x_max or power is not above 0.

    Reference:
        Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", 2014,
        equation 9.

    Example:
        >>> glove_weights([0.0, 16.0, 300.0], x_max=256.0).tolist()
        [0.0, 0.125, 1.0]
    """
    X = parameter_array("X", X, (...,))
    if np.min(X) < 0:
        raise ValueError(f"X: expected counts of 0 or more; got {np.min(X)}")
    x_max, power = positive("x_max", x_max), positive("power", power)
    return np.minimum(X / x_max, 1) ** power


def glove_forward(X, parameters, x_max=100.0, power=0.75):
    """Weighted squared error of e_i · u_j + b_i + c_j against log X_ij, summed over all pairs.

    Args:
        X: counts of `cooccurrence_counts`, shape (V, V), not negative.
        parameters: dictionary "E" (V, n) vectors of words, "U" (V, n) vectors of words as
            neighbours, "b" (V,) and "c" (V,) their biases.
        x_max: as in `glove_weights`.
        power: as in `glove_weights`.

    Returns:
        (cost, cache): a float ≥ 0, and what the backward pass needs. Pairs that never occur
        together have weight 0 and do not take part.

    Raises:
        ValueError: the shapes do not fit, a count is negative, or something holds NaN.

    Reference:
        Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", 2014,
        equation 8.

    Example:
        >>> parameters = {"E": np.zeros((2, 1)), "U": np.zeros((2, 1)),
        ...               "b": np.zeros(2), "c": np.zeros(2)}
        >>> cost, _ = glove_forward([[0.0, 2.0], [2.0, 0.0]], parameters, x_max=1.0)
        >>> round(cost, 4)  # 2 (log 2)²
        0.9609
    """
    sizes = {}
    X = float_array("X", X, ("V", "V"), sizes)
    E, U, b, c = parameter_arrays(parameters, SHAPES, sizes).values()
    X = X.astype(E.dtype)
    weights = glove_weights(X, x_max, power)
    # where the weight is 0 any finite number will do, and log 0 is none
    log_X = np.log(np.where(X > 0, X, E.dtype.type(1)))
    errors = E @ U.T + b[:, np.newaxis] + c - log_X
    return float(np.sum(weights * errors**2)), (E, U, weights * errors)


def glove_backward(cache):
    """Gradients of the cost of `glove_forward`.

    Args:
        cache: as `glove_forward` returned it.

    Returns:
        Dictionary "dE" (V, n), "dU" (V, n), "db" (V,) and "dc" (V,).

    Example:
        >>> parameters = {"E": np.zeros((1, 1)), "U": np.ones((1, 1)),
        ...               "b": np.ones(1), "c": np.zeros(1)}
        >>> _, cache = glove_forward([[1.0]], parameters, x_max=1.0)
        >>> {name: gradient.ravel().tolist() for name, gradient in glove_backward(cache).items()}
        {'dE': [2.0], 'dU': [0.0], 'db': [2.0], 'dc': [2.0]}
    """
    E, U, weighted_errors = cache
    d_errors = 2 * weighted_errors
    return {
        "dE": d_errors @ U,
        "dU": d_errors.T @ E,
        "db": np.sum(d_errors, axis=1),
        "dc": np.sum(d_errors, axis=0),
    }
