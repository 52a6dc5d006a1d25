"""A deep recurrent network that goes on with sequences such as melodies."""

from dlcourse.models.character_language_model import recurrent_language_model

__all__ = ["build_sequence_generator"]


def build_sequence_generator(n_tokens, units=(128, 128), *, dropout=0.2, cell="lstm"):
    """One-hot tokens, stacked recurrent layers with dropout between them, and a softmax.

    It is trained as a language model: at each place, the next token is to be predicted. Then
    `build_step_model` and `dlcourse.language.write` let it compose.

    Args:
        n_tokens: number of different notes, chords …, with padding, which is 0; at least 3.
        units: of the recurrent layers, from below; at least one layer.
        dropout: share of each recurrent layer's output that training drops, from 0 to below 1.
        cell: "gru" or "lstm".

    Returns:
        An uncompiled `keras.Model` from tokens (m, t), of any length t, to probabilities
        (m, t, n_tokens).

    Raises:
        ValueError: a number is out of its range, or cell is another word.

    Reference:
        Graves, "Generating sequences with recurrent neural networks", 2013; Eck and Schmidhuber,
        "A first look at music composition using LSTM recurrent neural networks", 2002.

    Example:
        >>> model = build_sequence_generator(40, units=(64, 64))
        >>> model.output_shape, model.count_params()
        ((None, None, 40), 64104)
    """
    if not 0 <= dropout < 1:
        raise ValueError(f"dropout: expected a share from 0 to below 1, got {dropout}")
    return recurrent_language_model(n_tokens, tuple(units), None, cell, dropout)
