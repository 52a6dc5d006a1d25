"""Many small matrix products instead of a large one, and images shared among the cores.

The library behind NumPy splits a large matrix product among the cores and waits for all of them.
A convolution is a long row of products, so it would wait hundreds of times, and on a computer
that has other work to do every wait can last a time slice of the operating system. Products small
enough to stay on one core never wait; the cores share the images instead.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

__all__ = ["divisor_below", "multiply", "rows_per_product", "share_images"]

# OpenBLAS, which NumPy's wheels contain, uses one core up to 4 · 65536 multiplications
_ONE_CORE = 4 * 65536
# a product with fewer rows or columns than this is mostly overhead
_FEWEST = 8
# below this many multiplications starting threads takes longer than the work
_WORTH_THREADS = 2**23


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


def multiply(A, B, out):
    """Compute A @ B in tiles that stay on one core each.

    Args:
        A: matrix or stack of matrices, shape (…, n, q).
        B: matrix or stack of matrices, shape (…, q, k).
        out: where the result goes, shape (…, n, k).

    Example:
        >>> out = np.empty((1, 2))
        >>> multiply(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]]), out)
        >>> out.tolist()
        [[13.0, 16.0]]
    """
    (n, k), q = out.shape[-2:], A.shape[-1]
    if n * q * k <= _ONE_CORE:
        np.matmul(A, B, out=out)
        return
    columns = divisor_below(k, _ONE_CORE // (16 * q))  # wide tiles, but 16 rows should remain
    rows = divisor_below(n, rows_per_product(columns * q))
    # (row blocks, column blocks, rows, columns): views, which only the library's loop goes through
    A = A.reshape(*A.shape[:-2], n // rows, 1, rows, q)
    B = B.reshape(*B.shape[:-2], 1, q, k // columns, columns).swapaxes(-3, -2)
    tiles = out.reshape(*out.shape[:-2], n // rows, rows, k // columns, columns)
    np.matmul(A, B, out=tiles.swapaxes(-3, -2))


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
