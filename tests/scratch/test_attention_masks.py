"""Masks against the rule they stand for, and: what is hidden changes nothing."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.attention import scaled_dot_product_attention
from dlcourse.scratch.attention_masks import create_look_ahead_mask, create_padding_mask

seeds = st.integers(0, 10**6)


def sequence(seed, m=2, t=5, n=3):
    return np.random.default_rng(seed).standard_normal((m, t, n))


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=5))
def test_padding_is_hidden_from_every_query(ids):
    mask = create_padding_mask(ids)
    assert mask.dtype == bool and mask.shape == (len(ids), 1, 4)
    assert mask[:, 0].tolist() == [[token != 0 for token in row] for row in ids]


def test_another_number_may_stand_for_padding():
    assert create_padding_mask([[0, -1]], padding=-1).tolist() == [[[True, False]]]
    assert create_padding_mask(np.zeros((0, 3), int)).shape == (0, 1, 3)


@pytest.mark.parametrize("t", [0, 1, 6])
def test_look_ahead_against_tensorflow(t):
    mask = create_look_ahead_mask(t)
    assert mask.dtype == bool
    np.testing.assert_array_equal(mask, tf.linalg.band_part(tf.ones((1, t, t)), -1, 0).numpy())


@given(seeds)
def test_a_masked_token_changes_nothing(seed):
    x, ids = sequence(seed), [[4, 2, 9, 0, 0], [1, 0, 3, 0, 7]]
    mask = create_padding_mask(ids)
    output, weights = scaled_dot_product_attention(x, x, x, mask)
    changed = np.where(np.array(ids)[..., np.newaxis] == 0, 1e3 * x + 7, x)
    again, _ = scaled_dot_product_attention(x, changed, changed, mask)
    np.testing.assert_array_equal(output, again)
    assert np.all(weights[:, :, :][np.broadcast_to(~mask, weights.shape)] == 0)
    # as if it were absent: the first sequence without its padding
    short, _ = scaled_dot_product_attention(x[:1], x[:1, :3], x[:1, :3])
    np.testing.assert_allclose(output[:1], short, rtol=1e-12)


@given(seeds, st.integers(1, 4))
def test_the_future_changes_nothing(seed, position):
    x, mask = sequence(seed), create_look_ahead_mask(5)
    output, _ = scaled_dot_product_attention(x, x, x, mask)
    changed = x.copy()
    changed[:, position:] += 1 + sequence(seed + 1)[:, position:] ** 2
    again, _ = scaled_dot_product_attention(changed, changed, changed, mask)
    np.testing.assert_array_equal(output[:, :position], again[:, :position])
    assert not np.any(output[:, position] == again[:, position])


def test_masks_combine():
    both = create_padding_mask([[5, 0, 5], [0, 5, 5]]) & create_look_ahead_mask(3)
    assert both.astype(int).tolist() == [
        [[1, 0, 0], [1, 0, 0], [1, 0, 1]],
        [[0, 0, 0], [0, 1, 0], [0, 1, 1]],
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: create_padding_mask([1, 0]), r"token_ids: expected shape \(m, t\); got \(2,\)"),
        (lambda: create_look_ahead_mask(-1), "sequence_length: expected a whole number of at"),
        (lambda: create_look_ahead_mask(2.0), "sequence_length: expected a whole number of at"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
