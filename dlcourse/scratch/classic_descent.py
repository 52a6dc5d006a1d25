"""Gradient descent with and without a velocity, in the signatures that the course made known.

The same steps as in `momentum`, with the velocity as an argument of its own instead of a state.
"""

from dlcourse.scratch.momentum import (
    initialize_momentum,
    update_momentum,
    update_nesterov,
    update_sgd,
)

__all__ = [
    "initialize_velocity",
    "update_parameters_with_gd",
    "update_parameters_with_momentum",
    "update_parameters_with_nesterov",
]


def update_parameters_with_gd(parameters, grads, learning_rate):
    """One step of gradient descent: W - learning_rate dW.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …
        learning_rate: length of the step relative to the gradient, above 0.

    Returns:
        New dictionary with the keys of parameters.

    Raises:
        ValueError: a gradient is missing, misshapen or NaN, or learning_rate is not above 0.

    Example:
        >>> import numpy as np
        >>> update_parameters_with_gd({"W1": np.array([1.0])}, {"dW1": np.array([4.0])}, 0.25)
        {'W1': array([0.])}
    """
    return update_sgd(parameters, grads, {}, learning_rate)[0]


def initialize_velocity(parameters):
    """Zeros in the shape of every parameter, under the name of its gradient.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict v with zeros v["dW1"], v["db1"], …

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> import numpy as np
        >>> initialize_velocity({"W1": np.ones((1, 2))})
        {'dW1': array([[0., 0.]])}
    """
    return initialize_momentum(parameters)["v"]


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """One step along the running average of the gradients: v = beta v + (1 - beta) dW.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …
        v: dictionary of the averages so far, "dW1", "db1", …; left as it is.
        beta: share of the average that is kept, in [0, 1).
        learning_rate: length of the step relative to the average, above 0.

    Returns:
        (parameters, v), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Example:
        >>> import numpy as np
        >>> parameters, grads = {"W1": np.array([1.0])}, {"dW1": np.array([8.0])}
        >>> v = initialize_velocity(parameters)
        >>> update_parameters_with_momentum(parameters, grads, v, beta=0.75, learning_rate=0.5)
        ({'W1': array([0.])}, {'dW1': array([2.])})
    """
    parameters, state = update_momentum(parameters, grads, {"v": v}, learning_rate, beta)
    return parameters, state["v"]


def update_parameters_with_nesterov(parameters, grads, v, beta, learning_rate):
    """One step of momentum that looks ahead: v = beta v + (1 - beta) dW, then along the next v.

    The next v, if the gradient stays what it is, will be beta v + (1 - beta) dW once more.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is. They are the point ahead,
            where the velocity alone would lead, so that grads are simply their gradients.
        grads: dictionary of their gradients, "dW1", "db1", …
        v: dictionary of the averages so far, "dW1", "db1", …; left as it is.
        beta: share of the average that is kept, in [0, 1).
        learning_rate: length of the step relative to the average, above 0.

    Returns:
        (parameters, v), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Sutskever et al., "On the importance of initialization and momentum in deep learning",
        2013, section 2.

    Example:
        >>> import numpy as np
        >>> parameters, grads = {"W1": np.array([1.0])}, {"dW1": np.array([8.0])}
        >>> v = initialize_velocity(parameters)
        >>> update_parameters_with_nesterov(parameters, grads, v, beta=0.5, learning_rate=0.5)
        ({'W1': array([-2.])}, {'dW1': array([4.])})
    """
    parameters, state = update_nesterov(parameters, grads, {"v": v}, learning_rate, beta)
    return parameters, state["v"]
