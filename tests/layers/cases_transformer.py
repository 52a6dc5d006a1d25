"""Cases of the contract: places and the blocks of transformers."""

from dlcourse.layers.positions import PositionalEncoding, TokenAndPositionEmbedding
from dlcourse.layers.transformer_blocks import TransformerDecoderBlock, TransformerEncoderBlock
from tests.layers.contract import LayerCase

# a bias of the keys adds the same to all scores of a query, which the softmax takes away
UNREACHED = ("key/bias",)
# the date translators train; on TensorFlow Keras's own training step could not pass a list
UNTRAINED = {"run_training_check": False}

CASES = [
    LayerCase(
        "PositionalEncoding", PositionalEncoding, (2, 3, 5), mask="same", ignores_masked=False
    ),
    LayerCase(
        "TokenAndPositionEmbedding",
        lambda: TokenAndPositionEmbedding(9, max_length=4, dim=3),
        lambda rng: rng.integers(9, size=(2, 3)).astype("int32"),
        mask="gone",
    ),
    LayerCase(
        "TransformerEncoderBlock",
        lambda: TransformerEncoderBlock(2, hidden=5, dropout=0.25, seed=1),
        (2, 3, 4),
        mask="same",
        unreached=UNREACHED,
        tolerance=1e-4,
        keras_test=UNTRAINED,
    ),
    LayerCase(
        "TransformerDecoderBlock",
        lambda: TransformerDecoderBlock(2, hidden=5, dropout=0.25, seed=1),
        [(2, 3, 4), (2, 5, 2)],
        mask="same",
        unreached=UNREACHED,
        tolerance=1e-4,
        keras_test=UNTRAINED,
    ),
]
