"""A language model of characters, and any such model one step at a time."""

import keras

__all__ = ["build_character_language_model", "build_step_model"]

CELLS = {"gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


def build_character_language_model(n_tokens, units=128, *, dimension=None, cell="gru"):
    """Tokens in, a recurrent layer, and a softmax over the next token at every place.

    Token 0 is padding: it is masked in the input, and what is expected there costs nothing.

    Args:
        n_tokens: size of the vocabulary, at least 3: padding, and two to choose between.
        units: of the recurrent layer, at least 1.
        dimension: of the embedding, at least 1; None for one-hot vectors.
        cell: "gru" or "lstm".

    Returns:
        An uncompiled `keras.Model` from tokens (m, t), of any length t, to probabilities
        (m, t, n_tokens).

    Raises:
        ValueError: a number is out of its range, or cell is another word.

    Reference:
        Mikolov et al., "Recurrent neural network based language model", Interspeech 2010;
        Sutskever, Martens and Hinton, "Generating text with recurrent neural networks", 2011.

    Example:
        >>> model = build_character_language_model(27, units=10)
        >>> model.output_shape, model.get_layer("recurrent_1").count_params()
        ((None, None, 27), 1170)
    """
    return recurrent_language_model(n_tokens, (units,), dimension, cell, 0.0)


def build_step_model(model):
    """Take a trained language model apart to run it token by token, with its own weights.

    What would otherwise be calculated again for every token of a text that is being written, the
    state carries over.

    Args:
        model: keras.Model of `build_character_language_model` or `build_sequence_generator`.

    Returns:
        A `keras.Model` from [token (m, 1), states (m, units) …] to [probabilities of the next token
        (m, n_tokens), new states …]. It shares the weights: trained on, both change.

    Raises:
        ValueError: the model has other layers.

    Example:
        >>> model = build_character_language_model(27, units=10, cell="lstm")
        >>> [tuple(state.shape) for state in build_step_model(model).inputs]
        [(None, 1), (None, 10), (None, 10)]
    """
    token = keras.Input((1,), dtype="int32")
    states, new_states = [], []
    x = token
    for layer in model.layers:
        if isinstance(layer, tuple(CELLS.values())):
            before = [keras.Input((layer.units,)) for _ in _as_list(layer.cell.state_size)]
            # another layer around the same cell, because this one returns its states too
            step = keras.layers.RNN(layer.cell, return_sequences=True, return_state=True)
            x, *after = step(x, initial_state=before)
            states += before
            new_states += after
        elif isinstance(layer, keras.layers.Embedding | keras.layers.Dense):
            x = layer(x)
        elif not isinstance(layer, keras.layers.InputLayer | keras.layers.Dropout):
            raise ValueError(
                "model: expected an embedding, GRU or LSTM layers, dropout and a dense layer; got "
                f"{type(layer).__name__}"
            )
    return keras.Model([token, *states], [x[:, 0], *new_states])


def recurrent_language_model(n_tokens, units, dimension, cell, dropout):
    """Stack embedding, recurrent layers and softmax: what the models of sequences share.

    Args:
        n_tokens: size of the vocabulary, at least 3.
        units: of the recurrent layers, from below.
        dimension: of the embedding; None for one-hot vectors.
        cell: "gru" or "lstm".
        dropout: share of each recurrent layer's output that training drops.

    Returns:
        An uncompiled `keras.Model` from tokens (m, t) to probabilities (m, t, n_tokens).

    Raises:
        ValueError: a number is out of its range, or cell is another word.

    Example:
        >>> recurrent_language_model(5, (3, 4), None, "gru", 0.0).output_shape
        (None, None, 5)
    """
    if n_tokens < 3:
        raise ValueError(
            f"n_tokens: expected at least 3, padding and two tokens to choose between; got "
            f"{n_tokens}"
        )
    if not units or min(units) < 1 or (dimension is not None and dimension < 1):
        raise ValueError(
            f"units, dimension: expected at least 1; got {tuple(units)} and {dimension}"
        )
    if cell not in CELLS:
        raise ValueError(f"cell: expected one of {', '.join(CELLS)}; got {cell!r}")
    tokens = keras.Input((None,), dtype="int32", name="tokens")
    x = _embedded(tokens, n_tokens, dimension)
    for number, width in enumerate(units, 1):
        x = CELLS[cell](width, return_sequences=True, name=f"recurrent_{number}")(x)
        x = keras.layers.Dropout(dropout, name=f"dropout_{number}")(x) if dropout else x
    x = keras.layers.Dense(n_tokens, activation="softmax", name="next_token")(x)
    return keras.Model(tokens, x, name="language_model")


def _embedded(tokens, n_tokens, dimension):
    if dimension is None:  # a row of the identity is one-hot; as an embedding it can be masked
        settings = {"embeddings_initializer": "identity", "trainable": False, "name": "one_hot"}
        return keras.layers.Embedding(n_tokens, n_tokens, mask_zero=True, **settings)(tokens)
    return keras.layers.Embedding(n_tokens, dimension, mask_zero=True, name="embedding")(tokens)


def _as_list(sizes):
    return sizes if isinstance(sizes, list | tuple) else [sizes]
