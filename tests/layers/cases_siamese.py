"""The siamese head with both similarities, and FaceNet's pooling, for the contract."""

import numpy as np

from dlcourse.layers.l2_pooling import L2Pooling2D
from dlcourse.layers.siamese_head import SiameseHead
from tests.layers.contract import LayerCase


def two_non_negative(rng):
    """Two batches as they leave a ReLU, with places at which both are zero."""
    return [np.maximum(rng.standard_normal((3, 6), dtype=np.float32), 0) for _ in range(2)]


CASES = [
    LayerCase("SiameseHead, absolute", SiameseHead, [(3, 6), (3, 6)]),
    LayerCase(
        "SiameseHead, chi-squared, logit",
        lambda: SiameseHead(similarity="chi_squared", activation="linear"),
        two_non_negative,
    ),
    LayerCase(
        "L2Pooling2D",
        lambda: L2Pooling2D((3, 3), strides=(2, 2), padding="same", data_format="channels_last"),
        lambda rng: np.maximum(rng.standard_normal((2, 6, 7, 3), dtype=np.float32), 0),
    ),
]
