"""Gates in place: the squashing of an LSTM or a GRU for all gates of a step in one array.

The array is (m, blocks · n_a). The first blocks go through σ, which opens a gate between 0 and 1;
the last one, the candidate, goes through tanh.
"""

import numpy as np

__all__ = ["gate_blocks", "open_gates", "sigmoid_in_place", "slopes_into"]


def gate_blocks(gates, blocks):
    """Cut the columns into equal blocks.

    Args:
        gates: array (m, blocks · n_a).
        blocks: how many.

    Returns:
        List of `blocks` views (m, n_a): changing one changes `gates`.

    Example:
        >>> [block.tolist() for block in gate_blocks(np.array([[1, 2, 3, 4]]), 2)]
        [[[1, 2]], [[3, 4]]]
    """
    n_a = gates.shape[1] // blocks
    return [gates[:, i * n_a : (i + 1) * n_a] for i in range(blocks)]


def sigmoid_in_place(z):
    """Squash z into (0, 1) where it lies, by 1/2 + tanh(z/2)/2: nothing overflows.

    Args:
        z: floating-point array, changed in place.

    Returns:
        None.

    Example:
        >>> z = np.array([-1e4, 0.0, 1e4])
        >>> sigmoid_in_place(z)
        >>> z.tolist()
        [0.0, 0.5, 1.0]
    """
    z *= 0.5
    np.tanh(z, out=z)
    z *= 0.5
    z += 0.5


def open_gates(z, n_gates):
    """Squash all blocks of a step in place: σ for the gates, tanh for the candidate.

    Args:
        z: array (m, (n_gates + 1) · n_a), changed in place.
        n_gates: number of blocks that are gates.

    Returns:
        None.

    Example:
        >>> z = np.zeros((1, 2))
        >>> open_gates(z, n_gates=1)
        >>> z.tolist()
        [[0.5, 0.0]]
    """
    edge = n_gates * z.shape[1] // (n_gates + 1)
    sigmoid_in_place(z[:, :edge])
    np.tanh(z[:, edge:], out=z[:, edge:])


def slopes_into(slopes, gates, n_gates):
    """Write down the derivative of `open_gates`: Γ(1 - Γ) for the gates, 1 - c̃² for the candidate.

    Args:
        slopes: array of the shape of gates, overwritten.
        gates: array (m, (n_gates + 1) · n_a), as `open_gates` left it.
        n_gates: number of blocks that are gates.

    Returns:
        None.

    Example:
        >>> slopes = np.empty((1, 2))
        >>> slopes_into(slopes, np.array([[0.5, 0.0]]), n_gates=1)
        >>> slopes.tolist()
        [[0.25, 1.0]]
    """
    edge = n_gates * gates.shape[1] // (n_gates + 1)
    np.multiply(gates, gates, out=slopes)
    np.subtract(gates[:, :edge], slopes[:, :edge], out=slopes[:, :edge])
    np.subtract(1, slopes[:, edge:], out=slopes[:, edge:])
