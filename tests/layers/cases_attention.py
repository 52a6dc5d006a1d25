"""Cases of the contract: the three kinds of attention."""

from dlcourse.layers.additive_attention import AdditiveAttention
from dlcourse.layers.dot_product_attention import ScaledDotProductAttention
from dlcourse.layers.multi_head_attention import MultiHeadAttention
from tests.layers.contract import LayerCase

QUERY, VALUE, KEY = (2, 3, 4), (2, 5, 2), (2, 5, 6)
# on TensorFlow Keras's own training step cannot pass a list; test_attention.py trains
DECLARED = {"mask": "same", "keras_test": {"run_training_check": False}}

CASES = [
    LayerCase(
        "ScaledDotProductAttention",
        lambda: ScaledDotProductAttention(dropout=0.25, seed=1),
        [QUERY, VALUE, (2, 5, 4)],
        **DECLARED,
    ),
    LayerCase(
        "ScaledDotProductAttention, causal",
        ScaledDotProductAttention,
        [QUERY, (2, 5, 4)],
        call={"use_causal_mask": True},
        **DECLARED,
    ),
    LayerCase(
        "AdditiveAttention",
        lambda: AdditiveAttention(7, dropout=0.25, seed=1),
        [QUERY, VALUE, KEY],
        **DECLARED,
    ),
    LayerCase(
        "MultiHeadAttention",
        lambda: MultiHeadAttention(2, key_dim=3, value_dim=5, dropout=0.25, seed=1),
        [QUERY, VALUE, KEY],
        # a bias of the keys adds the same to all scores of a query, which the softmax takes away
        unreached=("key/bias",),
        **DECLARED,
    ),
]
