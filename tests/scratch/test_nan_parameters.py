"""No public function accepts a parameter that is NaN: from there on every result would be NaN.

The calls are those of the doctests, recorded and made again with one number replaced. What checks
are missing for is listed with the reason; data (X, images, sequences) may hold NaN.
"""

import contextlib
import copy
import doctest
import importlib
import inspect
import io
import pkgutil
from functools import wraps

import numpy as np
import pytest

from dlcourse import scratch

MODULES = [module.name for module in pkgutil.iter_modules(scratch.__path__)]
PARAMETERS = {"W", "b", "w", "W1", "b1", "W2", "b2", "Wx", "Wa", "gamma", "beta", "E", "U"}
PARAMETERS |= {"parameters", "params", "learning_rate", "theta", "keep_prob", "lambd"}
UNCHECKED = {
    # parts of a convolution, behind the door where conv_forward and conv_backward check
    "columns_forward", "columns_backward", "shifted_forward", "input_gradient",
    "conv_single_step",
    # parts of recurrent layers, likewise
    "input_product", "input_gradients", "step_product",
    # check_step stands before it in every optimizer
    "step_downhill",
    # read the parameters that the forward pass has checked
    "backward_propagation",
    # neither trains nor predicts: b is a vector, a number of a graph, a bias that is left out
    "dot", "multiply_loops", "outer", "graph_forward", "graph_backward", "frobenius_penalty",
    # only move numbers from one place to another
    "gradients_like", "rnn_to_keras", "gru_to_keras", "lstm_to_keras",
}  # fmt: skip


def recorded_calls(module):
    """The first right call of every public function in the doctests of a module."""
    calls, names = {}, dict(vars(module))

    def recording(function):
        @wraps(function)
        def record(*args, **kwargs):
            bound = inspect.signature(function).bind(*copy.deepcopy(args), **copy.deepcopy(kwargs))
            result = function(*args, **kwargs)
            calls.setdefault(function.__name__, (function, bound))  # one that shows no error
            return result

        return record

    for name in module.__all__:
        if inspect.isfunction(names[name]) and names[name].__module__ == module.__name__:
            names[name] = recording(names[name])
    for examples in doctest.DocTestFinder().find(module, globs=names):
        with contextlib.redirect_stdout(io.StringIO()):
            doctest.DocTestRunner(verbose=False).run(examples)
    return calls


def with_nan(value):
    """The value with one number made NaN, in as many ways as it has arrays; none for the rest."""
    if isinstance(value, dict):
        return [value | {key: bad} for key, part in value.items() for bad in with_nan(part)]
    if isinstance(value, float):
        return [float("nan")]
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
        bad = value.copy()
        bad.flat[-1] = np.nan
        return [bad]
    return []


def bad_calls(module):
    for name, (function, bound) in recorded_calls(module).items():
        for argument in PARAMETERS & bound.arguments.keys() if name not in UNCHECKED else ():
            for bad in with_nan(bound.arguments[argument]):
                call = copy.deepcopy(bound)
                call.arguments[argument] = bad
                yield name, argument, function, call


@pytest.mark.parametrize("name", MODULES)
def test_nan_parameters_are_refused(name):
    module = importlib.import_module(f"dlcourse.scratch.{name}")
    accepted = []
    for function_name, argument, function, call in bad_calls(module):
        try:
            function(*call.args, **call.kwargs)
        except ValueError as error:
            assert "NaN" in str(error) or "nan" in str(error), f"{function_name}: {error}"
        else:
            accepted.append(f"{function_name}({argument})")
    assert accepted == []


def test_there_is_something_to_refuse():
    calls = [
        call
        for name in ("dense", "lstm", "convolution", "adam")
        for call in bad_calls(importlib.import_module(f"dlcourse.scratch.{name}"))
    ]
    assert len(calls) > 10
