"""Recurrent networks through time: against loops, unrolled cells, differences; masks, states."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.scratch.gates import open_gates, slopes_into
from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient
from dlcourse.scratch.recurrent_kinds import cell_of_kind, recurrent_kind
from dlcourse.scratch.recurrent_loops import (
    gru_forward_loops,
    lstm_forward_loops,
    rnn_forward_loops,
)
from dlcourse.scratch.through_time import step_product
from dlcourse.scratch.unrolled import unroll_backward, unroll_forward
from tests.scratch.recurrent_cases import (
    KINDS,
    SHAPES,
    as_state,
    as_tuple,
    random_mask,
    random_parameters,
    random_state,
)

LOOPS = {
    "rnn": rnn_forward_loops,
    "gru_reset_before": lambda x, p: gru_forward_loops(x, p, "before"),
    "gru_reset_after": lambda x, p: gru_forward_loops(x, p, "after"),
    "lstm": lstm_forward_loops,
}


def case(kind, shape, seed=0):
    rng = np.random.default_rng(seed)
    m, t, n_x, n_a = shape
    x = rng.standard_normal((m, t, n_x))
    return rng, x, random_state(kind, m, n_a, rng), random_parameters(kind, n_x, n_a, rng)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_forward_equals_the_loops(kind, shape):
    _, x, _, parameters = case(kind, shape)
    a, state, _ = recurrent_kind(kind)[0](x, parameters)
    np.testing.assert_allclose(a, LOOPS[kind](x, parameters), rtol=0, atol=1e-12)
    np.testing.assert_array_equal(as_tuple(kind, state)[0], a[:, -1])


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_backward_against_differences(kind, shape, masked):
    rng, x, initial, parameters = case(kind, shape)
    mask = random_mask(*shape[:2], rng) if masked else None
    forward, backward = recurrent_kind(kind)

    def run(everything):
        state = as_state(kind, (everything[name] for name in initial))
        own = {name: everything[name] for name in parameters}
        return forward(everything["x"], own, state, mask)

    everything = {"x": x, **initial, **parameters}
    a, state, cache = run(everything)
    weights = rng.standard_normal(a.shape)
    last_weights = [rng.standard_normal(s.shape) for s in as_tuple(kind, state)]

    def cost(everything):
        a, state, _ = run(everything)
        pairs = zip(last_weights, as_tuple(kind, state), strict=True)
        return np.sum(weights * a) + sum(np.sum(w * s) for w, s in pairs)

    gradients = backward(weights, cache, as_state(kind, last_weights))
    assert {name: d.shape for name, d in gradients.items()} == {
        f"d{name}": array.shape for name, array in everything.items()
    }
    assert gradient_ratio(numeric_gradient(cost, everything), gradients) < 1e-7


@pytest.mark.parametrize("kind", KINDS)
def test_sequences_equal_unrolled_cells(kind):
    rng, x, initial, parameters = case(kind, (3, 5, 2, 4))
    forward, backward = recurrent_kind(kind)
    cell_forward, cell_backward = cell_of_kind(kind)
    a, state, cache = forward(x, parameters, as_state(kind, initial.values()))
    unrolled, last, caches = unroll_forward(cell_forward, x, tuple(initial.values()), parameters)
    np.testing.assert_allclose(a, unrolled, rtol=0, atol=1e-12)
    np.testing.assert_allclose(as_tuple(kind, state), last, rtol=0, atol=1e-12)
    da = rng.standard_normal(a.shape)
    d_state = tuple(rng.standard_normal(s.shape) for s in last)
    expected = unroll_backward(cell_backward, da, caches, d_state)
    actual = backward(da, cache, as_state(kind, d_state))
    assert set(actual) == set(expected)
    for name, gradient in expected.items():
        np.testing.assert_allclose(actual[name], gradient, rtol=0, atol=1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_sequences_can_be_cut_and_carried_on(kind):
    _, x, _, parameters = case(kind, (2, 6, 3, 4))
    forward, _ = recurrent_kind(kind)
    whole, last, _ = forward(x, parameters)
    first, state, _ = forward(x[:, :2], parameters)
    rest, end, _ = forward(x[:, 2:], parameters, state)
    np.testing.assert_allclose(np.concatenate([first, rest], axis=1), whole, rtol=0, atol=1e-12)
    np.testing.assert_allclose(end, last, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**16), pads=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_padding_changes_nothing(kind, seed, pads):
    rng, x, initial, parameters = case(kind, (2, 3, 2, 3), seed)
    forward, backward = recurrent_kind(kind)
    state = as_state(kind, initial.values())
    a, last, cache = forward(x, parameters, state)
    padded = np.pad(x, ((0, 0), pads, (0, 0)), constant_values=9.0)
    mask = np.pad(np.ones((2, 3), bool), ((0, 0), pads))
    b, masked_last, masked_cache = forward(padded, parameters, state, mask)
    real = slice(pads[0], pads[0] + 3)
    np.testing.assert_allclose(b[:, real], a, rtol=0, atol=1e-12)
    np.testing.assert_allclose(masked_last, last, rtol=0, atol=1e-12)
    da = rng.standard_normal(a.shape)
    expected = backward(da, cache)
    actual = backward(np.pad(da, ((0, 0), pads, (0, 0))), masked_cache)
    np.testing.assert_array_equal(np.delete(actual.pop("dx"), np.r_[real], axis=1), 0.0)
    for name in actual:
        np.testing.assert_allclose(actual[name], expected[name], rtol=0, atol=1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_on_its_own(kind):
    _, x, _, parameters = case(kind, (4, 3, 2, 3))
    forward, _ = recurrent_kind(kind)
    order = np.array([2, 0, 3, 1])
    together = forward(x, parameters)[0]
    np.testing.assert_allclose(forward(x[order], parameters)[0], together[order], atol=1e-12)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_single_precision_stays(kind, masked):
    rng, x, _, parameters = case(kind, (2, 3, 2, 3))
    mask = random_mask(2, 3, rng) if masked else None
    forward, backward = recurrent_kind(kind)
    single = {name: array.astype(np.float32) for name, array in parameters.items()}
    a, state, cache = forward(x.astype(np.float32), single, None, mask)
    results = [a, *as_tuple(kind, state), *backward(a, cache).values()]
    assert {array.dtype for array in results} == {np.dtype(np.float32)}
    np.testing.assert_allclose(a, forward(x, parameters, None, mask)[0], rtol=0, atol=1e-5)
    assert forward(x.astype(np.float32), parameters)[0].dtype == np.float64
    assert forward(np.ones((1, 1, 2), int), parameters)[0].dtype == np.float64


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_given_is_changed_and_nothing_returned_is_shared(kind):
    rng, x, initial, parameters = case(kind, (1, 1, 2, 3))  # sizes where a copy may be forgotten
    forward, backward = recurrent_kind(kind)
    da = rng.standard_normal((1, 1, 3))
    d_state = as_state(kind, [rng.standard_normal((1, 3)) for _ in initial])
    given = [x, da, *initial.values(), *parameters.values(), *as_tuple(kind, d_state)]
    before = [array.copy() for array in given]
    a, state, cache = forward(x, parameters, as_state(kind, initial.values()))
    first = backward(da, cache, d_state)
    a[:] = 99.0
    for last in as_tuple(kind, state):
        last[:] = 99.0
    second = backward(da, cache, d_state)
    for array, kept in zip(given, before, strict=True):
        np.testing.assert_array_equal(array, kept)
    for name, gradient in first.items():
        np.testing.assert_array_equal(second[name], gradient)


@pytest.mark.parametrize("kind", KINDS)
def test_extreme_inputs_saturate_quietly(kind):
    _, x, _, parameters = case(kind, (2, 3, 2, 3))
    forward, backward = recurrent_kind(kind)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        a, _, cache = forward(1e4 * np.sign(x), parameters)
        gradients = backward(np.ones_like(a), cache)
    assert (np.abs(a) <= 3).all()
    assert all(np.isfinite(gradient).all() for gradient in gradients.values())


@pytest.mark.parametrize("kind", KINDS)
def test_bad_input_is_named(kind):
    _, x, initial, parameters = case(kind, (2, 3, 2, 4))
    forward, backward = recurrent_kind(kind)
    for bad in (np.zeros((2, 3)), np.zeros((2, 0, 2)), np.zeros((2, 3, 0))):
        with pytest.raises(ValueError, match=r"x: expected sequences \(m, t, n_x\)"):
            forward(bad, parameters)
    with pytest.raises(ValueError, match=r"Wx: expected shape \(5, "):
        forward(np.zeros((2, 3, 5)), parameters)
    with pytest.raises(ValueError, match="Wa: expected numbers; got NaN"):
        forward(x, {**parameters, "Wa": np.full_like(parameters["Wa"], np.nan)})
    for mask in (np.ones((3, 2), bool), np.ones((2, 3))):
        with pytest.raises(ValueError, match=r"mask: expected booleans \(m, t\) = \(2, 3\)"):
            forward(x, parameters, None, mask)
    with pytest.raises(ValueError, match=r"a0: expected a state .* \(2, 4\); got shape \(1, 4\)"):
        forward(x, parameters, as_state(kind, [np.zeros((1, 4))] * len(initial)))
    _, _, cache = forward(x, parameters)
    with pytest.raises(ValueError, match=r"da: expected .* \(2, 3, 4\); got \(2, 4\)"):
        backward(np.zeros((2, 4)), cache)
    with pytest.raises(ValueError, match=r"da_last: expected .* \(2, 4\); got"):
        backward(np.zeros((2, 3, 4)), cache, as_state(kind, [np.zeros((2, 5))] * len(initial)))


def test_an_lstm_needs_two_states():
    _, x, _, parameters = case("lstm", (2, 3, 2, 4))
    with pytest.raises(ValueError, match="a0, c0: expected a pair of arrays; got 3 of them"):
        recurrent_kind("lstm")[0](x, parameters, [np.zeros((2, 4))] * 3)
    with pytest.raises(ValueError, match="kind: expected one of rnn, .*; got 'mgu'"):
        recurrent_kind("mgu")


def test_gates_and_their_slopes():
    z = np.random.default_rng(0).standard_normal((3, 8))
    (up, down, gates), slopes, step = (z + 1e-6, z - 1e-6, z.copy()), np.empty_like(z), 2e-6
    for array in (up, down, gates):
        open_gates(array, n_gates=3)
    np.testing.assert_allclose(gates[:, :6], 1 / (1 + np.exp(-z[:, :6])), atol=1e-15)
    np.testing.assert_allclose(gates[:, 6:], np.tanh(z[:, 6:]), atol=1e-15)
    slopes_into(slopes, gates, n_gates=3)
    np.testing.assert_allclose(slopes, (up - down) / step, atol=1e-9)


@pytest.mark.parametrize(("m", "n", "k"), [(32, 128, 512), (32, 512, 128), (5, 3, 7), (0, 2, 4)])
def test_a_product_in_blocks_is_the_product(m, n, k):
    rng = np.random.default_rng(0)
    a, W, out = rng.standard_normal((m, n)), rng.standard_normal((n, k)), np.empty((m, k))
    step_product(W, m)(a, out)
    np.testing.assert_allclose(out, a @ W, rtol=0, atol=1e-11)
