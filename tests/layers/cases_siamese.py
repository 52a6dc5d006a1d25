"""The siamese head, with both similarities, for the contract of every layer."""

import numpy as np

from dlcourse.layers.siamese_head import SiameseHead
from tests.layers.contract import LayerCase


def two_non_negative(rng):
    """Two batches as they leave a ReLU, with places at which both are zero."""
    return [np.maximum(rng.standard_normal((3, 6), dtype=np.float32), 0) for _ in range(2)]


CASES = [
    LayerCase("SiameseHead, absolute", SiameseHead, [(3, 6), (3, 6)]),
    LayerCase(
        "SiameseHead, chi-squared, logits",
        lambda: SiameseHead(similarity="chi_squared", activation=None),
        two_non_negative,
    ),
]
