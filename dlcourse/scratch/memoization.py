"""Backpropagation as chain rule + memoization, and what the memory saves.

The chain rule alone is a recursion: the gradient at a unit asks for the gradients at every unit
of the next layer, each of which asks the layer after it, and all of them ask for activations,
which ask the layers before. Remembering every answer changes not one of the numbers, but turns a
count that grows exponentially with depth into one that grows linearly.
"""

from functools import cache
from itertools import pairwise

import numpy as np

from dlcourse.scratch.activations import relu, relu_derivative, sigmoid
from dlcourse.scratch.dense_shapes import check_dimensions

__all__ = [
    "classify_quantities",
    "count_parameters",
    "gradients_by_recursion",
    "multiplications_with_cache",
    "multiplications_without_cache",
]


def count_parameters(layer_dims):
    """Count the numbers that gradient descent learns in a network of dense layers.

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.

    Returns:
        int: Σ n[l] n[l-1] weights + Σ n[l] biases.

    Example:
        >>> count_parameters((12288, 20, 7, 5, 1))
        245973
    """
    return sum(n * n_prev + n for n_prev, n in pairwise(layer_dims))


def classify_quantities(names):
    """Sort names into parameters, which training finds, and hyper-parameters, which people choose.

    Args:
        names: strings. "W" or "b" followed by the number of a layer ("W1", "b12") is a parameter;
            every other name is a setting, hence a hyper-parameter.

    Returns:
        dict with the lists "parameters" and "hyperparameters", each in the order given.

    Example:
        >>> classify_quantities(["W1", "learning_rate", "b1", "batch_size"])
        {'parameters': ['W1', 'b1'], 'hyperparameters': ['learning_rate', 'batch_size']}
    """
    kinds = {"parameters": [], "hyperparameters": []}
    for name in names:
        learned = name[:1] in ("W", "b") and name[1:].isdigit()
        kinds["parameters" if learned else "hyperparameters"].append(name)
    return kinds


def multiplications_with_cache(layer_dims):
    """Count the multiplications of one forward and backward pass that remember every result.

    One example, hidden layers of ReLU, output error a − y. The forward pass multiplies once per
    weight and so does dW = dz · a; an error δ of hidden layer l multiplies n[l+1] weights with
    errors, and the sum with g'(z).

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.

    Returns:
        int: the number of multiplications.

    Example:
        >>> multiplications_with_cache((2, 3, 1))
        24
    """
    weights = sum(n * n_prev for n_prev, n in pairwise(layer_dims))
    errors = sum(n * (n_next + 1) for n, n_next in pairwise(layer_dims[1:]))
    return 2 * weights + errors


def multiplications_without_cache(layer_dims):
    """Count the multiplications where every value is computed anew whenever it is needed.

    The same formulas as in `multiplications_with_cache`, for the same gradients: every dW and db.

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.

    Returns:
        int: the number of multiplications.

    Example:
        >>> multiplications_without_cache((2, 3, 1))
        168
    """
    L = len(layer_dims) - 1
    z = [0]  # z[l]: one value z (or a) of layer l asks for n[l-1] activations and multiplies each
    for n_prev in layer_dims[:-1]:
        z.append(n_prev * (z[-1] + 1))
    error, total = z[L], 0  # the error a − y of the output only needs a
    for layer in range(L, 0, -1):
        n_prev, n = layer_dims[layer - 1], layer_dims[layer]
        total += n * (n_prev * (error + z[layer - 1] + 1) + error)
        error = n * (error + 1) + z[layer - 1] + 1
    return total


def gradients_by_recursion(x, y, parameters, remember):
    """Compute the gradients for one example by the bare chain rule, counting multiplications.

    Args:
        x: one example, shape (n_x,).
        y: its label, 0 or 1.
        parameters: dict with W1, b1, …, WL, bL; ReLU layers, then one sigmoid unit.
        remember: True keeps every result (backpropagation), False computes it anew each time.

    Returns:
        (grads, multiplications): dict with dW1, db1, …, and how many multiplications it took.

    Raises:
        ValueError: naming the first array that does not fit, or that holds NaN.

    Example:
        >>> parameters = {"W1": np.ones((3, 2)), "b1": np.zeros((3, 1)),
        ...               "W2": np.ones((1, 3)), "b2": np.zeros((1, 1))}
        >>> x = np.array([1.0, -2.0])
        >>> [gradients_by_recursion(x, 1, parameters, remember)[1] for remember in (True, False)]
        [24, 168]
    """
    check_dimensions(np.reshape(x, (-1, 1)), parameters, np.reshape(y, (1, 1)))
    L, count = len(parameters) // 2, 0

    def times(a, b):
        nonlocal count
        count += 1
        return a * b

    def linear(layer, unit):
        weights = parameters[f"W{layer}"][unit]
        terms = (times(w, active(layer - 1, i)) for i, w in enumerate(weights))
        return sum(terms) + parameters[f"b{layer}"][unit, 0]

    def active(layer, unit):
        if layer == 0:
            return x[unit]
        return (sigmoid if layer == L else relu)(linear(layer, unit))

    def error(layer, unit):
        if layer == L:
            return active(L, unit) - y
        weights = parameters[f"W{layer + 1}"][:, unit]
        back = sum(times(w, error(layer + 1, k)) for k, w in enumerate(weights))
        return times(back, relu_derivative(linear(layer, unit)))

    if remember:  # the whole difference between the two counts
        linear, active, error = cache(linear), cache(active), cache(error)
    grads = {}
    for layer in range(1, L + 1):
        n, n_prev = parameters[f"W{layer}"].shape
        grads[f"dW{layer}"] = np.array([
            [times(error(layer, j), active(layer - 1, i)) for i in range(n_prev)] for j in range(n)
        ])  # fmt: skip
        grads[f"db{layer}"] = np.array([[error(layer, j)] for j in range(n)])
    return grads, count
