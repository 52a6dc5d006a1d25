"""Positional encoding against the paper's formula, number by number, and its rotations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.positions import get_angles, positional_encoding


@pytest.mark.parametrize(("positions", "d"), [(7, 6), (5, 5), (1, 1), (0, 4), (3, 2)])
def test_against_the_formula(positions, d):
    expected = np.zeros((1, positions, d))
    for pos in range(positions):
        for column in range(d):
            wave = math.cos if column % 2 else math.sin
            expected[0, pos, column] = wave(pos / 10000 ** ((column - column % 2) / d))
    np.testing.assert_allclose(positional_encoding(positions, d), expected, rtol=1e-13, atol=1e-15)


def test_angles_against_powers():
    angles = get_angles(np.arange(3)[:, np.newaxis], np.arange(8)[np.newaxis], 8)
    assert angles[2].tolist() == pytest.approx(
        [2 * 10.0**-power for power in (0, 0, 1, 1, 2, 2, 3, 3)]
    )
    assert get_angles(5.0, 0, 1) == 5.0


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_step_is_a_rotation_wherever_it_starts(pos, step):
    d = 8
    encoding = positional_encoding(201, d)[0]
    # sine and cosine of a column pair, as one complex number cos + i sin
    waves = encoding[:, 1::2] + 1j * encoding[:, 0::2]
    np.testing.assert_allclose(waves[pos + step], waves[pos] * waves[step], atol=1e-12)


def test_every_position_is_its_own_and_all_have_the_same_length():
    encoding = positional_encoding(500, 16)[0]
    assert len(np.unique(encoding.round(6), axis=0)) == 500
    np.testing.assert_allclose(np.sum(encoding**2, axis=1), 8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: positional_encoding(-1, 4), "positions: expected a whole number of at least 0"),
        (lambda: positional_encoding(2, 0), "d: expected a whole number of at least 1; got 0"),
        (lambda: get_angles(1, 1, 0), "d: expected a whole number of at least 1; got 0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
