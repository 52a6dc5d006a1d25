"""The siamese head by hand, its symmetry, and the places where χ² would be 0 / 0."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.layers import L2Pooling2D, SiameseHead

FLOAT32 = 1e-5
SEED = st.integers(0, 2**32 - 1)


def head_with_weights(similarity, rng):
    head = SiameseHead(similarity)
    head.build([(None, 5), (None, 5)])
    head.set_weights([rng.normal(size=(5, 1)), rng.normal(size=1)])
    return head


def by_hand(head, a, b):
    w, c = (x.astype(float) for x in head.get_weights())
    with np.errstate(invalid="ignore"):
        chi = np.nan_to_num((a - b) ** 2 / (a + b))
    difference = np.abs(a - b) if head.similarity == "absolute" else chi
    return 1 / (1 + np.exp(-(difference @ w + c)))


@pytest.mark.parametrize("similarity", ["absolute", "chi_squared"])
@given(SEED)
def test_formula_and_symmetry(similarity, seed):
    rng = np.random.default_rng(seed)
    head = head_with_weights(similarity, rng)
    a, b = np.maximum(rng.normal(size=(2, 3, 5)), 0).astype(np.float32)
    answer = np.asarray(head([a, b]))
    np.testing.assert_allclose(answer, by_hand(head, a, b), rtol=FLOAT32, atol=FLOAT32)
    assert np.array_equal(answer, head([b, a]))


def test_one_pair_of_numbers_by_hand():
    heads = [SiameseHead(s, activation="linear") for s in ("absolute", "chi_squared")]
    for head, expected in zip(heads, (2.0, 4 / 4), strict=True):
        head.build([(None, 1), (None, 1)])
        head.set_weights([np.ones((1, 1)), np.zeros(1)])
        assert float(head([np.array([[3.0]]), np.array([[1.0]])])[0, 0]) == expected


def test_chi_squared_of_two_zeros_is_no_difference_and_has_a_finite_slope():
    import tensorflow as tf

    head = head_with_weights("chi_squared", np.random.default_rng(0))
    a, b = tf.constant([[0.0, 1, 0, 2, 0]]), tf.constant([[0.0, 1, 3, 0, 0]])
    with tf.GradientTape() as tape:
        tape.watch([a, b])
        answer = head([a, b])
    assert all(np.all(np.isfinite(g)) for g in tape.gradient(answer, [a, b]))
    np.testing.assert_allclose(answer, by_hand(head, a.numpy(), b.numpy()), rtol=FLOAT32)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SiameseHead("cosine"), "similarity: expected 'absolute' or .* got 'cosine'"),
        (lambda: SiameseHead()(np.ones((2, 3))), "inputs: expected two embeddings"),
        (lambda: SiameseHead()([np.ones((2, 3))] * 3), "inputs: expected two embeddings"),
        (
            lambda: SiameseHead()([np.ones((2, 3)), np.ones((2, 4))]),
            "inputs: expected two embeddings of one length, got 3 and 4",
        ),
    ],
)
def test_impossible_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@given(SEED)
def test_l2_pooling_is_the_root_of_the_mean_square(seed):
    x = np.random.default_rng(seed).normal(size=(2, 4, 6, 3)).astype(np.float32)
    windows = x.reshape(2, 2, 2, 3, 2, 3)
    expected = np.sqrt(np.mean(windows**2, axis=(2, 4)))
    np.testing.assert_allclose(L2Pooling2D(2)(x), expected, rtol=FLOAT32, atol=FLOAT32)


def test_l2_pooling_in_half_precision_does_not_overflow():
    pooled = L2Pooling2D(2, dtype="float16")(np.full((1, 2, 2, 1), 1000.0))
    assert keras.backend.standardize_dtype(pooled.dtype) == "float16"
    assert float(pooled[0, 0, 0, 0]) == 1000
