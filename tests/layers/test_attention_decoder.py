"""The decoder with additive attention: by hand, step by step, and blind to padding."""

import keras
import numpy as np
import pytest
from keras import ops

from dlcourse.layers.attention_decoder import AttentionDecoder, AttentionDecoderCell
from dlcourse.scratch.additive_attention import additive_attention_forward
from tests.gradients import layer_gradients

FLOAT32 = {"rtol": 1e-5, "atol": 1e-5}
MASK = np.array([[True, True, False, True], [True, True, True, False]])
every_kind = pytest.mark.parametrize("kind", ["gru", "lstm"])


def example(kind):
    """A decoder with random weights, vectors of tokens (2, 3, 2) and a memory (2, 4, 5)."""
    rng, layer = np.random.default_rng(0), AttentionDecoder(3, 6, kind)
    inputs = [rng.normal(size=shape).astype("float32") for shape in ((2, 3, 2), (2, 4, 5))]
    layer.build([array.shape for array in inputs])
    layer.set_weights([rng.normal(size=w.shape) for w in layer.get_weights()])
    return layer, *inputs


def array(tensor):
    return ops.convert_to_numpy(tensor)


@every_kind
def test_equal_to_attention_in_numpy_and_a_cell_of_keras(kind):
    layer, vectors, memory = example(kind)
    cell = {"gru": keras.layers.GRUCell, "lstm": keras.layers.LSTMCell}[kind](3)
    cell.build((2, 2 + 5))
    cell.set_weights(layer.cell.cell.get_weights())
    by_path = {w.path.split("/attention/")[-1]: w.numpy() for w in layer.cell.attention.weights}
    paths = {"Wq": "query/kernel", "Wk": "key/kernel", "w": "score_weights"}
    parameters = {name: by_path[path] for name, path in paths.items()}
    zeros = np.zeros((2, 3), "float32")
    states, expected, weights = ([zeros] if kind == "gru" else [zeros, zeros]), [], []
    for t in range(3):
        query = array(states[0])[:, None]
        context, cache = additive_attention_forward(
            query, memory, memory, parameters, MASK[:, None]
        )
        context = context[:, 0].astype("float32")
        output, states = cell(np.concatenate([vectors[:, t], context], axis=1), states)
        expected.append(np.concatenate([array(output), context], axis=1))
        weights.append(cache["weights"][:, 0])
    output, looked = layer([vectors, memory], mask=[None, MASK], return_attention_scores=True)
    np.testing.assert_allclose(array(output), np.stack(expected, axis=1), **FLOAT32)
    np.testing.assert_allclose(array(looked), np.stack(weights, axis=1), **FLOAT32)


@every_kind
def test_one_step_at_a_time_is_the_same(kind):
    layer, vectors, memory = example(kind)
    state, outputs = layer.cell.start(memory, MASK), []
    for t in range(3):
        output, state = layer.cell(vectors[:, t], state)
        assert {tensor.shape[0] for tensor in state} == {2}
        outputs.append(array(output))
    whole = layer([vectors, memory], mask=[None, MASK])
    np.testing.assert_allclose(array(whole), np.stack(outputs, axis=1), **FLOAT32)


def test_a_later_token_changes_no_earlier_output():
    layer, vectors, memory = example("gru")
    other = vectors.copy()
    other[:, 2] += 1
    first, second = (array(layer([x, memory])) for x in (vectors, other))
    np.testing.assert_array_equal(first[:, :2], second[:, :2])
    assert not np.allclose(first[:, 2], second[:, 2])


def test_padding_of_the_memory_changes_nothing():
    layer, vectors, memory = example("lstm")
    clean, dirty = memory.copy(), memory.copy()
    clean[~MASK], dirty[~MASK] = 0.0, np.nan
    found = [
        (layer([vectors, m], mask=[None, MASK]),
         layer_gradients(layer, [vectors, m], ops.sum, mask=[None, MASK]))
        for m in (clean, dirty)
    ]  # fmt: skip
    for ours, theirs in zip(*map(keras.tree.flatten, found), strict=True):
        np.testing.assert_array_equal(array(ours), array(theirs))
    by_memory = found[1][1][1][1]
    assert by_memory[MASK].any() and not by_memory[~MASK].any()
    short, padded = memory[:, :2], np.array([[True, True, False, False]] * 2)
    front = np.roll(memory, 2, axis=1)
    expected = array(layer([vectors, short]))
    for m, mask in ((memory, padded), (front, padded[:, ::-1])):
        np.testing.assert_allclose(
            array(layer([vectors, m], mask=[None, mask])), expected, **FLOAT32
        )


def test_symbolic_weights_have_their_shape():
    tensors = [keras.Input((3, 2)), keras.Input((4, 5))]
    output, weights = AttentionDecoder(3, 6)(tensors, return_attention_scores=True)
    assert (output.shape, weights.shape) == ((None, 3, 8), (None, 3, 4))


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: AttentionDecoderCell(0, 1), "units: expected a whole number"),
        (lambda: AttentionDecoder(1, 0), "attention_units: expected a whole number"),
        (lambda: AttentionDecoder(1, 1, "rnn"), "kind: expected one of gru, lstm; got 'rnn'"),
        (
            lambda: AttentionDecoder(1, 1)([keras.Input((None, 2)), keras.Input((4, 5))]),
            "inputs: expected a known number of steps",
        ),
    ],
)
def test_bad_input_is_explained(action, message):
    with pytest.raises(ValueError, match=message):
        action()
