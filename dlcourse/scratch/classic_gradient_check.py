"""Gradient checking under its widely known names: one number, a column of n, the worst of them.

`gradient_check` has the tools for whole trees of parameters; these are the course's small versions.
"""

import numpy as np

from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient, two_sided_difference

__all__ = ["gradient_check", "gradient_check_n", "worst_component"]


def gradient_check(f, theta, gradient, epsilon=1e-5):
    """Compare a derivative with a two-sided difference.

    Args:
        f: function of one number.
        theta: where, a number.
        gradient: what the derivative is claimed to be there, a number.
        epsilon: size of the step to either side, above 0.

    Returns:
        float: |difference − gradient| / (|difference| + |gradient|); 0 where both are 0.

    Raises:
        ValueError: theta is NaN, or epsilon is not above 0.

    Example:
        >>> gradient_check(lambda theta: theta**2, 3.0, 6.0) < 1e-7
        True
    """
    return gradient_ratio(two_sided_difference(f, theta, epsilon), gradient)


def gradient_check_n(f, theta, gradient, epsilon=1e-5):
    """Compare the gradient with respect to n parameters with two-sided differences.

    Args:
        f: function from a column (n, 1) to a number.
        theta: the parameters, shape (n, 1).
        gradient: what the gradient is claimed to be there, shape (n, 1).
        epsilon: size of the step, above 0.

    Returns:
        float: ‖differences − gradient‖ / (‖differences‖ + ‖gradient‖); 0 where both are 0.

    Raises:
        ValueError: epsilon is not above 0, a parameter is not finite, or the shapes differ.

    Example:
        >>> theta = np.array([[1.0], [2.0]])
        >>> gradient_check_n(lambda t: np.sum(t**2), theta, 2 * theta) < 1e-7
        True
    """
    return gradient_ratio(numeric_gradient(f, theta, epsilon), gradient)


def worst_component(numeric, gradients):
    """Find the component in which two gradients differ most.

    Args:
        numeric: dict from names to arrays, measured.
        gradients: dict with the same names and shapes, backpropagated.

    Returns:
        (name, index): the array with the largest absolute gap, and the tuple of integers that says
        where in it.

    Example:
        >>> numeric = {"dW": np.array([[1.0, 2.0]]), "db": np.array([[0.0]])}
        >>> worst_component(numeric, {"dW": np.array([[1.0, 2.5]]), "db": np.array([[0.1]])})
        ('dW', (0, 1))
    """
    gaps = {name: np.abs(numeric[name] - gradients[name]) for name in numeric}
    name = max(gaps, key=lambda name: gaps[name].max())
    index = np.unravel_index(np.argmax(gaps[name]), gaps[name].shape)
    return name, tuple(int(i) for i in index)
