"""BatchNormalization beside Keras's own, on the backend of this process: how far they are apart."""

import itertools

import keras
import numpy as np

from dlcourse.layers import BatchNormalization
from tests.gradients import layer_gradients

__all__ = ["differences", "norm_apart"]

# name: shape, the constructor's arguments, is there a mask
VARIANTS = {
    "dense": ((7, 5), {}, False),
    "sequence": ((4, 6, 3), {"momentum": 0.5}, False),
    "masked sequence": ((4, 6, 3), {"momentum": 0.9, "epsilon": 1e-2}, True),
    "one channel, masked": ((5, 4, 2), {"scale": False}, True),
    "images": ((3, 4, 5, 6), {"momentum": 0.8}, False),
    "images, epsilon below the kernel's": ((3, 4, 5, 6), {"epsilon": 1e-6}, False),
    "images, channels first": ((3, 4, 5, 6), {"axis": 1}, False),
    "images without gamma": ((2, 3, 3, 4), {"scale": False}, False),
    "images without beta": ((2, 3, 3, 4), {"center": False}, False),
    "images without either": ((2, 3, 3, 4), {"center": False, "scale": False}, False),
    "videos": ((2, 3, 2, 2, 4), {"axis": -1}, False),
    "a single number per channel": ((1, 4), {}, False),
}
# where there is no kernel, what the variants of images differ in is tried on the others
PORTABLE = ("dense", "masked sequence", "images, channels first", "images without either")
DTYPES = ("float32", "mixed_float16", "float64")


def differences():
    """Variants in every dtype: the largest difference of each kind of result.

    Returns:
        dict from "variant, dtype" to a dict with "outputs", "inference", "gradients", "statistics".
    """
    tensorflow = keras.backend.backend() == "tensorflow"
    found = {}
    for (name, variant), dtype in itertools.product(VARIANTS.items(), DTYPES):
        if dtype == "float64" and keras.backend.backend() == "jax":
            continue  # 64 bits are a setting of the whole process there
        if name not in PORTABLE and not tensorflow:
            continue
        found[f"{name}, {dtype}"] = _compare(*variant, dtype)
    return found


def norm_apart(ours, theirs):
    """Length of the difference, relative to the length (or to 1, if that is shorter)."""
    ours, theirs = (np.asarray(keras.ops.convert_to_numpy(a), np.float64) for a in (ours, theirs))
    assert ours.shape == theirs.shape, (ours.shape, theirs.shape)
    return float(np.linalg.norm(ours - theirs) / max(1, np.linalg.norm(theirs)))


def _compare(shape, arguments, masked, dtype):
    rng = np.random.default_rng(5)
    layers = [
        cls(**arguments, dtype=dtype, name="normalization")
        for cls in (BatchNormalization, keras.layers.BatchNormalization)
    ]
    for layer in layers:
        layer.build(shape)
    weights = [rng.uniform(0.5, 2, weight.shape) for weight in layers[0].weights]
    for layer in layers:
        layer.set_weights(weights)
    options = {"mask": rng.random(shape[:-1]) < 0.7} if masked else {}
    inputs = [rng.normal(1, 2, shape).astype(_numpy_type(dtype)) for _ in range(2)]
    upstream = rng.standard_normal(shape).astype(_numpy_type(dtype))
    pairs = {"outputs": [], "gradients": [], "statistics": [], "inference": []}
    for batch in inputs:
        pairs["outputs"].append([layer(batch, training=True, **options) for layer in layers])
        pairs["statistics"] += zip(*(layer.non_trainable_weights for layer in layers), strict=True)
    pairs["inference"].append([layer(inputs[0], training=False, **options) for layer in layers])
    pairs["gradients"] += _gradient_pairs(layers, inputs[0], upstream, options)
    return {
        kind: max(norm_apart(ours, theirs) for ours, theirs in both) for kind, both in pairs.items()
    }


def _gradient_pairs(layers, batch, upstream, options):
    def weighting(outputs):
        return keras.ops.sum(keras.ops.multiply(outputs, upstream))

    found = [layer_gradients(layer, batch, weighting, **options) for layer in layers]
    by_weight = [list(gradients.values()) for gradients, _ in found]
    by_input = [gradients for _, gradients in found]
    return [*zip(*by_weight, strict=True), *zip(*by_input, strict=True)]


def _numpy_type(dtype):
    return {"float32": "float32", "mixed_float16": "float16", "float64": "float64"}[dtype]
