"""What RNN, GRU and LSTM share when they run through time: the work that needs no loop.

Only the product with the previous state has to wait for the step before. The products with the
inputs are one matrix product before the loop, and the gradients of the weights are one after it.
Inside, the time comes first, so that the numbers of one step lie side by side in memory.
"""

import numpy as np

from dlcourse.scratch.small_products import divisor_below, rows_per_product

__all__ = [
    "examples_first",
    "hold_padding",
    "input_gradients",
    "input_product",
    "padding_of",
    "release_padding",
    "state_gradients",
    "states_over_time",
    "step_product",
    "steps_first",
]


def steps_first(x):
    """Turn sequences (m, t, n) around, one step after the other in memory.

    Args:
        x: array (m, t, n).

    Returns:
        Contiguous array (t, m, n).

    Example:
        >>> steps_first(np.zeros((2, 3, 4))).shape
        (3, 2, 4)
    """
    return np.ascontiguousarray(x.swapaxes(0, 1))


def examples_first(steps):
    """Turn steps (t, m, n) around into sequences.

    Args:
        steps: array (t, m, n).

    Returns:
        Contiguous copy of shape (m, t, n), so that changing it changes no cache.

    Example:
        >>> examples_first(np.zeros((3, 2, 4))).shape
        (2, 3, 4)
    """
    return steps.swapaxes(0, 1).copy(order="C")


def input_product(steps, Wx, b):
    """Multiply the inputs of all steps by the weights at once.

    Args:
        steps: inputs, shape (t, m, n_x).
        Wx: weights, shape (n_x, k).
        b: biases, shape (k,).

    Returns:
        Array (t, m, k): for every step its inputs times Wx, plus b.

    Example:
        >>> input_product(np.ones((1, 1, 2)), np.ones((2, 1)), np.ones(1)).tolist()
        [[[3.0]]]
    """
    t, m, n_x = steps.shape
    product = steps.reshape(t * m, n_x) @ Wx
    product += b
    return product.reshape(t, m, Wx.shape[1])


def step_product(W, m):
    """Prepare the product that every step of the loop needs, with the same weights each time.

    Args:
        W: weights, shape (n, k).
        m: number of examples.

    Returns:
        Function (a, out) that writes a @ W, with a of shape (m, n), into the contiguous array
        out (m, k). It cuts W into blocks of columns so small that each product stays on one core:
        a loop that had to bring the cores together at each step would mostly wait for them.

    Example:
        >>> out = np.empty((1, 2))
        >>> step_product(np.array([[1.0, 2.0]]), m=1)(np.array([[3.0]]), out)
        >>> out.tolist()
        [[3.0, 6.0]]
    """
    n, k = W.shape
    columns = divisor_below(k, rows_per_product(max(1, m * n)) or k)
    blocks = np.ascontiguousarray(W.reshape(n, k // columns, columns).swapaxes(0, 1))

    def product(a, out):
        np.matmul(a, blocks, out=out.reshape(m, k // columns, columns).swapaxes(0, 1))

    return product


def states_over_time(first, t):
    """Make room for the states before and after every step.

    Args:
        first: the initial state, shape (m, n_a).
        t: number of steps.

    Returns:
        Array (t + 1, m, n_a) whose entry 0 is the initial state; the others are not set yet.

    Example:
        >>> states_over_time(np.ones((2, 3)), t=4).shape
        (5, 2, 3)
    """
    states = np.empty((t + 1, *first.shape), first.dtype)
    states[0] = first
    return states


def padding_of(mask):
    """Tell which examples are padding at each step.

    Args:
        mask: booleans (m, t), True at real steps; or None.

    Returns:
        Booleans (t, m, 1), True at padding; or None where there is no mask.

    Example:
        >>> padding_of(np.array([[True, False]])).ravel().tolist()
        [False, True]
    """
    return None if mask is None else ~mask.T[..., np.newaxis]


def hold_padding(states, step, padding):
    """Let the state of padded examples stand still during a step, in place.

    Args:
        states: array (t + 1, m, n_a); entry `step` is before the step, `step + 1` after it.
        step: number of the step, from 0.
        padding: of `padding_of`.

    Returns:
        None; states[step + 1] is changed.

    Example:
        >>> states = np.array([[[1.0], [2.0]], [[3.0], [4.0]]])
        >>> hold_padding(states, 0, np.array([[[True], [False]]]))
        >>> states[1].ravel().tolist()
        [1.0, 4.0]
    """
    if padding is not None:
        np.copyto(states[step + 1], states[step], where=padding[step])


def release_padding(gradient, step, padding):
    """Take the gradient of padded examples out, in place: it passes the step by.

    Args:
        gradient: gradient of a state after the step, shape (m, n_a).
        step: number of the step, from 0.
        padding: of `padding_of`.

    Returns:
        What was taken out, to be added to the gradient of the state before the step: an array
        (m, n_a), or 0 where there is no mask.

    Example:
        >>> gradient = np.array([[5.0], [7.0]])
        >>> release_padding(gradient, 0, np.array([[[True], [False]]])).ravel().tolist()
        [5.0, 0.0]
        >>> gradient.ravel().tolist()
        [0.0, 7.0]
    """
    if padding is None:
        return 0
    passing = np.where(padding[step], gradient, 0)
    gradient[np.broadcast_to(padding[step], gradient.shape)] = 0
    return passing


def input_gradients(steps, dZ, Wx):
    """Go back through `input_product`, all steps at once.

    Args:
        steps: inputs, shape (t, m, n_x).
        dZ: gradient of the product, shape (t, m, k).
        Wx: weights, shape (n_x, k).

    Returns:
        dict with dx (m, t, n_x), dWx (n_x, k) and db (k,).

    Example:
        >>> gradients = input_gradients(np.ones((3, 1, 2)), np.ones((3, 1, 1)), np.ones((2, 1)))
        >>> gradients["dWx"].tolist(), gradients["db"].tolist()
        ([[3.0], [3.0]], [3.0])
    """
    t, m, n_x = steps.shape
    dZ = dZ.reshape(t * m, dZ.shape[2])
    return {
        "dx": examples_first((dZ @ Wx.T).reshape(t, m, n_x)),
        "dWx": steps.reshape(t * m, n_x).T @ dZ,
        "db": dZ.sum(axis=0),
    }


def state_gradients(states, dZ):
    """Sum up the gradient of the weights that multiply the previous states, all steps at once.

    Args:
        states: the states that were multiplied, shape (t, m, n_a).
        dZ: gradient of the products, shape (t, m, k).

    Returns:
        Array (n_a, k).

    Example:
        >>> state_gradients(np.ones((3, 1, 2)), np.ones((3, 1, 1))).tolist()
        [[3.0], [3.0]]
    """
    t, m, n_a = states.shape
    return states.reshape(t * m, n_a).T @ dZ.reshape(t * m, dZ.shape[2])
