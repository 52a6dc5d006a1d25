"""Edge filters against SciPy and the pictures of the course."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal

from dlcourse.scratch.edge_detection import (
    EDGE_FILTERS,
    convolve,
    cross_correlate,
    edge_filter,
    grey_levels,
)

COURSE_IMAGE = [
    [3, 0, 1, 2, 7, 4],
    [1, 5, 8, 9, 3, 1],
    [2, 7, 2, 5, 1, 3],
    [0, 1, 3, 1, 7, 8],
    [4, 2, 1, 6, 2, 8],
    [2, 4, 5, 2, 3, 9],
]


def test_numbers_of_the_course():
    assert cross_correlate(COURSE_IMAGE, edge_filter("plain")).tolist() == [
        [-5, -4, 0, 8],
        [-10, -2, 2, 3],
        [0, -2, -4, -7],
        [-3, -2, -3, -16],
    ]


def test_sobel_on_black_above_white():
    image = np.repeat([[0.0], [255.0]], 3, axis=0) * np.ones(6)
    response = cross_correlate(image, edge_filter("sobel", "horizontal"))
    assert response[:, 0].tolist() == [0, -1020, -1020, 0]
    assert cross_correlate(image[::-1], edge_filter("sobel", "horizontal")).max() == 1020
    assert cross_correlate(image, edge_filter("sobel")).tolist() == np.zeros((4, 4)).tolist()
    assert grey_levels(response)[:, 0].tolist() == [255, 0, 0, 255]


def test_filters_equal_scipys():
    # the response to a single bright pixel is the filter itself, turned
    dot = np.zeros((5, 5))
    dot[2, 2] = 1
    for axis, direction in ((1, "vertical"), (0, "horizontal")):
        np.testing.assert_array_equal(
            cross_correlate(dot, edge_filter("sobel", direction)),
            -ndimage.sobel(dot, axis)[1:-1, 1:-1],
        )
        np.testing.assert_array_equal(
            cross_correlate(dot, edge_filter("plain", direction)),
            -ndimage.prewitt(dot, axis)[1:-1, 1:-1],
        )
    assert edge_filter("scharr").tolist() == [[3, 0, -3], [10, 0, -10], [3, 0, -3]]


@given(
    sizes=st.tuples(*(st.integers(0, 5),) * 2, *(st.integers(1, 4),) * 2), seed=st.integers(0, 9)
)
def test_sliding_equals_scipy_and_convolution_commutes(sizes, seed):
    rng = np.random.default_rng(seed)
    kernel = rng.standard_normal(sizes[2:])
    image = rng.standard_normal(np.add(sizes[:2], sizes[2:]))
    np.testing.assert_allclose(
        cross_correlate(image, kernel), signal.correlate(image, kernel, "valid"), atol=1e-12
    )
    np.testing.assert_allclose(
        convolve(image, kernel), signal.convolve(image, kernel, "valid"), atol=1e-12
    )


def test_only_the_true_convolution_is_associative():
    rng = np.random.default_rng(0)
    image, a, b = (rng.standard_normal((n, n)) for n in (9, 3, 3))
    b_padded = np.pad(b, 2)
    for slide, associative in ((convolve, True), (cross_correlate, False)):
        one_by_one = slide(slide(image, a), b)
        at_once = slide(image, slide(b_padded, a))
        assert np.allclose(one_by_one, at_once) == associative


def test_filters_cannot_be_spoilt_and_precision_stays():
    for direction in ("vertical", "horizontal"):
        edge_filter("plain", direction)[...] = 7
    assert EDGE_FILTERS["plain"].max() == 1
    single = np.ones((4, 4), np.float32)
    assert cross_correlate(single, single[:2, :2]).dtype == np.float32


def test_grey_levels():
    assert grey_levels([-1020.0, 1020.0]).tolist() == [0, 255]
    assert grey_levels(np.full((2, 2), 3.0)).tolist() == [[0, 0], [0, 0]]
    assert grey_levels([1.0, 2.0]).dtype == np.uint8


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: edge_filter("canny"), "name: expected one of plain, sobel, scharr; got 'canny'"),
        (lambda: edge_filter("plain", "left"), "direction: expected 'vertical' or .*got 'left'"),
        (lambda: cross_correlate(np.ones(3), np.ones((1, 1))), r"image: .*got shape \(3,\)"),
        (lambda: cross_correlate(np.ones((0, 3)), np.ones((1, 1))), r"image: .*\(0, 3\)"),
        (lambda: cross_correlate(np.ones((2, 2)), np.ones((3, 1))), r"kernel: expected at most"),
        (lambda: convolve(np.ones((2, 2)), [[np.nan]]), "kernel: expected numbers; got NaN"),
        (lambda: cross_correlate(np.ones((2, 2)), np.ones(2)), r"kernel: expected shape"),
        (lambda: grey_levels([]), "response: expected at least one entry"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
