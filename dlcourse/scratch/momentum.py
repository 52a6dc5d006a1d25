"""Gradient descent, plain and with a velocity: SGD, momentum, Nesterov's look ahead.

An optimizer is two functions: initialize(parameters) gives what it remembers (its state), and
update(parameters, grads, state, …) gives new parameters and the new state; nothing is mutated.
Keras adds the step up instead of averaging it: its SGD(learning_rate, momentum) makes the same
steps as ours with learning_rate / (1 - beta) and beta = momentum.
"""

from dlcourse.scratch.optimizer_steps import (
    check_step,
    step_downhill,
    update_averages,
    zero_averages,
)
from dlcourse.scratch.ranges import positive

__all__ = [
    "initialize_momentum",
    "initialize_nesterov",
    "initialize_sgd",
    "update_momentum",
    "update_nesterov",
    "update_sgd",
]


def initialize_sgd(parameters):
    """State of plain gradient descent: nothing to remember.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        An empty dictionary.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> import numpy as np
        >>> initialize_sgd({"W1": np.ones((1, 2))})
        {}
    """
    zero_averages(parameters)  # for its check alone
    return {}


def update_sgd(parameters, grads, state, learning_rate=0.01):
    """One step of gradient descent: W - learning_rate dW.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_sgd` or the last update returned.
        learning_rate: length of the step relative to the gradient, above 0.

    Returns:
        (parameters, state), both new.

    Raises:
        ValueError: a gradient is missing, misshapen or NaN, or learning_rate is not above 0.

    Example:
        >>> import numpy as np
        >>> update_sgd({"W1": np.array([1.0])}, {"dW1": np.array([4.0])}, {}, 0.25)
        ({'W1': array([0.])}, {})
    """
    check_step(parameters, grads)
    return step_downhill(parameters, grads, positive("learning_rate", learning_rate)), dict(state)


def initialize_momentum(parameters):
    """State of gradient descent with momentum: a velocity of zero for every parameter.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict {"v": {"dW1": zeros, …}}.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> import numpy as np
        >>> initialize_momentum({"W1": np.ones((1, 2))})
        {'v': {'dW1': array([[0., 0.]])}}
    """
    return {"v": zero_averages(parameters)}


def update_momentum(parameters, grads, state, learning_rate=0.01, beta=0.9):
    """Step along the running average of the gradients: v = beta v + (1 - beta) dW.

    Across a ravine the gradients change sign and cancel; along it they agree and stay.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_momentum` or the last update returned.
        learning_rate: length of the step relative to the velocity, above 0.
        beta: share of the velocity that is kept, in [0, 1); 0 is plain gradient descent.

    Returns:
        (parameters, state), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Example:
        >>> import numpy as np
        >>> parameters = {"W1": np.array([1.0])}
        >>> state = initialize_momentum(parameters)
        >>> update_momentum(parameters, {"dW1": np.array([8.0])}, state, 0.5, beta=0.75)
        ({'W1': array([0.])}, {'v': {'dW1': array([2.])}})
    """
    v = _next_velocity(parameters, grads, state, beta)
    return step_downhill(parameters, v, positive("learning_rate", learning_rate)), {"v": v}


def initialize_nesterov(parameters):
    """State of Nesterov's accelerated gradient: a velocity of zero for every parameter.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict {"v": {"dW1": zeros, …}}.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> import numpy as np
        >>> initialize_nesterov({"W1": np.ones((1, 2))})
        {'v': {'dW1': array([[0., 0.]])}}
    """
    return {"v": zero_averages(parameters)}


def update_nesterov(parameters, grads, state, learning_rate=0.01, beta=0.9):
    """Momentum whose gradient is taken where the velocity is about to lead: it brakes in time.

    The parameters kept here are already the point ahead, W - learning_rate beta v, so that grads
    are simply their gradients; the step to the next point ahead is then beta v + (1 - beta) dW
    with the new v.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_nesterov` or the last update returned.
        learning_rate: length of the step relative to the velocity, above 0; the same throughout,
            or the points ahead no longer fit together exactly.
        beta: share of the velocity that is kept, in [0, 1); 0 is plain gradient descent.

    Returns:
        (parameters, state), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Sutskever et al., "On the importance of initialization and momentum in deep learning",
        2013, section 2.

    Example:
        >>> import numpy as np
        >>> parameters = {"W1": np.array([1.0])}
        >>> state = initialize_nesterov(parameters)
        >>> update_nesterov(parameters, {"dW1": np.array([8.0])}, state, 0.5, beta=0.5)
        ({'W1': array([-2.])}, {'v': {'dW1': array([4.])}})
    """
    v = _next_velocity(parameters, grads, state, beta)
    # one more average with the same gradient: the velocity as it will be if nothing changes
    ahead = update_averages(v, grads, beta)
    return step_downhill(parameters, ahead, positive("learning_rate", learning_rate)), {"v": v}


def _next_velocity(parameters, grads, state, beta):
    check_step(parameters, grads, state, kept=["v"])
    return update_averages(state["v"], grads, beta)
