"""Cases for the contract: the layers of LeNet-5 as it was in 1998, and the perceptron's step."""

from dlcourse.layers.partial_convolution import PartialConvolution
from dlcourse.layers.radial_basis import RadialBasisScores
from dlcourse.layers.straight_through_step import StraightThroughStep
from dlcourse.layers.trainable_subsampling import TrainableSubsampling
from tests.layers.contract import LayerCase

CASES = [
    LayerCase(
        "PartialConvolution",
        lambda: PartialConvolution([[0, 2], [1], [0, 1, 2], [2, 0]], kernel_size=3),
        (2, 6, 5, 3),
    ),
    LayerCase(
        "RadialBasisScores", lambda: RadialBasisScores([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]]), (4, 3)
    ),
    LayerCase("StraightThroughStep", StraightThroughStep, (3, 4), mask="same"),
    LayerCase("TrainableSubsampling", lambda: TrainableSubsampling(3), (2, 7, 6, 4)),
]
