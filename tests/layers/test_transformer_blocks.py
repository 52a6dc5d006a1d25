"""Transformer blocks: as built of Keras's parts, causal, and blind to padding."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from dlcourse.layers.positions import PositionalEncoding, TokenAndPositionEmbedding
from dlcourse.layers.transformer_blocks import TransformerDecoderBlock, TransformerEncoderBlock
from dlcourse.scratch.positions import positional_encoding
from tests.gradients import layer_gradients

FLOAT32 = {"rtol": 1e-5, "atol": 1e-5}
OWN = np.array([[True, True, True], [True, True, False]])
MEMORY = np.array([[True, False, True, False, True], [False, True, True, True, False]])


def array(tensor):
    return ops.convert_to_numpy(tensor)


def filled(layer, shapes):
    layer.build(shapes)
    rng = np.random.default_rng(1)
    layer.set_weights([rng.normal(0, 0.5, size=w.shape) for w in layer.get_weights()])
    return layer


def encoder(**options):
    x = np.random.default_rng(0).normal(size=(2, 3, 4)).astype("float32")
    return filled(TransformerEncoderBlock(2, 5, **options), x.shape), x


def decoder(**options):
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=shape).astype("float32") for shape in ((2, 3, 4), (2, 5, 6))]
    return filled(TransformerDecoderBlock(2, 5, **options), [x.shape for x in inputs]), *inputs


def keras_attention(layer, *inputs, **options):
    """keras.layers.MultiHeadAttention with the weights of ours."""
    theirs = keras.layers.MultiHeadAttention(2, 2)
    theirs.build(*(x.shape for x in inputs))
    theirs.set_weights(layer.get_weights())
    return theirs(*inputs, **options)


def feed_forward(block, x):
    """The rest of a block behind its attention, in NumPy."""
    (W1, b1), (W2, b2) = (part.get_weights() for part in block.feed_forward)
    x = array(x)
    normalized = array(block.feed_forward_norm(x))
    return x + np.maximum(normalized @ W1 + b1, 0) @ W2 + b2


def test_encoder_equals_its_parts_in_keras():
    block, x = encoder()
    seen = block.attention_norm(x)
    # in Keras a query that is padding looks around; what comes of it is dropped here
    between = x + keras_attention(block.attention, seen, seen, attention_mask=OWN[:, None])
    actual = array(block(x * OWN[..., None], mask=OWN))
    np.testing.assert_allclose(actual[OWN], feed_forward(block, between)[OWN], **FLOAT32)


def test_decoder_equals_its_parts_in_keras():
    block, x, memory = decoder()
    seen = block.attention_norm(x)
    first = x + keras_attention(block.attention, seen, seen, use_causal_mask=True)
    seen = block.cross_norm(first)
    found, weights = keras_attention(
        block.cross_attention, seen, memory,
        attention_mask=MEMORY[:, None], return_attention_scores=True,
    )  # fmt: skip
    output, ours = block([x, memory], mask=[None, MEMORY], return_attention_scores=True)
    np.testing.assert_allclose(array(output), feed_forward(block, first + found), **FLOAT32)
    np.testing.assert_allclose(array(ours), array(weights), **FLOAT32)


@given(step=st.integers(0, 1), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=4, deadline=None)
def test_a_later_token_changes_no_earlier_output(step, seed):
    block, x, memory = decoder()
    other = x.copy()
    other[:, step + 1 :] += np.random.default_rng(seed).normal(size=(2, 2 - step, 4))
    first, second = (array(block([vectors, memory])) for vectors in (x, other))
    np.testing.assert_array_equal(first[:, : step + 1], second[:, : step + 1])
    assert not np.allclose(first[:, step + 1 :], second[:, step + 1 :])


def test_one_step_at_a_time_is_the_same():
    block, x, memory = decoder()
    past, outputs = ops.zeros((2, 6, 4)), []  # more places than needed
    for t in range(3):
        output, past = block.step(x[:, t], past, np.full(2, t), memory, MEMORY)
        outputs.append(array(output))
    whole = array(block([x, memory], mask=[None, MEMORY]))
    np.testing.assert_allclose(np.stack(outputs, axis=1), whole, **FLOAT32)


def assert_blind(layer, clean, masks):
    """NaN at padding: equal outputs at the other steps, equal gradients, none for padding."""
    pairs = zip(clean, masks, strict=True)
    dirty = [np.where(m[..., None], x, np.nan).astype("float32") for x, m in pairs]
    mask = masks if len(masks) > 1 else masks[0]

    def total(outputs):
        return ops.sum(ops.where(masks[0][..., None], outputs, 0) ** 2)

    results = []
    for tensors in (clean, dirty):
        inputs = tensors if len(tensors) > 1 else tensors[0]
        gradients = layer_gradients(layer, inputs, total, training=False, mask=mask)
        results.append((array(layer(inputs, mask=mask))[masks[0]], *gradients))
    for actual, expected in zip(*map(keras.tree.flatten, results), strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-5)
    for gradient, seen in zip(results[1][2], masks, strict=True):
        assert gradient[seen].any() and not gradient[~seen].any()


def test_padding_changes_nothing():
    block, x = encoder()
    assert_blind(block, [x], [OWN])
    block, x, memory = decoder()
    assert_blind(block, [x, memory], [OWN, MEMORY])


def test_padding_in_front_is_as_good_as_padding_behind():
    block, x, memory = decoder()
    expected = array(block([x[:, :2], memory[:, :3]]))
    behind = [np.array([[True, True, False]] * 2), np.array([[True] * 3 + [False] * 2] * 2)]
    output = array(block([x, memory], mask=behind))
    np.testing.assert_allclose(output[:, :2], expected, **FLOAT32)
    front = [np.roll(x, 1, axis=1), np.roll(memory, 2, axis=1)]
    output = array(block(front, mask=[mask[:, ::-1] for mask in behind]))
    np.testing.assert_allclose(output[:, 1:], expected, **FLOAT32)


def test_dropout_drops_in_training_only():
    block, x = encoder(dropout=0.5, seed=1)
    plain, _ = encoder()
    np.testing.assert_array_equal(array(block(x)), array(plain(x)))
    assert not np.allclose(array(block(x, training=True)), array(plain(x)))


def test_places_are_the_waves_of_the_derivation_and_may_begin_later():
    layer, x = PositionalEncoding(), np.random.default_rng(0).normal(size=(2, 4, 5))
    waves = positional_encoding(7, 5)
    np.testing.assert_allclose(array(layer(x)), x + waves[:, :4], rtol=1e-5, atol=1e-5)
    later = array(layer(x, start=np.array([0, 3]))) - x
    np.testing.assert_allclose(later, [waves[0, :4], waves[0, 3:]], rtol=1e-5, atol=1e-5)


def test_learnt_vectors_of_token_and_place_are_added_and_padding_is_masked():
    layer = filled(TokenAndPositionEmbedding(6, 4, 3, mask_zero=True), (2, 3))
    tokens, places = layer.get_weights()
    ids = np.array([[5, 1, 0], [2, 0, 0]])
    output = layer(ids)
    np.testing.assert_allclose(array(output), tokens[ids] + places[:3], **FLOAT32)
    np.testing.assert_array_equal(array(output._keras_mask), ids > 0)
    assert TokenAndPositionEmbedding(6, 4, 3).compute_mask(ids) is None


def test_symbolic_weights_have_their_shape():
    tensors = [keras.Input((3, 4)), keras.Input((5, 6))]
    output, weights = TransformerDecoderBlock(2, 5)(tensors, return_attention_scores=True)
    assert (output.shape, weights.shape) == ((None, 3, 4), (None, 2, 3, 5))


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: TransformerEncoderBlock(0, 5), "num_heads: expected a whole number"),
        (lambda: TransformerEncoderBlock(2, 0.5), "hidden: expected a whole number"),
        (lambda: TransformerDecoderBlock(2, 5, dropout=1), "dropout: expected a share .* got 1"),
        (
            lambda: TransformerEncoderBlock(3, 5).build((2, 3, 4)),
            "num_heads: expected a divisor of 4",
        ),
        (lambda: TokenAndPositionEmbedding(6, 0, 3), "max_length: expected a whole number"),
        (
            lambda: TokenAndPositionEmbedding(6, 4, 3)(np.ones((2, 5))),
            "inputs: expected at most max_length=4 .* got 5",
        ),
    ],
)
def test_bad_input_is_explained(action, message):
    with pytest.raises(ValueError, match=message):
        action()
