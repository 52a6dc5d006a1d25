"""Cases of the contract: normalization and dropout."""

from dlcourse.layers import (
    BatchNormalization,
    InvertedDropout,
    L2Normalization,
    LocalResponseNormalization,
)
from tests.layers.contract import LayerCase

CASES = [
    LayerCase("InvertedDropout", lambda: InvertedDropout(0.3, seed=7), (3, 4, 5), mask="same"),
    LayerCase(
        "InvertedDropout of channels",
        lambda: InvertedDropout(0.25, noise_shape=(None, 1, 1, 4), seed=7),
        (3, 2, 2, 4),
        mask="same",
    ),
    LayerCase("BatchNormalization", BatchNormalization, (3, 4, 4, 5), mask="same"),
    LayerCase(
        "BatchNormalization, plain",
        lambda: BatchNormalization(momentum=0.8, epsilon=1e-2, center=False, scale=False),
        (6, 5),
        mask="same",
    ),
    LayerCase(
        "BatchNormalization, channels first",
        lambda: BatchNormalization(axis=1, center=False),
        (4, 3, 5),
        mask="same",
        ignores_masked=False,  # the mask's last axis is the steps', which here come last
    ),
    LayerCase(
        "BatchNormalization of sequences",
        lambda: BatchNormalization(momentum=0.5, scale=False),
        (4, 6, 3),
        mask="same",
    ),
    LayerCase(
        "LocalResponseNormalization",
        lambda: LocalResponseNormalization(n=3, k=1.0, alpha=0.5, beta=0.6),
        (2, 3, 4, 7),
    ),
    LayerCase("L2Normalization", L2Normalization, (3, 5), mask="same"),
    LayerCase(
        "L2Normalization of maps",
        lambda: L2Normalization(axis=[1, 2], epsilon=1e-3),
        (2, 3, 4, 2),
        mask="same",
        ignores_masked=False,
    ),
]
