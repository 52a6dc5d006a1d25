"""Values and gradients of the losses on one backend, in float64, beside central differences.

`tests.backends.run_on` runs this in a process per backend; the numbers go back to the test.
"""

import keras
import numpy as np

from dlcourse.kernels import host_arrays
from dlcourse.losses import (
    batch_all_triplet_loss,
    batch_hard,
    batch_hard_triplet_loss,
    batch_labels,
    contrastive_loss,
    dice_loss,
    euclidean_distance,
    masked_binary_crossentropy,
    semi_hard_triplet_loss,
    soft_iou_loss,
    triplet_counts,
    triplet_loss,
)

__all__ = ["MINERS", "STEP", "WAYS", "central_differences", "go", "main"]

MINERS = {
    "hard": batch_hard_triplet_loss,
    "semi-hard": semi_hard_triplet_loss,
    "all": batch_all_triplet_loss,
}
# largest class that is counted by passes, and whether NumPy may do it where nothing is compiled
WAYS = {"host": (10**6, True), "passes": (10**6, False), "sorting": (0, False)}
STEP = 1e-6


def main(batches):
    """All that the test compares.

    Args:
        batches: dicts of "labels", "x", "margin" and "squared", for the miners.

    Returns:
        dict with "mined": of every batch the value and the gradient of each miner, by both ways of
        counting; and "given": of each other loss its gradient and its central differences.
    """
    return {
        "mined": [{f"{m}, {w}": _mined(m, w, batch) for m in MINERS for w in WAYS}
                  for batch in batches],
        "given": {name: _given(loss, x) for name, (loss, x) in _losses().items()},
    }  # fmt: skip


def go(way, set_attribute=setattr):
    """Let the miners count in one of WAYS from here on."""
    largest, on_the_host = WAYS[way]
    set_attribute(triplet_counts, "LARGEST_CLASS_TO_PASS", largest)
    for module in (batch_hard, batch_labels, triplet_counts):
        reader = host_arrays.on_the_host if on_the_host else lambda *_: None
        set_attribute(module, "on_the_host", reader)


def _mined(miner, way, batch):
    go(way)
    labels, x = np.array(batch["labels"]), np.array(batch["x"])

    def mean(x):
        return keras.ops.sum(MINERS[miner](labels, x, batch["margin"], batch["squared"])) / len(x)

    value, gradient = _value_and_gradient(mean, x)
    return [float(value), np.asarray(gradient).tolist()]


def _given(loss, x):
    _, gradient = _value_and_gradient(loss, x)
    return [np.asarray(gradient).tolist(), central_differences(loss, x).tolist()]


def _losses():
    rng = np.random.default_rng(0)
    triplets, scores = rng.normal(size=(3, 4, 3)), rng.normal(size=(2, 5))
    truth, regions = (rng.random((2, 3, 1, 2)) < 0.5).astype(float), rng.random((2, 3, 1, 2))
    truth[0] = 0  # an empty region
    labels = np.array([[1, 0, -1, 1, -1], [-1, 0, 1, 1, 0]])
    same, total = np.array([1, 0, 1, 0]), keras.ops.sum

    def pairs(x):
        return total(contrastive_loss(same, euclidean_distance(x[0], x[1]), margin=5.0))

    return {
        "triplets": (lambda x: total(triplet_loss(x[0], x[1], x[2], 3.0, squared=False)), triplets),
        "squared": (lambda x: total(triplet_loss(x[0], x[1], x[2], 9.0)), triplets),
        "pairs": (pairs, triplets),
        "tasks": (lambda x: total(masked_binary_crossentropy(labels, x, True)), scores),
        "dice": (lambda x: total(dice_loss(truth, x)), regions),
        "iou": (lambda x: total(soft_iou_loss(truth, x)), regions),
        # nothing to compare with, but finite: equal embeddings, no numbers at missing labels
        "equal": (lambda x: total(euclidean_distance(x, x * 1.0)), triplets[0]),
        "absurd": (
            lambda x: total(masked_binary_crossentropy(labels, x, True)),
            np.where(labels < 0, np.nan, scores),
        ),
    }


def central_differences(function, x):
    """Slopes of a function of an array."""
    slopes = np.zeros_like(x)
    for place in np.ndindex(*x.shape):
        step = np.zeros_like(x)
        step[place] = STEP
        up, down = (function(keras.ops.convert_to_tensor(x + s)) for s in (step, -step))
        slopes[place] = float(up - down) / (2 * STEP)
    return slopes


def _value_and_gradient(function, x):
    x = keras.ops.convert_to_tensor(x)
    way = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}[keras.backend.backend()]
    return way(function, x)


def _tensorflow(function, x):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        value = function(x)
    return value, tf.convert_to_tensor(tape.gradient(value, x))


def _jax(function, x):
    import jax

    return jax.value_and_grad(function)(x)


def _torch(function, x):
    x = x.detach().clone().requires_grad_()
    value = function(x)
    value.backward()
    return value.detach(), x.grad.numpy()
