"""What is measured under each backend, in one process: optimizers, clipping, schedules."""

import keras
import numpy as np

from dlcourse import optimizers, schedules
from tests.optimizers.walks import differences

__all__ = ["clipped", "laws", "report", "trained"]


def report():
    """Everything, as JSON can say it."""
    return {
        "float32": differences("float32"),
        "float64": differences("float64"),
        "clipped": clipped(),
        "laws": laws(),
        "trained": trained(),
    }


def clipped():
    """Two gradients after each kind of clipping, and their global norm."""
    gradients = [keras.ops.array([3.0, -4.0]), None, keras.ops.array([[12.0]])]
    by_global_norm, norm = optimizers.clip_by_global_norm(gradients, 6.5)
    every = {
        "value": optimizers.clip_by_value(gradients, 3.5),
        "norm": optimizers.clip_by_norm(gradients, 6.0),
        "global norm": by_global_norm,
    }
    answer = {
        kind: [None if g is None else keras.ops.convert_to_numpy(g).ravel().tolist() for g in grads]
        for kind, grads in every.items()
    }
    return {**answer, "length": float(norm)}


def laws():
    """The first rates of every schedule."""
    made = {
        "inverse": schedules.InverseTimeDecay(0.2, 2),
        "exponential": schedules.ExponentialDecay(0.2, 2),
        "root": schedules.SquareRootDecay(0.2, 2),
        "stairs": schedules.StaircaseDecay(0.2, 2, interval=2),
        "manual": schedules.ManualSchedule({0: 0.2, 2: 0.1}, 2),
        "cosine": schedules.CosineDecay(0.2, 4),
        "warm-up": schedules.Warmup(schedules.CosineDecay(0.2, 4), 3),
    }
    return {name: schedules.learning_rates(law, 6).tolist() for name, law in made.items()}


def trained():
    """Losses before and after two compiled epochs with each optimizer and a schedule."""
    x = np.random.default_rng(0).standard_normal((32, 4)).astype("float32")
    y = x @ np.array([[1.0], [2.0], [-1.0], [0.5]], "float32")
    losses = {}
    for name in ("SGD", "Momentum", "Nesterov", "Adagrad", "Adadelta", "RMSprop", "Adam"):
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
        rate = schedules.Warmup(schedules.InverseTimeDecay(0.01, 4), 2)
        model.compile(getattr(optimizers, name)(rate, clipnorm=5.0), "mse")
        history = model.fit(x, y, batch_size=8, epochs=2, verbose=0)
        losses[name] = history.history["loss"]
    return losses
