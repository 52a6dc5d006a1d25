"""Initial parameters of a deep network under their widely known names: zeros, large, He.

`initializers` has the rules for one matrix of weights; these apply one of them to every layer.
"""

from dlcourse.scratch.dense_shapes import layer_shapes
from dlcourse.scratch.initializers import initialize_layers, random_normal, zeros

__all__ = [
    "initialize_parameters_he",
    "initialize_parameters_random",
    "initialize_parameters_zeros",
]


def initialize_parameters_zeros(layers_dims):
    """Set every parameter to zero: the start from which a network with hidden layers never learns.

    Args:
        layers_dims: sizes (n[0], n[1], …, n[L]), the inputs first.

    Returns:
        dict with W{l} (n[l], n[l-1]) and b{l} (n[l], 1) for every layer l, all zero.

    Raises:
        ValueError: layers_dims has fewer than two sizes or one below 1.

    Example:
        >>> initialize_parameters_zeros((2, 1))["W1"].tolist()
        [[0.0, 0.0]]
    """
    return {name: zeros(shape) for name, shape in layer_shapes(layers_dims).items()}


def initialize_parameters_random(layers_dims, rng, scale=10.0):
    """Draw all weights with one standard deviation, however many inputs a layer has.

    Args:
        layers_dims: sizes (n[0], n[1], …, n[L]), the inputs first.
        rng: numpy.random.Generator.
        scale: standard deviation of the weights, 0 or more; the default is far too large.

    Returns:
        dict with W{l} (n[l], n[l-1]), normally distributed, and b{l} (n[l], 1), zero.

    Raises:
        ValueError: layers_dims has fewer than two sizes or one below 1, or scale is negative.

    Example:
        >>> import numpy as np
        >>> parameters = initialize_parameters_random((100, 100), np.random.default_rng(0))
        >>> bool(9 < parameters["W1"].std() < 11)
        True
    """
    return {
        name: random_normal(shape, rng, scale) if name[0] == "W" else zeros(shape)
        for name, shape in layer_shapes(layers_dims).items()
    }


def initialize_parameters_he(layers_dims, rng):
    """Draw the weights of a ReLU network so that signals keep their size at any depth.

    Args:
        layers_dims: sizes (n[0], n[1], …, n[L]), the inputs first.
        rng: numpy.random.Generator.

    Returns:
        dict with W{l} (n[l], n[l-1]), normal with the variance 2/n[l-1], and b{l} (n[l], 1), zero.

    Raises:
        ValueError: layers_dims has fewer than two sizes or one below 1.

    Reference:
        He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, equation 10.

    Example:
        >>> import numpy as np
        >>> parameters = initialize_parameters_he((200, 100), np.random.default_rng(0))
        >>> bool(0.09 < parameters["W1"].std() < 0.11)
        True
    """
    return initialize_layers(layers_dims, "he_normal", rng)
