"""The course's signatures: the same steps as the library's optimizers, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import classic_adaptive as adaptive
from dlcourse.scratch import classic_decay as decay
from dlcourse.scratch import classic_descent as descent
from dlcourse.scratch.optimizers import find_optimizer

SHAPES = {"W1": (3, 2), "b1": (3, 1)}
RNG = np.random.default_rng(0)
START = {name: RNG.standard_normal(shape) for name, shape in SHAPES.items()}
GRADS = [{f"d{n}": RNG.standard_normal(shape) for n, shape in SHAPES.items()} for _ in range(5)]


def zeros():
    return descent.initialize_velocity(START)


def run(step, *memory):
    """Parameters after a step for each of GRADS; `step` gives new parameters and memories."""
    parameters = START
    for t, grads in enumerate(GRADS, start=1):
        parameters, *memory = step(parameters, grads, *memory, t)
    return parameters


def expected(name, **hyperparameters):
    initialize, update = find_optimizer(name)
    parameters, state = START, initialize(START)
    for grads in GRADS:
        parameters, state = update(parameters, grads, state, **hyperparameters)
    return parameters


STEPS = {
    "sgd": (
        lambda p, g, t: (descent.update_parameters_with_gd(p, g, 0.3),),
        0, {"learning_rate": 0.3},
    ),
    "momentum": (
        lambda p, g, v, t: descent.update_parameters_with_momentum(p, g, v, 0.8, 0.3),
        1, {"beta": 0.8, "learning_rate": 0.3},
    ),
    "nesterov": (
        lambda p, g, v, t: descent.update_parameters_with_nesterov(p, g, v, 0.8, 0.3),
        1, {"beta": 0.8, "learning_rate": 0.3},
    ),
    "adagrad": (
        lambda p, g, s, t: adaptive.update_parameters_with_adagrad(p, g, s, 0.3, 0.1),
        1, {"learning_rate": 0.3, "epsilon": 0.1},
    ),
    "rmsprop": (
        lambda p, g, s, t: adaptive.update_parameters_with_rmsprop(p, g, s, 0.8, 0.3, 0.1),
        1, {"beta": 0.8, "learning_rate": 0.3, "epsilon": 0.1},
    ),
    "adadelta": (
        lambda p, g, s, d, t: adaptive.update_parameters_with_adadelta(p, g, s, d, 0.8, 0.1),
        2, {"rho": 0.8, "epsilon": 0.1},
    ),
    "adam": (
        lambda p, g, v, s, t: adaptive.update_parameters_with_adam(
            p, g, v, s, t, 0.3, 0.8, 0.95, 0.1
        )[:3],
        2, {"learning_rate": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 0.1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_steps_are_those_of_the_optimizer_with_a_state(name):
    step, memories, hyperparameters = STEPS[name]
    ours = run(step, *[zeros() for _ in range(memories)])
    theirs = expected(name, **hyperparameters)
    for key in START:
        np.testing.assert_allclose(ours[key], theirs[key], rtol=1e-12)


def test_adam_returns_its_corrected_averages():
    v, s = adaptive.initialize_adam(START)
    grads = GRADS[0]
    _, _, _, v_hat, s_hat = adaptive.update_parameters_with_adam(START, grads, v, s, 1)
    for key, value in grads.items():
        # after one step the corrected averages are the gradient and its square
        np.testing.assert_allclose(v_hat[key], value)
        np.testing.assert_allclose(s_hat[key], value**2)


@pytest.mark.parametrize("t", [0, -1, 1.5, None])
def test_adam_counts_its_steps_from_one(t):
    with pytest.raises(ValueError, match="t: expected a whole number of at least 1; got"):
        adaptive.update_parameters_with_adam(START, GRADS[0], zeros(), zeros(), t)


def test_averages_begin_at_zero_in_the_shapes_of_the_parameters():
    v, s = adaptive.initialize_adam(START)
    for zero in (zeros(), v, s):
        assert {k: a.shape for k, a in zero.items()} == {f"d{n}": sh for n, sh in SHAPES.items()}
        assert not any(np.any(a) for a in zero.values())
    assert v is not s


def test_rates_of_the_course():
    assert [round(decay.update_lr(0.2, e, 1), 3) for e in range(5)] == [0.2, 0.1, 0.067, 0.05, 0.04]
    assert [decay.schedule_lr_decay(0.5, e, 0.3, 100) for e in (10, 99)] == [0.5, 0.5]
    assert decay.schedule_lr_decay(0.5, 100, 0.3, 100) == pytest.approx(0.5 / 1.3)


@given(epoch=st.integers(0, 10**6), rate=st.floats(1e-3, 10))
def test_an_interval_of_one_epoch_is_the_smooth_law(epoch, rate):
    assert decay.schedule_lr_decay(0.5, epoch, rate, 1) == decay.update_lr(0.5, epoch, rate)


@given(epoch=st.integers(0, 10**6), interval=st.integers(1, 1000))
def test_the_stairs_are_never_below_the_smooth_law_at_their_own_rate(epoch, interval):
    stairs = decay.schedule_lr_decay(1.0, epoch, 1.0, interval)
    assert stairs >= decay.update_lr(1.0, epoch, 1.0 / interval) * (1 - 1e-12)


def test_bad_intervals_are_named():
    with pytest.raises(ValueError, match="time_interval: expected a whole number .* got 0"):
        decay.schedule_lr_decay(0.5, 3, 1, 0)
