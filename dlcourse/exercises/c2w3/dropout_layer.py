"""Exercise of c2w3: inverted dropout as a Keras layer."""

import numpy as np

from dlcourse.grading import (
    FLOAT32,
    assert_close,
    assert_shape,
    exercise,
    helper,
    mistake,
    standard_error,
)

__all__ = ["InvertedDropout"]


@helper
def through_a_file(layer, inputs):
    """The configuration's rate, and what the layer gives in training once loaded from a file."""
    import tempfile  # noqa: PLC0415 - a helper travels as source
    from pathlib import Path  # noqa: PLC0415

    import keras  # noqa: PLC0415

    start = keras.Input(inputs.shape[1:])
    model = keras.Model(start, layer(start, training=True))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.keras")
        model.save(path)
        own = {type(layer).__name__: type(layer)}
        loaded = keras.models.load_model(path, custom_objects=own)
    return keras.ops.convert_to_numpy(loaded(inputs))


def _dropout(rate, seed=None, options=None, **changed):
    """A layer for the mistakes: its mask, its scale, its prediction or its config may be others."""
    import keras  # noqa: PLC0415 - only where a layer is made: it takes seconds

    mask = changed.get("mask", lambda layer, x: keras.random.uniform(
        keras.ops.shape(x), seed=layer.seed_generator) >= rate)  # fmt: skip
    divisor = changed.get("divisor", 1 - rate)
    predict = changed.get("predict", lambda layer, x: x)

    class InvertedDropout(keras.layers.Layer):
        def __init__(self, rate, seed=None, **options):
            super().__init__(**options)
            self.rate, self.seed = rate, seed
            self.seed_generator = keras.random.SeedGenerator(seed)

        def call(self, inputs, training=False):
            if not training:
                return predict(self, inputs)
            return keras.ops.where(mask(self, inputs), inputs / divisor, 0)

        def get_config(self):
            config = {**super().get_config(), "rate": self.rate, "seed": self.seed}
            return changed.get("config", lambda config: config)(config)

    return InvertedDropout(rate, seed, **(options or {}))


# a reference that is only named does not show that it is a class, whose instances are objects
@exercise(
    points=3,
    reference="dlcourse.exercises.c2w3.layer_answers:InvertedDropout",
    returns_objects=True,
)
class InvertedDropout:
    """Inverted dropout as a Keras layer that can be trained, saved and loaded."""

    hints = (
        "When does the layer do anything at all? And `rate` is the share that falls: which random "
        "numbers stand for the units that stay, and what are those divided by?",
        "In training: keep = (U ≥ rate) with U uniform in [0, 1) of the shape of the inputs; "
        "outputs = inputs / (1 − rate) where keep, else 0. Otherwise: outputs = inputs.",
        "`keep = keras.random.uniform(keras.ops.shape(inputs), seed=self.seed_generator) >= "
        "self.rate`, then `keras.ops.where(keep, inputs / (1 - self.rate), 0)`; and get_config "
        'returns `{**super().get_config(), "rate": self.rate, "seed": self.seed}`',
    )

    def test_prediction(self, InvertedDropout, rng):
        """Without training, with False or with nothing said, the inputs come back."""
        inputs = rng.normal(size=(3, 4)).astype("float32")
        assert_close(InvertedDropout(0.6)(inputs), inputs, "the outputs", FLOAT32)
        for rate in (0.2, 0.5):
            outputs = InvertedDropout(rate)(inputs, training=False)
            assert_close(outputs, inputs, f"the outputs for rate {rate}", FLOAT32)

    def test_training(self, InvertedDropout):
        """A share of `rate` is 0, independently everywhere; the rest is divided by 1 − rate."""
        for rate in (0.2, 0.75):
            inputs = np.full((60, 50), 3.0, np.float32)
            outputs = InvertedDropout(rate)(inputs, training=True)
            assert_shape(outputs, (60, 50), "the outputs")
            fallen = outputs == 0
            expected = np.where(fallen, 0, inputs / (1 - rate)).astype("float32")
            assert_close(outputs, expected, f"the outputs for rate {rate}", tolerance=1e-4)
            slack = standard_error((rate * (1 - rate)) ** 0.5, fallen.size)
            assert abs(fallen.mean() - rate) < slack, (
                f"the rate is {rate}, but {fallen.mean():.3f} of the outputs are 0"
            )
            for axis, what in ((0, "a unit falls for all examples"), (1, "an example falls")):
                assert not fallen.all(axis=axis).any(), f"{what} at once"
                assert fallen.any(axis=axis).all(), f"where {what.partition(' ')[2]}, none does"

    def test_nothing_falls(self, InvertedDropout, rng):
        """With the rate 0 training changes nothing either."""
        inputs = rng.normal(size=(5, 4)).astype("float32")
        assert_close(InvertedDropout(0.0)(inputs, training=True), inputs, "the outputs", FLOAT32)

    def test_new_masks(self, InvertedDropout):
        """Every call draws anew; two layers of the same seed draw the same."""
        inputs = np.ones((6, 10), np.float32)
        layer, twin = InvertedDropout(0.5, seed=7), InvertedDropout(0.5, seed=7)
        first, second = layer(inputs, training=True), layer(inputs, training=True)
        assert_shape(first, (6, 10), "the outputs")
        assert np.any(first != second), "two calls in a row have dropped the same units"
        assert_close(twin(inputs, training=True), first, "the outputs with the same seed", FLOAT32)

    def test_half_precision(self, InvertedDropout):
        """In mixed precision float16 comes out, with the values that it should have."""
        inputs = np.full((8, 9), 1.5, np.float16)
        outputs = InvertedDropout(0.25, dtype="mixed_float16")(inputs, training=True)
        assert_shape(outputs, (8, 9), "the outputs")
        assert outputs.dtype == np.float16, f"the outputs are {outputs.dtype}, expected float16"
        expected = np.where(outputs == 0, 0.0, 2.0)
        assert_close(outputs.astype("float64"), expected, "the outputs", tolerance=1e-3)

    def test_saved_and_loaded(self, InvertedDropout):
        """In a model that is saved and loaded again it still drops at its own rate."""
        inputs = np.ones((40, 50), np.float32)
        outputs = through_a_file(InvertedDropout(0.8, seed=3), inputs)
        assert_shape(outputs, (40, 50), "the outputs")
        fallen = outputs == 0
        assert_close(outputs, np.where(fallen, 0, inputs * 5), "the outputs", tolerance=1e-4)
        slack = standard_error(0.4, fallen.size)
        assert abs(fallen.mean() - 0.8) < slack, (
            f"the rate was 0.8, but {fallen.mean():.3f} of the outputs are 0"
        )

    @mistake("rate is the share that *falls*; you keep it. A unit stays where U ≥ rate.")
    def rate_kept(rate, seed=None, **options):
        import keras  # noqa: PLC0415

        def mask(layer, x):
            return keras.random.uniform(keras.ops.shape(x), seed=layer.seed_generator) < rate

        return _dropout(rate, seed, options, mask=mask, divisor=max(rate, 1e-9))

    @mistake(
        "What stays is not scaled up, so the next layer gets less in training than in prediction. "
        "Divide by 1 − rate."
    )
    def not_scaled(rate, seed=None, **options):
        return _dropout(rate, seed, options, divisor=1)

    @mistake("You divide by rate. What stays is divided by the share that stays, 1 − rate.")
    def divided_by_rate(rate, seed=None, **options):
        return _dropout(rate, seed, options, divisor=max(rate, 1e-9))

    @mistake(
        "Prediction is scaled down: that is the other, older dropout. Inverted dropout scales in "
        "training and leaves prediction alone."
    )
    def scaled_in_prediction(rate, seed=None, **options):
        return _dropout(rate, seed, options, divisor=1, predict=lambda _, x: x * (1 - rate))

    @mistake("Units fall in prediction as well. Look at `training` first.")
    def drops_always(rate, seed=None, **options):
        import keras  # noqa: PLC0415

        def drop(layer, x):
            keep = keras.random.uniform(keras.ops.shape(x), seed=layer.seed_generator) >= rate
            return keras.ops.where(keep, x / (1 - rate), 0)

        return _dropout(rate, seed, options, predict=drop)

    @mistake(
        "An integer as seed gives the same mask at every call. Make one "
        "`keras.random.SeedGenerator` in the constructor and pass that."
    )
    def same_mask_always(rate, seed=None, **options):
        import keras  # noqa: PLC0415

        def mask(layer, x):
            return keras.random.uniform(keras.ops.shape(x), seed=layer.seed or 1) >= rate

        return _dropout(rate, seed, options, mask=mask)

    @mistake(
        "The same units fall for all examples of the batch. Draw a number for every entry: the "
        "mask has the shape of the inputs."
    )
    def one_mask_for_all(rate, seed=None, **options):
        import keras  # noqa: PLC0415

        def mask(layer, x):
            return keras.random.uniform((1, x.shape[-1]), seed=layer.seed_generator) >= rate

        return _dropout(rate, seed, options, mask=mask)

    @mistake(
        "get_config does not tell the rate, so that the layer cannot be built again after loading. "
        'Return `{**super().get_config(), "rate": self.rate, "seed": self.seed}`.'
    )
    def config_forgets(rate, seed=None, **options):
        def without(config):
            return {name: config[name] for name in config if name not in ("rate", "seed")}

        return _dropout(rate, seed, options, config=without)

    @mistake(
        "NumPy cannot draw for a model, whose batch size is not known yet (and its draws would be "
        "frozen in the graph). Use keras.random and keras.ops within call."
    )
    def numpy_mask(rate, seed=None, **options):
        def mask(layer, x):
            return np.random.rand(*x.shape) >= rate  # noqa: NPY002

        return _dropout(rate, seed, options, mask=mask)
