"""A traceback shows the learner's frames and the error, nothing else."""

import pytest

from dlcourse.grading.frames import function_names, learner_frames

MINE = (
    '  File "/tmp/ipykernel_7/12.py", line 3, in propagate\n'
    "    return np.dot(a, b)\n"
    "           ^^^^^^^^^^^^\n"
)
ERROR = "ValueError: shapes (2,) and (3,) not aligned\n  second line of the message"
HEADER = "Traceback (most recent call last):\n"
LIBRARIES = [
    "/home/me/venv/lib/python3.11/site-packages/numpy/linalg/_linalg.py",
    "/usr/lib/python3/dist-packages/numpy/core.py",
    "/usr/lib/python3.12/json/decoder.py",
    "/work/dlcourse/grading/boundary.py",
    r"C:\Users\me\venv\Lib\site-packages\keras\src\layer.py",
    "<__array_function__ internals>",
    "<frozen importlib._bootstrap>",
]


@pytest.mark.parametrize("file", LIBRARIES)
def test_frames_of_libraries_go(file):
    theirs = f'  File "{file}", line 99, in inner\n    code()\n    ^^^^^^\n'
    assert learner_frames(HEADER + MINE + theirs + ERROR) == HEADER + MINE + ERROR
    assert learner_frames(HEADER + theirs + MINE + ERROR) == HEADER + MINE + ERROR


def test_without_a_frame_of_the_learner_only_the_error_is_left():
    theirs = f'  File "{LIBRARIES[0]}", line 99, in inner\n    code()\n'
    assert learner_frames(HEADER + theirs + ERROR) == ERROR


@pytest.mark.parametrize("file", ["<cell 3>", "/tmp/ipykernel_1/2.py", r"C:\Temp\ipykernel_1\2.py"])
def test_frames_of_cells_stay(file):
    frame = f'  File "{file}", line 1, in f\n    1 / 0\n'
    assert learner_frames(HEADER + frame + ERROR) == HEADER + frame + ERROR


def test_frames_that_jupyter_named():
    frame = "  Cell In[5], line 2, in f\n    1 / 0\n"
    assert learner_frames(HEADER + frame + ERROR) == HEADER + frame + ERROR
    assert function_names(HEADER + frame) == ["f"]


def test_functions_from_the_outermost_on():
    assert function_names(HEADER + MINE + MINE.replace("propagate", "sigmoid") + ERROR) == [
        "propagate",
        "sigmoid",
    ]


def test_nothing_of_nothing():
    assert learner_frames("") == ""
    assert function_names("") == []
