"""What the mined losses give on one backend: values and gradients, in float64 where it can.

Run by `tests.backends.run_on`; the numbers go back to the test, which compares them.
"""

import keras
import numpy as np

from dlcourse.losses import (
    batch_all_triplet_loss,
    batch_hard_triplet_loss,
    semi_hard_triplet_loss,
    triplet_counts,
)

MINERS = {
    "hard": batch_hard_triplet_loss,
    "semi-hard": semi_hard_triplet_loss,
    "all": batch_all_triplet_loss,
}
WAYS = {"passes": 10**6, "sorting": 0}


def main(cases):
    """Value and gradient of each case and miner, by both ways of counting."""
    return [
        {
            f"{name}, {way}": value_and_gradient(miner, limit, case)
            for name, miner in MINERS.items()
            for way, limit in WAYS.items()
        }
        for case in cases
    ]


def value_and_gradient(miner, limit, case):
    triplet_counts.LARGEST_CLASS_TO_PASS = limit
    labels, x = np.array(case["labels"]), np.array(case["x"], dtype=keras.config.floatx())

    def mean(x):
        return keras.ops.mean(miner(labels, x, case["margin"], case["squared"]))

    value, gradient = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}[
        keras.backend.backend()
    ](mean, x)
    return [float(value), np.asarray(gradient).tolist()]


def _tensorflow(mean, x):
    import tensorflow as tf

    x = tf.constant(x)

    with tf.GradientTape() as tape:
        tape.watch(x)
        value = mean(x)
    return value, tf.convert_to_tensor(tape.gradient(value, x))


def _jax(mean, x):
    import jax

    return jax.value_and_grad(mean)(x)


def _torch(mean, x):
    import torch

    x = torch.tensor(x, requires_grad=True)
    value = mean(x)
    value.backward()
    return value.detach(), x.grad.numpy()
