"""Activations that turn a column of scores into a choice: softmax (smooth), hardmax (abrupt).

Unlike the element-wise activations, every output depends on every score of its column, so the
derivative is a matrix (the Jacobian), and backpropagation needs only its product with a vector.
"""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = ["hardmax", "hardmax_derivative", "softmax", "softmax_jacobian", "softmax_vjp"]


def softmax(z, axis=0):
    """Turn scores into probabilities: exp(z) divided by its sum along `axis`.

    Args:
        z: scores, real array of any shape with at least one entry along `axis`; in the course
            (classes, m). An entry of -inf gets probability 0 (that is how masks work).
        axis: the axis of the classes; 0 because examples are columns here.

    Returns:
        Array of the shape of z, in [0, 1], summing to 1 along `axis`.

    Raises:
        ValueError: there is no entry along `axis`: nothing to share the probability among.

    Reference:
        Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Example:
        >>> softmax(np.array([5.0, 2.0, -1.0, 3.0])).round(3).tolist()
        [0.842, 0.042, 0.002, 0.114]
    """
    z = as_float(z)
    if z.shape[axis] == 0:
        raise ValueError(f"z: expected at least one class along axis {axis}; got shape {z.shape}")
    # a common shift cancels in the ratio, and with the largest score at 0 exp cannot overflow
    exp_z = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return exp_z / np.sum(exp_z, axis=axis, keepdims=True)


def softmax_jacobian(z):
    """All the partial derivatives of softmax at one vector of scores: diag(s) - s sᵀ.

    Args:
        z: scores of one example, shape (n,).

    Returns:
        Array (n, n) whose entry [i, j] is d softmax(z)[i] / d z[j]; symmetric, rows summing to 0.

    Raises:
        ValueError: z is not a vector.

    Example:
        >>> softmax_jacobian(np.zeros(2)).tolist()
        [[0.25, -0.25], [-0.25, 0.25]]
    """
    z = as_float(z)
    if z.ndim != 1:
        raise ValueError(f"z: expected the scores of one example, shape (n,); got shape {z.shape}")
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


def softmax_vjp(z, upstream, axis=0):
    """Backward pass of softmax: the upstream gradient times the Jacobian, for all columns at once.

    Args:
        z: scores, any shape, as given to `softmax`.
        upstream: gradient of the cost with respect to softmax(z), shape of z.
        axis: the axis of the classes, as given to `softmax`.

    Returns:
        Gradient of the cost with respect to z, shape of z.

    Raises:
        ValueError: z and upstream differ in shape.

    Example:
        >>> softmax_vjp(np.zeros((2, 1)), np.array([[1.0], [0.0]])).tolist()
        [[0.25], [-0.25]]
    """
    z, upstream = as_float(z), as_float(upstream)
    if z.shape != upstream.shape:
        raise ValueError(f"upstream: expected the shape of z, {z.shape}; got {upstream.shape}")
    s = softmax(z, axis=axis)
    # s * (g - <g, s>) is (diag(s) - s sᵀ) g without ever building the (n, n) matrix
    return s * (upstream - np.sum(upstream * s, axis=axis, keepdims=True))


def hardmax(z, axis=0):
    """Put a 1 at the largest score along `axis` and a 0 everywhere else.

    Args:
        z: scores, real array of any shape with at least one entry along `axis`.
        axis: the axis of the classes.

    Returns:
        Array of the shape of z with exactly one 1 along `axis`: of equal largest scores, the first.

    Example:
        >>> hardmax(np.array([5.0, 2.0, -1.0, 3.0])).tolist()
        [1.0, 0.0, 0.0, 0.0]
    """
    z = as_float(z)
    one_hot = np.zeros_like(z)
    winners = np.expand_dims(np.argmax(z, axis=axis), axis)
    np.put_along_axis(one_hot, winners, 1.0, axis=axis)
    return one_hot


def hardmax_derivative(z, axis=0):
    """Derivative of hardmax: zero wherever it exists, which is why nobody trains through a hardmax.

    Args:
        z: scores, real array of any shape.
        axis: the axis of the classes; accepted so that the call mirrors `hardmax`.

    Returns:
        Zeros of the shape of z (the product of any upstream gradient with the zero Jacobian).

    Example:
        >>> hardmax_derivative(np.array([5.0, 2.0])).tolist()
        [0.0, 0.0]
    """
    del axis
    return np.zeros_like(as_float(z))
