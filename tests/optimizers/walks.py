"""The same gradients through our optimizers and Keras's, on whatever backend is running."""

from functools import partial

import keras
import numpy as np

from dlcourse import optimizers

__all__ = ["PAIRS", "differences", "gradients_of", "walk"]

SGD = keras.optimizers.SGD
STEPS = 20
# name -> (ours, Keras's); what they share is added by the tests
PAIRS = {
    "SGD": (optimizers.SGD, SGD),
    "Momentum": (optimizers.Momentum, partial(SGD, momentum=0.9)),
    "Nesterov": (optimizers.Nesterov, partial(SGD, momentum=0.9, nesterov=True)),
    "Adagrad": (optimizers.Adagrad, keras.optimizers.Adagrad),
    "Adadelta": (optimizers.Adadelta, keras.optimizers.Adadelta),
    "RMSprop": (optimizers.RMSprop, keras.optimizers.RMSprop),
    "Adam": (optimizers.Adam, keras.optimizers.Adam),
}


def gradients_of(step):
    """Gradients of three variables: ordinary, tiny and huge, with zeros and changes of sign."""
    rng = np.random.default_rng(step)
    return [
        rng.standard_normal((3, 2)),
        rng.standard_normal(4) * np.array([1e-8, 1e-3, 30.0, 0.0]),
        np.float64(np.cos(step)),
    ]


def walk(optimizer, steps=STEPS, dtype=None):
    """Positions of all variables, one row per step, shape (steps, 11)."""
    start = np.random.default_rng(99)
    variables = [
        keras.Variable(start.standard_normal(np.shape(g)), dtype=dtype) for g in gradients_of(0)
    ]
    path = []
    for step in range(steps):
        gradients = [keras.ops.convert_to_tensor(g, variables[0].dtype) for g in gradients_of(step)]
        optimizer.apply(gradients, variables)
        path.append(np.concatenate([np.ravel(v.numpy()) for v in variables]))
    return np.array(path)


def differences(dtype=None):
    """Largest difference of each optimizer from Keras's, relative to 1 and the size of the step."""
    found = {}
    for name, pair in PAIRS.items():
        ours, theirs = (walk(make(learning_rate=0.05), dtype=dtype) for make in pair)
        found[name] = float(np.max(np.abs(ours - theirs) / (1 + np.abs(theirs))))
    return found
