"""A learning rate of its own for every number: Adagrad, Adadelta, RMSprop.

All three divide the gradient by the root of past squared gradients, so that a steep direction
takes no longer steps than a flat one; they differ in how they forget the past. Here epsilon
stands outside the root, as in Adam; Keras's Adagrad and RMSprop put it under the root, where
epsilon² does what epsilon does here: equal at s = 0, and all but equal once √s is far above it.
Adadelta has it under both its roots in the paper, in Keras and here.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.optimizer_steps import (
    check_step,
    step_downhill,
    update_square_averages,
    zero_averages,
)
from dlcourse.scratch.ranges import fraction, positive

__all__ = [
    "initialize_adadelta",
    "initialize_adagrad",
    "initialize_rmsprop",
    "update_adadelta",
    "update_adagrad",
    "update_rmsprop",
]


def initialize_adagrad(parameters):
    """State of Adagrad: a sum of squared gradients, zero so far, for every parameter.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict {"s": {"dW1": zeros, …}}.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> initialize_adagrad({"W1": np.ones((1, 2))})
        {'s': {'dW1': array([[0., 0.]])}}
    """
    return {"s": zero_averages(parameters)}


def update_adagrad(parameters, grads, state, learning_rate=0.01, epsilon=1e-8):
    """Divide by the root of the sum of all squared gradients: s = s + dW²; W - rate dW / (√s + ε).

    Numbers that are rarely moved keep long steps; but s only grows, and in the end all stand still.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_adagrad` or the last update returned.
        learning_rate: length of the first step in every direction, above 0.
        epsilon: keeps the division finite where all gradients were 0, above 0.

    Returns:
        (parameters, state), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning", 2011.

    Example:
        >>> parameters = {"W1": np.array([1.0, 1.0])}
        >>> state = initialize_adagrad(parameters)
        >>> grads = {"dW1": np.array([4.0, 0.01])}
        >>> update_adagrad(parameters, grads, state, 0.5)[0]["W1"].round(4).tolist()
        [0.5, 0.5]
    """
    check_step(parameters, grads, state, kept=["s"])
    s = {name: s + np.square(as_float(grads[name])) for name, s in state["s"].items()}
    directions = _over_root(grads, s, epsilon)
    return step_downhill(parameters, directions, positive("learning_rate", learning_rate)), {"s": s}


def initialize_rmsprop(parameters):
    """State of RMSprop: a mean of squared gradients, zero so far, for every parameter.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict {"s": {"dW1": zeros, …}}.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> initialize_rmsprop({"W1": np.ones((1, 2))})
        {'s': {'dW1': array([[0., 0.]])}}
    """
    return {"s": zero_averages(parameters)}


def update_rmsprop(parameters, grads, state, learning_rate=0.001, beta=0.9, epsilon=1e-8):
    """Divide by the root of a mean square that forgets: s = beta s + (1 - beta) dW².

    Adagrad whose s can fall again, so that it does not come to a stand.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_rmsprop` or the last update returned.
        learning_rate: length of a step when the gradients stay alike, above 0; the first steps are
            longer, up to 1 / √(1 - beta) times, as s begins at 0 and is not corrected for it.
        beta: share of the mean square that is kept, in [0, 1).
        epsilon: keeps the division finite where all gradients were 0, above 0.

    Returns:
        (parameters, state), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012.

    Example:
        >>> parameters = {"W1": np.array([1.0, 1.0])}
        >>> state = initialize_rmsprop(parameters)
        >>> grads = {"dW1": np.array([4.0, -0.01])}
        >>> update_rmsprop(parameters, grads, state, 0.5, beta=0.75)[0]["W1"].round(4).tolist()
        [0.0, 2.0]
    """
    check_step(parameters, grads, state, kept=["s"])
    s = update_square_averages(state["s"], grads, beta)
    directions = _over_root(grads, s, epsilon)
    return step_downhill(parameters, directions, positive("learning_rate", learning_rate)), {"s": s}


def initialize_adadelta(parameters):
    """State of Adadelta: mean squares of the gradients and of the steps, both zero so far.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict {"s": {"dW1": zeros, …}, "delta": {"dW1": zeros, …}}.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> sorted(initialize_adadelta({"W1": np.ones((1, 2))}))
        ['delta', 's']
    """
    return {"s": zero_averages(parameters), "delta": zero_averages(parameters)}


def update_adadelta(parameters, grads, state, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """Let the steps so far set the length of the next: √(delta + ε) / √(s + ε) dW.

    RMSprop has the unit of the learning rate, whatever the unit of W; the root mean square of past
    steps in the numerator gives the step the unit of W, and no rate is needed.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_adadelta` or the last update returned.
        learning_rate: factor of the step, above 0; 1 in the paper. `delta` averages the squares of
            the steps before this factor.
        rho: share of both mean squares that is kept, in [0, 1).
        epsilon: under both roots, above 0; it alone makes the first step, so it is larger than
            elsewhere.

    Returns:
        (parameters, state), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Zeiler, "ADADELTA: an adaptive learning rate method", 2012, algorithm 1.

    Example:
        >>> parameters = {"W1": np.array([1.0])}
        >>> state = initialize_adadelta(parameters)
        >>> updated, _ = update_adadelta(parameters, {"dW1": np.array([4.0])}, state, epsilon=0.01)
        >>> updated["W1"].round(4).tolist()
        [0.5556]
    """
    check_step(parameters, grads, state, kept=["s", "delta"])
    epsilon, rho = positive("epsilon", epsilon), fraction("rho", rho)
    s = update_square_averages(state["s"], grads, rho)
    steps = {
        name: np.sqrt((delta + epsilon) / (s[name] + epsilon)) * grads[name]
        for name, delta in state["delta"].items()
    }
    delta = update_square_averages(state["delta"], steps, rho)
    learning_rate = positive("learning_rate", learning_rate)
    return step_downhill(parameters, steps, learning_rate), {"s": s, "delta": delta}


def _over_root(grads, s, epsilon):
    epsilon = positive("epsilon", epsilon)
    return {name: grads[name] / (np.sqrt(s[name]) + epsilon) for name in s}
