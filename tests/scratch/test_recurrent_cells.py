"""One step of each recurrent cell: against Keras's cell, differences, and by hand."""

import keras
import numpy as np
import pytest

from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient
from dlcourse.scratch.gru_cell import gru_cell_forward
from dlcourse.scratch.lstm_cell import lstm_cell_backward, lstm_cell_forward
from dlcourse.scratch.recurrent_kinds import cell_of_kind
from dlcourse.scratch.rnn_cell import rnn_cell_backward, rnn_cell_forward
from tests.scratch.recurrent_cases import (
    KINDS,
    SHAPES,
    conversions,
    random_parameters,
    random_state,
)


def random_cell(kind, shape, seed=0):
    rng = np.random.default_rng(seed)
    m, _, n_x, n_a = shape
    state = {f"{name[0]}_prev": s for name, s in random_state(kind, m, n_a, rng).items()}
    parameters = random_parameters(kind, n_x, n_a, rng)
    return {"xt": rng.standard_normal((m, n_x)), **state, **parameters}


def step(kind, everything):
    inputs = [everything[name] for name in ("xt", "a_prev", "c_prev") if name in everything]
    parameters = {name: everything[name] for name in everything if name in {"Wx", "Wa", "b", "ba"}}
    return cell_of_kind(kind)[0](*inputs, parameters)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_backward_against_differences(kind, shape):
    everything = random_cell(kind, shape)
    *state, cache = step(kind, everything)
    rng = np.random.default_rng(1)
    weights = [rng.standard_normal(s.shape) for s in state]

    def cost(everything):
        *state, _ = step(kind, everything)
        return sum(np.sum(w * s) for w, s in zip(weights, state, strict=True))

    gradients = cell_of_kind(kind)[1](*weights, cache)
    assert gradient_ratio(numeric_gradient(cost, everything), gradients) < 1e-7


@pytest.mark.parametrize("kind", KINDS)
def test_forward_equals_the_cell_of_keras(kind):
    everything = random_cell(kind, (3, 1, 2, 4))
    layers = {"rnn": keras.layers.SimpleRNNCell, "lstm": keras.layers.LSTMCell}
    options = {"reset_after": kind == "gru_reset_after"} if kind.startswith("gru") else {}
    cell = layers.get(kind, keras.layers.GRUCell)(4, dtype="float64", **options)
    cell.build((None, 2))
    cell.set_weights(conversions(kind)[1](everything))
    before = [everything[name] for name in ("a_prev", "c_prev") if name in everything]
    _, expected = cell(everything["xt"], before)
    *actual, _ = step(kind, everything)
    for ours, theirs in zip(actual, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


def test_rnn_by_hand():
    parameters = {"Wx": np.array([[2.0]]), "Wa": np.array([[-1.0]]), "b": np.array([0.5])}
    a, cache = rnn_cell_forward(np.array([[1.0]]), np.array([[3.0]]), parameters)
    assert a.item() == pytest.approx(-0.46211715726)  # tanh(2 - 3 + 0.5)
    slope = 1 - a.item() ** 2
    gradients = rnn_cell_backward(np.ones((1, 1)), cache)
    expected = {"dxt": 2, "da_prev": -1, "dWx": 1, "dWa": 3, "db": 1}
    for name, factor in expected.items():
        assert gradients[name].item() == pytest.approx(factor * slope)


def test_open_and_closed_gates_of_an_lstm():
    parameters = {"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": None}
    zero, memory = np.zeros((1, 1)), np.full((1, 1), 0.3)
    # forget gate open, update gate shut: the memory lasts, whatever the candidate says
    parameters["b"] = np.array([1e3, -1e3, 1e3, 1e3])
    a, c, cache = lstm_cell_forward(zero, zero, memory, parameters)
    assert c.item() == 0.3 and a.item() == pytest.approx(np.tanh(0.3))
    assert lstm_cell_backward(zero, np.ones((1, 1)), cache)["dc_prev"].item() == 1.0
    # the other way round the candidate replaces it
    parameters["b"] = np.array([-1e3, 1e3, -1e3, 1e3])
    a, c, _ = lstm_cell_forward(zero, zero, memory, parameters)
    assert c.item() == 1.0 and a.item() == 0.0


@pytest.mark.parametrize("reset", ["before", "after"])
def test_a_shut_update_gate_of_a_gru_keeps_the_state(reset):
    parameters = random_parameters(f"gru_reset_{reset}", 2, 1, np.random.default_rng(2))
    parameters["b"][0] = -1e3
    a_prev = np.array([[0.7]])
    assert gru_cell_forward(np.ones((1, 2)), a_prev, parameters, reset)[0].item() == 0.7


def test_the_conventions_of_the_reset_gate_differ():
    parameters = random_parameters("gru_reset_after", 2, 3, np.random.default_rng(3))
    parameters["ba"] = np.zeros(9)
    xt, a_prev = np.ones((1, 2)), np.ones((1, 3))
    after, _ = gru_cell_forward(xt, a_prev, parameters, "after")
    del parameters["ba"]
    before, _ = gru_cell_forward(xt, a_prev, parameters, "before")
    assert np.abs(after - before).max() > 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_bad_input_is_named(kind):
    good = random_cell(kind, (3, 1, 2, 4))
    width = good["b"].size
    bad = [
        ("xt", np.zeros(2), r"xt: expected one step \(m, n_x\).*got shape \(2,\)"),
        ("a_prev", np.zeros((3, 1)), r"a_prev: expected a state .* \(3, 4\); got shape \(3, 1\)"),
        ("Wx", np.zeros((5, width)), rf"Wx: expected shape \(2, {width}\); got \(5, {width}\)"),
        ("Wa", np.zeros((4, width + 1)), rf"Wa: expected shape \(4, {width}\); got"),
        ("Wa", np.zeros((0, width)), "Wa: expected .* n_a at least 1"),
        ("b", np.zeros((1, width)), rf"b: expected shape \({width},\); got \(1, {width}\)"),
        ("b", np.full(width, np.nan), "b: expected numbers; got NaN"),
    ]
    for name, value, message in bad:
        with pytest.raises(ValueError, match=message):
            step(kind, {**good, name: value})
    del good["b"]
    with pytest.raises(ValueError, match="parameters: expected the names .*'b'"):
        step(kind, good)


def test_wrong_gradients_and_conventions_are_named():
    *_, cache = step("lstm", random_cell("lstm", (3, 1, 2, 4)))
    with pytest.raises(ValueError, match=r"da: expected .* \(3, 4\); got \(1, 4\)"):
        lstm_cell_backward(np.zeros((1, 4)), np.zeros((3, 4)), cache)
    with pytest.raises(ValueError, match=r"dc: expected .* \(3, 4\); got \(4,\)"):
        lstm_cell_backward(np.zeros((3, 4)), np.zeros(4), cache)
    with pytest.raises(ValueError, match="reset: expected 'before' or 'after'; got 'never'"):
        gru_cell_forward(np.zeros((1, 1)), np.zeros((1, 1)), {}, "never")
    with pytest.raises(ValueError, match="kind: expected one of rnn, .*; got 'mgu'"):
        cell_of_kind("mgu")
