"""The layers of style transfer, under the contract of every layer."""

from dlcourse.layers.gram import GramMatrix
from tests.layers.contract import LayerCase

__all__ = ["CASES"]

CASES = [
    LayerCase("GramMatrix", GramMatrix, (2, 3, 4, 5)),
    LayerCase("GramMatrix, per position", lambda: GramMatrix(per_position=True), (2, 3, 4, 5)),
]
