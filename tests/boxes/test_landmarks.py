import numpy as np
import pytest

from dlcourse.boxes import landmark_points, landmark_target
from dlcourse.losses import localization_squared_error


def test_64_landmarks_of_a_face_are_129_numbers_and_come_back():
    points = np.random.default_rng(0).uniform(0, 100, (3, 64, 2)).astype(np.float32)
    target = landmark_target(points, [1, 1, 1], height=100, width=200)
    assert target.shape == (3, 129)
    back, present = landmark_points(target, height=100, width=200)
    np.testing.assert_allclose(back, points, rtol=1e-5)
    assert present.numpy().tolist() == [1, 1, 1]


def test_an_absent_object_is_all_zeros_and_costs_only_its_presence():
    target = landmark_target(np.ones((1, 2, 2)), [0], 4, 4)
    assert not np.any(target)
    answer = np.float32([[0.5, 9, 9, 9, 9]])
    assert localization_squared_error(target, answer).numpy().tolist() == [0.25]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: landmark_target(np.zeros((2, 3)), [1, 1], 4, 4), "points, present: expected"),
        (lambda: landmark_target(np.zeros((2, 3, 2)), [1], 4, 4), "points, present: expected"),
        (lambda: landmark_target(np.zeros((1, 3, 2)), [1], 0, 4), "height, width: expected"),
        (lambda: landmark_points(np.zeros((1, 4)), 4, 4), "target: expected shape"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
