"""Keras models cross the border as configuration and weights, and only harmless ones do."""

import inspect
import json

import numpy as np
import pytest

from dlcourse.grading.checking import check_notebook
from dlcourse.grading.codec import ModelData, ProtocolError
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.keras_models import rebuild_model
from tests.grading.lessons import toy_keras as solutions

BUILD = inspect.getsource(solutions.build)


@pytest.mark.parametrize(
    ("source", "status", "words"),
    [
        (BUILD, "passed", ""),
        (BUILD.replace('"relu"', '"linear"'), "failed", "expected 1"),
        (BUILD.replace("layers.Dense(1)", "layers.Lambda(lambda x: x)"), "stopped", "Lambda"),
        ("import keras\nclass M(keras.Model): pass\ndef build(n): return M()", "stopped", "class"),
    ],
    ids=["right", "mistake", "lambda", "own class"],
)
def test_models_of_a_notebook(write_notebook, lessons, source, status, words):
    path = write_notebook(source, lesson="toy_keras")
    result = check_notebook(path, folder=lessons, limits=Limits(memory_mb=4096)).exercises[0]
    assert result.status == status
    assert words in " ".join(t.message for t in result.tests)
    if status == "failed":
        assert result.diagnosis.name == "linear"


def _model(**changes):
    model = solutions.build(3)
    config = json.loads(model.to_json())
    return config, tuple(np.asarray(w) for w in model.get_weights())


def test_a_model_is_rebuilt_with_its_weights():
    config, weights = _model()
    model = rebuild_model(ModelData(json.dumps(config), weights))
    assert all(np.array_equal(a, b) for a, b in zip(model.get_weights(), weights, strict=True))


def _dense(config):
    return config["config"]["layers"][1]


HOSTILE = {
    "a module of the system": lambda c: _dense(c).update(module="os", class_name="system"),
    "a module of ours": lambda c: _dense(c).update(module="dlcourse.scratch.dense"),
    "an unknown layer": lambda c: _dense(c).update(class_name="Denser"),
    "a layer that runs code": lambda c: _dense(c).update(class_name="Lambda"),
    "a layer that reads files": lambda c: _dense(c).update(class_name="StringLookup"),
    "a registered class": lambda c: _dense(c).update(registered_name="x>Y"),
    "an initializer that is a function": lambda c: _dense(c)["config"].update(
        kernel_initializer={"class_name": "eval", "module": "builtins", "config": "1"}
    ),
    "another model class": lambda c: c.update(class_name="Popen"),
    "far too many units": lambda c: _dense(c)["config"].update(units=10**9),
    "weights that do not fit": lambda c: _dense(c)["config"].update(units=4),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_configurations_are_refused(change):
    config, weights = _model()
    change(config)
    with pytest.raises(ProtocolError):
        rebuild_model(ModelData(json.dumps(config), weights))


@pytest.mark.parametrize("config", ["", "[]", "null", "3", '{"class_name": "Sequential"}'])
def test_what_is_no_configuration_is_refused(config):
    with pytest.raises(ProtocolError):
        rebuild_model(ModelData(config, ()))
