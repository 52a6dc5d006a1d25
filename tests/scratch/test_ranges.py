"""Numbers in their ranges: what is let through, what is not, and that messages name it."""

import numpy as np
import pytest

from dlcourse.scratch.ranges import fraction, positive, share, whole_number

NOT_NUMBERS = [float("nan"), "1", None, [1.0], 1j]


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (positive, [1e-300, 1, np.float32(2.5)], [0, -1, float("inf")]),
        (fraction, [0, 0.999, np.float64(0.5)], [1, -1e-9, 2]),
        (share, [1e-9, 1], [0, 1.0001, -1]),
    ],
)
def test_bounds_are_kept(check, good, bad):
    for value in good:
        assert check("x", value) == value
        assert type(check("x", value)) is float
    for value in bad + NOT_NUMBERS:
        with pytest.raises(ValueError, match="x: expected a number .*; got"):
            check("x", value)


def test_whole_numbers():
    assert whole_number("n", np.int64(3), least=3) == 3
    for value in [2, 3.0, *NOT_NUMBERS]:
        with pytest.raises(ValueError, match="n: expected a whole number of at least 3; got"):
            whole_number("n", value, least=3)
