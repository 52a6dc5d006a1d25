"""The way an optimizer takes across a surface, point by point, for pictures and comparisons."""

import numpy as np

from dlcourse.scratch.optimizers import find_optimizer
from dlcourse.scratch.ranges import whole_number
from dlcourse.scratch.surfaces import SURFACES

__all__ = ["trajectory"]


def trajectory(surface, optimizer, start, num_steps, **hyperparameters):
    """Follow an optimizer down a surface.

    Args:
        surface: name in `dlcourse.scratch.surfaces.SURFACES`.
        optimizer: name in `dlcourse.scratch.optimizers.OPTIMIZERS`.
        start: the first point (x, y).
        num_steps: number of steps, at least 0.
        **hyperparameters: of the optimizer's update, such as learning_rate.

    Returns:
        Array (num_steps + 1, 2): the start and the point after every step.

    Raises:
        ValueError: a name is unknown, start is not a point, or the steps were so long that a
            coordinate is no number any more.

    Example:
        >>> path = trajectory("bowl", "sgd", (4.0, 1.0), 2, learning_rate=0.1)
        >>> path.round(2).tolist()
        [[4.0, 1.0], [3.6, 0.0], [3.24, 0.0]]
    """
    gradient = _find_surface(surface).gradient
    initialize, update = find_optimizer(optimizer)
    parameters = {"point": _point(start)}
    state, path = initialize(parameters), [parameters["point"]]
    for _ in range(whole_number("num_steps", num_steps, 0)):
        grads = {"dpoint": gradient(*parameters["point"])}
        parameters, state = update(parameters, grads, state, **hyperparameters)
        path.append(parameters["point"])
    return np.stack(path)


def _find_surface(name):
    if name not in SURFACES:
        raise ValueError(f"surface: expected one of {', '.join(SURFACES)}; got {name!r}")
    return SURFACES[name]


def _point(start):
    point = np.array(start, dtype=np.float64)
    if point.shape != (2,) or not np.all(np.isfinite(point)):
        raise ValueError(f"start: expected a point (x, y) of finite numbers; got {start!r}")
    return point
