"""The optimizers by name, for whoever wants to try them all on the same problem."""

from dlcourse.scratch.adam import initialize_adam, update_adam
from dlcourse.scratch.adaptive_rates import (
    initialize_adadelta,
    initialize_adagrad,
    initialize_rmsprop,
    update_adadelta,
    update_adagrad,
    update_rmsprop,
)
from dlcourse.scratch.momentum import (
    initialize_momentum,
    initialize_nesterov,
    initialize_sgd,
    update_momentum,
    update_nesterov,
    update_sgd,
)

__all__ = ["OPTIMIZERS", "find_optimizer"]

OPTIMIZERS = {
    "sgd": (initialize_sgd, update_sgd),
    "momentum": (initialize_momentum, update_momentum),
    "nesterov": (initialize_nesterov, update_nesterov),
    "adagrad": (initialize_adagrad, update_adagrad),
    "adadelta": (initialize_adadelta, update_adadelta),
    "rmsprop": (initialize_rmsprop, update_rmsprop),
    "adam": (initialize_adam, update_adam),
}


def find_optimizer(name):
    """Look up an optimizer by its name.

    Args:
        name: one of the names in `OPTIMIZERS`.

    Returns:
        (initialize, update): initialize(parameters) gives a state, update(parameters, grads,
        state, …) gives new parameters and the new state.

    Raises:
        ValueError: there is no optimizer of that name.

    Example:
        >>> import numpy as np
        >>> initialize, update = find_optimizer("momentum")
        >>> parameters = {"W1": np.array([1.0])}
        >>> update(parameters, {"dW1": np.array([10.0])}, initialize(parameters), 0.5)[0]
        {'W1': array([0.5])}
    """
    if name not in OPTIMIZERS:
        raise ValueError(f"optimizer: expected one of {', '.join(OPTIMIZERS)}; got {name!r}")
    return OPTIMIZERS[name]
