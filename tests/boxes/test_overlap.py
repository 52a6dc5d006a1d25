import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse.boxes import box_area, paired_iou, pairwise_iou

FLOAT32 = 1e-5
# whole corners, so that the area can be had by counting unit squares
corners = arrays(np.float32, st.tuples(st.integers(0, 5), st.just(4)), elements=st.integers(0, 6))


def squares(box):
    """The unit squares inside a box of whole numbers: no arithmetic to get wrong."""
    x1, y1, x2, y2 = map(int, box)
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


def counted(box, other):
    union = squares(box) | squares(other)
    return len(squares(box) & squares(other)) / len(union) if union else 0.0


@given(corners, corners)
def test_iou_is_what_counting_gives(boxes, others):
    expected = np.array([[counted(b, o) for o in others] for b in boxes])
    got = pairwise_iou(boxes, others)
    assert got.shape == (len(boxes), len(others))
    np.testing.assert_allclose(got, expected.reshape(got.shape), atol=FLOAT32)
    np.testing.assert_allclose(box_area(boxes), [len(squares(b)) for b in boxes])


@given(corners, st.floats(0.5, 20, width=32), st.integers(-50, 50))
def test_iou_does_not_depend_on_scale_and_place(boxes, scale, shift):
    moved = boxes * scale + shift
    np.testing.assert_allclose(pairwise_iou(moved, moved), pairwise_iou(boxes, boxes), atol=1e-3)


def test_it_is_symmetric_and_1_for_itself():
    boxes = np.array([[0, 0, 2, 1], [1, 0, 3, 4], [0, 0, 9, 9]], np.float32)
    iou = pairwise_iou(boxes, boxes).numpy()
    assert (iou == iou.T).all() and (np.diag(iou) == 1).all()


def test_degenerate_boxes_overlap_nothing():
    flat = np.array([[1, 1, 1, 3], [1, 1, 1, 1], [2, 2, 0, 0]], np.float32)
    whole = np.array([[0, 0, 3, 3]], np.float32)
    assert (pairwise_iou(flat, flat).numpy() == 0).all()
    assert (pairwise_iou(whole, flat).numpy() == 0).all()


def test_gradients_are_finite_where_boxes_are_degenerate():
    import tensorflow as tf

    boxes = tf.zeros((2, 4))
    with tf.GradientTape() as tape:
        tape.watch(boxes)
        iou = pairwise_iou(boxes, boxes)
    assert np.isfinite(tape.gradient(iou, boxes)).all()


def test_batches_broadcast():
    rng = np.random.default_rng(0)
    boxes, others = rng.random((2, 3, 5, 4)), rng.random((3, 1, 4))
    got = pairwise_iou(boxes, others).numpy()
    assert got.shape == (2, 3, 5, 1)
    np.testing.assert_allclose(got[1, 2], pairwise_iou(boxes[1, 2], others[2]))


def test_paired_is_the_diagonal():
    rng = np.random.default_rng(1)
    low, size = rng.random((2, 6, 2))
    boxes = np.concatenate([low, low + size], axis=1)
    np.testing.assert_allclose(
        paired_iou(boxes, boxes[::-1]), np.diag(pairwise_iou(boxes, boxes[::-1]))
    )


def test_single_boxes_are_refused():
    with pytest.raises(ValueError, match=r"expected shapes \(..., N, 4\)"):
        pairwise_iou(np.zeros(4), np.zeros((1, 4)))
    with pytest.raises(ValueError, match="others: expected shape"):
        pairwise_iou(np.zeros((1, 4)), np.zeros((1, 3)))


def test_inside_a_keras_model():
    one, other = keras.Input((5, 4)), keras.Input((3, 4))
    model = keras.Model([one, other], pairwise_iou(one, other))
    assert model.output_shape == (None, 5, 3)
