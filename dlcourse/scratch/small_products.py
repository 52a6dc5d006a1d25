"""Many small matrix products instead of a large one, and images shared among the cores.

The library behind NumPy splits a large matrix product among the cores and waits for all of them.
A convolution is a long row of products, so it would wait hundreds of times, and on a computer
that has other work to do every wait can last a time slice of the operating system. Products small
enough to stay on one core never wait; the cores share the images instead.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

__all__ = ["divisor_below", "multiply", "rows_per_product", "share_images", "tiled"]

# OpenBLAS, which NumPy's wheels contain, uses one core up to 4 · 65536 multiplications
_ONE_CORE = 4 * 65536
# numbers that the fastest cache holds beside other things
_CLOSE = 2**13
# a product with fewer rows or columns than this is mostly overhead
_FEWEST = 8
# below this many multiplications, some milliseconds of work, threads are not worth their trouble
_WORTH_THREADS = 2**27


def rows_per_product(multiplications):
    """Tell how many rows a product may have in order to stay on one core.

    Args:
        multiplications: for one row, at least 1.

    Returns:
        int: a multiple of 4, which suits the processor, of at least 8; or 0 where one core will
        not do.

    Example:
        >>> rows_per_product(192 * 64), rows_per_product(512 * 512)
        (20, 0)
    """
    rows = _ONE_CORE // multiplications // 4 * 4
    return rows if rows >= _FEWEST else 0


def divisor_below(n, most):
    """Find the largest useful part that a number of rows or columns can be cut into.

    Args:
        n: the number, at least 1.
        most: upper limit of the part.

    Returns:
        int: the largest divisor of n that is at most `most`; n itself where that would be below 8.

    Example:
        >>> divisor_below(784, 300), divisor_below(787, 300)
        (196, 787)
    """
    if n <= most:
        return n
    parts = range(min(most, n // 2), _FEWEST - 1, -1)
    return next((part for part in parts if n % part == 0), n)


def tiled(A, B, out):
    """View the arrays of a product so that np.matmul computes it in tiles, each on one core.

    Args:
        A: matrix or stack of matrices, shape (…, n, q).
        B: matrix or stack of matrices, shape (…, q, k).
        out: where the result goes, shape (…, n, k).

    Returns:
        (A, B, out): views with two axes more, row blocks and column blocks; or the arrays as they
        are, where they are small or cannot be cut.

    Example:
        >>> A, B, out = tiled(np.ones((1000, 64)), np.ones((64, 64)), np.empty((1000, 64)))
        >>> A.shape, B.shape, out.shape
        ((20, 1, 50, 64), (1, 1, 64, 64), (20, 1, 50, 64))
        >>> bool((np.matmul(A, B, out=out) == 64).all())
        True
    """
    (n, k), q = out.shape[-2:], A.shape[-1]
    if n * q * k <= _ONE_CORE:
        return A, B, out
    # the columns are read again for each row: they should stay close to the core
    columns = divisor_below(k, min(_ONE_CORE // (16 * q), max(_CLOSE // q, 32)))
    rows = divisor_below(n, rows_per_product(columns * q))
    A = A.reshape(*A.shape[:-2], n // rows, 1, rows, q)
    B = B.reshape(*B.shape[:-2], 1, q, k // columns, columns).swapaxes(-3, -2)
    out = out.reshape(*out.shape[:-2], n // rows, rows, k // columns, columns)
    return A, B, out.swapaxes(-3, -2)


def multiply(A, B, out):
    """Compute A @ B in tiles that stay on one core each.

    Args:
        A: matrix or stack of matrices, shape (…, n, q).
        B: matrix or stack of matrices, shape (…, q, k).
        out: where the result goes, shape (…, n, k); overwritten, and nothing is returned.

    Example:
        >>> out = np.empty((1, 2))
        >>> multiply(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]]), out)
        >>> out.tolist()
        [[13.0, 16.0]]
    """
    A, B, out = tiled(A, B, out)
    np.matmul(A, B, out=out)


def share_images(work, m, multiplications):
    """Do a piece of work for all images, in several threads where that is worth it.

    Args:
        work: function of a slice of image numbers; NumPy lets other threads run inside.
        m: number of images.
        multiplications: that the work for all images takes.

    Returns:
        list: what `work` returned for each slice, in order; one slice at least, maybe an empty one.

    Example:
        >>> share_images(lambda images: images, 3, multiplications=10)
        [slice(0, 3, None)]
    """
    if multiplications < _WORTH_THREADS or m < 2:
        return [work(slice(0, m))]
    cores = os.cpu_count() or 1
    # more parts than cores: a core that is kept busy by someone else gets fewer of them
    edges = np.linspace(0, m, min(m, 4 * cores) + 1).astype(int).tolist()
    with ThreadPoolExecutor(cores) as threads:
        return list(threads.map(work, map(slice, edges[:-1], edges[1:])))
