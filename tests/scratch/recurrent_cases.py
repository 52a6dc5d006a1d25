"""Recurrent networks to test with: random parameters of every kind, and Keras's layer for each."""

import keras

from dlcourse.scratch import recurrent_keras

KINDS = ["rnn", "gru_reset_before", "gru_reset_after", "lstm"]
BLOCKS = {"rnn": 1, "gru_reset_before": 3, "gru_reset_after": 3, "lstm": 4}
# (m, t, n_x, n_a): ordinary, every size 1, one step, one example, an empty batch
SHAPES = [(3, 4, 2, 3), (1, 1, 1, 1), (2, 1, 3, 2), (1, 3, 2, 1), (0, 2, 2, 2)]


def random_parameters(kind, n_x, n_a, rng):
    width = BLOCKS[kind] * n_a
    shapes = {"Wx": (n_x, width), "Wa": (n_a, width), "b": (width,)}
    if kind == "gru_reset_after":
        shapes["ba"] = (width,)
    return {name: 0.7 * rng.standard_normal(shape) for name, shape in shapes.items()}


def random_state(kind, m, n_a, rng):
    names = ("a0", "c0") if kind == "lstm" else ("a0",)
    return {name: rng.standard_normal((m, n_a)) for name in names}


def as_state(kind, arrays):
    """What the sequence functions take: one array, a pair for an LSTM."""
    arrays = tuple(arrays)
    return arrays if kind == "lstm" else arrays[0]


def as_tuple(kind, state):
    return state if kind == "lstm" else (state,)


def conversions(kind):
    name = kind.partition("_")[0]
    return getattr(recurrent_keras, f"{name}_from_keras"), getattr(
        recurrent_keras, f"{name}_to_keras"
    )


def keras_layer(kind, n_a, **options):
    kinds = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM}
    if kind.startswith("gru"):
        options["reset_after"] = kind == "gru_reset_after"
    layer = kinds.get(kind, keras.layers.GRU)
    return layer(n_a, return_sequences=True, return_state=True, dtype="float64", **options)


def layer_with(kind, parameters, **options):
    n_x, n_a = len(parameters["Wx"]), len(parameters["Wa"])
    layer = keras_layer(kind, n_a, **options)
    layer.build((None, None, n_x))
    layer.set_weights(conversions(kind)[1](parameters))
    return layer


def random_mask(m, t, rng):
    """Padding before, after and within the sequences."""
    return rng.random((m, t)) < 0.6
