"""Is a review good or bad? An average of embeddings, and recurrent networks that read in order."""

import keras
from keras import ops

__all__ = ["build_averaged_sentiment", "build_deep_sentiment", "build_lstm_sentiment"]

CELLS = {"gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


def build_averaged_sentiment(vocabulary_size=5000, dimension=32):
    """Average the words' embeddings, and decide: the order of the words is lost.

    Args:
        vocabulary_size: number of words with PAD at 0 and UNK, at least 3.
        dimension: of the embeddings, at least 1.

    Returns:
        An uncompiled `keras.Model` from words (m, t), of any length t, to probabilities (m, 1) of a
        good review. Padding is left out of the average; of nothing but padding, it is 0.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Iyyer et al., "Deep unordered composition rivals syntactic methods for text classification",
        ACL 2015.

    Example:
        >>> build_averaged_sentiment().count_params()  # 5000 · 32 + 32 + 1
        160033
    """
    words, vectors = _embedded(vocabulary_size, dimension)
    real = ops.cast(ops.not_equal(words, 0), vectors.dtype)[..., None]
    average = ops.sum(vectors * real, axis=1) / ops.maximum(ops.sum(real, axis=1), 1)
    return _decided(words, average, "averaged_sentiment")


def build_lstm_sentiment(vocabulary_size=5000, dimension=32, units=100):
    """Read the words' embeddings with an LSTM that skips padding, and decide at the end.

    Args:
        vocabulary_size: number of words with PAD at 0 and UNK, at least 3.
        dimension: n of the embeddings, at least 1.
        units: m of the LSTM, at least 1.

    Returns:
        An uncompiled `keras.Model` from words (m, t), of any length t, to probabilities (m, 1) of a
        good review. At full size it has 5000 · 32 = 160000 parameters in the embedding,
        4 (n m + m² + m) = 53200 in the LSTM and 101 in the unit that decides.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Hochreiter and Schmidhuber, "Long short-term memory", 1997.

    Example:
        >>> [layer.count_params() for layer in build_lstm_sentiment().layers]
        [0, 160000, 53200, 101]
    """
    return build_deep_sentiment(vocabulary_size, dimension, (units,))


def build_deep_sentiment(
    vocabulary_size=5000, dimension=32, units=(64, 64), *, cell="lstm", bidirectional=False
):
    """Read with several recurrent layers, each over what the one below says at every word.

    Args:
        vocabulary_size: number of words with PAD at 0 and UNK, at least 3.
        dimension: of the embeddings, at least 1.
        units: of the recurrent layers, from below.
        cell: "lstm" or "gru".
        bidirectional: whether each layer also reads from the end, with as many units again.

    Returns:
        An uncompiled `keras.Model` from words (m, t), of any length t, to probabilities (m, 1) of a
        good review. Padding changes nothing, in front or behind; but some fast kernels for GPUs
        take only padding behind.

    Raises:
        ValueError: a number is out of its range, or cell is another word.

    Reference:
        Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997; Graves, Mohamed and
        Hinton, "Speech recognition with deep recurrent neural networks", 2013.

    Example:
        >>> model = build_deep_sentiment(100, 8, (6, 5), cell="gru", bidirectional=True)
        >>> [layer.output.shape for layer in model.layers[2:4]]
        [(None, None, 12), (None, 10)]
    """
    if not units or min(units) < 1:
        raise ValueError(f"units: expected at least one layer with 1 or more; got {tuple(units)}")
    if cell not in CELLS:
        raise ValueError(f"cell: expected one of {', '.join(CELLS)}; got {cell!r}")
    words, x = _embedded(vocabulary_size, dimension, mask_zero=True)
    for number, width in enumerate(units, 1):
        layer = CELLS[cell](width, return_sequences=number < len(units), name=f"{cell}_{number}")
        x = (keras.layers.Bidirectional(layer) if bidirectional else layer)(x)
    return _decided(words, x, "recurrent_sentiment")


def _embedded(vocabulary_size, dimension, mask_zero=False):
    if vocabulary_size < 3 or dimension < 1:
        raise ValueError(
            "vocabulary_size, dimension: expected at least 3 (PAD, UNK and a word) and 1; got "
            f"{vocabulary_size} and {dimension}"
        )
    words = keras.Input((None,), dtype="int32", name="words")
    layer = keras.layers.Embedding(vocabulary_size, dimension, mask_zero=mask_zero)
    return words, layer(words)


def _decided(words, x, name):
    return keras.Model(words, keras.layers.Dense(1, activation="sigmoid")(x), name=name)
