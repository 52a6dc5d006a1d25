"""What an optimizer has to do besides its steps: be saved, compiled, take sparse rows, complain."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from dlcourse import optimizers
from dlcourse.scratch.optimizers import find_optimizer
from tests.optimizers.walks import PAIRS

RNG = np.random.default_rng(1)
X = RNG.standard_normal((24, 3)).astype("float32")
Y = RNG.standard_normal((24, 1)).astype("float32")
# arguments that differ from every default
OTHER = {
    "SGD": {},
    "Momentum": {"momentum": 0.7},
    "Nesterov": {"momentum": 0.7},
    "Adagrad": {"initial_accumulator_value": 0.3, "epsilon": 1e-3},
    "Adadelta": {"rho": 0.7, "epsilon": 1e-3},
    "RMSprop": {"rho": 0.7, "epsilon": 1e-3},
    "Adam": {"beta_1": 0.7, "beta_2": 0.8, "epsilon": 1e-3},
}


def linear(optimizer, **compile_arguments):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(optimizer, "mse", **compile_arguments)
    return model


def train(model):
    model.fit(X, Y, batch_size=8, epochs=1, shuffle=False, verbose=0)
    return model.get_weights()


@pytest.mark.parametrize("name", OTHER)
def test_configuration_is_whole(name):
    shared = {"clipnorm": 2.0, "weight_decay": 0.1, "use_ema": True, "name": "mine"}
    optimizer = getattr(optimizers, name)(0.25, **OTHER[name], **shared)
    config = json.loads(json.dumps(keras.saving.serialize_keras_object(optimizer)))
    assert config["registered_name"] == f"dlcourse>{name}"
    again = keras.saving.deserialize_keras_object(config)
    assert type(again) is type(optimizer)
    assert again.get_config() == optimizer.get_config()
    expected = {"learning_rate": 0.25, **OTHER[name], **shared}
    assert expected.items() <= again.get_config().items()


# Keras's own reading of its variables, under this NumPy
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("name", OTHER)
def test_a_saved_model_goes_on_where_it_was(name, tmp_path):
    model = linear(getattr(optimizers, name)(0.05, **OTHER[name]))
    train(model)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    for ours, theirs in zip(train(model), train(loaded), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize("name", ["Adam", "Nesterov"])
def test_compiled_by_xla_the_steps_are_the_same(name):
    results = []
    for jit_compile in (False, True):
        keras.utils.set_random_seed(0)
        results.append(train(linear(PAIRS[name][0](0.05), jit_compile=jit_compile)))
    for plain, compiled in zip(*results, strict=True):
        np.testing.assert_allclose(plain, compiled, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", PAIRS)
def test_only_some_rows_of_an_embedding(name):
    found = []
    for make in PAIRS[name]:
        table, optimizer = keras.Variable(np.ones((4, 2), "float32")), make(learning_rate=0.1)
        for _ in range(3):
            # row 2 twice: its gradients add up before they are squared
            rows = tf.IndexedSlices(
                tf.constant([[1.0, 2.0], [3.0, -4.0], [0.5, 0.5]]),
                tf.constant([2, 0, 2]),
                tf.constant([4, 2]),
            )
            optimizer.apply([rows], [table])
        found.append(table.numpy())
    np.testing.assert_allclose(*found, rtol=1e-5)
    assert np.abs(found[0][2] - 1).min() > 1e-6


def test_mixed_precision_with_a_scaled_loss():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, dtype="mixed_float16")])
    scaled = keras.optimizers.LossScaleOptimizer(optimizers.Adam(0.05))
    model.compile(scaled, "mse")
    losses = model.fit(X, Y, batch_size=8, epochs=3, verbose=0).history["loss"]
    assert losses[-1] < losses[0]


@pytest.mark.parametrize(
    ("ours", "name", "hyperparameters"),
    [
        (lambda: optimizers.SGD(0.1), "sgd", {"learning_rate": 0.1}),
        (lambda: optimizers.Momentum(0.02, 0.8), "momentum", {"learning_rate": 0.1, "beta": 0.8}),
        (lambda: optimizers.Nesterov(0.02, 0.8), "nesterov", {"learning_rate": 0.1, "beta": 0.8}),
        (
            lambda: optimizers.Adagrad(0.1, 0.0, epsilon=1e-14),
            "adagrad",
            {"learning_rate": 0.1, "epsilon": 1e-7},
        ),
        (
            lambda: optimizers.Adadelta(0.1, 0.9, epsilon=1e-3),
            "adadelta",
            {"learning_rate": 0.1, "rho": 0.9, "epsilon": 1e-3},
        ),
        (
            lambda: optimizers.RMSprop(0.1, 0.8, epsilon=1e-14),
            "rmsprop",
            {"learning_rate": 0.1, "beta": 0.8, "epsilon": 1e-7},
        ),
        (lambda: optimizers.Adam(0.1), "adam", {"learning_rate": 0.1}),
    ],
    ids=list(PAIRS),
)
def test_the_derivations_in_numpy_make_the_same_steps(ours, name, hyperparameters):
    optimizer, weight = ours(), keras.Variable(np.zeros(3, "float32"))
    initialize, update = find_optimizer(name)
    parameters = {"W1": np.zeros(3)}
    state = initialize(parameters)
    for step in range(8):
        gradient = np.random.default_rng(step).standard_normal(3) + 0.5
        optimizer.apply([ops.convert_to_tensor(gradient, "float32")], [weight])
        parameters, state = update(parameters, {"dW1": gradient}, state, **hyperparameters)
    # Adagrad and RMSprop differ in the place of an epsilon that is not felt at such gradients
    np.testing.assert_allclose(weight.numpy(), parameters["W1"], rtol=2e-5, atol=2e-6)


def test_epsilon_of_adam_is_outside_the_root_and_joins_before_the_correction():
    weight = keras.Variable(0.0)
    optimizers.Adam(1.0, beta_2=0.75, epsilon=1.0).apply([ops.array(6.0)], [weight])
    # s = 0.25 · 36 = 9, √(1 - 0.75) = 0.5: 0.5 · 6 / (√9 + 1); under the root 0.5 · 6 / √(9 + 1)
    assert float(weight.numpy()) == pytest.approx(-0.75)
    # the course's epsilon is ours over √(1 - β₂): 6 / (6 + 2)
    initialize, update = find_optimizer("adam")
    parameters = {"W1": np.zeros(1)}
    state = initialize(parameters)
    after, _ = update(parameters, {"dW1": np.full(1, 6.0)}, state, 1.0, beta2=0.75, epsilon=2.0)
    assert after["W1"].item() == pytest.approx(-0.75)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: optimizers.Momentum(momentum=1.0), r"momentum: .*\[0, 1\); got 1.0"),
        (lambda: optimizers.Nesterov(momentum=-0.1), r"momentum: .*\[0, 1\); got -0.1"),
        (lambda: optimizers.Adagrad(epsilon=0), "epsilon: expected a number above 0; got 0"),
        (
            lambda: optimizers.Adagrad(initial_accumulator_value=-1),
            "initial_accumulator_value: expected a number of at least 0; got -1",
        ),
        (lambda: optimizers.Adadelta(rho=1), r"rho: .*\[0, 1\); got 1"),
        (lambda: optimizers.Adadelta(epsilon=-1), "epsilon: .*above 0; got -1"),
        (lambda: optimizers.RMSprop(rho=2), r"rho: .*\[0, 1\); got 2"),
        (lambda: optimizers.RMSprop(epsilon=0), "epsilon: .*above 0; got 0"),
        (lambda: optimizers.Adam(beta_1=1), r"beta_1: .*\[0, 1\); got 1"),
        (lambda: optimizers.Adam(beta_2=1), r"beta_2: .*\[0, 1\); got 1"),
        (lambda: optimizers.Adam(epsilon=0), "epsilon: .*above 0; got 0"),
        (lambda: optimizers.Adam(nesterov=True), "not recognized: {'nesterov': True}"),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_an_optimizer_without_a_step_says_so():
    with pytest.raises(NotImplementedError, match="StepOptimizer: write the method step"):
        optimizers.StepOptimizer(0.1).apply([ops.array(1.0)], [keras.Variable(1.0)])
