"""The learning-rate range test: raise the rate step by step and watch when the loss falls."""

from typing import NamedTuple

import keras
import numpy as np

__all__ = ["RateRange", "rate_range_test", "suggest_rate"]

SMOOTHING = 0.8  # β of the moving average over the losses: about five steps


class RateRange(NamedTuple):
    """What the test has seen.

    Attributes:
        rates: learning rate of each step, rising by a constant factor, shape (steps,).
        losses: training loss before each step, shape (steps,).
        suggested: the rate at which the smoothed loss falls fastest.
        diverged: whether the test was stopped because the loss had exploded.

    Example:
        >>> RateRange(np.array([0.1]), np.array([1.0]), 0.1, False).suggested
        0.1
    """

    rates: np.ndarray
    losses: np.ndarray
    suggested: float
    diverged: bool


class _RisingRate(keras.callbacks.Callback):
    """Sets the rate before every step, remembers its loss, and stops when that explodes."""

    def __init__(self, rates):
        super().__init__()
        self.rates, self.losses, self.diverged = rates, [], False
        self._seen, self._average, self._lowest = 0.0, 0.0, np.inf

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = float(self.rates[len(self.losses)])

    def on_train_batch_end(self, batch, logs=None):
        # Keras reports the mean since the epoch began; the step's own loss is the difference
        mean, steps = float(logs["loss"]), batch + 1
        self.losses.append(mean * steps - self._seen)
        self._seen = mean * steps
        self.diverged = self._exploded()
        if self.diverged or len(self.losses) == len(self.rates):
            self.model.stop_training = True

    def on_epoch_end(self, epoch, logs=None):
        self._seen = 0.0

    def _exploded(self):
        # single batches are noisy, and a loss that was next to nothing may grow and still be small
        self._average = SMOOTHING * self._average + (1 - SMOOTHING) * self.losses[-1]
        average = self._average / (1 - SMOOTHING ** len(self.losses))
        self._lowest = min(self._lowest, average)
        limit = max(4 * self._lowest, *self.losses[:10], 0.0)
        return not np.isfinite(average) or (len(self.losses) > 10 and average > limit)


def rate_range_test(model, X, y, *, rates=(1e-5, 1.0), steps=100, batch_size=32):
    """Train a copy of a model for some steps with a rising learning rate.

    Args:
        model: a compiled `keras.Model`; it keeps its weights and its learning rate.
        X: training examples, shape (m, …).
        y: targets, shape (m, …).
        rates: learning rates of the first and of the last step, 0 < first < last.
        steps: number of steps, >= 10; fewer are done where the loss explodes.
        batch_size: examples per step, >= 1.

    Returns:
        RateRange: rates, losses and the suggested rate.

    Raises:
        ValueError: the range or the number of steps makes no sense, or the model is not compiled.

    Reference:
        Smith, "Cyclical learning rates for training neural networks", 2017, §3.3.

    Example:
        >>> import keras
        >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        >>> model.compile("sgd", "mse")
        >>> X = np.linspace(-1, 1, 64).reshape(-1, 1)
        >>> 1e-3 < rate_range_test(model, X, 3 * X, rates=(1e-5, 10.0)).suggested < 10
        True
    """
    lowest, highest = rates
    if not 0 < lowest < highest:
        raise ValueError(f"rates: expected 0 < first < last; got {lowest} and {highest}")
    if steps < 10:
        raise ValueError(f"steps: expected at least 10 to see a trend; got {steps}")
    if not getattr(model, "compiled", False):
        raise ValueError("model: expected a compiled model; call model.compile first")
    twin = keras.models.clone_model(model)
    twin.set_weights(model.get_weights())
    twin.compile_from_config(model.get_compile_config())
    watch = _RisingRate(np.geomspace(lowest, highest, steps))
    epochs = -(-steps * batch_size // len(X)) + 1
    twin.fit(X, y, batch_size=batch_size, epochs=epochs, callbacks=[watch], verbose=0)
    tried, losses = watch.rates[: len(watch.losses)], np.array(watch.losses)
    return RateRange(tried, losses, suggest_rate(tried, losses), watch.diverged)


def suggest_rate(rates, losses, smoothing=SMOOTHING):
    """The rate at which the loss falls fastest, per order of magnitude of the rate.

    Args:
        rates: rising learning rates, shape (steps,), steps >= 2.
        losses: loss before the step with each of them, shape (steps,); the first that is not
            finite ends the test.
        smoothing: β of the moving average (with bias correction) over the losses, in [0, 1).

    Returns:
        float: one of the rates.

    Raises:
        ValueError: fewer than two finite losses.

    Example:
        >>> suggest_rate([0.01, 0.1, 1.0, 10.0], [1.0, 0.9, 0.2, 5.0], smoothing=0.0)
        0.1
    """
    rates, losses = np.asarray(rates, float), np.asarray(losses, float)
    finite = np.cumprod(np.isfinite(losses)).sum()
    rates, losses = rates[:finite], losses[:finite]
    if len(losses) < 2:
        raise ValueError(f"losses: expected at least two finite numbers; got {len(losses)}")
    average, smooth = 0.0, []
    for step, loss in enumerate(losses, start=1):
        average = smoothing * average + (1 - smoothing) * loss
        smooth.append(average / (1 - smoothing**step))
    lowest = int(np.argmin(smooth))
    falls = np.diff(smooth[: lowest + 1]) / np.diff(np.log(rates[: lowest + 1]))
    # what a step has done is seen in the next loss
    return float(rates[int(np.argmin(falls))]) if len(falls) else float(rates[0])
