"""Everything together: the model."""

import numpy as np

from dlcourse.exercises.c1w2 import by_hand
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import logistic

__all__ = ["Model"]


def _tasks(rng):
    """Training and test data of three features, of which the second decides."""
    X_train, X_test = rng.normal(size=(3, 20)), rng.normal(size=(3, 9))
    noisy = X_train[1:2] + 0.5 * rng.normal(size=(1, 20))
    return X_train, (noisy > 0).astype(float), X_test, (X_test[1:2] > 0).astype(float)


def _entries(result, *keys):
    """The named entries of a model's result, which may hold others too."""
    assert isinstance(result, dict), "The result should be a dictionary."
    missing = [key for key in keys if key not in result]
    assert not missing, f"The result has no entry {missing[0]!r}; it has {sorted(result)}."
    return {key: result[key] for key in keys}


@exercise(points=2, reference=logistic.model)
class Model:
    """Everything together: initialise, optimise, predict, and measure the accuracy."""

    hints = (
        "You have written every part already. Which data may the training see, and which not?",
        "w, b = initialize_with_zeros(n_x) → optimize on the training part → predict and accuracy "
        "on both parts.",
        "w, b = initialize_with_zeros(X_train.shape[0]); params, grads, costs = "
        "optimize(w, b, X_train, Y_train, num_iterations, learning_rate); then predict with "
        'params["w"] and params["b"]',
    )

    def test_parameters(self, model, rng):
        """Parameters and costs are those of gradient descent from zeros on the training part."""
        X_train, Y_train, X_test, Y_test = _tasks(rng)
        result = model(X_train, Y_train, X_test, Y_test, num_iterations=15, learning_rate=0.7)
        start = np.zeros((3, 1)), 0.0
        params, _, costs = by_hand.descent(*start, X_train, Y_train, 15, 0.7)
        found = _entries(result, "w", "b", "costs")
        assert_close(found, {"w": params["w"], "b": params["b"], "costs": costs}, "the result")

    def test_predictions(self, model, rng):
        """Both parts of the data are predicted with the trained parameters."""
        X_train, Y_train, X_test, Y_test = _tasks(rng)
        result = model(X_train, Y_train, X_test, Y_test, num_iterations=12, learning_rate=0.6)
        params, _, _ = by_hand.descent(np.zeros((3, 1)), 0.0, X_train, Y_train, 12, 0.6)
        for part, X in (("train", X_train), ("test", X_test)):
            expected = (params["w"].T @ X + params["b"] > 0).astype(float)
            key = f"Y_prediction_{part}"
            assert_close(_entries(result, key), {key: expected}, "the result")

    def test_accuracies(self, model):
        """The accuracies are measured on the part that they are named after."""
        X_train, Y_train = np.array([[-2.0, -1.0, 1.0, 2.0]]), np.array([[0.0, 0.0, 1.0, 1.0]])
        X_test, Y_test = np.array([[-3.0, -1.0, 3.0, 1.0]]), np.array([[0.0, 1.0, 1.0, 1.0]])
        result = model(X_train, Y_train, X_test, Y_test, num_iterations=10, learning_rate=1.0)
        found = _entries(result, "train_accuracy", "test_accuracy")
        assert_close(found, {"train_accuracy": 1.0, "test_accuracy": 0.75}, "the result")

    def test_settings_are_returned(self, model, rng):
        """The result tells with which settings it was made."""
        result = model(*_tasks(rng), num_iterations=3, learning_rate=0.25)
        found = _entries(result, "num_iterations", "learning_rate")
        assert_close(found, {"num_iterations": 3, "learning_rate": 0.25}, "the settings")

    @mistake(
        "You train on the test part. It may only be predicted, or its accuracy says nothing about "
        "new data."
    )
    def trained_on_the_test_part(
        X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5
    ):
        learned = logistic.model(X_test, Y_test, X_train, Y_train, num_iterations, learning_rate)
        return _with_params(learned, X_train, Y_train, X_test, Y_test)

    @mistake(
        "num_iterations and learning_rate are not passed on to optimize, which then uses its own "
        "defaults."
    )
    def settings_not_passed_on(
        X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5
    ):
        result = logistic.model(X_train, Y_train, X_test, Y_test, 100, 0.009)
        return result | {"num_iterations": num_iterations, "learning_rate": learning_rate}

    @mistake(
        "You predict with the parameters from before the training. Take the trained ones out of "
        "what optimize returns."
    )
    def untrained_parameters(
        X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5
    ):
        result = logistic.model(X_train, Y_train, X_test, Y_test, num_iterations, learning_rate)
        zeros = result | {"w": np.zeros((X_train.shape[0], 1)), "b": 0.0}
        return _with_params(zeros, X_train, Y_train, X_test, Y_test)

    @mistake("The results of the training part and of the test part are exchanged.")
    def parts_exchanged(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5):
        result = logistic.model(X_train, Y_train, X_test, Y_test, num_iterations, learning_rate)
        return result | {
            "Y_prediction_train": result["Y_prediction_test"],
            "Y_prediction_test": result["Y_prediction_train"],
            "train_accuracy": result["test_accuracy"],
            "test_accuracy": result["train_accuracy"],
        }

    @mistake("The accuracies are in percent. Return them as accuracy gives them, between 0 and 1.")
    def accuracies_in_percent(
        X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5
    ):
        result = logistic.model(X_train, Y_train, X_test, Y_test, num_iterations, learning_rate)
        percent = {k: 100 * result[k] for k in ("train_accuracy", "test_accuracy")}
        return result | percent


def _with_params(result, X_train, Y_train, X_test, Y_test):
    """The result of a model, with predictions that follow from its w and b."""
    train, test = (logistic.predict(result["w"], result["b"], X) for X in (X_train, X_test))
    return result | {
        "Y_prediction_train": train,
        "Y_prediction_test": test,
        "train_accuracy": logistic.accuracy(train, Y_train),
        "test_accuracy": logistic.accuracy(test, Y_test),
    }
