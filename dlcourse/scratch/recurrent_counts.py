"""How many parameters the layers of a text classifier have."""

from dlcourse.scratch.gru_cell import gru_biases
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "count_dense",
    "count_embedding",
    "count_gru",
    "count_lstm",
    "count_rnn",
]


def count_embedding(vocabulary, n):
    """Count the parameters of an embedding: one row per word.

    Args:
        vocabulary: number of words, at least 1.
        n: number of features of a word, at least 1.

    Returns:
        int: vocabulary · n.

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> count_embedding(5000, 32)
        160000
    """
    return whole_number("vocabulary", vocabulary, least=1) * whole_number("n", n, least=1)


def count_rnn(n_x, n_a):
    """Count the parameters of a plain recurrent layer; the number of steps plays no part.

    Args:
        n_x: number of input features, at least 1.
        n_a: number of units, at least 1.

    Returns:
        int: n_a (n_x + n_a + 1).

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> count_rnn(32, 100)
        13300
    """
    return count_dense(n_x, n_a) + n_a**2


def count_gru(n_x, n_a, reset="after"):
    """Count the parameters of a GRU: three blocks; a second bias if the reset comes after.

    Args:
        n_x: number of input features, at least 1.
        n_a: number of units, at least 1.
        reset: "before" or "after" the recurrent product.

    Returns:
        int: 3 n_a (n_x + n_a + number of biases).

    Raises:
        ValueError: a size is below 1, or reset is unknown.

    Example:
        >>> count_gru(32, 100, reset="before"), count_gru(32, 100, reset="after")
        (39900, 40200)
    """
    return 3 * (count_rnn(n_x, n_a) + n_a * (len(gru_biases(reset)) - 1))


def count_lstm(n_x, n_a):
    """Count the parameters of an LSTM: four blocks.

    Args:
        n_x: number of input features, at least 1.
        n_a: number of units, at least 1.

    Returns:
        int: 4 n_a (n_x + n_a + 1).

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> count_lstm(32, 100)
        53200
    """
    return 4 * count_rnn(n_x, n_a)


def count_dense(n_x, n):
    """Count the parameters of a dense layer.

    Args:
        n_x: number of inputs, at least 1.
        n: number of units, at least 1.

    Returns:
        int: n (n_x + 1).

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> count_dense(100, 1)
        101
    """
    return whole_number("n", n, least=1) * (whole_number("n_x", n_x, least=1) + 1)
