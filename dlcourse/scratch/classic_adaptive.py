"""Adagrad, RMSprop, Adadelta and Adam in the signatures that the course made known.

The same steps as in `adaptive_rates` and `adam`, with the averages as arguments of their own
instead of a state.
"""

from dlcourse.scratch import adam
from dlcourse.scratch.adaptive_rates import update_adadelta, update_adagrad, update_rmsprop
from dlcourse.scratch.averages import correct_bias
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "initialize_adam",
    "update_parameters_with_adadelta",
    "update_parameters_with_adagrad",
    "update_parameters_with_adam",
    "update_parameters_with_rmsprop",
]


def update_parameters_with_adagrad(parameters, grads, s, learning_rate, epsilon=1e-8):
    """One step of Adagrad: s = s + dW², W - learning_rate dW / (√s + ε).

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …
        s: dictionary of the sums of squared gradients so far, "dW1", "db1", …; left as it is.
        learning_rate: length of the first step in every direction, above 0.
        epsilon: keeps the division finite where all gradients were 0, above 0.

    Returns:
        (parameters, s), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning", 2011.

    Example:
        >>> import numpy as np
        >>> parameters, grads = {"W1": np.array([1.0])}, {"dW1": np.array([4.0])}
        >>> s = {"dW1": np.array([9.0])}
        >>> _, s = update_parameters_with_adagrad(parameters, grads, s, 0.5)
        >>> s["dW1"].tolist()
        [25.0]
    """
    parameters, state = update_adagrad(parameters, grads, {"s": s}, learning_rate, epsilon)
    return parameters, state["s"]


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    """One step of RMSprop: s = beta s + (1 - beta) dW², W - learning_rate dW / (√s + ε).

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …
        s: dictionary of the mean squares so far, "dW1", "db1", …; left as it is.
        beta: share of the mean square that is kept, in [0, 1).
        learning_rate: length of a step when the gradients stay alike, above 0.
        epsilon: keeps the division finite where all gradients were 0, above 0.

    Returns:
        (parameters, s), both new.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012.

    Example:
        >>> import numpy as np
        >>> parameters, grads = {"W1": np.array([1.0])}, {"dW1": np.array([4.0])}
        >>> s = {"dW1": np.array([0.0])}
        >>> parameters, s = update_parameters_with_rmsprop(parameters, grads, s, 0.75, 0.5)
        >>> parameters["W1"].round(4).tolist(), s["dW1"].tolist()
        ([0.0], [4.0])
    """
    parameters, state = update_rmsprop(parameters, grads, {"s": s}, learning_rate, beta, epsilon)
    return parameters, state["s"]


def update_parameters_with_adadelta(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
    """One step of Adadelta, which needs no learning rate: W - √(delta + ε) / √(s + ε) dW.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …
        s: dictionary of the mean squares of the gradients, "dW1", "db1", …; left as it is.
        delta: dictionary of the mean squares of the steps, "dW1", "db1", …; left as it is.
        rho: share of both mean squares that is kept, in [0, 1).
        epsilon: under both roots, above 0; it alone makes the first step.

    Returns:
        (parameters, s, delta), all new; delta contains the step that was just made.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Zeiler, "ADADELTA: an adaptive learning rate method", 2012, algorithm 1.

    Example:
        >>> import numpy as np
        >>> parameters, grads = {"W1": np.array([1.0])}, {"dW1": np.array([4.0])}
        >>> zero = {"dW1": np.array([0.0])}
        >>> updated, _, _ = update_parameters_with_adadelta(parameters, grads, zero, zero)
        >>> updated["W1"].round(4).tolist()
        [0.9955]
    """
    state = {"s": s, "delta": delta}
    parameters, state = update_adadelta(parameters, grads, state, rho=rho, epsilon=epsilon)
    return parameters, state["s"], state["delta"]


def initialize_adam(parameters):
    """Two averages for every parameter, both zero: of the gradients and of their squares.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        (v, s): two dictionaries with zeros under "dW1", "db1", …

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> import numpy as np
        >>> initialize_adam({"W1": np.ones((1, 1))})
        ({'dW1': array([[0.]])}, {'dW1': array([[0.]])})
    """
    state = adam.initialize_adam(parameters)
    return state["v"], state["s"]


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """One step of Adam: W - learning_rate v̂ / (√ŝ + ε), with bias-corrected averages v̂ and ŝ.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …
        v: dictionary of the mean gradients so far, "dW1", "db1", …; left as it is.
        s: dictionary of the mean squares so far, "dW1", "db1", …; left as it is.
        t: number of this step, 1 for the first.
        learning_rate: length of a step when the gradients stay alike, above 0.
        beta1: share of the mean gradient that is kept, in [0, 1).
        beta2: share of the mean square that is kept, in [0, 1).
        epsilon: keeps the division finite where all gradients were 0, above 0.

    Returns:
        (parameters, v, s, v_corrected, s_corrected), all new dictionaries.

    Raises:
        ValueError: an array is missing, misshapen or NaN, or a number is out of its range.

    Reference:
        Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.

    Example:
        >>> import numpy as np
        >>> parameters, grads = {"W1": np.array([1.0])}, {"dW1": np.array([4.0])}
        >>> v, s = initialize_adam(parameters)
        >>> parameters, v, s, *hats = update_parameters_with_adam(parameters, grads, v, s, 1, 0.5)
        >>> parameters["W1"].round(4).tolist(), [hat["dW1"].round(4).tolist() for hat in hats]
        ([0.5], [[4.0], [16.0]])
    """
    state = {"v": v, "s": s, "t": whole_number("t", t, 1) - 1}
    parameters, state = adam.update_adam(
        parameters, grads, state, learning_rate, beta1, beta2, epsilon
    )
    v_corrected = {name: correct_bias(value, beta1, t) for name, value in state["v"].items()}
    s_corrected = {name: correct_bias(value, beta2, t) for name, value in state["s"].items()}
    return parameters, state["v"], state["s"], v_corrected, s_corrected
