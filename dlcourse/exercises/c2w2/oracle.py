"""What the tests of c2w2 compare with: every optimizer written for one number, without arrays."""

import numpy as np

SHAPES = {"W1": (3, 2), "b1": (3, 1), "W2": (2, 3), "b2": (2, 1)}


def random_parameters(rng, shapes=SHAPES):
    """Arrays of a small network, none of them zero or symmetrical."""
    return {name: rng.normal(0.3, 1.0, shape) for name, shape in shapes.items()}


def random_grads(rng, shapes=SHAPES):
    """Gradients of both signs and of very different lengths."""
    return {f"d{name}": rng.normal(0.2, 2.0, shape) for name, shape in shapes.items()}


def random_averages(rng, shapes=SHAPES):
    """Averages that may be squares too: all above zero."""
    return {f"d{name}": rng.uniform(0.2, 3.0, shape) for name, shape in shapes.items()}


def single(**numbers):
    """Each number as an array (1, 1): a network so small that a step fits on paper."""
    return {name: np.array([[float(value)]]) for name, value in numbers.items()}


def number_by_number(step, parameters, *beside):
    """Apply a step of single numbers to every number of the parameters.

    Args:
        step: takes a parameter, its gradient and its averages, all Python floats; gives a tuple of
            floats, the new parameter first.
        parameters: dictionary of arrays.
        *beside: dictionaries with an array under "d" + name for each of them.

    Returns:
        A tuple: the new parameters, then a dictionary like `beside` for whatever else step gave.
    """
    results = None
    for name, value in parameters.items():
        columns = [value, *[arrays[f"d{name}"] for arrays in beside]]
        rows = [step(*numbers) for numbers in zip(*[c.ravel().tolist() for c in columns])]
        arrays = [np.array(column).reshape(value.shape) for column in zip(*rows)]
        results = results or tuple({} for _ in arrays)
        for number, (result, array) in enumerate(zip(results, arrays)):
            result[name if number == 0 else f"d{name}"] = array
    return results


def copied(arrays):
    """Arrays that a later change of the originals cannot reach."""
    return {name: array.copy() for name, array in arrays.items()}
