"""Products in tiles equal whole products, whatever can be divided; images all get their turn."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import small_products
from dlcourse.scratch.small_products import (
    divisor_below,
    multiply,
    rows_per_product,
    share_images,
)


@given(n=st.integers(1, 500), most=st.integers(1, 500))
def test_divisor_by_trying(n, most):
    divisors = [d for d in range(8, n + 1) if n % d == 0 and d <= most]
    assert divisor_below(n, most) == (n if n <= most else max(divisors, default=n))


@given(multiplications=st.integers(1, 10**6))
def test_rows_stay_on_one_core(multiplications):
    rows = rows_per_product(multiplications)
    assert rows % 4 == 0 and rows * multiplications <= 262144
    assert rows >= 8 or (rows == 0 and 12 * multiplications > 262144 * 2 / 3)


@pytest.mark.parametrize("stack", [(), (3,), (2, 3)])
@pytest.mark.parametrize(
    ("n", "q", "k"),
    [(48, 700, 64), (97, 700, 89), (1, 5, 1), (640, 64, 96), (40, 30000, 16), (7, 0, 2)],
)
def test_tiles_equal_the_whole(stack, n, q, k):
    rng = np.random.default_rng(0)
    A, B = rng.standard_normal((*stack, n, q)), rng.standard_normal((q, k))
    out = np.empty((*stack, n, k))
    multiply(A, B, out)
    np.testing.assert_allclose(out, A @ B, rtol=1e-9, atol=1e-9)
    stacked = np.broadcast_to(B, (*stack, q, k)).copy()
    # transposed views go in and come out as well as arrays of their own
    multiply(np.swapaxes(stacked, -1, -2), np.swapaxes(A, -1, -2), np.swapaxes(out, -1, -2))
    np.testing.assert_allclose(out, A @ B, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("cores", [1, 3])
@pytest.mark.parametrize("m", [0, 1, 2, 7, 50])
def test_every_image_is_worked_on_once(monkeypatch, m, cores):
    monkeypatch.setattr(small_products.os, "cpu_count", lambda: cores)
    images, workers = np.arange(m), set()

    def work(part):
        workers.add(threading.get_ident())
        return images[part].tolist()

    for multiplications in (1, 10**9):
        parts = share_images(work, m, multiplications)
        assert parts and sum(parts, []) == images.tolist()
    assert len(workers) <= cores + 1


def test_what_goes_wrong_in_a_thread_is_told():
    def work(part):
        raise ValueError("bad image")

    with pytest.raises(ValueError, match="bad image"):
        share_images(work, 8, 10**9)
