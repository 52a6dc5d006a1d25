"""Recurrent layers: as in Keras with equal weights, and blind to padding."""

import keras
import numpy as np
import pytest
from keras import ops

from dlcourse.layers.recurrent import GRU, LSTM, SimpleRNN
from dlcourse.layers.recurrent_cells import GRUCell, LSTMCell, SimpleRNNCell
from dlcourse.scratch.gru import gru_forward
from dlcourse.scratch.recurrent_keras import gru_from_keras
from tests.gradients import layer_gradients

FLOAT32 = {"rtol": 1e-5, "atol": 1e-5}
PAIRS = {
    "simple": (SimpleRNN, keras.layers.SimpleRNN, {}),
    "gru, reset behind": (GRU, keras.layers.GRU, {}),
    "gru, reset in front": (GRU, keras.layers.GRU, {"reset_after": False}),
    "lstm": (LSTM, keras.layers.LSTM, {}),
}
every_kind = pytest.mark.parametrize("kind", PAIRS)


def sequences(seed=0, m=3, t=4, n=2):
    return np.random.default_rng(seed).normal(size=(m, t, n)).astype("float32")


MASK = np.array([[True, True, True, True], [True, True, False, False], [False, True, False, True]])


def pair(kind, **options):
    """Our layer and Keras's, with the same random weights."""
    ours, theirs, own = PAIRS[kind]
    layers = [cls(3, **own, **options) for cls in (ours, theirs)]
    return same_weights(layers)


def same_weights(layers):
    rng = np.random.default_rng(1)
    for layer in layers:
        layer.build((3, 4, 2))
    weights = [rng.normal(size=w.shape) for w in layers[0].get_weights()]
    for layer in layers:
        layer.set_weights(weights)
    return layers


def arrays(outputs):
    return [ops.convert_to_numpy(tensor) for tensor in keras.tree.flatten(outputs)]


def assert_same(ours, theirs):
    for actual, expected in zip(arrays(ours), arrays(theirs), strict=True):
        np.testing.assert_allclose(actual, expected, **FLOAT32)


@every_kind
@pytest.mark.parametrize("mask", [None, MASK], ids=["no mask", "mask"])
def test_equal_to_keras_with_the_same_weights(kind, mask):
    x = sequences()
    for options in (
        {"return_sequences": True, "return_state": True},
        {"go_backwards": True, "return_sequences": True},
        {"unroll": True},
    ):
        ours, theirs = pair(kind, **options)
        assert_same(ours(x, mask=mask), theirs(x, mask=mask))


@every_kind
def test_both_ways_and_from_a_given_state(kind):
    x, rng = sequences(), np.random.default_rng(2)
    both = [keras.layers.Bidirectional(layer) for layer in pair(kind, return_sequences=True)]
    ours, theirs = same_weights(both)
    assert_same(ours(x, mask=MASK), theirs(x, mask=MASK))
    ours, theirs = pair(kind)
    states = [rng.normal(size=(3, 3)).astype("float32") for _ in ours.state_size]
    assert_same(ours(x, initial_state=states), theirs(x, initial_state=states))


def test_a_stateful_layer_goes_on_where_it_stopped():
    ours, theirs = pair("lstm", stateful=True)
    for part in (sequences()[:, :2], sequences()[:, 2:]):
        found = ours(part), theirs(part)
    assert_same(*found)
    whole, _ = pair("lstm")
    assert_same(found[0], whole(sequences()))


def test_cells_stack_in_the_layer_of_keras():
    cells = [SimpleRNNCell(3), GRUCell(2, reset_after=False), LSTMCell(4)]
    theirs = [keras.layers.SimpleRNNCell(3), keras.layers.GRUCell(2, reset_after=False)]
    layers = [keras.layers.RNN(stack) for stack in (cells, [*theirs, keras.layers.LSTMCell(4)])]
    assert_same(*(layer(sequences(), mask=MASK) for layer in same_weights(layers)))


def test_initial_weights_are_drawn_as_in_keras():
    ours, theirs = LSTM(3), keras.layers.LSTM(3)
    for layer in (ours, theirs):
        layer.build((None, None, 2))
    np.testing.assert_array_equal(ours.get_weights()[2], theirs.get_weights()[2])
    recurrent = ours.get_weights()[1]
    np.testing.assert_allclose(recurrent @ recurrent.T, np.eye(3), atol=1e-5)


def test_the_gru_equals_the_derivation_in_numpy():
    ours, _ = pair("gru, reset in front", return_sequences=True)
    parameters = gru_from_keras(ours.get_weights())
    expected, _, _ = gru_forward(sequences(), parameters, mask=MASK, reset="before")
    np.testing.assert_allclose(arrays(ours(sequences(), mask=MASK))[0], expected, **FLOAT32)


@every_kind
def test_padding_changes_nothing(kind):
    layer, _ = pair(kind, return_sequences=True)
    clean, dirty = sequences(), sequences()
    clean[~MASK], dirty[~MASK] = 0.0, np.nan

    def total(outputs):
        return ops.sum(outputs * np.arange(1, 37, dtype="float32").reshape(3, 4, 3))

    assert_same(layer(dirty, mask=MASK), layer(clean, mask=MASK))
    expected = layer_gradients(layer, clean, total, mask=MASK)
    actual = layer_gradients(layer, dirty, total, mask=MASK)
    assert_same(actual, expected)
    by_input = actual[1][0]
    assert np.abs(by_input[MASK]).min() > 0 and not by_input[~MASK].any()


@every_kind
def test_padding_in_front_is_as_good_as_padding_behind(kind):
    layer, _ = pair(kind)
    x, short = sequences(), sequences()[:, :2]
    behind, front = np.array([[True, True, False, False]] * 3), [[False, False, True, True]] * 3
    shifted = np.roll(x, 2, axis=1)
    assert_same(layer(x, mask=behind), layer(short))
    assert_same(layer(shifted, mask=np.array(front)), layer(short))


@pytest.mark.parametrize("units", [0, 1.5, True])
def test_bad_sizes_are_explained(units):
    with pytest.raises(ValueError, match="units: expected a whole number of at least 1"):
        LSTM(units)
