"""What all optimizers share: averages that begin at zero, a step downhill, a check of both.

Parameters are a dictionary of arrays such as "W1" and "b1", their gradients one with "dW1" and
"db1"; whatever an optimizer remembers about a parameter goes by the name of its gradient.
"""

import numpy as np

from dlcourse.scratch.averages import update_average
from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import check_numbers

__all__ = [
    "check_step",
    "step_downhill",
    "update_averages",
    "update_square_averages",
    "zero_averages",
]


def zero_averages(parameters):
    """Zeros in the shape of every parameter, under the name of its gradient.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        dict "dW1", "db1", … of zeros, in the precision of the parameters.

    Raises:
        ValueError: a parameter holds NaN.

    Example:
        >>> zero_averages({"W1": np.ones((1, 2))})
        {'dW1': array([[0., 0.]])}
    """
    for name, value in parameters.items():
        check_numbers(f"parameters[{name!r}]", value)
    return {f"d{name}": np.zeros_like(as_float(value)) for name, value in parameters.items()}


def step_downhill(parameters, directions, learning_rate):
    """Take one step against the directions: W - learning_rate direction.

    Args:
        parameters: dictionary of arrays; left as it is.
        directions: dictionary with an array under "d" + name for every parameter, in its shape.
        learning_rate: length of the step relative to the direction, a positive float.

    Returns:
        New dictionary with the keys of parameters.

    Example:
        >>> step_downhill({"W1": np.array([1.0])}, {"dW1": np.array([4.0])}, 0.25)
        {'W1': array([0.])}
    """
    return {
        name: as_float(value) - learning_rate * as_float(directions[f"d{name}"])
        for name, value in parameters.items()
    }


def update_averages(averages, values, beta):
    """Move every running average towards its new value: beta old + (1 - beta) new.

    Args:
        averages: dictionary of arrays, as `zero_averages` makes them; left as it is.
        values: dictionary with the new value of each, by the same names and in the same shapes;
            more of them do no harm.
        beta: share of the old that is kept, in [0, 1).

    Returns:
        New dictionary with the keys of averages.

    Raises:
        ValueError: beta is outside [0, 1).

    Example:
        >>> update_averages({"dW1": np.array([0.0])}, {"dW1": np.array([4.0])}, 0.75)
        {'dW1': array([1.])}
    """
    return {
        name: update_average(average, as_float(values[name]), beta)
        for name, average in averages.items()
    }


def update_square_averages(averages, values, beta):
    """Move every running average towards the square of its value: beta old + (1 - beta) value².

    Args:
        averages: dictionary of arrays, as `zero_averages` makes them; left as it is.
        values: dictionary with the value of each, by the same names and in the same shapes; more
            of them do no harm.
        beta: share of the old that is kept, in [0, 1).

    Returns:
        New dictionary with the keys of averages.

    Raises:
        ValueError: beta is outside [0, 1).

    Example:
        >>> update_square_averages({"dW1": np.array([0.0])}, {"dW1": np.array([4.0])}, 0.75)
        {'dW1': array([4.])}
    """
    return update_averages(
        averages, {name: np.square(as_float(values[name])) for name in averages}, beta
    )


def check_step(parameters, grads, state=None, kept=()):
    """Check that every parameter has a gradient and its averages, in its shape and without NaN.

    Args:
        parameters: dictionary of arrays.
        grads: dictionary of gradients; more than are needed do no harm.
        state: dictionary of what the optimizer remembers.
        kept: names under which the state must hold an average for every parameter.

    Raises:
        ValueError: naming the first array that is missing, misshapen or not a number.

    Example:
        >>> check_step({"W1": np.zeros(2)}, {"dW1": np.zeros(3)})
        Traceback (most recent call last):
            ...
        ValueError: grads['dW1']: expected the shape of W1, (2,); got (3,)
    """
    for name, value in parameters.items():
        check_numbers(f"parameters[{name!r}]", value)
        _check_beside(name, value, "grads", grads)
        check_numbers(f"grads['d{name}']", grads[f"d{name}"])
    for average in kept:
        if average not in state:
            raise ValueError(f"state: expected to find {average!r} in it; got {sorted(state)}")
        for name, value in parameters.items():
            _check_beside(name, value, f"state[{average!r}]", state[average])
        if len(state[average]) > len(parameters):
            raise ValueError(
                f"state[{average!r}]: expected an array for each of {sorted(parameters)}, the "
                f"parameters it began with; got {sorted(state[average])}"
            )


def _check_beside(name, value, owner, arrays):
    label = f"{owner}['d{name}']"
    if f"d{name}" not in arrays:
        raise ValueError(f"{label}: expected an array for {name}; got only {sorted(arrays)}")
    shape = np.shape(arrays[f"d{name}"])
    if shape != np.shape(value):
        raise ValueError(f"{label}: expected the shape of {name}, {np.shape(value)}; got {shape}")
