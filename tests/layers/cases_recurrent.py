"""Cases of the contract: recurrent layers and the decoder with attention."""

from dlcourse.layers.attention_decoder import AttentionDecoder
from dlcourse.layers.recurrent import GRU, LSTM, SimpleRNN
from tests.layers.contract import LayerCase

# JAX compiles a loop at every call; two steps that are written out share what is compiled
SHORT = {"unroll": True}
# one of the three is trained on every backend; on TensorFlow the date translators train, too
UNTRAINED = {"run_training_check": False}

CASES = [
    LayerCase(
        "SimpleRNN",
        lambda: SimpleRNN(3, **SHORT),
        (2, 2, 2),
        mask="gone",
        keras_test=UNTRAINED,
    ),
    LayerCase(
        "GRU",
        lambda: GRU(3, reset_after=False, return_sequences=True, **SHORT),
        (2, 2, 2),
        mask="same",
    ),
    LayerCase(
        "LSTM",
        lambda: LSTM(3, return_sequences=True),
        (2, 2, 2),
        mask="same",
        keras_test=UNTRAINED,
    ),
    LayerCase(
        "AttentionDecoder",
        lambda: AttentionDecoder(3, 5, kind="lstm"),
        [(2, 2, 4), (2, 3, 2)],
        mask="same",
        keras_test=UNTRAINED,  # nor could Keras's own training step pass a list on TensorFlow
    ),
]
