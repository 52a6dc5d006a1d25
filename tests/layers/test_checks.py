"""The checks of the contract see what they are for: each fails for a layer that is broken so."""

import keras
import pytest

from tests.layers import checks
from tests.layers.contract import LayerCase

# NumPy's, about TensorFlow's arrays; warnings are no errors in the processes of the contract
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@keras.saving.register_keras_serializable(package="dlcourse")
class Scaling(keras.layers.Layer):
    """A layer that keeps the contract: numbers times a weight, plus noise in training."""

    def __init__(self, start=1.0, noise=0.0, **kwargs):
        super().__init__(**kwargs)
        self.start, self.noise = start, noise
        self.supports_masking = True
        self.seed_generator = keras.random.SeedGenerator(1)

    def build(self, input_shape):
        initializer = keras.initializers.Constant(self.start)
        shape = (input_shape[-1],)
        self.factor = self.add_weight(shape=shape, initializer=initializer, name="factor")
        self.seen = self.add_weight(shape=(), trainable=False, initializer="zeros", name="seen")

    def call(self, inputs, training=False):
        outputs = inputs * self.factor
        if not training:
            return outputs
        noise = keras.random.normal(keras.ops.shape(inputs), seed=self.seed_generator)
        return outputs + self.noise * keras.ops.cast(noise, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "start": self.start, "noise": self.noise}


class WrongShape(Scaling):
    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 2 * input_shape[-1])


class ForgetsAnArgument(Scaling):
    def get_config(self):
        return {key: value for key, value in super().get_config().items() if key != "noise"}


class AlwaysTheDefault(Scaling):
    def get_config(self):
        return {**super().get_config(), "noise": 0.0}


class SwapsArguments(Scaling):
    def get_config(self):
        return {**super().get_config(), "start": self.noise, "noise": self.start}


class NotRegistered(Scaling):
    pass


class OtherWeightsAfterLoading(Scaling):
    def load_own_variables(self, store):
        pass


class NoisyInference(Scaling):
    def call(self, inputs, training=False):
        return super().call(inputs, training=True)


class CountsInInference(Scaling):
    def call(self, inputs, training=False):
        self.seen.assign(self.seen + 1)
        return inputs * self.factor


class StopsTheGradient(Scaling):
    def call(self, inputs, training=False):
        return inputs * keras.ops.stop_gradient(self.factor)


class InfiniteGradient(Scaling):
    def call(self, inputs, training=False):
        return inputs * self.factor + keras.ops.sqrt(inputs - inputs)


class WidensHalfPrecision(Scaling):
    def call(self, inputs, training=False):
        return keras.ops.cast(inputs, "float32") * keras.ops.cast(self.factor, "float32")


class OverflowsInHalfPrecision(Scaling):
    def call(self, inputs, training=False):
        return inputs * self.factor * 1e3 * 1e3 / 1e6


class DropsTheMask(Scaling):
    def compute_mask(self, inputs, previous_mask):
        return None


class LooksAtMaskedSteps(Scaling):
    def call(self, inputs, training=False):
        return inputs * self.factor + keras.ops.mean(inputs, axis=1, keepdims=True)


class LooksAtOtherExamples(Scaling):
    def call(self, inputs, training=False):
        return inputs * self.factor - keras.ops.mean(inputs, axis=0)


class OneBatchSize(Scaling):
    def call(self, inputs, training=False):
        return inputs * keras.ops.ones((3, 1, 1)) * self.factor  # one example becomes three


class NeedsTheNumbers(Scaling):
    def call(self, inputs, training=False):
        return inputs * self.factor / float(keras.ops.max(inputs))  # not while it is traced


BROKEN = [
    (WrongShape, checks.shapes_agree),
    (ForgetsAnArgument, checks.config_holds_every_argument),
    (SwapsArguments, checks.config_holds_every_argument),
    (AlwaysTheDefault, checks.config_holds_every_argument),
    (AlwaysTheDefault, checks.config_follows_every_change),
    (NotRegistered, checks.survives_serialization),
    (OtherWeightsAfterLoading, checks.survives_a_file),
    (NoisyInference, checks.inference_changes_nothing),
    (CountsInInference, checks.inference_changes_nothing),
    (StopsTheGradient, checks.gradients_reach_every_weight),
    (InfiniteGradient, checks.gradients_reach_every_weight),
    (WidensHalfPrecision, checks.computes_in_half_precision),
    (OverflowsInHalfPrecision, checks.computes_in_half_precision),
    (DropsTheMask, checks.masks_go_on_as_declared),
    (LooksAtMaskedSteps, checks.masks_go_on_as_declared),
    (LooksAtOtherExamples, checks.any_batch_size),
    (OneBatchSize, checks.any_batch_size),
    (NeedsTheNumbers, checks.keras_is_content),
]


def case_of(cls, mask="same"):
    return LayerCase(cls.__name__, lambda: cls(start=2.0, noise=0.5), (3, 4, 5), mask=mask)


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_a_sound_layer_passes(check):
    # anew, because in one run of the whole suite another class had the name; which is not known
    keras.saving.register_keras_serializable(package="dlcourse")(Scaling)
    check(case_of(Scaling))


@pytest.mark.parametrize(
    ("cls", "check"), BROKEN, ids=[f"{cls.__name__}-{check.__name__}" for cls, check in BROKEN]
)
def test_a_broken_layer_is_seen(cls, check):
    if cls is not NotRegistered:
        keras.saving.register_keras_serializable(package="dlcourse")(cls)
    with pytest.raises((AssertionError, ValueError, TypeError)):
        check(case_of(cls))


def test_a_mask_that_nobody_declared():
    with pytest.raises(AssertionError, match="declare mask="):
        checks.masks_go_on_as_declared(case_of(Scaling, mask="unsupported"))


def test_every_check_is_seen_to_fail():
    assert {check for _, check in BROKEN} == set(checks.CHECKS)
