"""Gradient checking: is the backward pass the derivative of the forward pass?

Nudge one parameter at a time, see how the cost answers, and compare with what backpropagation
says. It costs two forward passes per parameter, so it is for debugging, on small shapes, in float64
and with dropout switched off.
"""

from dataclasses import dataclass

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import check_numbers
from dlcourse.scratch.parameter_trees import gradients_like, leaves, map_leaves, path_name

__all__ = [
    "GradientReport",
    "check_gradient",
    "gradient_ratio",
    "numeric_gradient",
    "one_sided_difference",
    "two_sided_difference",
    "verdict",
]

# near the cube root of float64's precision, where rounding (which grows like 1/ε) and the curvature
# that a difference misses (which grows like ε²) are equally small
EPSILON = 1e-5

VERDICTS = ((1e-7, "great"), (1e-5, "look again"), (1e-3, "suspicious"))


def one_sided_difference(f, theta, epsilon=0.01):
    """Approximate a derivative from one side; its error shrinks like ε.

    Args:
        f: function of one number (or element-wise on an array).
        theta: where the derivative is wanted.
        epsilon: size of the step, above 0.

    Returns:
        (f(θ + ε) − f(θ)) / ε.

    Raises:
        ValueError: theta is NaN, or epsilon is not above 0.

    Example:
        >>> round(one_sided_difference(lambda theta: theta**3, 1.0, epsilon=0.01), 4)
        3.0301
    """
    check_numbers("theta", theta)
    _check_epsilon(epsilon)
    return (f(theta + epsilon) - f(theta)) / epsilon


def two_sided_difference(f, theta, epsilon=0.01):
    """Approximate a derivative from both sides; its error shrinks like ε².

    Args:
        f: function of one number (or element-wise on an array).
        theta: where the derivative is wanted.
        epsilon: size of the step to either side, above 0.

    Returns:
        (f(θ + ε) − f(θ − ε)) / 2ε.

    Raises:
        ValueError: theta is NaN, or epsilon is not above 0.

    Example:
        >>> round(two_sided_difference(lambda theta: theta**3, 1.0, epsilon=0.01), 4)
        3.0001
    """
    check_numbers("theta", theta)
    _check_epsilon(epsilon)
    return (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)


def numeric_gradient(f, parameters, epsilon=EPSILON):
    """Approximate every partial derivative of a cost by a two-sided difference.

    Args:
        f: function from parameters of the given form to one number. It gets float64 copies, must
            not change them, and must answer the same when asked twice.
        parameters: an array or a (nested) dictionary of arrays.
        epsilon: size of the step, above 0, for parameters up to 1; proportional to larger ones.

    Returns:
        Tree of float64 arrays with the form and the shapes of `parameters`.

    Raises:
        ValueError: epsilon is not above 0, a parameter is NaN or infinite, f returns more than one
            number, or f answers differently when asked twice (dropout, or a generator inside).

    Example:
        >>> slopes = numeric_gradient(lambda p: p["w"] @ p["w"] + p["b"], {"w": [1, 2], "b": 3})
        >>> slopes["w"].round(6).tolist(), slopes["b"].round(6).item()
        ([2.0, 4.0], 1.0)
    """
    _check_epsilon(epsilon)
    for path, leaf in leaves(parameters):
        if not np.all(np.isfinite(leaf)):
            raise ValueError(f"{path_name(path)}: expected finite parameters; got NaN or infinity")
    # our own copy, because it is nudged in place: a new tree for every nudge would be slow
    nudged = map_leaves(lambda leaf: np.array(leaf, dtype=np.float64), parameters)
    _check_repeatable(f, nudged)
    return map_leaves(lambda leaf: _slopes(f, nudged, leaf, epsilon), nudged)


def gradient_ratio(approximate, gradient):
    """Tell how far apart two gradients are, relative to their lengths.

    Args:
        approximate: an array or a (nested) dictionary of arrays.
        gradient: the other one, of the same form; names may have a "d" in front.

    Returns:
        float: ‖approximate − gradient‖ / (‖approximate‖ + ‖gradient‖) over all components together;
        0 where both are zero everywhere (or empty), 1 where only one of them is.

    Raises:
        ValueError: the two differ in form.

    Example:
        >>> gradient_ratio({"W": [3.0, 0.0]}, {"dW": [0.0, 4.0]})
        0.7142857142857143
    """
    a = _flat(approximate)
    b = _flat(gradients_like(approximate, gradient))
    lengths = np.linalg.norm(a) + np.linalg.norm(b)
    return float(np.linalg.norm(a - b) / lengths) if lengths != 0 else 0.0


def verdict(ratio):
    """Put a ratio into words.

    Args:
        ratio: as `gradient_ratio` returns it.

    Returns:
        str: "great" up to 1e-7, "look again" up to 1e-5, "suspicious" up to 1e-3, else "wrong"
        (also for NaN).

    Example:
        >>> [verdict(ratio) for ratio in (1e-8, 1e-6, 1e-4, 0.3)]
        ['great', 'look again', 'suspicious', 'wrong']
    """
    return next((word for limit, word in VERDICTS if ratio <= limit), "wrong")


@dataclass(frozen=True)
class GradientReport:
    """What a gradient check found; print it to read it.

    Args:
        ratio: distance of the two gradients relative to their lengths.
        name: the array that holds the worst component, such as "W2" or "encoder/W".
        index: the place of that component in the array.
        backpropagated: the component as backpropagation has it.
        numeric: the component as the two-sided difference has it.

    Example:
        >>> print(GradientReport(0.2, "W2", (0, 3), 1.5, 1.0))
        ratio 2.0e-01: wrong; largest gap at W2[0, 3]: backpropagation 1.5, difference 1
    """

    ratio: float
    name: str
    index: tuple
    backpropagated: float
    numeric: float

    @property
    def verdict(self):
        """The ratio in words."""
        return verdict(self.ratio)

    def __str__(self):
        """One line for the eye."""
        return (
            f"ratio {self.ratio:.1e}: {self.verdict}; largest gap at "
            f"{self.name}[{', '.join(map(str, self.index))}]: "
            f"backpropagation {self.backpropagated:.6g}, difference {self.numeric:.6g}"
        )


def check_gradient(f, parameters, gradients, epsilon=EPSILON):
    """Compare backpropagated gradients with two-sided differences, and name the worst component.

    Args:
        f: the cost as a function of the parameters, as for `numeric_gradient`.
        parameters: an array or a (nested) dictionary of arrays, at least one number in all.
        gradients: what backpropagation says, of the same form; names may have a "d" in front.
        epsilon: size of the step, above 0.

    Returns:
        GradientReport.

    Raises:
        ValueError: as `numeric_gradient`; or the gradients do not fit the parameters, or there are
            no parameters.

    Example:
        >>> parameters = {"w": np.array([1.0, 2.0]), "b": np.array(3.0)}
        >>> def cost(p):
        ...     return np.sum(p["w"] ** 2) * p["b"]
        >>> print(check_gradient(cost, parameters, {"dw": [6.0, 21.0], "db": 5.0}))
        ratio 2.5e-01: wrong; largest gap at w[1]: backpropagation 21, difference 12
    """
    gradients = gradients_like(parameters, gradients)
    numeric = numeric_gradient(f, parameters, epsilon)
    pairs = [
        (path, ours, theirs)
        for (path, ours), (_, theirs) in zip(leaves(gradients), leaves(numeric), strict=True)
        if ours.size
    ]
    if not pairs:
        raise ValueError("parameters: expected at least one number; got none")
    path, ours, theirs = max(pairs, key=lambda pair: _gaps(*pair[1:]).max())
    index = np.unravel_index(np.argmax(_gaps(ours, theirs)), ours.shape)
    worst = path_name(path), tuple(map(int, index)), float(ours[index]), float(theirs[index])
    return GradientReport(gradient_ratio(numeric, gradients), *worst)


def _slopes(f, parameters, leaf, epsilon):
    slopes = np.empty_like(leaf)
    for index in np.ndindex(*leaf.shape):
        kept = leaf[index].item()
        step = epsilon * max(1.0, abs(kept))
        leaf[index] = kept + step
        above = _value(f, parameters)
        leaf[index] = kept - step
        below = _value(f, parameters)
        leaf[index] = kept
        slopes[index] = (above - below) / (2 * step)
    return slopes


def _gaps(ours, theirs):
    # a NaN compares as no larger than anything, yet is the worst component there can be
    return np.nan_to_num(np.abs(ours - theirs), nan=np.inf)


def _flat(tree):
    return np.concatenate([np.zeros(0), *(leaf.ravel() for _, leaf in leaves(tree))])


def _value(f, parameters):
    value = as_float(f(parameters))
    if value.size != 1:
        raise ValueError(f"f: expected one number, the cost; got an array of shape {value.shape}")
    return value.item()


def _check_repeatable(f, parameters):
    first, second = _value(f, parameters), _value(f, parameters)
    if not np.isclose(first, second, rtol=1e-9, atol=1e-12, equal_nan=True):
        raise ValueError(
            f"f: expected the same value when asked twice; got {first} and {second} "
            f"(switch dropout off, draw random numbers outside)"
        )


def _check_epsilon(epsilon):
    if not epsilon > 0:
        raise ValueError(f"epsilon: expected a step above 0; got {epsilon!r}")
