"""Cases of the contract: normalization, dropout and Gram matrices."""

from dlcourse.layers.l2_normalization import L2Normalization
from tests.layers.contract import LayerCase

CASES = [
    LayerCase("L2Normalization", L2Normalization, (3, 5), mask="same"),
    LayerCase(
        "L2Normalization of maps",
        lambda: L2Normalization(axis=[1, 2], epsilon=1e-3),
        (2, 3, 4, 2),
        mask="same",
        ignores_masked=False,
    ),
]
