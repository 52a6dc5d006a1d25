"""Models share a compiled step exactly where they compute and learn the same."""

import keras
import numpy as np
import pytest

from dlcourse.tuning.architecture import architecture
from dlcourse.tuning.shared_models import share


def network(units=3, activation="relu", name=None, dropout=0.0, rate=0.1, loss="mse"):
    layers = [
        keras.Input((2,)),
        keras.layers.Dense(units),
        keras.layers.Activation(activation, name=name),
    ]
    if dropout:
        layers.append(keras.layers.Dropout(dropout))
    model = keras.Sequential([*layers, keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(rate), loss)
    return model


def branched(first=4, second=5):
    inputs = keras.Input((2,))
    parts = [keras.layers.Dense(units)(inputs) for units in (first, second)]
    model = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Concatenate()(parts)))
    model.compile("sgd", "mse")
    return model


def test_names_and_learning_rates_do_not_count():
    assert architecture(network()) == architecture(network(name="rectifier", rate=0.5))
    assert architecture(branched()) == architecture(branched())


@pytest.mark.parametrize(
    "change",
    [
        {"units": 4},
        {"activation": "tanh"},
        # the name of the layer is that of its activation: one must not hide the other
        {"activation": "tanh", "name": "tanh"},
        {"dropout": 0.5},
        {"loss": "mae"},
        {"rate": keras.optimizers.schedules.CosineDecay(0.1, 10)},
    ],
)
def test_everything_else_counts(change):
    assert architecture(network(name="relu")) != architecture(network(**{"name": "relu"} | change))


def test_connections_count():
    assert architecture(branched(4, 5)) != architecture(branched(5, 4))


def test_a_class_without_configuration_is_not_shared():
    class Own(keras.Model):
        def __init__(self, units):
            super().__init__()
            self.dense = keras.layers.Dense(units)

        def build(self, input_shape):
            self.dense.build(input_shape)

        def call(self, inputs):
            return self.dense(inputs)

    models = [Own(2), Own(2)]
    for model in models:
        model.build((None, 2))
        model.compile("sgd", "mse")
    assert share(models[0]) is not share(models[1])


def test_a_shared_model_starts_like_a_fresh_one():
    X, y = np.random.default_rng(0).standard_normal((2, 40, 2)).astype("float32")

    def losses(seed, trained_before):
        keras.utils.set_random_seed(seed)
        fresh = network(dropout=0.5)
        if not trained_before:
            return fresh.fit(X, y[:, :1], epochs=3, verbose=0, shuffle=False).history["loss"]
        shared = share(fresh)
        shared.start_from(fresh)
        return shared.model.fit(X, y[:, :1], epochs=3, verbose=0, shuffle=False).history["loss"]

    first = losses(1, trained_before=True)
    losses(2, trained_before=True)
    np.testing.assert_allclose(losses(1, trained_before=True), first, rtol=1e-6)
    np.testing.assert_allclose(losses(1, trained_before=False), first, rtol=1e-5)


def test_a_model_that_has_learnt_brings_the_state_of_its_optimizer():
    X, y = np.random.default_rng(0).standard_normal((2, 40, 2)).astype("float32")
    learnt = network(units=7)
    learnt.fit(X, y[:, :1], verbose=0)
    state = [v.numpy() for v in learnt.optimizer.variables]
    shared = share(network(units=7))
    shared.start_from(learnt)
    for variable, value in zip(shared.model.optimizer.variables, state, strict=True):
        np.testing.assert_array_equal(variable, value)
    shared.start_from(network(units=7))
    assert int(shared.model.optimizer.iterations) == 0


def test_the_first_of_its_kind_may_have_learnt_already():
    X, y = np.random.default_rng(0).standard_normal((2, 40, 2)).astype("float32")
    learnt = network(units=9)
    learnt.fit(X, y[:, :1], verbose=0)
    shared = share(learnt)
    shared.start_from(learnt)
    assert int(shared.model.optimizer.iterations) == 2
    shared.start_from(network(units=9))
    assert int(shared.model.optimizer.iterations) == 0
