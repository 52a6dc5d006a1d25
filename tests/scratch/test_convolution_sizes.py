"""Sizes and counts against Keras's models, brute force and the numbers of the course."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.convolution_sizes import (
    conv_multiplications,
    conv_parameters,
    dense_parameters,
    layer_table,
    output_size,
    receptive_field,
    receptive_profile,
    separable_multiplications,
    separable_ratio,
)

LENET_LIKE = [
    ("conv", 5, 1, 8),
    ("pool", 2, 2),
    ("conv", 5, 1, 16),
    ("pool", 2, 2),
    ("dense", 120),
    ("dense", 84),
    ("dense", 10),
]


@given(n=st.integers(1, 20), f=st.integers(1, 7), stride=st.integers(1, 5), pad=st.integers(0, 3))
def test_output_size_counts_the_windows(n, f, stride, pad):
    starts = range(0, n + 2 * pad - f + 1, stride)
    if not starts:
        with pytest.raises(ValueError, match="f: expected at most"):
            output_size(n, f, stride, pad)
    else:
        assert output_size(n, f, stride, pad) == len(starts)


def test_numbers_of_the_course():
    assert output_size(7, 3, stride=2) == 3
    assert conv_parameters(3, 3, 10) == 280
    assert conv_parameters(5, 3, 6) == 456
    assert dense_parameters(3072, 4704, bias=False) == 14_450_688
    assert conv_multiplications((28, 28), 5, 192, 32) == 120_422_400
    bottleneck = (
        conv_multiplications((28, 28), 1, 192, 16),
        conv_multiplications((28, 28), 5, 16, 32),
    )
    assert sum(bottleneck) == 12_443_648
    assert conv_multiplications((4, 4), 3, 3, 5) == 2160
    assert separable_multiplications((4, 4), 3, 3, 5) == (432, 240)


@given(f=st.integers(1, 7), n_C_prev=st.integers(1, 9), n_C=st.integers(1, 9))
def test_separable_ratio_is_that_of_the_counts(f, n_C_prev, n_C):
    whole = conv_multiplications((4, 5), f, n_C_prev, n_C)
    parts = separable_multiplications((4, 5), f, n_C_prev, n_C)
    assert separable_ratio(f, n_C) == pytest.approx(sum(parts) / whole)


def test_lenet_like_table_equals_the_course_and_keras():
    _, *rows = layer_table((32, 32, 3), LENET_LIKE)
    assert [row[2] for row in rows] == [6272, 1568, 1600, 400, 120, 84, 10]
    assert [row[3] for row in rows if row[3]] == [608, 3216, 48120, 10164, 850]
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(8, 5),
            keras.layers.MaxPool2D(2),
            keras.layers.Conv2D(16, 5),
            keras.layers.MaxPool2D(2),
            keras.layers.Flatten(),
            *(keras.layers.Dense(n) for n in (120, 84, 10)),
        ]
    )
    theirs = [layer for layer in model.layers if not isinstance(layer, keras.layers.Flatten)]
    assert [row[1] for row in rows] == [layer.output.shape[1:] for layer in theirs]
    assert [row[3] for row in rows] == [layer.count_params() for layer in theirs]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=4))
def test_receptive_field_by_walking_back(layers):
    first, last = 0, 0
    for f, stride in reversed(layers):
        first, last = first * stride, last * stride + f - 1
    assert receptive_field(layers) == last - first + 1
    profile = receptive_profile(layers)
    assert np.sum(profile) == pytest.approx(1)
    np.testing.assert_allclose(profile, profile[::-1])


def test_receptive_fields_by_hand():
    assert receptive_field([]) == 1
    assert receptive_field([(3, 1)] * 3) == 7
    assert receptive_field([(7, 2), (3, 2)]) == 11
    profile = receptive_profile([(3, 1)] * 10)
    assert profile[10] > 1000 * profile[0]  # the edge hardly acts


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: output_size(5, 3, stride=-1), "stride: expected a whole number of at least 1"),
        (lambda: output_size(5, 3, pad=-1), "pad: expected a whole number of at least 0"),
        (lambda: output_size(3, 5, pad=0), r"f: expected at most n \+ 2·pad = 3; got 5"),
        (lambda: conv_parameters(3, 0, 2), "n_C_prev: expected a whole number"),
        (lambda: dense_parameters(2, 0.5), "n: expected a whole number of at least 1; got 0.5"),
        (lambda: conv_multiplications((0, 4), 3, 3, 5), "height: expected a whole number"),
        (lambda: separable_ratio(0, 3), "f: expected"),
        (lambda: receptive_field([(3, 0)]), "stride: expected"),
        (lambda: layer_table((8, 8, 1), [("norm", 3)]), "layers: expected 'conv'.*got 'norm'"),
        (
            lambda: layer_table((8, 8, 1), [("dense", 3), ("pool", 2, 2)]),
            "before the first 'dense'",
        ),
    ],
)
def test_bad_numbers_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
