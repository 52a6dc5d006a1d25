"""What runs in the process of another backend: small networks with weights drawn by NumPy."""

import keras
import numpy as np

from dlcourse import models
from dlcourse.losses import map_criterion_loss
from dlcourse.transfer import TwoPhases, cut, fit_in_two_phases

__all__ = ["BUILDERS", "outputs", "trains"]

BUILDERS = {
    "LeNet-5": models.build_lenet5,
    "AlexNet": lambda: models.build_alexnet((67, 67, 1), 4, width=1 / 16),
    "U-Net": lambda: models.build_unet((18, 18, 1), 3, width=1 / 32, depth=1),
}


def outputs():
    """Outputs of every network for one example, all numbers from one generator."""
    rng = np.random.default_rng(0)
    found = {}
    for name, build in BUILDERS.items():
        model = build()
        model.set_weights([_drawn(weight.shape, rng) for weight in model.weights])
        x = rng.normal(size=(1, *model.input_shape[1:])).astype("float32")
        found[name] = keras.ops.convert_to_numpy(model(x, training=False)).tolist()
    return found


def trains():
    """Losses of the two phases of transfer learning, from a network trained with another loss."""
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    x = rng.normal(size=(8, 32, 32, 1)).astype("float32")
    y = np.arange(8) % 5
    model = models.build_lenet5()
    model.compile("adam", map_criterion_loss)
    model.fit(x, y, epochs=1, verbose=0)
    head = keras.Sequential([keras.Input((84,)), keras.layers.Dense(5, "softmax")])
    loss, phases = "sparse_categorical_crossentropy", TwoPhases(3, 1e-2, 2, 1e-3)
    result = fit_in_two_phases(cut(model, "F6"), head, x, y, loss, phases)
    return result.head_history.history["loss"] + result.tuning_history.history["loss"]


def _drawn(shape, rng):
    return rng.normal(scale=np.sqrt(2 / max(1, np.prod(shape[:-1]))), size=shape)
