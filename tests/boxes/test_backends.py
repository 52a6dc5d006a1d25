"""JAX and PyTorch answer what TensorFlow answers, and each answers the same in both of its ways."""

import functools

import numpy as np
import pytest
import tensorflow as tf

from tests.backends import run_on
from tests.boxes.answers import N, answers
from tests.boxes.arrangements import arrangements


@functools.cache
def here():
    return answers()


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_the_same_as_on_tensorflow(backend):
    there = run_on(backend, "tests.boxes.answers:answers")
    for topic, expected in here().items():
        compare(there[topic], expected, topic)


def compare(got, expected, topic):
    if isinstance(expected, list | tuple) and any(isinstance(x, list | tuple) for x in expected):
        assert len(got) == len(expected), topic
        for one, other in zip(got, expected, strict=True):
            compare(one, other, topic)
    elif np.asarray(expected).dtype.kind == "i":
        assert got == expected, topic
    else:
        np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-5, err_msg=topic)


def test_tensorflow_itself():
    rows = arrangements(N, np.random.default_rng(0))
    for (name, boxes, scores), ways in zip(rows, here()["_suppression"], strict=True):
        theirs = tf.image.non_max_suppression(boxes.astype(np.float32), scores, 40).numpy()
        for indices, count in ways:
            assert indices[:count] == theirs.tolist(), name
    eager, portable = here()["_class_suppression"]
    assert [eager[3], eager[2], eager[4]] == list(portable)
