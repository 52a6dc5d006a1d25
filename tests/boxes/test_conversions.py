import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse.boxes import (
    centre_to_corners,
    corners_to_centre,
    corners_to_xywh,
    to_normalised,
    to_pixels,
    xywh_to_corners,
)

FLOAT32 = 1e-5
numbers = arrays(np.float32, (3, 4), elements=st.floats(-100, 100, width=32))


@given(numbers)
def test_there_and_back(boxes):
    for there, back in (
        (corners_to_centre, centre_to_corners),
        (corners_to_xywh, xywh_to_corners),
        (centre_to_corners, corners_to_centre),
        (xywh_to_corners, corners_to_xywh),
    ):
        np.testing.assert_allclose(back(there(boxes)), boxes, atol=200 * FLOAT32)


@given(numbers, st.integers(1, 1000), st.integers(1, 1000))
def test_units_there_and_back(boxes, height, width):
    there = to_normalised(boxes, height, width)
    np.testing.assert_allclose(to_pixels(there, height, width), boxes, rtol=FLOAT32, atol=1e-30)


def test_the_course_writes_the_height_before_the_width():
    assert corners_to_centre([[0.0, 0.0, 10.0, 2.0]]).numpy().tolist() == [[5.0, 1.0, 2.0, 10.0]]
    assert corners_to_xywh([[0.0, 0.0, 10.0, 2.0]]).numpy().tolist() == [[0.0, 0.0, 10.0, 2.0]]


def test_x_is_measured_by_the_width():
    assert to_normalised([50.0, 10.0, 100.0, 20.0], 20, 100).numpy().tolist() == [0.5, 0.5, 1, 1]


def test_whole_numbers_become_floats_and_no_boxes_stay_no_boxes():
    assert corners_to_centre([[0, 0, 1, 3]]).numpy().tolist() == [[0.5, 1.5, 3.0, 1.0]]
    assert xywh_to_corners(np.zeros((0, 4))).shape == (0, 4)


def test_float16_stays():
    boxes = keras.ops.ones((2, 4), "float16")
    assert to_pixels(corners_to_centre(boxes), 2, 2).dtype == boxes.dtype


@pytest.mark.parametrize("boxes", [1.0, [1.0, 2.0, 3.0], np.zeros((4, 3))])
def test_not_boxes(boxes):
    with pytest.raises(ValueError, match=r"boxes: expected shape \(..., 4\)"):
        corners_to_centre(boxes)


@pytest.mark.parametrize("convert", [to_pixels, to_normalised])
def test_an_image_without_pixels(convert):
    with pytest.raises(ValueError, match="height, width: expected positive"):
        convert(np.zeros((1, 4)), 0, 5)
