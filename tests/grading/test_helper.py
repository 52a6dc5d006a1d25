"""A helper of ours works on a learner's object where that object is: here, or in the sandbox."""

import inspect

import numpy as np
import pytest

from dlcourse.grading import helper
from dlcourse.grading.boundary import LocalBoundary
from dlcourse.grading.catalog import load_lesson
from dlcourse.grading.checking import check_notebook
from dlcourse.grading.limits import Limits
from dlcourse.grading.proof import prove
from dlcourse.grading.proxy import symbol_proxy
from tests.grading.lessons import toy_layer as solutions

LAYER = "import keras\n" + inspect.getsource(solutions.Scale)


@helper
def doubled(thing, by=2):
    return [by * thing.number]


class Thing:
    number = 21


def test_a_helper_gets_the_object_itself():
    made = symbol_proxy(LocalBoundary({"Thing": Thing}), "Thing")()
    assert doubled(made) == [42]
    assert doubled(by=3, thing=made) == [63]


def test_without_an_object_it_is_an_ordinary_function():
    assert doubled(Thing()) == [42]
    assert doubled.__name__ == "doubled"


def test_its_failure_is_the_learners():
    made = symbol_proxy(LocalBoundary({"Thing": dict}), "Thing")()
    with pytest.raises(AttributeError, match="number"):
        doubled(made)


@pytest.mark.parametrize(
    ("source", "status", "name"),
    [
        (LAYER, "passed", None),
        (LAYER.replace("inputs *", "inputs +"), "failed", "Adds"),
        (LAYER.replace('name="factor"', "trainable=False"), "failed", "Constant"),
        (LAYER.replace("self.factor = ", "self.weight = "), "crashed", None),
    ],
    ids=["right", "adds", "learns nothing", "crashes"],
)
def test_a_layer_of_the_learners_own(write_notebook, lessons, source, status, name):
    path = write_notebook(source, lesson="toy_layer")
    result = check_notebook(path, folder=lessons, limits=Limits(memory_mb=4096)).exercises[0]
    assert result.status == status, [t.message for t in result.tests]
    assert getattr(result.diagnosis, "name", None) == name


def test_the_lesson_tells_right_from_wrong(lessons):
    proof = prove(load_lesson(lessons / "toy_layer.py"), "Scale")
    assert proof.problems == []
    assert proof.tried["mistakes"] == 2


def test_arrays_come_back():
    class Box:
        content = np.arange(3)

    @helper
    def content_of(box):
        return box.content

    made = symbol_proxy(LocalBoundary({"Box": Box}), "Box")()
    np.testing.assert_array_equal(content_of(made), np.arange(3))
