"""Cases for the contract: layers that never notice that they are trained."""

import keras

from dlcourse.layers.inference_only import InferenceOnly
from tests.layers.contract import LayerCase

CASES = [
    LayerCase(
        "InferenceOnly, batch normalization",
        lambda: InferenceOnly(keras.layers.BatchNormalization()),
        (4, 3),
        mask="same",
    ),
    LayerCase(
        "InferenceOnly, dense", lambda: InferenceOnly(keras.layers.Dense(2)), (4, 3), mask="same"
    ),
]
