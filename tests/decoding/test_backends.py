"""JAX and PyTorch find what TensorFlow finds; a compiled function finds what is found eagerly."""

import keras
import numpy as np
import pytest

from tests.backends import BACKENDS, run_on
from tests.decoding.trees import answers


def check_equal(found, expected):
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(np.array(ours), np.array(theirs), rtol=1e-5, atol=1e-6)


@pytest.fixture(scope="module")
def expected():
    return answers()


@pytest.fixture(scope="module", params=BACKENDS)
def found(request, expected):
    here = request.param == keras.backend.backend()
    return expected if here else run_on(request.param, "tests.decoding.trees:answers")


def test_the_same_on_every_backend(found, expected):
    for name in ("beams", "greedy", "ctc"):
        check_equal(found[name], expected[name])


def test_the_same_inside_a_compiled_function(found):
    check_equal(found["beams, compiled"], found["beams"])


def test_the_same_on_an_accelerator(found):
    check_equal(found["on an accelerator"], [*found["beams"], *found["greedy"]])


def test_what_is_drawn_at_temperature_0_is_greedy(found):
    check_equal(found["at temperature 0"], found["greedy"])


def test_forced_decoding_gives_what_decoding_gave(found):
    check_equal(found["greedy, scored"], found["greedy"])
    for drawn, scored in zip(found["drawn"], found["drawn, scored"], strict=True):
        check_equal(scored, drawn)


def test_nan_shows_where_an_error_is_impossible(found):
    for results in (found["NaN"], found["NaN on an accelerator"]):
        if results is not None:  # PyTorch compiles nothing here
            _, _, log_p, scores, _, _, greedy = results
            assert np.isnan(np.array(log_p)).all() and np.isnan(np.array(scores)).all()
            assert np.isnan(np.array(greedy)).all()
