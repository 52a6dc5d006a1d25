"""Exercise of c2w3: batch normalization as a Keras layer."""

import numpy as np

from dlcourse.exercises.c2w3.batch_norm_oracle import normalized, slopes
from dlcourse.exercises.c2w3.batch_norm_probes import (
    after_steps,
    gradients_in_training,
    in_half_precision,
    prediction,
    sizes_of_weights,
    through_a_file,
)
from dlcourse.grading import assert_close, exercise, mistake

__all__ = ["BatchNormalization"]


def _layer(momentum, epsilon, options, **changed):
    """A layer for the mistakes, in which one thing is different."""
    import keras  # noqa: PLC0415 - only where a layer is made: it takes seconds

    ops = keras.ops
    learns = changed.get("learns", (True, True, False, False))
    names = "gamma", "beta", "moving_mean", "moving_variance"
    new = changed.get("new", lambda old, value, keep: keep * old + (1 - keep) * value)

    class BatchNormalization(keras.layers.Layer):
        def __init__(self, momentum=0.99, epsilon=1e-3, **options):
            super().__init__(**options)
            self.momentum, self.epsilon = momentum, epsilon

        def build(self, shape):
            for name, trainable in zip(names, learns, strict=True):
                start = "ones" if name in ("gamma", "moving_variance") else "zeros"
                weight = self.add_weight(
                    shape=shape[-1:], initializer=start, trainable=trainable, name=name
                )
                setattr(self, name, weight)

        def move(self, mean, variance):
            variance = changed.get("kept", lambda v, n: v)(variance, self.batch)
            for average, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
                average.assign(new(average, value, self.momentum))

        def call(self, x, training=False):
            self.batch = x.shape[0]
            mean, variance = ops.moments(x, axes=[0])
            mean, variance = changed.get("moments", lambda m, v: (m, v))(mean, variance)
            if training or changed.get("always_moves"):
                self.move(mean, variance)
            if training in changed.get("averages_where", (False, None)):
                mean, variance = self.moving_mean, self.moving_variance
            scale = changed.get("scale", lambda v, e: 1 / ops.sqrt(v + e))(variance, self.epsilon)
            return self.gamma * (x - mean) * scale + self.beta

        def get_config(self):
            own = {"momentum": self.momentum, "epsilon": self.epsilon}
            return {**super().get_config(), **changed.get("config", own)}

    return BatchNormalization(momentum, epsilon, **options)


# a reference that is only named does not show that it is a class, whose instances are objects
@exercise(
    points=4,
    reference="dlcourse.exercises.c2w3.layer_answers:BatchNormalization",
    returns_objects=True,
)
class BatchNormalization:
    """Batch normalization as a Keras layer, with running averages for prediction."""

    hints = (
        "Four weights, of which two learn. Which statistics normalize in training, which in "
        "prediction, and when do the averages move?",
        "Training: μ, σ² of the batch, averages ← momentum · averages + (1 − momentum) · (μ, σ²). "
        "Prediction: the averages. Both: γ (x − μ) / √(σ² + ε) + β.",
        "`mean, variance = keras.ops.moments(inputs, axes=[0])`; `self.moving_mean.assign("
        "self.momentum * self.moving_mean + (1 - self.momentum) * mean)` and the variance alike; "
        "`self.gamma * (inputs - mean) / keras.ops.sqrt(variance + self.epsilon) + self.beta`",
    )

    def test_what_learns(self, BatchNormalization):
        """γ and β learn, the two averages do not, and each has a number for every unit."""
        for units in (3, 5):
            expected = [(units,), (units,)], [(units,), (units,)]
            found = sizes_of_weights(BatchNormalization(), units)
            assert_close(found, expected, "the shapes of (trainable, other) weights")

    def test_training(self, BatchNormalization, rng):
        """In training a batch is normalized with its own statistics."""
        Z = rng.normal(3, 2, size=(6, 4)).astype("float32")
        gamma, beta = rng.uniform(0.5, 2, 4), rng.normal(size=4)
        outputs, *_ = after_steps(BatchNormalization(epsilon=0.3), [Z], gamma, beta)
        expected = normalized(Z, gamma, beta, 0.3)[0]
        assert_close(outputs, expected, "the outputs", tolerance=1e-3)

    def test_averages(self, BatchNormalization, rng):
        """Each step in training moves the averages towards the batch, by 1 − momentum."""
        batches = [rng.normal(5, 3, size=(4, 2)).astype("float32") for _ in range(2)]
        for momentum in (0.75, 0.9):
            mean, variance = np.zeros(2), np.ones(2)
            for batch in batches:
                _, means, variances = normalized(batch, np.ones(2), np.zeros(2), 1.0)
                mean = momentum * mean + (1 - momentum) * means
                variance = momentum * variance + (1 - momentum) * variances
            _, *found = after_steps(BatchNormalization(momentum=momentum), batches)
            assert_close(found, [mean, variance], "[moving_mean, moving_variance]", 1e-3)

    def test_prediction(self, BatchNormalization, rng):
        """In prediction the averages normalize, an example alone too, and they stay as they are."""
        gamma, beta = rng.uniform(0.5, 2, 3), rng.normal(size=3)
        mean, variance = rng.normal(size=3), rng.uniform(0.5, 4, 3)
        Z = rng.normal(size=(5, 3)).astype("float32")
        expected = gamma * (Z - mean) / np.sqrt(variance + 0.2) + beta
        layer = BatchNormalization(epsilon=0.2)
        outputs, alone, after = prediction(layer, Z, gamma, beta, mean, variance)
        assert_close(outputs, expected, "the outputs", 1e-3)
        assert_close(alone, expected[:1], "the outputs of one example alone", 1e-3)
        assert_close(after, mean, "moving_mean after the prediction", 1e-3)

    def test_half_precision(self, BatchNormalization, rng):
        """In mixed precision float16 comes out, and the averages stay in float32."""
        Z = rng.normal(size=(8, 3)).astype("float16")
        layer = BatchNormalization(momentum=0.5, dtype="mixed_float16")
        kind, error, mean = in_half_precision(layer, Z)
        assert kind == "float16", f"the outputs are {kind}, expected float16"
        assert not error, "the outputs are off by more than half precision explains"
        expected = 0.5 * Z.astype("float64").mean(axis=0)
        assert_close(mean, expected.astype("float32"), "moving_mean", tolerance=0.06)

    def test_gradients(self, BatchNormalization, rng):
        """The gradients go through the statistics of the batch, and reach γ and β."""
        Z, weights = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
        gamma, zero = rng.uniform(0.5, 2, 3), np.zeros(3)

        def cost(Z, gamma, beta):
            return np.sum(weights * normalized(Z, gamma, beta, 0.2)[0])

        expected = [
            slopes(lambda Z: cost(Z, gamma, zero), Z),
            slopes(lambda gamma: cost(Z, gamma, zero), gamma),
            slopes(lambda beta: cost(Z, gamma, beta), zero),
        ]
        layer, arrays = BatchNormalization(epsilon=0.2), (Z, gamma, weights)
        found = gradients_in_training(layer, *[a.astype("float32") for a in arrays])
        assert_close(found, expected, "[dZ, dgamma, dbeta]", tolerance=1e-3)

    def test_saved_and_loaded(self, BatchNormalization, rng):
        """In a model that is saved and loaded it predicts the same, and goes on learning alike."""
        batch = rng.normal(2, 3, size=(6, 2)).astype("float32")
        layer = BatchNormalization(momentum=0.6, epsilon=0.5)
        before, after, mean = through_a_file(layer, batch)
        _, means, variances = normalized(batch, np.ones(2), np.zeros(2), 1.0)
        expected = (batch - 0.4 * means) / np.sqrt(0.6 + 0.4 * variances + 0.5)
        assert_close(before, expected, "the outputs before saving", 1e-3)
        assert_close(after, expected, "the outputs after loading", 1e-3)
        assert_close(mean, (1 - 0.36) * means, "moving_mean after one more step", 1e-3)

    @mistake(
        "The averages normalize in training, too. There the batch's own statistics must, or the "
        "gradients do not know about the normalization."
    )
    def averages_in_training(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, averages_where=(True, False, None))

    @mistake("Prediction uses the batch. There may be one example only: use the averages.")
    def batch_in_prediction(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, averages_where=())

    @mistake("The averages never move. Assign them anew in every call with training=True.")
    def averages_stand_still(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, new=lambda old, value, keep: old + 0 * value)

    @mistake("The averages move in prediction as well. Only training may change the layer.")
    def moves_always(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, always_moves=True)

    @mistake("momentum is the share of the *old* average that is kept, not of the new value.")
    def momentum_reversed(momentum=0.99, epsilon=1e-3, **options):
        def new(old, value, keep):
            return (1 - keep) * old + keep * value

        return _layer(momentum, epsilon, options, new=new)

    @mistake("ε stands outside of the root. It belongs under it: √(σ² + ε).")
    def epsilon_outside(momentum=0.99, epsilon=1e-3, **options):
        import keras  # noqa: PLC0415

        return _layer(momentum, epsilon, options, scale=lambda v, e: 1 / (keras.ops.sqrt(v) + e))

    @mistake("γ and β do not learn. Only the two averages are made with trainable=False.")
    def nothing_learns(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, learns=(False,) * 4)

    @mistake(
        "The averages are trainable, so the optimizer would move them too: make them with "
        "trainable=False."
    )
    def averages_learn(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, learns=(True,) * 4)

    @mistake(
        "No gradient goes through the mean and the variance. They are part of the function: do not "
        "stop it there."
    )
    def statistics_stop_gradients(momentum=0.99, epsilon=1e-3, **options):
        import keras  # noqa: PLC0415

        def stopped(mean, variance):
            return keras.ops.stop_gradient(mean), keras.ops.stop_gradient(variance)

        return _layer(momentum, epsilon, options, moments=stopped)

    @mistake("The variance that is averaged is divided by m − 1. Keep the same σ² that you use.")
    def sample_variance_kept(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, kept=lambda v, n: v * n / max((n or 2) - 1, 1))

    @mistake(
        "get_config forgets momentum and epsilon: after loading they have their default values. "
        "Add both to what super().get_config() gives."
    )
    def config_forgets(momentum=0.99, epsilon=1e-3, **options):
        return _layer(momentum, epsilon, options, config={})
