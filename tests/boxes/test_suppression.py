"""Non-max suppression against tf.image, box by box, in both of its ways."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from keras import ops

from dlcourse.boxes import non_max_suppression
from tests.boxes.arrangements import arrangements, clustered, uniform

SIZES = (1, 2, 17, 150, 1100)  # one block and several; few boxes and many
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 1.0)
ARRANGED = {name: None for name, *_ in arrangements(1, np.random.default_rng(0))}


def kept(boxes, scores, *limits):
    found = non_max_suppression(boxes, scores, *limits)
    indices, count = np.asarray(found.indices), int(found.count)
    assert (indices[count:] == 0).all()
    return indices[:count].tolist()


@tf.function(reduce_retracing=True)
def _traced(boxes, scores, limit, iou_threshold, score_threshold):
    return non_max_suppression(boxes, scores, limit, iou_threshold, score_threshold)


def kept_compiled(boxes, scores, limit, iou_threshold=0.5, score_threshold=float("-inf")):
    arrays = tf.constant(boxes, tf.float32), tf.constant(scores, tf.float32)
    found = _traced(*arrays, limit, iou_threshold, score_threshold)
    return found.indices.numpy()[: int(found.count)].tolist()


def expected(boxes, scores, limit, iou_threshold=0.5, score_threshold=float("-inf")):
    return (
        tf.image.non_max_suppression(boxes, scores, limit, iou_threshold, score_threshold)
        .numpy()
        .tolist()
    )


@pytest.mark.parametrize("name", ARRANGED)
def test_the_same_indices_as_tensorflow(name):
    for n in SIZES:
        boxes, scores = dict_of(arrangements(n, np.random.default_rng(n)))[name]
        boxes = boxes.astype(np.float32)
        for threshold in THRESHOLDS:
            for limit in (n, 1 + n // 10):
                args = boxes, scores, limit, threshold
                assert kept(*args) == expected(*args), (n, threshold, limit)


@pytest.mark.parametrize("name", ARRANGED)
def test_tensors_that_another_kernel_takes_give_what_arrays_give(name):
    for n in (0, 1, 17, 128, 129):  # above 128 both go one way
        boxes, scores = dict_of(arrangements(max(n, 1), np.random.default_rng(n)))[name]
        boxes, scores = boxes[:n].astype(np.float32), scores[:n].astype(np.float32)
        scores[::5] = np.nan
        for rest in ((n, 0.5), (n // 3, 0.3, 0.4), (n + 2, 0.0), (0, 0.5)):
            arrays = np.asarray(boxes), np.asarray(scores)
            assert kept(*map(tf.constant, arrays), *rest) == kept(*arrays, *rest), (n, rest)


@pytest.mark.parametrize("name", ARRANGED)
def test_the_same_indices_when_compiled(name):
    for n in (17, 300):
        boxes, scores = dict_of(arrangements(n, np.random.default_rng(n)))[name]
        args = boxes.astype(np.float32), scores, 40, 0.5
        assert kept_compiled(*args) == expected(*args), n


def dict_of(rows):
    return {name: columns for name, *columns in rows}


@settings(max_examples=60)
@given(
    arrays(np.float32, (9, 4), elements=st.integers(0, 4)),
    arrays(np.float32, 9, elements=st.sampled_from([0.1, 0.2, 0.2, 0.5])),
    st.integers(0, 10),
    st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0]),
    st.sampled_from([float("-inf"), 0.1, 0.2]),
)
def test_small_whole_boxes(boxes, scores, limit, iou_threshold, score_threshold):
    args = boxes, scores, limit, iou_threshold, score_threshold
    assert kept(*args) == expected(*args)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15)
def test_what_suppression_means(seed):
    rng = np.random.default_rng(seed)
    boxes, scores = clustered(60, rng, 10), rng.random(60).astype(np.float32)
    found = kept(boxes, scores, 60, 0.4)
    assert scores[found].tolist() == sorted(scores[found], reverse=True)
    iou = np.triu(overlap(boxes, boxes)[np.ix_(found, found)], 1)
    assert iou.max(initial=0) <= 0.4
    rest = np.setdiff1d(np.arange(60), found)
    covering = (overlap(boxes, boxes)[rest][:, found] > 0.4) & (
        scores[found] >= scores[rest][:, None]
    )
    assert covering.any(axis=1).all()


def overlap(boxes, others):
    from dlcourse.boxes import pairwise_iou

    return pairwise_iou(boxes, others).numpy()


def test_many_boxes():
    for make in (uniform, clustered):
        rng = np.random.default_rng(5)
        boxes, scores = make(4000, rng), rng.random(4000).astype(np.float32)
        for limit in (4000, 50):
            assert kept(boxes, scores, limit) == expected(boxes, scores, limit)


def test_no_boxes_no_room():
    none = np.zeros((0, 4), np.float32), np.zeros(0, np.float32)
    assert kept(*none, 3) == kept_compiled(*none, 3) == []
    some = uniform(5, np.random.default_rng(0)), np.ones(5, np.float32)
    assert kept(*some, 0) == kept_compiled(*some, 0) == []
    assert kept(*some, 5, 0.5, 2.0) == kept_compiled(*some, 5, 0.5, 2.0) == []


@pytest.mark.parametrize("compiled", [False, True])
def test_batches_are_suppressed_one_by_one(compiled):
    rng = np.random.default_rng(2)
    boxes = np.stack([clustered(200, rng) for _ in range(6)]).reshape(2, 3, 200, 4)
    scores = rng.random((2, 3, 200)).astype(np.float32)
    way = tf.function(non_max_suppression) if compiled else non_max_suppression
    found = way(tf.constant(boxes), tf.constant(scores), 20, 0.5)
    assert found.indices.shape == (2, 3, 20) and found.count.shape == (2, 3)
    for place in np.ndindex(2, 3):
        count = int(found.count[place])
        alone = expected(boxes[place], scores[place], 20)
        assert found.indices.numpy()[place][:count].tolist() == alone


def test_inside_xla():
    rng = np.random.default_rng(3)
    boxes, scores = clustered(300, rng), rng.random(300).astype(np.float32)
    compiled = tf.function(lambda b, s: non_max_suppression(b, s, 30), jit_compile=True)
    found = compiled(boxes, scores)
    assert found.indices.numpy()[: int(found.count)].tolist() == expected(boxes, scores, 30)


class Suppression(keras.layers.Layer):
    def call(self, inputs):
        return tuple(non_max_suppression(*inputs, 10))


def test_inside_a_layer_of_a_model_with_unknown_sizes():
    inputs = [keras.Input((None, 4)), keras.Input((None,))]
    model = keras.Model(inputs, Suppression()(inputs))
    assert model.output_shape[0] == (None, 10)
    rng = np.random.default_rng(4)
    boxes = np.stack([clustered(40, rng, 5), clustered(40, rng, 5)])
    scores = rng.random((2, 40)).astype(np.float32)
    indices, count = model.predict([boxes, scores], verbose=0)
    assert indices[1, : count[1]].tolist() == expected(boxes[1], scores[1], 10)


def test_an_input_is_not_a_tensor():
    with pytest.raises(ValueError, match="inside of a layer's `call`"):
        non_max_suppression(keras.Input((5, 4)), keras.Input((5,)), 3)


def test_float16_is_compared_in_float32():
    rng = np.random.default_rng(6)
    boxes, scores = uniform(50, rng).astype(np.float16), rng.random(50).astype(np.float16)
    assert kept(boxes, scores, 50) == expected(ops.cast(boxes, "float32"), scores * 1.0, 50)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.zeros((2, 4)), np.zeros(3), 1), "boxes, scores: expected shapes"),
        ((np.zeros((2, 3)), np.zeros(2), 1), "boxes, scores: expected shapes"),
        ((np.zeros(4), np.zeros(()), 1), "boxes, scores: expected shapes"),
        ((np.zeros((2, 4)), np.zeros(2), -1), "max_output_size: expected a number of boxes"),
        ((np.zeros((2, 4)), np.zeros(2), 1, 1.5), "iou_threshold: expected a number from 0 to 1"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        non_max_suppression(*arguments)
