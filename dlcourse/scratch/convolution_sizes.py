"""Arithmetic of convolutional networks: sizes, parameters, multiplications, receptive fields."""

import numpy as np

from dlcourse.scratch.ranges import whole_number

__all__ = [
    "conv_multiplications",
    "conv_parameters",
    "dense_parameters",
    "layer_table",
    "output_size",
    "receptive_field",
    "receptive_profile",
    "separable_multiplications",
    "separable_ratio",
]


def output_size(n, f, stride=1, pad=0):
    """Tell how many windows fit along one axis: ⌊(n + 2p - f) / s⌋ + 1.

    Args:
        n: size of the input, at least 1.
        f: size of the filter, from 1 to n + 2p.
        stride: step from window to window, s, at least 1.
        pad: zeros added on each side, p, at least 0.

    Returns:
        int: the size of the output.

    Raises:
        ValueError: a number is out of its range, or the filter does not fit.

    Example:
        >>> output_size(7, 3, stride=2), output_size(6, 3), output_size(6, 3, pad=1)
        (3, 4, 6)
    """
    n, f = whole_number("n", n, 1), whole_number("f", f, 1)
    stride, pad = whole_number("stride", stride, 1), whole_number("pad", pad, 0)
    if f > n + 2 * pad:
        raise ValueError(f"f: expected at most n + 2·pad = {n + 2 * pad}; got {f}")
    return (n + 2 * pad - f) // stride + 1


def conv_parameters(f, n_C_prev, n_C):
    """Count the numbers that a convolutional layer learns: (f² n_C_prev + 1) n_C.

    The size of the image does not appear: that is why convolutions are small.

    Args:
        f: size of the square filters, at least 1.
        n_C_prev: channels of the input, at least 1.
        n_C: filters, each with a bias; at least 1.

    Returns:
        int: the number of weights and biases.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> conv_parameters(3, 3, 10), conv_parameters(5, 3, 6)
        (280, 456)
    """
    f, n_C_prev, n_C = _sizes(f=f, n_C_prev=n_C_prev, n_C=n_C)
    return (f * f * n_C_prev + 1) * n_C


def dense_parameters(n_prev, n, bias=True):
    """Count the numbers that a dense layer learns.

    Args:
        n_prev: inputs, at least 1.
        n: units, at least 1.
        bias: whether each unit has a bias.

    Returns:
        int: the number of weights, and of biases where there are any.

    Raises:
        ValueError: a number is out of its range.

    Example:
        Six 5×5 filters turn a 32×32×3 image into 28×28×6 numbers with 456 parameters; a dense
        layer from 3072 to 4704 would have 14 million weights.

        >>> dense_parameters(32 * 32 * 3, 28 * 28 * 6, bias=False)
        14450688
    """
    n_prev, n = _sizes(n_prev=n_prev, n=n)
    return (n_prev + bool(bias)) * n


def conv_multiplications(out_size, f, n_C_prev, n_C):
    """Count the multiplications of a convolution for one image.

    Args:
        out_size: (height, width) of the output, each at least 1.
        f: size of the square filters, at least 1.
        n_C_prev: channels of the input, at least 1.
        n_C: filters, at least 1.

    Returns:
        int: f² n_C_prev for each of height · width · n_C outputs.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Szegedy et al., "Going deeper with convolutions", 2015 (the bottleneck of the example).

    Example:
        >>> conv_multiplications((28, 28), 5, 192, 32)
        120422400
        >>> bottleneck = conv_multiplications((28, 28), 1, 192, 16)
        >>> bottleneck + conv_multiplications((28, 28), 5, 16, 32)
        12443648
    """
    height, width, f, n_C_prev, n_C = _sizes(
        height=out_size[0], width=out_size[1], f=f, n_C_prev=n_C_prev, n_C=n_C
    )
    return height * width * n_C * f * f * n_C_prev


def separable_multiplications(out_size, f, n_C_prev, n_C):
    """Count the multiplications of a depthwise separable convolution for one image.

    Args:
        out_size: (height, width) of the output, each at least 1.
        f: size of the square filters, at least 1.
        n_C_prev: channels of the input, at least 1.
        n_C: channels of the output, at least 1.

    Returns:
        (depthwise, pointwise): f² for each number after the first step, n_C_prev for each number
        after the second.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Howard et al., "MobileNets", 2017, section 3.1.

    Example:
        >>> conv_multiplications((4, 4), 3, 3, 5), separable_multiplications((4, 4), 3, 3, 5)
        (2160, (432, 240))
    """
    return (
        conv_multiplications(out_size, f, 1, n_C_prev),
        conv_multiplications(out_size, 1, n_C_prev, n_C),
    )


def separable_ratio(f, n_C):
    """Tell how much of a convolution's work is left when it is made separable: 1/n_C + 1/f².

    Args:
        f: size of the square filters, at least 1.
        n_C: channels of the output, at least 1.

    Returns:
        float: multiplications of the separable convolution divided by those of the plain one.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> round(separable_ratio(3, 5), 3), round(672 / 2160, 3), round(separable_ratio(3, 512), 3)
        (0.311, 0.311, 0.113)
    """
    f, n_C = _sizes(f=f, n_C=n_C)
    return 1 / n_C + 1 / f**2


def receptive_field(layers):
    """Tell how many input pixels, along one axis, one output of a stack of layers can see.

    Args:
        layers: (f, stride) of every convolution or pooling, the first layer first.

    Returns:
        int: 1 + Σ (f - 1) · (product of the strides of the layers before).

    Raises:
        ValueError: a number is below 1.

    Example:
        Two 3×3 layers see as much as one 5×5 layer, with fewer weights.

        >>> receptive_field([(3, 1), (3, 1)]), receptive_field([(3, 1), (2, 2), (3, 1)])
        (5, 8)
    """
    return len(receptive_profile(layers))


def receptive_profile(layers):
    """Tell how strongly each pixel of the receptive field acts on the output.

    All weights are taken as equal. The middle acts through many paths and the edge through one, so
    the effective receptive field is smaller than the receptive field.

    Args:
        layers: (f, stride) of every convolution or pooling, the first layer first.

    Returns:
        Array with one number for each pixel along one axis, summing to 1.

    Raises:
        ValueError: a number is below 1.

    Reference:
        Luo et al., "Understanding the effective receptive field in deep convolutional neural
        networks", 2016.

    Example:
        >>> receptive_profile([(3, 1), (3, 1)]).round(2).tolist()
        [0.11, 0.22, 0.33, 0.22, 0.11]
    """
    profile, step = np.ones(1), 1
    for layer in layers:
        f, stride = _sizes(f=layer[0], stride=layer[1])
        window = np.zeros((f - 1) * step + 1)
        window[::step] = 1 / f
        profile, step = np.convolve(profile, window), step * stride
    return profile


def layer_table(shape, layers):
    """List the activations and parameters of a network, layer by layer.

    Args:
        shape: (height, width, channels) of the input.
        layers: ("conv", f, stride, n_C), ("pool", f, stride) and ("dense", n), without padding.

    Returns:
        list of (kind, shape, activations, parameters), the input first.

    Raises:
        ValueError: a kind is unknown, a number is out of its range, or a filter does not fit.

    Reference:
        LeCun et al., "Gradient-based learning applied to document recognition", 1998 (LeNet-5,
        which the example resembles).

    Example:
        >>> lenet = [("conv", 5, 1, 8), ("pool", 2, 2), ("conv", 5, 1, 16), ("pool", 2, 2),
        ...          ("dense", 120), ("dense", 84), ("dense", 10)]
        >>> for row in layer_table((32, 32, 3), lenet):
        ...     print(*row)
        input (32, 32, 3) 3072 0
        conv (28, 28, 8) 6272 608
        pool (14, 14, 8) 1568 0
        conv (10, 10, 16) 1600 3216
        pool (5, 5, 16) 400 0
        dense (120,) 120 48120
        dense (84,) 84 10164
        dense (10,) 10 850
    """
    rows = [("input", tuple(shape), int(np.prod(shape)), 0)]
    for kind, *sizes in layers:
        shape, parameters = _next_layer(rows[-1][1], kind, sizes)
        rows.append((kind, shape, int(np.prod(shape)), parameters))
    return rows


def _next_layer(shape, kind, sizes):
    if kind == "dense":
        return tuple(sizes), dense_parameters(int(np.prod(shape)), *sizes)
    if kind not in {"conv", "pool"}:
        raise ValueError(f"layers: expected 'conv', 'pool' or 'dense'; got {kind!r}")
    if len(shape) != 3:
        raise ValueError(f"layers: expected {kind!r} before the first 'dense'; got it after")
    f, stride, *n_C = sizes
    n_H, n_W = (output_size(n, f, stride) for n in shape[:2])
    if kind == "pool":
        return (n_H, n_W, shape[2]), 0
    return (n_H, n_W, *n_C), conv_parameters(f, shape[2], *n_C)


def _sizes(**sizes):
    return [whole_number(name, size, 1) for name, size in sizes.items()]
