"""Cases of the contract: the layers that augment images."""

import numpy as np

from dlcourse.augment.colour_shift import ColourShift
from dlcourse.augment.colour_variation import PrincipalColourShift
from dlcourse.augment.cropping import RandomCrop
from dlcourse.augment.local_warping import ElasticWarping
from dlcourse.augment.mirroring import RandomMirror
from dlcourse.augment.rotation import RandomRotation
from dlcourse.augment.shearing import RandomShear
from tests.layers.contract import LayerCase

IMAGES = (3, 6, 5, 3)

CASES = [
    LayerCase("RandomMirror", lambda: RandomMirror(0.7, seed=1), IMAGES),
    LayerCase("RandomCrop", lambda: RandomCrop(5, 4, padding=1, seed=1), IMAGES),
    LayerCase("RandomRotation", lambda: RandomRotation(40.0, border="zeros", seed=1), IMAGES),
    LayerCase("RandomShear", lambda: RandomShear(0.4, border="zeros", seed=1), IMAGES),
    LayerCase("ElasticWarping", lambda: ElasticWarping(0.7, 2.0, "zeros", seed=1), IMAGES),
    LayerCase("ColourShift", lambda: ColourShift(20.0, brightest=255.0, seed=1), IMAGES),
    LayerCase(
        "PrincipalColourShift",
        lambda: PrincipalColourShift([0.3, 0.2, 0.1], np.eye(3)[::-1].tolist(), 0.5, seed=1),
        IMAGES,
    ),
]
