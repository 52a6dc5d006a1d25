"""Adam: momentum for the direction, RMSprop for the length, and both corrected for their start."""

import numpy as np

from dlcourse.scratch.averages import correct_bias
from dlcourse.scratch.optimizer_steps import (
    check_step,
    step_downhill,
    update_averages,
    update_square_averages,
    zero_averages,
)
from dlcourse.scratch.ranges import fraction, positive, whole_number

__all__ = ["initialize_adam", "update_adam"]


def initialize_adam(parameters):
    """State of Adam: means of the gradients and of their squares, both zero, after zero steps.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict {"v": {"dW1": zeros, …}, "s": {"dW1": zeros, …}, "t": 0}.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> initialize_adam({"W1": np.ones((1, 1))})
        {'v': {'dW1': array([[0.]])}, 's': {'dW1': array([[0.]])}, 't': 0}
    """
    return {"v": zero_averages(parameters), "s": zero_averages(parameters), "t": 0}


def update_adam(
    parameters, grads, state, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """One step of Adam: W - rate v̂ / (√ŝ + ε), where the hats are bias-corrected averages.

    v = beta1 v + (1 - beta1) dW, s = beta2 s + (1 - beta2) dW², v̂ = v / (1 - beta1^t) and
    ŝ = s / (1 - beta2^t). Without the hats the first step would be three times too long, as s with
    its long memory is even further from its goal than v. Epsilon stands outside the root. Keras
    adds its epsilon to √s before the correction: epsilon / √(1 - beta2^t) here is epsilon there.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …
        grads: dictionary of their gradients, "dW1", "db1", …
        state: what `initialize_adam` or the last update returned.
        learning_rate: length of a step when the gradients stay alike, above 0.
        beta1: share of the mean gradient that is kept, in [0, 1).
        beta2: share of the mean square that is kept, in [0, 1).
        epsilon: keeps the division finite where all gradients were 0, above 0.

    Returns:
        (parameters, state), both new; the state counts the steps in "t".

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.

    Example:
        >>> parameters = {"W1": np.array([1.0, 1.0])}
        >>> state = initialize_adam(parameters)
        >>> grads = {"dW1": np.array([4.0, -0.01])}
        >>> parameters, state = update_adam(parameters, grads, state, learning_rate=0.5)
        >>> parameters["W1"].round(4).tolist(), state["t"]
        ([0.5, 1.5], 1)
    """
    check_step(parameters, grads, state, kept=["v", "s"])
    beta1, beta2 = fraction("beta1", beta1), fraction("beta2", beta2)
    epsilon, t = positive("epsilon", epsilon), _steps(state) + 1
    v = update_averages(state["v"], grads, beta1)
    s = update_square_averages(state["s"], grads, beta2)
    directions = {
        name: correct_bias(v[name], beta1, t) / (np.sqrt(correct_bias(s[name], beta2, t)) + epsilon)
        for name in v
    }
    parameters = step_downhill(parameters, directions, positive("learning_rate", learning_rate))
    return parameters, {"v": v, "s": s, "t": t}


def _steps(state):
    return whole_number("state['t']", state.get("t"), 0)
