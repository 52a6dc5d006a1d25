"""Nested dictionaries of parameters: visit every array, build others of the same form.

A tree is an array, or a dictionary whose values are trees: {"W1": …, "b1": …} as well as
{"encoder": {"W": …}, "decoder": {"W": …}}. Gradients come as a tree of the same form, with the same
names or with a "d" in front of them ("dW1" for "W1").
"""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = ["gradients_like", "leaves", "map_leaves", "map_with_path", "path_name"]


def leaves(tree):
    """List every array of a tree with the way to it.

    Args:
        tree: an array or a (nested) dictionary of arrays.

    Returns:
        List of pairs (path, array): path the tuple of the keys from the root to the array, empty
        where the tree is an array itself; array floating-point (see `as_float`).

    Raises:
        ValueError: a leaf is not made of real numbers.

    Example:
        >>> [(path, leaf.shape) for path, leaf in leaves({"a": {"W": [1, 2]}, "b": 0.5})]
        [(('a', 'W'), (2,)), (('b',), ())]
    """
    found = []
    map_with_path(lambda path, leaf: found.append((path, leaf)), tree)
    return found


def map_with_path(function, tree, path=()):
    """Build a tree of the same form by a function that also learns where it is.

    Args:
        function: takes the path of an array (tuple of keys) and the array.
        tree: an array or a (nested) dictionary of arrays.
        path: the keys above `tree`, put in front of every path.

    Returns:
        Tree with the keys of `tree` and the results of the function.

    Raises:
        ValueError: a leaf is not made of real numbers.

    Example:
        >>> map_with_path(lambda path, leaf: (path_name(path), leaf.size), {"a": {"W": [1, 2]}})
        {'a': {'W': ('a/W', 2)}}
    """
    if isinstance(tree, dict):
        return {key: map_with_path(function, child, (*path, key)) for key, child in tree.items()}
    return function(path, _real(tree, f"{path_name(path)}: expected real numbers"))


def map_leaves(function, tree, *others):
    """Build a tree of the same form by applying a function to every array.

    Args:
        function: takes one array of `tree` and the arrays at the same place in `others`.
        tree: an array or a (nested) dictionary of arrays.
        *others: trees with the keys of `tree`.

    Returns:
        Tree with the keys of `tree` and the results of the function.

    Raises:
        ValueError: a leaf is not made of real numbers, or a key is missing in one of `others`.

    Example:
        >>> map_leaves(lambda w, dw: float(w - dw), {"a": {"W": 3.0}}, {"a": {"W": 1.0}})
        {'a': {'W': 2.0}}
    """

    def apply(path, leaf):
        return function(leaf, *(_at(other, path, "others") for other in others))

    return map_with_path(apply, tree)


def gradients_like(parameters, gradients):
    """Give gradients the names of the parameters that they belong to.

    Args:
        parameters: an array or a (nested) dictionary of arrays.
        gradients: tree with the same keys, or with a "d" in front of them; others are left out.

    Returns:
        Tree of arrays with the keys of `parameters`.

    Raises:
        ValueError: a gradient is missing or differs in shape from its parameter.

    Example:
        >>> gradients_like({"W1": 3.0}, {"dW1": 0.5, "dA0": 7.0})
        {'W1': array(0.5)}
    """

    def matching(path, leaf):
        gradient = _at(gradients, path, "gradients", prefix="d")
        if gradient.shape != leaf.shape:
            raise ValueError(
                f"gradients: expected shape {leaf.shape} for {path_name(path)}; "
                f"got {gradient.shape}"
            )
        return gradient

    return map_with_path(matching, parameters)


def path_name(path):
    """Write the way to an array in one word, for messages.

    Args:
        path: tuple of keys, as `leaves` returns it.

    Returns:
        str: the keys joined by slashes; "theta" for the empty path of a lone array.

    Example:
        >>> path_name(("encoder", "W")), path_name(())
        ('encoder/W', 'theta')
    """
    return "/".join(str(key) for key in path) or "theta"


def _at(tree, path, name, prefix=""):
    for depth, key in enumerate(path, start=1):
        known = tree if isinstance(tree, dict) else {}
        if key not in known and f"{prefix}{key}" not in known:
            raise ValueError(
                f"{name}: expected an entry for {path_name(path[:depth])}; "
                f"got {sorted(map(str, known))}"
            )
        tree = known[key] if key in known else known[f"{prefix}{key}"]
    if isinstance(tree, dict):
        raise ValueError(f"{name}: expected an array for {path_name(path)}; got a dictionary")
    return _real(tree, f"{name}: expected real numbers for {path_name(path)}")


def _real(leaf, expectation):
    array = np.asarray(leaf)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{expectation}; got {type(leaf).__name__} of type {array.dtype}")
    return as_float(array)
