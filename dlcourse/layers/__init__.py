"""Keras layers of the course, on TensorFlow, JAX and PyTorch alike."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    # transfer learning
    "InferenceOnly": "inference_only",
    # LeNet-5 of 1998 and the perceptron
    "PartialConvolution": "partial_convolution",
    "RadialBasisScores": "radial_basis",
    "StraightThroughStep": "straight_through_step",
    "TrainableSubsampling": "trainable_subsampling",
    "scaled_tanh": "scaled_tanh_activation",
    # normalization and dropout
    "BatchNormalization": "batch_normalization",
    "InvertedDropout": "dropout",
    "L2Normalization": "l2_normalization",
    "LocalResponseNormalization": "local_response_normalization",
    # blocks of convolutional networks
    "BasicResidualBlock": "residual",
    "BottleneckResidualBlock": "residual",
    "ConvolutionUnit": "convolution_unit",
    "DepthwiseSeparableBlock": "separable",
    "DepthwiseUnit": "convolution_unit",
    "InceptionModule": "inception",
    "InvertedResidual": "inverted_residual",
    "MBConv": "inverted_residual",
    "SqueezeExcitation": "squeeze_excitation",
    # faces
    "L2Pooling2D": "l2_pooling",
    "SiameseHead": "siamese_head",
    # style
    "GramMatrix": "gram",
    # attention
    "AdditiveAttention": "additive_attention",
    "MultiHeadAttention": "multi_head_attention",
    "ScaledDotProductAttention": "dot_product_attention",
    # recurrent layers
    "AttentionDecoder": "attention_decoder",
    "AttentionDecoderCell": "attention_decoder",
    "GRU": "recurrent",
    "GRUCell": "recurrent_cells",
    "LSTM": "recurrent",
    "LSTMCell": "recurrent_cells",
    "SimpleRNN": "recurrent",
    "SimpleRNNCell": "recurrent_cells",
    # transformers
    "PositionalEncoding": "positions",
    "TokenAndPositionEmbedding": "positions",
    "TransformerDecoderBlock": "transformer_blocks",
    "TransformerEncoderBlock": "transformer_blocks",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
