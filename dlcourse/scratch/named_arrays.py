"""Arrays with named sizes: what shape an argument must have, said once and checked at the door.

A shape is written in letters, ("m", "t", "n"). The first array that has an "n" fixes it, and
every later one has to agree; an ellipsis in front stands for any number of batch axes.
"""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = [
    "check_numbers",
    "check_shape",
    "float_array",
    "index_array",
    "parameter_array",
    "parameter_arrays",
]


def check_shape(name, actual, shape, sizes=None):
    """Compare a shape with a pattern of letters, and remember what the letters stand for.

    Args:
        name: of the argument, for the message.
        actual: the shape that came, tuple of integers.
        shape: the shape that is expected: letters and integers; `...` may stand first.
        sizes: dictionary from letters to the sizes known so far; extended in place.

    Raises:
        ValueError: another rank, or another size than a letter already has.

    Example:
        >>> sizes = {}
        >>> check_shape("E", (10, 3), ("V", "n"), sizes)
        >>> check_shape("U", (10, 4), ("V", "n"), sizes)
        Traceback (most recent call last):
            ...
        ValueError: U: expected shape (V=10, n=3); got (10, 4)
    """
    sizes = {} if sizes is None else sizes
    parts = tuple(actual)
    if shape and shape[0] is ...:
        batch = max(len(parts) - len(shape) + 1, 0)
        parts = (parts[:batch], *parts[batch:])
    found = dict(sizes)
    fits = len(parts) == len(shape)
    for size, part in zip(shape, parts, strict=False):
        # a letter takes the first size it meets, also within one array: (V, V) is square
        is_letter = size is ... or isinstance(size, str)
        fits = fits and part == (found.setdefault(size, part) if is_letter else size)
    if not fits:
        raise ValueError(f"{name}: expected shape {_written(shape, sizes)}; got {tuple(actual)}")
    sizes.update(found)


def check_numbers(name, array):
    """Insist that no entry of an array is NaN: from one, every later result would be NaN too.

    Args:
        name: of the argument, for the message.
        array: number or float array of any shape.

    Raises:
        ValueError: an entry is NaN.

    Example:
        >>> check_numbers("b", np.array([0.0, float("nan")]))
        Traceback (most recent call last):
            ...
        ValueError: b: expected numbers; got NaN in 1 of 2 entries
    """
    # the minimum of anything with a NaN is NaN: one pass, and no array of booleans
    if np.size(array) and np.isnan(np.min(array)):
        count, size = int(np.isnan(array).sum()), np.size(array)
        raise ValueError(f"{name}: expected numbers; got NaN in {count} of {size} entries")


def float_array(name, value, shape, sizes=None):
    """Make a value a float array of the expected shape; float32 stays float32.

    Args:
        name: of the argument, for the message.
        value: number, sequence or array of real numbers.
        shape: the shape that is expected, as in `check_shape`.
        sizes: dictionary from letters to sizes, as in `check_shape`.

    Returns:
        The array, float32 or float64.

    Raises:
        ValueError: another shape.

    Example:
        >>> float_array("h", [[1, 2]], ("m", "n")).dtype.name
        'float64'
    """
    array = as_float(value)
    check_shape(name, array.shape, shape, sizes)
    return array


def parameter_array(name, value, shape, sizes=None):
    """Make a value a float array as `float_array` does, and insist on numbers: no NaN, not empty.

    Args:
        name: of the argument, for the message.
        value: number, sequence or array of real numbers.
        shape: the shape that is expected, as in `check_shape`.
        sizes: dictionary from letters to sizes, as in `check_shape`.

    Returns:
        The array, float32 or float64.

    Raises:
        ValueError: another shape, no entry at all, or an entry that is not a number.

    Example:
        >>> parameter_array("b", [0.0, float("nan")], ("n",))
        Traceback (most recent call last):
            ...
        ValueError: b: expected numbers; got NaN in 1 of 2 entries
    """
    array = float_array(name, value, shape, sizes)
    if array.size == 0:
        raise ValueError(f"{name}: expected at least one entry; got shape {array.shape}")
    check_numbers(name, array)
    return array


def parameter_arrays(parameters, shapes, sizes=None):
    """Do what `parameter_array` does for a whole dictionary of parameters.

    Args:
        parameters: dictionary from names to arrays; names that are not in shapes are left out.
        shapes: dictionary from the names that are needed to their shapes, as in `check_shape`.
        sizes: dictionary from letters to sizes, as in `check_shape`.

    Returns:
        Dictionary from the names in shapes, in their order, to arrays.

    Raises:
        ValueError: a name is missing, or what `parameter_array` raises.

    Example:
        >>> parameter_arrays({"W": [[1, 2]]}, {"W": ("n", "n_prev"), "b": ("n",)})
        Traceback (most recent call last):
            ...
        ValueError: parameters: expected W, b; got W
    """
    if not shapes.keys() <= parameters.keys():
        raise ValueError(f"parameters: expected {', '.join(shapes)}; got {', '.join(parameters)}")
    sizes = {} if sizes is None else sizes
    return {
        name: parameter_array(name, parameters[name], shape, sizes)
        for name, shape in shapes.items()
    }


def index_array(name, value, shape, below, sizes=None):
    """Make a value an array of row numbers, and insist that the rows exist.

    Args:
        name: of the argument, for the message.
        value: integer, sequence or array of integers.
        shape: the shape that is expected, as in `check_shape`.
        below: the number of rows; an index lies in 0..below-1. A negative one would count from
            the end in NumPy, and a mistake would go unnoticed.
        sizes: dictionary from letters to sizes, as in `check_shape`.

    Returns:
        The array of integers.

    Raises:
        ValueError: another shape, not integers, or an index outside the rows.

    Example:
        >>> index_array("targets", [2, 3], ("m",), below=3)
        Traceback (most recent call last):
            ...
        ValueError: targets: expected integers from 0 to 2; got 3
    """
    array = np.asarray(value)
    check_shape(name, array.shape, shape, sizes)
    if array.size == 0:
        return array.astype(np.intp)  # an empty list has no dtype of its own
    if not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{name}: expected integers; got {array.dtype.name}")
    for extreme in (array.min(), array.max()):
        if not 0 <= extreme < below:
            raise ValueError(f"{name}: expected integers from 0 to {below - 1}; got {extreme}")
    return array


def _written(shape, sizes):
    def one(size):
        if size is ...:
            return ", ".join(map(str, sizes[size])) if sizes.get(size) else "..."
        return f"{size}={sizes[size]}" if size in sizes and isinstance(size, str) else str(size)

    written = ", ".join(one(size) for size in shape)
    return f"({written},)" if len(shape) == 1 else f"({written})"
