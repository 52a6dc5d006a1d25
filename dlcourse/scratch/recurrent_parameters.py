"""First parameters for recurrent networks: Glorot for the inputs, orthogonal for the states."""

import numpy as np

from dlcourse.scratch.gru_cell import gru_biases
from dlcourse.scratch.initializers import glorot_uniform
from dlcourse.scratch.ranges import whole_number

__all__ = ["initialize_gru", "initialize_lstm", "initialize_rnn", "orthogonal"]


def orthogonal(n, rng):
    """Draw a square matrix that keeps the length of every vector.

    A state, and a gradient, multiplied by it over and over neither shrinks nor grows.

    Args:
        n: number of rows and columns, at least 1.
        rng: numpy.random.Generator.

    Returns:
        float64 array (n, n), evenly distributed over the orthogonal matrices.

    Raises:
        ValueError: n is no whole number of at least 1.

    Reference:
        Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep
        linear neural networks", 2013.

    Example:
        >>> Q = orthogonal(3, np.random.default_rng(0))
        >>> np.allclose(Q @ Q.T, np.eye(3))
        True
    """
    n = whole_number("n", n, least=1)
    Q, R = np.linalg.qr(rng.standard_normal((n, n)))
    # the signs that the factorization chose, back to those of a random matrix
    return Q * np.sign(np.diag(R))


def initialize_rnn(n_x, n_a, rng):
    """Draw the parameters of a plain recurrent network.

    Args:
        n_x: number of input features, at least 1.
        n_a: number of units, at least 1.
        rng: numpy.random.Generator.

    Returns:
        dict with Wx (n_x, n_a), Wa (n_a, n_a) and b (n_a,), float64.

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> parameters = initialize_rnn(2, 3, np.random.default_rng(0))
        >>> {name: array.shape for name, array in parameters.items()}
        {'Wx': (2, 3), 'Wa': (3, 3), 'b': (3,)}
    """
    return _blocks(n_x, n_a, 1, rng)


def initialize_gru(n_x, n_a, rng, reset="after"):
    """Draw the parameters of a GRU.

    Args:
        n_x: number of input features, at least 1.
        n_a: number of units, at least 1.
        rng: numpy.random.Generator.
        reset: "before" or "after" the recurrent product.

    Returns:
        dict with Wx (n_x, 3 n_a), Wa (n_a, 3 n_a), b (3 n_a,) and, where the reset comes after
        the product, ba (3 n_a,), float64.

    Raises:
        ValueError: a size is below 1, or reset is unknown.

    Example:
        >>> sorted(initialize_gru(2, 3, np.random.default_rng(0)))
        ['Wa', 'Wx', 'b', 'ba']
    """
    parameters = _blocks(n_x, n_a, 3, rng)
    return {**parameters, **{name: np.zeros(3 * n_a) for name in gru_biases(reset)}}


def initialize_lstm(n_x, n_a, rng):
    """Draw the parameters of an LSTM; its forget gate starts open.

    Args:
        n_x: number of input features, at least 1.
        n_a: number of units, at least 1.
        rng: numpy.random.Generator.

    Returns:
        dict with Wx (n_x, 4 n_a), Wa (n_a, 4 n_a) and b (4 n_a,), float64; b is 1 for the forget
        gate, so that at first the memory lasts.

    Raises:
        ValueError: a size is below 1.

    Reference:
        Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network
        architectures", 2015 (the bias of the forget gate).

    Example:
        >>> initialize_lstm(2, 1, np.random.default_rng(0))["b"].tolist()
        [1.0, 0.0, 0.0, 0.0]
    """
    parameters = _blocks(n_x, n_a, 4, rng)
    parameters["b"][:n_a] = 1.0
    return parameters


def _blocks(n_x, n_a, gates, rng):
    n_x, n_a = whole_number("n_x", n_x, least=1), whole_number("n_a", n_a, least=1)
    return {
        "Wx": np.hstack([glorot_uniform((n_x, n_a), rng) for _ in range(gates)]),
        "Wa": np.hstack([orthogonal(n_a, rng) for _ in range(gates)]),
        "b": np.zeros(gates * n_a),
    }
