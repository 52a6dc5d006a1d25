"""The range test where the largest stable rate is known: 2 over the largest curvature."""

import keras
import numpy as np
import pytest

from dlcourse.tuning import rate_range_test, suggest_rate

RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 3)) * (3.0, 1.0, 0.3)
RATES = (1e-4, 10.0)


def line(start):
    """Least squares: the loss is a bowl with the curvatures of 2 XᵀX / m."""
    layers = [keras.Input((3,)), keras.layers.Dense(1, use_bias=False)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.SGD(0.123), "mse")
    model.set_weights([np.array(start, "float32").reshape(3, 1)])
    return model, X @ [[1.0], [-1.0], [2.0]], np.linalg.eigvalsh(2 * X.T @ X / 64).max()


def logistic(start):
    """One neuron: the curvature of cross-entropy is at most that of XᵀX / 4 m."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, "sigmoid", use_bias=False)])
    model.compile(keras.optimizers.SGD(0.123), "binary_crossentropy")
    model.set_weights([np.array(start, "float32").reshape(3, 1)])
    # labels that no line separates: the minimum is finite, and the curvature stays near its bound
    y = (X @ [[0.2], [-0.2], [0.1]] + RNG.normal(size=(64, 1)) > 0).astype("float32")
    return model, y, np.linalg.eigvalsh(X.T @ X / (4 * 64)).max()


@pytest.mark.parametrize("make", [line, logistic])
def test_below_the_known_limit_the_loss_falls_and_above_it_explodes(make):
    model, y, curvature = make((1.5, 2.0, -4.0))
    limit = 2 / curvature
    result = rate_range_test(model, X, y, rates=RATES, steps=120, batch_size=64)
    stable = np.searchsorted(result.rates, limit)
    assert np.all(np.diff(result.losses[: stable + 1]) < 1e-5)
    assert limit / 300 < result.suggested < limit
    if make is line:
        # the wavering along the steepest direction first shrinks, then grows beyond everything
        assert result.diverged
        assert limit < result.rates[-1] < 10 * limit


def test_the_model_is_left_as_it_was():
    model, y, _ = line((1.0, 2.0, 3.0))
    rate_range_test(model, X, y, steps=10)
    np.testing.assert_array_equal(np.ravel(model.get_weights()), [1, 2, 3])
    assert float(model.optimizer.learning_rate) == pytest.approx(0.123)


def test_every_batch_counts_by_itself():
    """With one example per step the losses are those of the examples, whatever the epoch."""
    model, y, _ = line((0.0, 0.0, 0.0))
    result = rate_range_test(model, X[:4], y[:4], rates=(1e-9, 2e-9), steps=12, batch_size=1)
    each = np.sort(np.tile(np.ravel(y[:4]) ** 2, 3))
    np.testing.assert_allclose(np.sort(result.losses), each, rtol=1e-3)


def test_the_step_that_gained_most_is_suggested():
    rates = np.geomspace(1e-3, 1.0, 4)
    assert suggest_rate(rates, [4.0, 3.9, 1.0, 0.9], smoothing=0.0) == pytest.approx(1e-2)
    assert suggest_rate(rates, [4.0, 3.0, np.nan, 0.1], smoothing=0.0) == pytest.approx(1e-3)
    assert suggest_rate(rates, [1.0, 2.0, 3.0, 4.0]) == pytest.approx(1e-3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rates": (1.0, 0.1)}, "rates: expected 0 < first < last; got 1.0 and 0.1"),
        ({"steps": 3}, "steps: expected at least 10"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        rate_range_test(line((0, 0, 0))[0], X, X[:, :1], **arguments)


def test_an_uncompiled_model_and_too_few_losses_are_refused():
    with pytest.raises(ValueError, match="model: expected a compiled model"):
        rate_range_test(keras.Sequential([keras.Input((3,))]), X, X)
    with pytest.raises(ValueError, match="losses: expected at least two finite numbers; got 1"):
        suggest_rate([0.1, 0.2], [1.0, np.inf])
