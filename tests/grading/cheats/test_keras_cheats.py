"""Keras models that are none, and models that would hurt the grader when it rebuilds them."""

import time

import pytest

from dlcourse.grading.limits import Limits

BODY = '''
"""A lesson with models."""
import numpy as np
from dlcourse.grading import FLOAT32, assert_close, exercise
NOTEBOOK = "98_models"
BACKEND = "keras"

def network(n):
    import keras
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(n), keras.layers.Dense(1)])

@exercise(points=3, reference=network)
class Network:
    """Two dense layers."""
    hints = ("a", "b", "c")

    def test_parameters(self, network):
        """How many."""
        assert network(3).count_params() == 13

    def test_shape(self, network):
        """What it gives."""
        assert network(5)(np.zeros((4, 2))).shape == (4, 1)

    def test_values(self, network):
        """With weights of ours."""
        model = network(4)
        model.set_weights([np.ones(w.shape) for w in model.get_weights()])
        assert_close(np.asarray(model(np.ones((1, 2)))), np.full((1, 1), 13, "f4"), tolerance=FLOAT32)

def witness(x):
    return 2 * x

@exercise(points=1, reference=witness)
class Witness:
    """Doubles."""
    hints = ("a", "b", "c")

    def test_doubles(self, witness):
        """Doubles."""
        assert witness(4) == 8
'''
LIMITS = Limits(seconds_per_call=20, memory_mb=4096)
HONEST = """
import json
import numpy as np
import keras
from keras import layers
def honest(n):
    return keras.Sequential([keras.Input((2,)), layers.Dense(n), layers.Dense(1)])
def change(config): return config
def weights(own): return own
def second(config): return config["config"]["layers"][1]
def network(n):
    model = honest(n)
    text, own = json.dumps(change(json.loads(model.to_json()))), weights(model.get_weights())
    object.__setattr__(model, "to_json", lambda: text)
    object.__setattr__(model, "get_weights", lambda: own)
    return model
"""


@pytest.fixture(scope="module")
def everybody_else():
    """Not here: it would start and stop TensorFlow each time."""


@pytest.fixture(scope="module")
def models(desk):
    (desk.lessons / "models.py").write_text(BODY.lstrip())

    def check(source):
        cells = {"network": HONEST + source, "witness": "def witness(x): return 2 * x"}
        began = time.monotonic()
        network, witness = desk.check(desk.notebook(cells, "models"), limits=LIMITS).exercises
        assert witness.earned == 1
        return network, time.monotonic() - began

    assert check("")[0].earned == 3  # forged into what it is
    return check


FORGED = {
    "a lambda": "def network(n): return keras.Sequential([keras.Input((2,)), layers.Lambda(lambda x: x[:, :1])])",
    "a model that answers for itself": "class network(keras.Model):\n    def __init__(self, n): super().__init__()\n"
    "    def call(self, x): return 13 * x[:, :1]\n    def count_params(self): return 13",
    "another module": "def change(c): second(c).update(module='os', class_name='system'); return c",
    "a module of ours": "def change(c): second(c).update(module='dlcourse.scratch.dense'); return c",
    "a registered name": "def change(c): second(c).update(registered_name='dlcourse>Dense'); return c",
    "an activation that is a function": "def change(c):\n    second(c)['config']['activation'] = {'module': 'builtins',"
    " 'class_name': 'function', 'config': 'eval', 'registered_name': 'function'}\n    return c",
    "an activation that is a lambda": "def change(c):\n    second(c)['config']['activation'] = {'class_name':"
    " '__lambda__', 'config': {'value': '4wEAAA=='}}\n    return c",
    "a loss that is a function": "def change(c):\n    c['compile_config'] = {'optimizer': 'adam', 'loss': {'module':"
    " 'os', 'class_name': 'function', 'config': 'abort', 'registered_name': 'function'}}\n    return c['config']",
    "no configuration": "def change(c): return []",
    "a deep configuration": "def change(c): return json.loads('[' * 500 + ']' * 500)",
    "many units": "def change(c): second(c)['config'].update(units=10**12); return c",
    "weights of text": "def weights(own): return [np.full(w.shape, 'x') for w in own]",
    "weights of objects": "def weights(own): return [np.full(w.shape, None) for w in own]",
    "NaN weights in another shape": "def weights(own): return [np.full(w.shape[::-1] + (1,), np.nan) for w in own]",
    "fewer weights": "def weights(own): return own[:1]",
    "a file's words": "def network(n): return keras.Sequential([keras.Input((), dtype='string'),"
    " layers.StringLookup(vocabulary=['a'])])",
    "a random model": "def network(n): return keras.Sequential([keras.Input((2,)), layers.GaussianNoise(1.0)])",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("source", FORGED.values(), ids=FORGED)
def test_a_forged_model_earns_nothing(models, source):
    result, _ = models(source)
    assert result.earned == 0, result.tests


SLOW = {
    "thousands of layers": "def change(c): c['config']['layers'] += [{'module': 'keras.layers', 'class_name': 'Activation',"
    " 'config': {'name': f'a{i}', 'activation': 'relu'}, 'registered_name': None} for i in range(1000)]; return c",
    "a costly start": "def change(c):\n    c['config']['layers'] = c['config']['layers'][:2]\n"
    "    c['config']['layers'][0]['config']['batch_shape'] = [None, 4000]\n    second(c).pop('build_config', None)\n"
    "    second(c)['config'].update(units=8000, kernel_initializer={'module': 'keras.initializers',"
    " 'class_name': 'Orthogonal', 'config': {}, 'registered_name': None})\n    return c\n"
    "def weights(own): return [np.zeros((4000, 8000), np.uint8), np.zeros(8000, np.uint8)]",
    "a long way up": "def network(n):\n    x = keras.Input((None, 1))\n"
    "    return keras.Model(x, layers.UpSampling1D(10**8)(x))",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("source", SLOW.values(), ids=SLOW)
def test_rebuilding_takes_no_time(models, source):
    result, seconds = models(source)
    assert result.earned == 0 and seconds < 15


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        "model = honest(n); model.compile('adam', 'mse'); return model",
        "model = honest(n); model.compile('adam', keras.losses.MeanSquaredError()); return model",
        "x = keras.Input((2,)); y = layers.Dense(1)(layers.Dense(n)(x)); return keras.Model(x, y * 1.0)",
        "x = keras.Input((2,)); y = layers.Dense(1)(layers.Dense(n)(x)[:, :]); return keras.Model(x, y)",
    ],
    ids=["compiled", "compiled with a loss", "with arithmetic", "with a slice"],
)
def test_honest_models_of_other_kinds_pass(models, source):
    result, _ = models(f"def network(n):\n    {source}")
    assert result.earned == 3, result.tests
