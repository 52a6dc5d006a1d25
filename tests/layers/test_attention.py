"""Attention: as in Keras with equal weights; what is hidden stays hidden."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from dlcourse.layers.additive_attention import AdditiveAttention
from dlcourse.layers.dot_product_attention import ScaledDotProductAttention
from dlcourse.layers.multi_head_attention import MultiHeadAttention
from dlcourse.scratch import additive_attention, attention

FLOAT32 = {"rtol": 1e-5, "atol": 1e-5}
KINDS = {
    "scaled dot-product": ScaledDotProductAttention,
    "additive": lambda: AdditiveAttention(5),
    "multi-head": lambda: MultiHeadAttention(2, key_dim=3, value_dim=4),
}
every_kind = pytest.mark.parametrize("kind", KINDS)
seeds = st.integers(0, 2**32 - 1)


def inputs(seed=0, d=4, t_q=3, t_k=5):
    rng = np.random.default_rng(seed)
    shapes = ((2, t_q, d), (2, t_k, 6), (2, t_k, d))
    return [rng.normal(size=shape).astype("float32") for shape in shapes]


def masks(seed=0, t_q=3, t_k=5):
    rng = np.random.default_rng(seed)
    query, value = rng.random((2, t_q)) < 0.7, rng.random((2, t_k)) < 0.6
    query[:, 0] = value[:, 0] = True  # Keras wants something to look at
    return [query, value]


def filled(layer, tensors, seed=1):
    """The layer, built, with random weights."""
    layer(tensors)
    rng = np.random.default_rng(seed)
    layer.set_weights([rng.normal(size=w.shape) for w in layer.get_weights()])
    return layer


def arrays(tensors):
    return [ops.convert_to_numpy(tensor) for tensor in tensors]


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("masked", [False, True])
def test_scaled_dot_product_equals_keras_with_its_scale_set(causal, masked):
    tensors = inputs()
    theirs = keras.layers.Attention(use_scale=True)
    theirs.build([t.shape for t in tensors])
    theirs.set_weights([np.float32(1 / np.sqrt(4))])
    options = {"use_causal_mask": causal, "return_attention_scores": True}
    options["mask"] = masks() if masked else None
    ours = ScaledDotProductAttention()(tensors, **options)
    output, weights = arrays(theirs(tensors, **options))
    np.testing.assert_allclose(arrays(ours)[0], output, **FLOAT32)
    real = masks()[0] if masked else slice(None)  # Keras lets padding look around, to no effect
    np.testing.assert_allclose(arrays(ours)[1][real], weights[real], **FLOAT32)


@pytest.mark.parametrize("masked", [False, True])
def test_additive_equals_keras_behind_its_projections(masked):
    tensors, mask = inputs(), masks() if masked else None
    ours = filled(AdditiveAttention(5), tensors)
    weight = {w.path.split("/", 1)[1]: w for w in ours.weights}
    query, value, key = tensors
    projected = [query @ weight["query/kernel"].numpy(), value, key @ weight["key/kernel"].numpy()]
    theirs = keras.layers.AdditiveAttention()
    theirs.build([t.shape for t in projected])
    theirs.set_weights([weight["score_weights"].numpy()])
    actual, expected = ours(tensors, mask=mask), theirs(projected, mask=mask)
    np.testing.assert_allclose(*arrays([actual, expected]), **FLOAT32)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("value_dim", [None, 7])
def test_multi_head_equals_keras_with_the_same_weights(causal, value_dim):
    tensors = query, value, key = inputs()
    theirs = keras.layers.MultiHeadAttention(2, 3, value_dim)
    theirs(query, value, key)
    ours = filled(MultiHeadAttention(2, 3, value_dim), tensors)
    theirs.set_weights(ours.get_weights())
    seen = np.random.default_rng(3).random((2, 3, 5)) < 0.6
    seen[..., 0] = True
    actual = ours(tensors, attention_mask=seen, use_causal_mask=causal)
    expected = theirs(query, value, key, attention_mask=seen, use_causal_mask=causal)
    np.testing.assert_allclose(*arrays([actual, expected]), **FLOAT32)


def test_multi_head_equals_keras_where_masks_come_with_the_inputs():
    ids = np.array([[3, 1, 2, 0, 0], [4, 4, 4, 4, 0]])
    embedding = keras.layers.Embedding(5, 4, mask_zero=True)
    x = embedding(ids)
    theirs = keras.layers.MultiHeadAttention(2, 3)
    expected = arrays([theirs(x, x)])[0]
    x = embedding(ids)
    ours = MultiHeadAttention(2, 3)
    ours.build([x.shape, x.shape])
    ours.set_weights(theirs.get_weights())
    output = ours([x, x])
    np.testing.assert_allclose(arrays([output])[0][ids > 0], expected[ids > 0], **FLOAT32)
    np.testing.assert_array_equal(arrays([output._keras_mask])[0], ids > 0)


def test_all_equal_the_derivations_in_numpy():
    tensors = query, value, key = inputs()
    seen = np.random.default_rng(3).random((2, 3, 5)) < 0.5  # some queries see nothing
    dot = ScaledDotProductAttention()(tensors, attention_mask=seen, return_attention_scores=True)
    expected = attention.scaled_dot_product_attention(query, key, value, seen)
    for ours, theirs in zip(arrays(dot), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, **FLOAT32)
    layer = filled(AdditiveAttention(5), tensors)
    parameters = dict(zip(("w", "Wq", "Wk"), layer.get_weights(), strict=True))
    context, _ = additive_attention.additive_attention_forward(query, key, value, parameters, seen)
    actual = arrays([layer(tensors, attention_mask=seen)])[0]
    np.testing.assert_allclose(actual, context, **FLOAT32)


@every_kind
@given(seed=seeds)
@settings(max_examples=8)
def test_padding_never_leaks_whatever_stands_there(kind, seed):
    tensors, (query_mask, value_mask) = inputs(seed), masks(seed)
    layer = filled(KINDS[kind](), tensors)
    dirty = [tensor.copy() for tensor in tensors]
    rubbish = np.random.default_rng(seed).choice([np.nan, np.inf, -np.inf, 1e30], size=3)
    options = {"mask": [query_mask, value_mask, value_mask], "return_attention_scores": True}
    for tensor, mask, value in zip(dirty, options["mask"], rubbish, strict=True):
        tensor[~mask] = value
    clean, output = arrays(layer(tensors, **options)), arrays(layer(dirty, **options))
    np.testing.assert_array_equal(output[0], clean[0])
    np.testing.assert_array_equal(output[1], clean[1])
    hidden = output[1].swapaxes(-1, 1)[np.arange(2)[:, None], np.arange(5)][~value_mask]
    assert (hidden == 0).all()


@every_kind
@given(seed=seeds, step=st.integers(0, 3))
@settings(max_examples=8)
def test_the_future_changes_nothing(kind, seed, step):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 5, 4)).astype("float32")
    layer = filled(KINDS[kind](), [x, x])
    other = x.copy()
    other[:, step + 1 :] = 1e3 * rng.normal(size=other[:, step + 1 :].shape)
    first, second = (arrays([layer([a, a], use_causal_mask=True)])[0] for a in (x, other))
    np.testing.assert_array_equal(first[:, : step + 1], second[:, : step + 1])
    assert not np.allclose(first[:, step + 1 :], second[:, step + 1 :])


@every_kind
@given(seed=seeds)
@settings(max_examples=8)
def test_weights_are_shares_of_what_may_be_seen(kind, seed):
    tensors = inputs(seed)
    seen = np.random.default_rng(seed).random((2, 3, 5)) < 0.4
    layer = filled(KINDS[kind](), tensors)
    output, weights = arrays(layer(tensors, attention_mask=seen, return_attention_scores=True))
    seen = seen if weights.ndim == 3 else np.broadcast_to(seen[:, None], weights.shape)
    assert (weights[~seen] == 0).all() and (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(-1), seen.any(-1), rtol=1e-6)
    assert np.isfinite(output).all()


def test_gradients_do_not_reach_padding():
    tf = pytest.importorskip("tensorflow")
    tensors, (query_mask, value_mask) = [tf.constant(a) for a in inputs()], masks()
    layer = filled(MultiHeadAttention(2, 3), tensors)
    dirty = [tf.where(value_mask[..., None], tensor, np.nan) for tensor in tensors[1:]]
    with tf.GradientTape() as tape:
        tape.watch([tensors[0], *dirty])
        mask = [query_mask, value_mask, value_mask]
        total = tf.reduce_sum(layer([tensors[0], *dirty], mask=mask) ** 2)
    by_query, *others = tape.gradient(total, [tensors[0], *dirty])
    assert np.isfinite(by_query).all()
    for gradient in others:
        assert (gradient.numpy()[~value_mask] == 0).all() and np.isfinite(gradient).all()


def test_heads_are_independent_attentions_summed_up():
    tensors = query, value, key = inputs()
    layer = filled(MultiHeadAttention(2, 3), tensors)
    Wq, bq, Wk, bk, Wv, bv, Wo, bo = layer.get_weights()
    total = bo
    for h in range(2):
        head = [x @ W[:, h] + b[h] for x, W, b in ((query, Wq, bq), (key, Wk, bk), (value, Wv, bv))]
        total = total + attention.scaled_dot_product_attention(*head)[0] @ Wo[h]
    np.testing.assert_allclose(arrays([layer(tensors)])[0], total, **FLOAT32)


@every_kind
def test_training_finds_the_marked_step(kind):
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    keys = np.eye(4, dtype="float32")[rng.permuted(np.tile(np.arange(4), (64, 1)), axis=1)]
    values = rng.normal(size=(64, 4, 1)).astype("float32")
    query, target = np.ones((64, 1, 4), "float32"), np.sum(values * keys[..., :1], axis=1)
    entries = [keras.Input(a.shape[1:]) for a in (query, values, keys)]
    inputs = [entries[0], entries[1], keras.layers.Dense(4)(entries[2])]
    attended, last = KINDS[kind]()(inputs), keras.layers.Dense(1, kernel_initializer="ones")
    model = keras.Model(entries, last(keras.layers.Flatten()(attended)))
    model.compile(keras.optimizers.Adam(0.1), "mse", jit_compile=False)
    losses = model.fit([query, values, keys], target, 64, 60, verbose=0).history["loss"]
    assert losses[-1] < 0.1 * np.var(target)


def test_symbolic_weights_have_their_shape():
    query, value = keras.Input((3, 4)), keras.Input((5, 4))
    for kind, shape in (("scaled dot-product", (None, 3, 5)), ("multi-head", (None, 2, 3, 5))):
        output, weights = KINDS[kind]()([query, value], return_attention_scores=True)
        assert (output.shape, weights.shape) == ((None, 3, 4), shape)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: ScaledDotProductAttention(dropout=1.0), "dropout: expected a share .* got 1.0"),
        (lambda: AdditiveAttention(0), "units: expected a whole number of at least 1; got 0"),
        (lambda: MultiHeadAttention(1.5, 3), "num_heads: expected a whole number"),
        (lambda: MultiHeadAttention(2, 3, value_dim=0), "value_dim: expected a whole number"),
        (lambda: ScaledDotProductAttention()(inputs(d=3)[0]), r"inputs: expected a list \[query"),
        (
            lambda: ScaledDotProductAttention()(inputs()[:2]),
            "key: expected vectors of 4 numbers, as in the query; got 6. AdditiveAttention",
        ),
    ],
)
def test_bad_input_is_explained(action, message):
    with pytest.raises(ValueError, match=message):
        action()
