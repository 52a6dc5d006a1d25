"""Our optimizers make the steps of Keras's, one by one."""

import functools

import keras
import numpy as np
import pytest

from dlcourse import optimizers
from tests.backends import BACKENDS, run_on
from tests.optimizers.walks import PAIRS, differences, walk

FEW = 6
SHARED = {
    "weight decay": {"weight_decay": 0.1},
    "clipnorm": {"clipnorm": 0.5},
    "clipvalue": {"clipvalue": 0.3},
    "global clipnorm": {"global_clipnorm": 0.7},
    "moving average": {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 3},
    "accumulation": {"gradient_accumulation_steps": 2},
    "loss scale": {"loss_scale_factor": 8.0},
}
OWN = {
    "Momentum": {"momentum": 0.5},
    "Nesterov": {"momentum": 0.5},
    "Adagrad": {"initial_accumulator_value": 0.0, "epsilon": 0.2},
    "Adadelta": {"rho": 0.6, "epsilon": 0.2},
    "RMSprop": {"rho": 0.6, "epsilon": 0.2},
    "Adam": {"beta_1": 0.6, "beta_2": 0.7, "epsilon": 0.2},
}


@functools.cache
def report(backend):
    return run_on(backend, "tests.optimizers.everywhere:report", floatx="float64")


def few(make, **arguments):
    return walk(make(learning_rate=0.05, **arguments), FEW, dtype="float64")


@functools.cache
def plain(name):
    return few(PAIRS[name][0])


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_twenty_steps_are_keras_s(backend, dtype, tolerance):
    found = report(backend)[dtype]
    assert found.keys() == PAIRS.keys()
    assert {name: d for name, d in found.items() if not d < tolerance} == {}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("shared", SHARED)
def test_arguments_of_the_base_class(name, shared):
    ours, theirs = (few(make, **SHARED[shared]) for make in PAIRS[name])
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-10)
    assert np.abs(ours - plain(name)).max() > 1e-6  # or the argument went nowhere


@pytest.mark.parametrize("name", OWN)
def test_own_arguments(name):
    ours, theirs = PAIRS[name]
    ours = few(ours, **OWN[name])
    np.testing.assert_allclose(ours, few(theirs, **OWN[name]), rtol=1e-7, atol=1e-10)
    assert np.abs(ours - plain(name)).max() > 1e-4


@pytest.mark.parametrize("name", PAIRS)
def test_defaults(name):
    ours, theirs = (walk(make(), FEW, dtype="float64") for make in PAIRS[name])
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-10)


def test_a_difference_would_be_seen(monkeypatch):
    assert max(differences("float64").values()) < 1e-12
    other = functools.partial(optimizers.Adam, epsilon=1e-6)
    monkeypatch.setitem(PAIRS, "Adam", (other, keras.optimizers.Adam))
    assert differences("float64")["Adam"] > 1e-4


@pytest.mark.parametrize("backend", BACKENDS)
def test_training_goes_down(backend):
    losses = report(backend)["trained"]
    assert losses.keys() == PAIRS.keys()
    assert {name: pair for name, pair in losses.items() if not pair[1] < pair[0]} == {}
