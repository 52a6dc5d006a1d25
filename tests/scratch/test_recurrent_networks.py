"""What is built of recurrent networks: both directions, stacks, windows; gradients over time."""

import numpy as np
import pytest

from dlcourse.scratch.bidirectional import bidirectional_backward, bidirectional_forward
from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient
from dlcourse.scratch.gradient_flow import factor_per_step, gradient_norms_over_time
from dlcourse.scratch.recurrent_kinds import recurrent_kind
from dlcourse.scratch.recurrent_parameters import initialize_lstm, orthogonal
from dlcourse.scratch.stacked import stacked_backward, stacked_forward
from dlcourse.scratch.truncated_backpropagation import time_windows, truncated_backpropagation
from tests.scratch.recurrent_cases import (
    KINDS,
    SHAPES,
    as_state,
    as_tuple,
    random_mask,
    random_parameters,
    random_state,
)


def case(kind, shape, seed=0):
    rng = np.random.default_rng(seed)
    m, t, n_x, n_a = shape
    return rng, rng.standard_normal((m, t, n_x)), random_parameters(kind, n_x, n_a, rng)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", ["gru_reset_after", "lstm"])
def test_bidirectional_backward_against_differences(kind, shape):
    rng, x, forward = case(kind, shape)
    both = {"forward": forward, "backward": random_parameters(kind, shape[2], 2, rng)}
    mask = random_mask(*shape[:2], rng)
    a, a_last, cache = bidirectional_forward(x, both, kind, mask)
    weights, last_weights = rng.standard_normal(a.shape), rng.standard_normal(a_last.shape)

    def cost(everything):
        own = {name: everything[name] for name in both}
        a, a_last, _ = bidirectional_forward(everything["x"], own, kind, mask)
        return np.sum(weights * a) + np.sum(last_weights * a_last)

    gradients = bidirectional_backward(weights, cache, last_weights)
    assert gradient_ratio(numeric_gradient(cost, {"x": x, **both}), gradients) < 1e-7


def test_bidirectional_reads_a_mirrored_sequence_the_other_way():
    rng, x, forward = case("rnn", (2, 5, 3, 4))
    backward = random_parameters("rnn", 3, 4, rng)
    a, last, _ = bidirectional_forward(x, {"forward": forward, "backward": backward}, "rnn")
    mirrored = {"forward": backward, "backward": forward}
    b, mirrored_last, _ = bidirectional_forward(x[:, ::-1], mirrored, "rnn")
    np.testing.assert_allclose(np.roll(b[:, ::-1], 4, axis=2), a, atol=1e-12)
    np.testing.assert_allclose(np.roll(mirrored_last, 4, axis=1), last, atol=1e-12)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", ["gru_reset_before", "lstm"])
def test_stacked_backward_against_differences(kind, shape):
    rng, x, lowest = case(kind, shape)
    layers = [lowest, *(random_parameters(kind, n, k, rng) for n, k in [(shape[3], 2), (2, 3)])]
    mask = random_mask(*shape[:2], rng)
    a, _, cache = stacked_forward(x, layers, kind, mask)
    weights = rng.standard_normal(a.shape)

    def cost(everything):
        own = [everything[f"layer{i}"] for i in range(3)]
        return np.sum(weights * stacked_forward(everything["x"], own, kind, mask)[0])

    dx, gradients = stacked_backward(weights, cache)
    named = {"x": dx, **{f"layer{i}": layer for i, layer in enumerate(gradients)}}
    everything = {"x": x, **{f"layer{i}": layer for i, layer in enumerate(layers)}}
    assert gradient_ratio(numeric_gradient(cost, everything), named) < 1e-7


@pytest.mark.parametrize("window", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("kind", KINDS)
def test_windows_keep_the_states_and_cut_the_gradient(kind, window):
    rng, x, parameters = case(kind, (2, 7, 2, 3))
    forward, backward = recurrent_kind(kind)
    expected, last, cache = forward(x, parameters)
    weights = rng.standard_normal(expected.shape)
    a, state, gradients = truncated_backpropagation(
        x, lambda a, steps: weights[:, steps], parameters, window, kind
    )
    np.testing.assert_allclose(a, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(as_tuple(kind, state), as_tuple(kind, last), rtol=0, atol=1e-12)
    exact = backward(weights, cache)
    names = ["dx", *(f"d{name}" for name in parameters)]
    gaps = [np.abs(gradients[name] - exact[name]).max() for name in names]
    assert set(gradients) == set(names)
    assert max(gaps) < 1e-11 if window >= 7 else min(gaps) > 1e-4


def test_a_window_is_the_gradient_with_a_constant_first_state():
    rng, x, parameters = case("lstm", (2, 5, 2, 3))
    forward, backward = recurrent_kind("lstm")
    weights = rng.standard_normal((2, 5, 3))
    _, state, first = forward(x[:, :3], parameters)
    _, _, second = forward(x[:, 3:], parameters, state)
    parts = backward(weights[:, :3], first), backward(weights[:, 3:], second)
    _, _, gradients = truncated_backpropagation(x, lambda a, s: weights[:, s], parameters, 3)
    for name in ("dWx", "dWa", "db"):
        np.testing.assert_allclose(gradients[name], parts[0][name] + parts[1][name], atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_gradient_norms_equal_those_of_the_tails_of_the_sequence(kind):
    rng, x, parameters = case(kind, (2, 5, 3, 4))
    forward, backward = recurrent_kind(kind)
    norms = gradient_norms_over_time(x, parameters, kind)
    zeros = [np.zeros((2, 4)) for _ in random_state(kind, 2, 4, rng)]
    d_state = as_state(kind, [np.full((2, 4), 1 / np.sqrt(8)), *zeros[1:]])
    _, state, _ = forward(x[:, :1], parameters)
    for step in range(1, 5):
        # the gradient of the rest of the sequence with respect to the state it begins with
        _, _, cache = forward(x[:, step:], parameters, state)
        gradients = backward(np.zeros((2, 5 - step, 4)), cache, d_state)
        initial = [gradients[name].ravel() for name in ("da0", "dc0") if name in gradients]
        assert norms[step - 1] == pytest.approx(np.linalg.norm(np.concatenate(initial)))
        _, state, _ = forward(x[:, step : step + 1], parameters, state)
    assert norms[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_an_unsaturated_network_multiplies_by_the_scale_of_its_weights(scale):
    Wa = scale * orthogonal(6, np.random.default_rng(0))
    parameters = {"Wx": np.zeros((1, 6)), "Wa": Wa, "b": np.zeros(6)}
    norms = gradient_norms_over_time(np.zeros((3, 40, 1)), parameters, "rnn")
    np.testing.assert_allclose(norms, scale ** np.arange(39.0, -1.0, -1.0), rtol=1e-9)
    assert factor_per_step(norms) == pytest.approx(scale)


def test_saturation_makes_gradients_vanish_and_an_lstm_remembers():
    rng = np.random.default_rng(1)
    x = rng.standard_normal((4, 50, 3))
    plain = {"Wx": rng.standard_normal((3, 8)), "Wa": orthogonal(8, rng), "b": np.zeros(8)}
    gated = initialize_lstm(3, 8, rng)
    gated["b"][:8] = 4.0  # the forget gate lets 98 % through
    rnn, lstm = (
        factor_per_step(gradient_norms_over_time(x, parameters, kind))
        for parameters, kind in ((plain, "rnn"), (gated, "lstm"))
    )
    assert rnn < 0.8
    assert 0.95 < lstm < 1.05


ONE = {"Wx": np.ones((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
X = np.zeros((1, 2, 1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bidirectional_forward(X, ONE, "rnn"), "parameters: .*'forward' and 'backward'"),
        (lambda: bidirectional_forward(X, {}, "gru"), "kind: expected one of rnn, .*; got 'gru'"),
        (lambda: stacked_forward(X, []), "parameters: expected those of at least one layer"),
        (lambda: stacked_forward(X, [ONE], "gru"), "kind: expected one of"),
        (lambda: time_windows(3, 0), "window: expected a whole number of at least 1; got 0"),
        (lambda: time_windows(0, 3), "t: expected a whole number of at least 1; got 0"),
        (lambda: truncated_backpropagation(X[0], None, ONE, 1), "x: expected sequences"),
        (lambda: gradient_norms_over_time(X[:0], ONE, "rnn"), "x: .* got an empty batch"),
        (lambda: factor_per_step([1.0]), r"norms: expected .* got shape \(1,\)"),
        (lambda: factor_per_step([1.0, 0.0]), "norms: expected .* the last above 0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_wrong_gradients_are_named():
    *_, cache = bidirectional_forward(X, {"forward": ONE, "backward": ONE}, "rnn")
    with pytest.raises(ValueError, match=r"da: expected .* \(1, 2, 2\); got \(1, 2, 1\)"):
        bidirectional_backward(np.zeros((1, 2, 1)), cache)
    with pytest.raises(ValueError, match=r"da_last: expected .* \(1, 2\); got \(1, 1\)"):
        bidirectional_backward(np.zeros((1, 2, 2)), cache, np.zeros((1, 1)))
    with pytest.raises(ValueError, match=r"da: expected .* \(1, 2, 1\); got \(2, 1\)"):
        stacked_backward(np.zeros((2, 1)), stacked_forward(X, [ONE], "rnn")[2])
