"""Cases of the contract: the blocks that convolutional networks are made of."""

from dlcourse.layers.convolution_unit import ConvolutionUnit, DepthwiseUnit
from dlcourse.layers.inception import InceptionModule
from dlcourse.layers.inverted_residual import InvertedResidual, MBConv
from dlcourse.layers.residual import BasicResidualBlock, BottleneckResidualBlock
from dlcourse.layers.separable import DepthwiseSeparableBlock
from dlcourse.layers.squeeze_excitation import SqueezeExcitation
from tests.layers.contract import LayerCase

# a bias in front of a normalization has no effect, hence no gradient
RESIDUAL = {"unreached": ("convolution/bias",), "tolerance": 1e-4}

CASES = [
    LayerCase(
        "ConvolutionUnit",
        lambda: ConvolutionUnit(3, 3, 2, "swish", use_bias=True, epsilon=0.1),
        (2, 5, 4, 2),
        **RESIDUAL,
    ),
    LayerCase("DepthwiseUnit", lambda: DepthwiseUnit(3, 2, "tanh"), (2, 5, 4, 3)),
    LayerCase(
        "BasicResidualBlock, identity", lambda: BasicResidualBlock(2), (3, 4, 4, 2), **RESIDUAL
    ),
    LayerCase(
        "BasicResidualBlock, convolution",
        lambda: BasicResidualBlock(3, strides=2, projection=True),
        (3, 5, 4, 2),
        **RESIDUAL,
    ),
    LayerCase(
        "BottleneckResidualBlock, identity",
        lambda: BottleneckResidualBlock(1),
        (3, 4, 4, 4),
        **RESIDUAL,
    ),
    LayerCase(
        "BottleneckResidualBlock, convolution",
        lambda: BottleneckResidualBlock(2, strides=2, projection=True),
        (3, 4, 4, 3),
        **RESIDUAL,
    ),
    LayerCase("InceptionModule", lambda: InceptionModule(1, 2, 3, 4, 5, 6), (2, 4, 4, 3)),
    LayerCase(
        "DepthwiseSeparableBlock", lambda: DepthwiseSeparableBlock(3, strides=2), (3, 4, 4, 2)
    ),
    LayerCase("SqueezeExcitation", lambda: SqueezeExcitation(3, "tanh"), (2, 3, 3, 4)),
    LayerCase(
        "InvertedResidual, input added", lambda: InvertedResidual(2, expansion=3), (3, 4, 4, 2)
    ),
    LayerCase(
        "InvertedResidual, strided",
        lambda: InvertedResidual(3, expansion=1, strides=2, kernel_size=5),
        (3, 5, 5, 2),
    ),
    LayerCase(
        "MBConv, input added",
        lambda: MBConv(4, drop_rate=0.25, expansion=2, kernel_size=5),
        (3, 4, 4, 4),
    ),
    LayerCase("MBConv, strided", lambda: MBConv(3, expansion=1, strides=2), (3, 4, 4, 8)),
]
