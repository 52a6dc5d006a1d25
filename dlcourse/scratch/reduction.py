"""Principal component analysis by singular value decomposition, and the angle between subspaces.

Examples are rows here, X (m, n), as in the autoencoders of Keras that it is compared with: a
linear autoencoder finds the subspace of the components, but neither the components nor their
order, so what can be compared is the subspace.
"""

import numpy as np

from dlcourse.scratch.named_arrays import float_array, parameter_array
from dlcourse.scratch.ranges import whole_number

__all__ = ["pca_fit", "pca_inverse_transform", "pca_transform", "subspace_angles"]


def pca_fit(X, k):
    """Find the k orthogonal directions along which the data vary most.

    Args:
        X: examples as rows, shape (m, n), m at least 2.
        k: number of directions, in 1..min(m, n).

    Returns:
        Dictionary "mean" (n,); "components" (k, n), orthonormal rows, the most important first,
        each unique up to its sign; "explained_variance" (k,), the variance along each (over
        m - 1); "explained_variance_ratio" (k,), its share of the whole variance (0 for constant
        data).

    Raises:
        ValueError: X is not a matrix of numbers with two rows, or k is out of range.

    Reference:
        Jolliffe, "Principal Component Analysis", 2nd edition 2002, §3.5.

    Example:
        >>> pca = pca_fit([[-2.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, -1.0]], k=1)
        >>> abs(pca["components"]).tolist(), pca["explained_variance_ratio"].round(3).tolist()
        ([[1.0, 0.0]], [0.8])
    """
    X = parameter_array("X", X, ("m", "n"))
    if len(X) < 2:
        raise ValueError(f"X: expected at least two examples, for a variance; got {len(X)}")
    if whole_number("k", k, least=1) > min(X.shape):
        raise ValueError(f"k: expected from 1 to {min(X.shape)}; got {k}")
    mean = np.mean(X, axis=0)
    # the singular values squared are the eigenvalues of the covariance, which is never formed:
    # squaring the data would lose half of the digits
    _, singular, directions = np.linalg.svd(X - mean, full_matrices=False)
    variance = singular**2 / (len(X) - 1)
    total = np.sum(variance)
    return {
        "mean": mean,
        "components": directions[:k],
        "explained_variance": variance[:k],
        "explained_variance_ratio": variance[:k] / (total if total > 0 else 1),
    }


def pca_transform(X, pca):
    """Coordinates of examples along the components: from n numbers to k.

    Args:
        X: examples as rows, shape (m, n).
        pca: result of `pca_fit`.

    Returns:
        Array (m, k).

    Raises:
        ValueError: X does not have n columns.

    Example:
        >>> pca = {"mean": np.array([1.0, 1.0]), "components": np.array([[0.0, 1.0]])}
        >>> pca_transform([[5.0, 3.0]], pca).tolist()
        [[2.0]]
    """
    return (float_array("X", X, ("m", len(pca["mean"]))) - pca["mean"]) @ pca["components"].T


def pca_inverse_transform(Z, pca):
    """Back from k coordinates to n numbers; what lay outside of the subspace is lost.

    Args:
        Z: coordinates, shape (m, k).
        pca: result of `pca_fit`.

    Returns:
        Array (m, n), the point of the subspace with these coordinates.

    Raises:
        ValueError: Z does not have k columns.

    Example:
        >>> pca = {"mean": np.array([1.0, 1.0]), "components": np.array([[0.0, 1.0]])}
        >>> pca_inverse_transform([[2.0]], pca).tolist()
        [[1.0, 3.0]]
    """
    return float_array("Z", Z, ("m", len(pca["components"]))) @ pca["components"] + pca["mean"]


def subspace_angles(A, B):
    """Principal angles between the subspaces that the rows of two matrices span.

    Args:
        A: independent rows, shape (k, n), such as the components of a PCA.
        B: independent rows, shape (l, n), such as the decoder's kernel of a linear autoencoder
            with l hidden units; they need be neither orthogonal nor of length 1.

    Returns:
        Array (min(k, l),) of angles in radians, in [0, π/2], the smallest first; all 0 where one
        subspace contains the other.

    Raises:
        ValueError: A or B is not a matrix of numbers, they differ in n, or rows are dependent.

    Reference:
        Björck and Golub, "Numerical Methods for Computing Angles Between Linear Subspaces", 1973.

    Example:
        >>> plane, line = [[1.0, 0.0, 0.0], [5.0, 2.0, 0.0]], [[0.0, 3.0, 3.0]]
        >>> np.degrees(subspace_angles(plane, line)).round(6).tolist()
        [45.0]
    """
    sizes = {}
    bases = [
        _orthonormal("A", parameter_array("A", A, ("k", "n"), sizes)),
        _orthonormal("B", parameter_array("B", B, ("l", "n"), sizes)),
    ]
    small, large = sorted(bases, key=len)
    products = small @ large.T
    cosines = np.linalg.svd(products, compute_uv=False)
    # near 0 the cosine is 1 to all its digits, whatever the angle; there the sine can tell
    sines = np.linalg.svd(small - products @ large, compute_uv=False)[::-1]
    return np.arctan2(sines, cosines)


def _orthonormal(name, rows):
    """Orthonormal rows that span the same subspace."""
    _, singular, directions = np.linalg.svd(rows, full_matrices=False)
    limit = singular[0] * max(rows.shape) * np.finfo(rows.dtype).eps
    rank = int(np.sum(singular > limit))
    if rank < len(rows):
        raise ValueError(f"{name}: expected {len(rows)} independent rows; got rank {rank}")
    return directions
