"""The dense networks of Course 1 name what is wrong with their input instead of going on."""

import numpy as np
import pytest

from dlcourse.scratch import (
    dense,
    hidden_units,
    likelihood,
    logistic,
    memoization,
    networks,
    shallow,
    softmax,
)
from dlcourse.scratch.perceptron import Perceptron

X, Y, NO_X, NO_Y = np.ones((2, 3)), np.ones((1, 3)), np.ones((2, 0)), np.ones((1, 0))
w, NONE = np.zeros((2, 1)), np.zeros((1, 0))
RNG = np.random.default_rng(0)
DEEP = dense.initialize_parameters_deep((2, 3, 1), RNG)
ONE_HIDDEN = shallow.initialize_parameters(2, 3, 1, RNG)
CACHE = shallow.forward_propagation(NO_X, ONE_HIDDEN)[1]
BAD_CALLS = {
    "X of another rank": (
        logistic.propagate,
        (w, 0.0, X[0], Y),
        r"X: expected .*\(n_x, m\).*\(3,\)",
    ),
    "w of rank one": (logistic.predict, (w[:, 0], 0.0, X), r"w: expected .*\(2, 1\).*\(2,\)"),
    "Y of rank one": (logistic.propagate, (w, 0.0, X, Y[0]), r"Y: expected .*\(1, 3\).*\(3,\)"),
    "b is NaN": (logistic.propagate, (w, np.nan, X, Y), "b: expected numbers; got NaN"),
    "no example": (logistic.propagate, (w, 0.0, NO_X, NO_Y), r"X: expected at least one example"),
    "no example in the loops": (
        logistic.propagate_loops,
        (w, 0.0, NO_X, NO_Y),
        "at least one exam",
    ),
    "no step": (logistic.optimize, (w, 0.0, X, Y, 0), "num_iterations: expected .* 1; got 0"),
    "rate 0": (logistic.optimize, (w, 0.0, X, Y, 1, 0.0), "learning_rate: expected .* above 0"),
    "no feature": (logistic.initialize_with_zeros, (0,), "dim: expected a whole number"),
    "no prediction": (logistic.accuracy, (NO_Y, NO_Y), "Y: expected at least one label"),
    "A of another shape": (likelihood.compute_cost, (Y.T, Y), r"A: expected .*\(1, 3\).*\(3, 1\)"),
    "no label": (likelihood.squared_error_cost, (NO_Y, NO_Y), "Y: expected at least one label"),
    "half a unit": (shallow.initialize_parameters, (2, 1.5, 1, RNG), "n_h: expected .*; got 1.5"),
    "b1 of rank one": (
        shallow.forward_propagation,
        (X, ONE_HIDDEN | {"b1": np.zeros(3)}),
        r"b1: expected shape \(n_h=3, 1\); got \(3,\)",
    ),
    "W2 is missing": (
        shallow.forward_propagation,
        (X, {"W1": ONE_HIDDEN["W1"]}),
        "parameters: expected W1, b1, W2, b2; got W1",
    ),
    "nothing to go back from": (
        shallow.backward_propagation,
        (ONE_HIDDEN, CACHE, NO_X, NO_Y),
        "Y: expected at least one example",
    ),
    "Y does not fit": (
        shallow.backward_propagation,
        (ONE_HIDDEN, CACHE, NO_X, Y),
        r"Y: expected the shape of A2, \(1, 0\); got \(1, 3\)",
    ),
    "no gradient": (shallow.update_parameters, (ONE_HIDDEN, {}, 1.0), r"grads\['dW1'\]: expected"),
    "rate below 0": (
        dense.update_parameters,
        ({}, {}, -1.0),
        "learning_rate: .* above 0; got -1.0",
    ),
    "no unit": (dense.initialize_parameters, (2, 0, 1, RNG), "n_h: expected .* 1; got 0"),
    "no probability": (dense.compute_cost, (NO_Y, NO_Y), "AL: expected at least one example"),
    "no error": (
        dense.l_model_backward,
        (NO_Y, NO_Y, dense.l_model_forward(NO_X, DEEP)[1]),
        "AL: expected at least one example",
    ),
    "no answer": (networks.accuracy, (NO_Y, NO_Y), "Y: expected at least one label"),
    "no activation": (
        hidden_units.fraction_saturated,
        (NONE,),
        "A: expected at least one activation",
    ),
    "x does not fit": (
        memoization.gradients_by_recursion,
        (np.ones(3), 1, DEEP, True),
        r"W1: expected shape \(3, 3\); got \(3, 2\)",
    ),
    "no class": (
        softmax.softmax,
        (np.zeros((0, 2)),),
        "z: expected at least one class along axis 0",
    ),
    "a rate of NaN": (Perceptron, (2, np.nan), "learning_rate: expected a number above 0; got nan"),
}


@pytest.mark.parametrize("case", BAD_CALLS)
def test_the_argument_is_named(case):
    function, arguments, message = BAD_CALLS[case]
    with pytest.raises(ValueError, match=message):
        function(*arguments)
