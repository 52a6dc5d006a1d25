"""Signals through fifty layers: dying, exploding, and kept alive by the right initial weights."""

import numpy as np
import pytest

from dlcourse.scratch.dense import l_model_backward, l_model_forward
from dlcourse.scratch.initializers import INITIALIZERS, initialize_layers
from dlcourse.scratch.signal_propagation import (
    gradient_norms,
    gradient_sizes,
    identity_layers,
    signal_sizes,
)

DEPTH, WIDTH, EXAMPLES = 50, 300, 4


def random_layers(name, rng):
    return [INITIALIZERS[name]((WIDTH, WIDTH), rng) for _ in range(DEPTH)]


def both_ways(name, activation, seed=0):
    """How much signals and gradients grow from one end of a deep random network to the other."""
    rng = np.random.default_rng(seed)
    X, dA = rng.standard_normal((2, WIDTH, EXAMPLES))
    weights = random_layers(name, rng)
    signals = signal_sizes(X, weights, activation)
    gradients = gradient_sizes(X, weights, activation, dA)
    return signals[-1] / signals[0], gradients[0] / gradients[-1]


@pytest.mark.parametrize("factor", [1.5, 1.0, 0.5])
def test_powers_of_the_depth(factor):
    X, weights = np.ones((2, 3)), identity_layers(factor, 2, DEPTH)
    powers = factor ** np.arange(DEPTH + 1)
    np.testing.assert_allclose(signal_sizes(X, weights, "linear"), powers, rtol=1e-12)
    sizes = gradient_sizes(X, weights, "relu", 3 * X)
    np.testing.assert_allclose(sizes, 3 * powers[::-1], rtol=1e-12)


def test_the_figures_of_the_lecture():
    X = np.ones((1, 1))
    assert signal_sizes(X, identity_layers(1.5, 1, DEPTH), "linear")[-1] > 1e8
    assert signal_sizes(X, identity_layers(0.5, 1, DEPTH), "linear")[-1] < 1e-15


# The logarithm of the squared size walks at random: per layer its variance is about 5/n for ReLU
# and 2/n for linear units (the examples share the weights), so over 50 layers a spread of
# √(250/n) ≈ 0.92 and √(100/n) ≈ 0.58; half of that for the size itself.
@pytest.mark.parametrize(
    ("name", "activation", "spread"),
    [("he_normal", "relu", 0.46), ("he_uniform", "relu", 0.46), ("glorot_normal", "linear", 0.29)],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_right_spread_keeps_signals_and_gradients_alive(name, activation, spread, seed):
    forward, backward = both_ways(name, activation, seed)
    # a systematic drift: the mean of the logarithm is minus half its variance
    drift = (2 * spread) ** 2 / 4
    assert abs(np.log(forward) + drift) < 4 * spread
    assert abs(np.log(backward) + drift) < 4 * spread


@pytest.mark.parametrize(
    ("name", "activation", "per_layer"),
    [
        ("glorot_normal", "relu", np.sqrt(1 / 2)),
        ("uniform_by_fan_in", "linear", np.sqrt(1 / 3)),
        ("random_normal", "linear", 0.01 * np.sqrt(WIDTH)),
    ],
)
def test_the_wrong_spread_is_raised_to_the_power_of_the_depth(name, activation, per_layer):
    for growth in both_ways(name, activation):
        assert growth ** (1 / DEPTH) == pytest.approx(per_layer, rel=0.06)


def test_sigmoid_kills_the_gradient_and_tanh_with_glorot_does_not():
    assert both_ways("glorot_normal", "sigmoid")[1] < 1e-20
    assert both_ways("glorot_normal", "tanh")[1] > 0.05


def test_norms_of_a_real_network_layer_by_layer():
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((4, 6)), rng.integers(2, size=(1, 6))
    AL, caches = l_model_forward(X, initialize_layers((4, 5, 1), "he_normal", rng))
    gradients = l_model_backward(AL, Y, caches)
    norms = gradient_norms(gradients)
    assert set(norms) == {"dW1", "db1", "dW2", "db2"}
    assert norms["dW1"] == pytest.approx(np.linalg.norm(gradients["dW1"]))
    assert gradient_norms({"a": {"dW": [[3, 4]]}}) == {"a/dW": 5.0}


def test_bad_input_is_named():
    for X in (np.zeros((2, 0)), np.zeros(2)):
        with pytest.raises(ValueError, match=r"X: expected a matrix \(n_x, m\) with at least one"):
            signal_sizes(X, identity_layers(1, 2, 1), "linear")
    with pytest.raises(ValueError, match="activation: expected one of .*; got 'rleu'"):
        signal_sizes(np.ones((2, 1)), identity_layers(1, 2, 1), "rleu")
    with pytest.raises(ValueError, match=r"dA: expected the shape of Z, \(2, 1\); got \(1, 1\)"):
        gradient_sizes(np.ones((2, 1)), identity_layers(1, 2, 1), "linear", np.ones((1, 1)))
    with pytest.raises(ValueError, match="n, depth: expected 1 or more; got 2 and 0"):
        identity_layers(1, 2, 0)
