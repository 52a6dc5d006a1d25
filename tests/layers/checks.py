"""What holds for every layer: each check takes a `LayerCase` and raises where it does not hold.

They run in a process of one backend; see contract.py.
"""

import contextlib
import inspect
import io
import json
import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
from keras.src.testing import TestCase

from tests.gradients import layer_gradients
from tests.layers.probing import (
    as_arrays,
    as_lists,
    assert_equal,
    equalize,
    flat_shapes,
    is_plain,
    made_with,
    model_of,
    other_values,
    shapes_of,
    symbolic,
    twins,
    weighted_sum,
)

__all__ = ["CHECKS"]

EVERY_LAYER = {"self", "args", "kwargs", "name", "dtype", "trainable", "activity_regularizer"}
FLOAT16 = 2e-2  # ten bits of mantissa, and a few operations after each other


def shapes_agree(case):
    """Symbolic shape = shape of a real output = compute_output_shape, batch size known or not."""
    layer, inputs = case.make(), case.arrays()
    shapes = keras.tree.map_structure(np.shape, inputs)
    outputs = layer(inputs, **case.call)
    real = [tuple(tensor.shape) for tensor in keras.tree.flatten(outputs)]
    assert shapes_of(case.make()(symbolic(inputs, known=True), **case.call)) == real
    with_batch = flat_shapes(layer.compute_output_shape(shapes))
    assert with_batch == real, f"compute_output_shape says {with_batch}, the output has {real}"
    without = [(None, *shape[1:]) for shape in real]
    assert shapes_of(case.make()(symbolic(inputs), **case.call)) == without
    open_shapes = keras.tree.map_shape_structure(lambda shape: (None, *shape[1:]), shapes)
    assert flat_shapes(case.make().compute_output_shape(open_shapes)) == without


def config_holds_every_argument(case):
    """get_config has each argument of the constructor, with the value that was given."""
    layer, given = made_with(case)
    config = layer.get_config()
    wanted = set(inspect.signature(type(layer).__init__).parameters) - EVERY_LAYER
    assert wanted <= set(config), f"get_config lacks {sorted(wanted - set(config))}"
    for name in wanted & set(given):
        if is_plain(given[name]) and is_plain(config[name]):
            assert _same_meaning(layer, name, given[name]), f"{name}: {config[name]!r}"
    assert config["name"] == layer.name
    assert type(layer).from_config(config).get_config() == config


def config_follows_every_change(case):
    """A number or a switch that is changed in the configuration comes back changed."""
    config = case.make().get_config()
    for name in set(config) - EVERY_LAYER:
        for other in other_values(config[name]):
            try:
                rebuilt = type(case.make()).from_config({**config, name: other})
            except (ValueError, TypeError):
                continue  # this layer has no such variant
            assert rebuilt.get_config()[name] == other, f"{name}: {other!r} is lost"


def survives_serialization(case):
    """The layer is registered, and comes back from JSON text with an equal configuration."""
    layer = case.make()
    described = keras.saving.serialize_keras_object(layer)
    assert described["registered_name"] == f"dlcourse>{type(layer).__name__}", described
    rebuilt = keras.saving.deserialize_keras_object(json.loads(json.dumps(described)))
    assert type(rebuilt) is type(layer)
    assert as_lists(rebuilt.get_config()) == as_lists(layer.get_config())


def survives_a_file(case):
    """A model with random weights gives equal outputs after save and load."""
    inputs, model = case.arrays(), model_of(case)
    rng = np.random.default_rng(1)
    for weight in model.weights:
        if "float" in str(weight.dtype):
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.keras"
        model.save(path)
        loaded = keras.saving.load_model(path)
    assert_equal(loaded(inputs, training=False), model(inputs, training=False), case)
    assert [w.path for w in loaded.weights] == [w.path for w in model.weights]


def inference_changes_nothing(case):
    """Twice the same inference: equal outputs, and no variable is changed by it."""
    layer, inputs = case.make(), case.arrays()
    first = layer(inputs, training=False, **case.call)
    before = [keras.ops.convert_to_numpy(v.value) for v in layer.variables]
    second = layer(inputs, training=False, **case.call)
    after = [keras.ops.convert_to_numpy(v.value) for v in layer.variables]
    np.testing.assert_equal(as_arrays(second), as_arrays(first))
    np.testing.assert_equal(after, before)


def gradients_reach_every_weight(case):
    """In training all derivatives are finite and every trainable weight has one that is not 0."""
    layer, inputs = case.make(), case.arrays()
    layer(inputs, **case.call)
    rng = np.random.default_rng(2)
    # weights that begin at zero would keep others from having a gradient
    for weight in layer.trainable_variables:
        weight.assign(weight + rng.uniform(0.1, 0.3, weight.shape))
    by_weight, by_input = layer_gradients(layer, inputs, weighted_sum, **case.call)
    for path, gradient in by_weight.items():
        if any(part in path for part in case.unreached):
            continue
        assert gradient is not None, f"{path} has no path to the outputs"
        assert np.isfinite(gradient).all(), f"{path}: {gradient}"
        assert np.abs(gradient).max() > 0, f"the gradient of {path} is zero"
    assert all(np.isfinite(gradient).all() for gradient in by_input if gradient is not None)


def computes_in_half_precision(case):
    """With mixed_float16: weights float32, outputs float16 as announced, close to float32's."""
    layer, inputs = case.make(), case.arrays()
    config = {**layer.get_config(), "dtype": "mixed_float16"}
    half = type(layer).from_config(config)
    options = {**case.call, "training": False}
    exact = layer(inputs, **options)
    announced = half(symbolic(inputs), **case.call)
    equalize(half, layer)
    rounded = half(inputs, **options)
    for tensor, spec in zip(*map(keras.tree.flatten, (rounded, announced)), strict=True):
        assert keras.backend.standardize_dtype(tensor.dtype) == spec.dtype
        assert spec.dtype == "float16" or "float" not in spec.dtype, spec.dtype
    assert {str(w.dtype) for w in half.weights if "float" in str(w.dtype)} <= {"float32"}
    for actual, expected in zip(as_arrays(rounded), as_arrays(exact), strict=True):
        scale = max(1.0, np.abs(expected).max(initial=0))
        np.testing.assert_allclose(actual, expected, rtol=FLOAT16, atol=FLOAT16 * scale)


def masks_go_on_as_declared(case):
    """supports_masking and compute_mask are as the case declares, and masked steps are unseen."""
    layer, inputs = case.make(), case.arrays()
    if case.mask == "unsupported":
        assert not layer.supports_masking, "supports_masking is set: declare mask= in the case"
        return
    assert layer.supports_masking
    layer(inputs, **case.call)
    first = keras.tree.flatten(inputs)[0]
    mask = np.random.default_rng(3).random(first.shape[: max(2, first.ndim - 1)]) < 0.6
    mask[:, 0] = True
    if isinstance(inputs, np.ndarray):
        goes_on = layer.compute_mask(inputs, mask)
        assert (goes_on is None) == (case.mask == "gone"), goes_on
        if case.mask == "same":
            np.testing.assert_array_equal(keras.ops.convert_to_numpy(goes_on), mask)
        if case.ignores_masked and first.ndim > 2:
            _assert_blind(case, inputs, mask)


def any_batch_size(case):
    """One example alone gives what it gives in a batch; a model without batch size takes both."""
    inputs, model = case.arrays(), model_of(case)
    alone = keras.tree.map_structure(lambda array: array[:1], inputs)
    together = keras.tree.map_structure(lambda a: a[:1], model(inputs, training=False))
    assert_equal(model(alone, training=False), together, case)


def keras_is_content(case):
    """Keras's own test of a layer, with its training step as each backend compiles it."""
    tester = TestCase("run_layer_test")
    tester.setUp()
    example = case.make()
    config = {key: value for key, value in example.get_config().items() if key != "name"}
    inputs = case.arrays()
    if isinstance(inputs, list):  # its training step goes through tf.data, where a list is an array
        inputs = tuple(inputs)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it trains layers without weights, too
        tester.run_layer_test(
            # from_config, since the constructors need not take what get_config returns
            lambda **changes: type(example).from_config({**config, **changes}),
            init_kwargs={},
            input_data=inputs,
            call_kwargs=case.call,
            supports_masking=case.mask != "unsupported",
            **case.keras_test,
        )
    tester.doCleanups()


CHECKS = (
    shapes_agree,
    config_holds_every_argument,
    config_follows_every_change,
    survives_serialization,
    survives_a_file,
    inference_changes_nothing,
    gradients_reach_every_weight,
    computes_in_half_precision,
    masks_go_on_as_declared,
    any_batch_size,
    keras_is_content,
)


def _same_meaning(layer, name, given):
    """Whether the configuration has the given value, or the same one by another name (swish)."""
    config = layer.get_config()
    if isinstance(given, str):
        return type(layer).from_config({**config, name: given}).get_config()[name] == config[name]
    return as_lists(config[name]) == as_lists(given)


def _assert_blind(case, inputs, mask):
    """Other numbers at masked steps: outputs at the others are the same, in training too."""
    hidden = mask.reshape(mask.shape + (1,) * (inputs.ndim - mask.ndim))
    changed = np.where(hidden, inputs, inputs + 1).astype(inputs.dtype)
    seen = slice(None) if case.mask == "gone" else mask
    for training in (False, True):
        layer, twin = twins(case)
        options = {**case.call, "training": training}
        if layer._call_has_mask_arg:
            options["mask"] = mask
        pair = layer(inputs, **options), twin(changed, **options)
        for ours, theirs in zip(*map(as_arrays, pair), strict=True):
            np.testing.assert_allclose(ours[seen], theirs[seen], rtol=1e-4, atol=1e-4)
