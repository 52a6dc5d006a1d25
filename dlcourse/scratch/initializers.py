"""Where to start: random weights whose spread keeps signals and gradients alive at any depth.

z = Σ w·a over fan_in inputs has the variance fan_in · var(w) · E[a²], so var(w) has to shrink with
fan_in. ReLU throws half of it away, hence the 2 of He; Glorot compromises between the forward pass
(fan_in) and the backward pass (fan_out).
"""

import numpy as np

from dlcourse.scratch.dense_shapes import layer_shapes

__all__ = [
    "INITIALIZERS",
    "fans",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "initialize_layers",
    "random_normal",
    "random_uniform",
    "uniform_by_fan_in",
    "zeros",
]


def fans(shape):
    """Count what goes into one unit of a layer and what one input goes to.

    Args:
        shape: shape of the weights: (n, n_prev) for a dense layer in columns, or
            (…, channels_in, channels_out) with one or more window sizes for a convolution.

    Returns:
        Tuple (fan_in, fan_out) of integers: inputs of a unit, units that an input reaches.

    Raises:
        ValueError: shape has fewer than two sizes, or one below 1.

    Example:
        >>> fans((4, 3)), fans((5, 5, 3, 8))
        ((3, 4), (75, 200))
    """
    if len(shape) < 2 or min(shape) < 1:
        raise ValueError(f"shape: expected at least two sizes of 1 or more; got {shape!r}")
    if len(shape) == 2:
        return shape[1], shape[0]
    window = int(np.prod(shape[:-2]))
    return window * shape[-2], window * shape[-1]


def zeros(shape, rng=None):
    """All zeros: right for biases, fatal for weights, whose units would stay identical for ever.

    Args:
        shape: shape of the array.
        rng: not used; accepted so that the call mirrors the others.

    Returns:
        float64 array of zeros.

    Example:
        >>> zeros((1, 2)).tolist()
        [[0.0, 0.0]]
    """
    del rng
    return np.zeros(shape)


def random_normal(shape, rng, scale=0.01):
    """Draw from a normal distribution whose spread does not depend on the layer.

    Args:
        shape: shape of the array.
        rng: numpy.random.Generator.
        scale: standard deviation, 0 or more. Large ones (such as 10) saturate sigmoid and tanh.

    Returns:
        float64 array with mean 0 and variance scale².

    Raises:
        ValueError: scale is negative.

    Example:
        >>> bool(abs(random_normal((3, 2), np.random.default_rng(0))).max() < 0.1)
        True
    """
    _check_scale("scale", scale)
    return scale * rng.standard_normal(shape)


def random_uniform(shape, rng, limit=0.05):
    """Draw evenly from an interval that does not depend on the layer.

    Args:
        shape: shape of the array.
        rng: numpy.random.Generator.
        limit: half the width of the interval, 0 or more.

    Returns:
        float64 array in [−limit, limit], with mean 0 and variance limit²/3.

    Raises:
        ValueError: limit is negative.

    Example:
        >>> bool(abs(random_uniform((3, 2), np.random.default_rng(0))).max() <= 0.05)
        True
    """
    _check_scale("limit", limit)
    return rng.uniform(-limit, limit, shape)


def uniform_by_fan_in(shape, rng):
    """Draw evenly from ±1/√fan_in: a variance of 1/(3 fan_in).

    Args:
        shape: shape of the weights, as for `fans`.
        rng: numpy.random.Generator.

    Returns:
        float64 array.

    Raises:
        ValueError: as `fans`.

    Reference:
        Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
        networks", 2010, equation 1 (as what people used until then).

    Example:
        >>> bool(abs(uniform_by_fan_in((2, 100), np.random.default_rng(0))).max() <= 0.1)
        True
    """
    fan_in, _ = fans(shape)
    return random_uniform(shape, rng, 1 / np.sqrt(fan_in))


def glorot_normal(shape, rng):
    """Draw from a normal distribution with the variance 2/(fan_in + fan_out); for tanh, sigmoid.

    Args:
        shape: shape of the weights, as for `fans`.
        rng: numpy.random.Generator.

    Returns:
        float64 array.

    Raises:
        ValueError: as `fans`.

    Reference:
        Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
        networks", 2010, equation 12.

    Example:
        >>> round(float(np.std(glorot_normal((200, 200), np.random.default_rng(0)))), 3)
        0.071
    """
    return random_normal(shape, rng, np.sqrt(2 / sum(fans(shape))))


def glorot_uniform(shape, rng):
    """Draw evenly from ±√(6/(fan_in + fan_out)): the variance of `glorot_normal`, without tails.

    Args:
        shape: shape of the weights, as for `fans`.
        rng: numpy.random.Generator.

    Returns:
        float64 array.

    Raises:
        ValueError: as `fans`.

    Reference:
        Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
        networks", 2010, equation 16.

    Example:
        >>> round(float(np.std(glorot_uniform((200, 200), np.random.default_rng(0)))), 3)
        0.071
    """
    return random_uniform(shape, rng, np.sqrt(6 / sum(fans(shape))))


def he_normal(shape, rng):
    """Draw from a normal distribution with the variance 2/fan_in; for ReLU.

    Args:
        shape: shape of the weights, as for `fans`.
        rng: numpy.random.Generator.

    Returns:
        float64 array.

    Raises:
        ValueError: as `fans`.

    Reference:
        He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, equation 10.

    Example:
        >>> round(float(np.std(he_normal((200, 200), np.random.default_rng(0)))), 3)
        0.1
    """
    return random_normal(shape, rng, np.sqrt(2 / fans(shape)[0]))


def he_uniform(shape, rng):
    """Draw evenly from ±√(6/fan_in): the variance of `he_normal`, without tails.

    Args:
        shape: shape of the weights, as for `fans`.
        rng: numpy.random.Generator.

    Returns:
        float64 array.

    Raises:
        ValueError: as `fans`.

    Reference:
        He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, section 2.2.

    Example:
        >>> round(float(np.std(he_uniform((200, 200), np.random.default_rng(0)))), 3)
        0.1
    """
    return random_uniform(shape, rng, np.sqrt(6 / fans(shape)[0]))


# name -> function of (shape, rng)
INITIALIZERS = {
    "zeros": zeros,
    "random_normal": random_normal,
    "random_uniform": random_uniform,
    "uniform_by_fan_in": uniform_by_fan_in,
    "glorot_normal": glorot_normal,
    "glorot_uniform": glorot_uniform,
    "he_normal": he_normal,
    "he_uniform": he_uniform,
}


def initialize_layers(layer_dims, initializer, rng):
    """Draw the parameters of a deep dense network by one of the rules above.

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.
        initializer: name in `INITIALIZERS`, for the weights; the biases are 0.
        rng: numpy.random.Generator.

    Returns:
        dict with W{l} (n[l], n[l-1]) and b{l} (n[l], 1) for every layer l.

    Raises:
        ValueError: initializer is unknown, or layer_dims has fewer than two sizes or one below 1.

    Example:
        >>> parameters = initialize_layers((5, 4, 3), "he_normal", np.random.default_rng(0))
        >>> {name: value.shape for name, value in parameters.items()}
        {'W1': (4, 5), 'b1': (4, 1), 'W2': (3, 4), 'b2': (3, 1)}
    """
    if initializer not in INITIALIZERS:
        raise ValueError(
            f"initializer: expected one of {', '.join(INITIALIZERS)}; got {initializer!r}"
        )
    draw = INITIALIZERS[initializer]
    return {
        name: draw(shape, rng) if name[0] == "W" else zeros(shape)
        for name, shape in layer_shapes(layer_dims).items()
    }


def _check_scale(name, scale):
    if not scale >= 0:
        raise ValueError(f"{name}: expected 0 or more; got {scale!r}")
