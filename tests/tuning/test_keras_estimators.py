"""The wrappers are scikit-learn estimators in every respect that scikit-learn can check."""

import pickle
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from joblib import cpu_count
from joblib.externals.loky import get_reusable_executor
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.exceptions import SkipTestWarning
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from dlcourse.models.tunable_mlp import build_tunable_classifier, build_tunable_regressor
from dlcourse.tuning import KerasClassifier, KerasRegressor
from dlcourse.tuning.keras_estimator import PREDICTED_AT_ONCE


def small_classifier(input_shape, classes, *, units=16):
    return build_tunable_classifier(input_shape, classes, units=units, learning_rate=2e-2)


def small_regressor(input_shape, outputs, *, units=16):
    return build_tunable_regressor(input_shape, outputs, units=units, learning_rate=2e-2)


@pytest.fixture(scope="module")
def digits():
    X, y = load_digits(return_X_y=True)
    return train_test_split(X[:600] / 16, y[:600], random_state=0)


def linear_classifier(input_shape, classes, *, rate=0.1):
    return build_tunable_classifier(input_shape, classes, layers=0, learning_rate=rate)


def linear_regressor(input_shape, outputs, *, rate=0.1):
    return build_tunable_regressor(input_shape, outputs, layers=0, learning_rate=rate)


# what is checked is the wrapper: the model inside is the quickest that learns the checks' data
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "estimator",
    [
        KerasClassifier(linear_classifier, epochs=1, batch_size=4, random_state=0),
        KerasRegressor(linear_regressor, {"rate": 0.2}, epochs=2, batch_size=4, random_state=0),
    ],
    ids=["classifier", "regressor"],
)
def test_scikit_learns_own_checks(estimator):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)  # pandas and array-API: not installed
        warnings.simplefilter("ignore", UserWarning)
        results = check_estimator(estimator, on_fail=None)
    failed = [(r["check_name"], str(r["exception"])) for r in results if r["status"] == "failed"]
    assert failed == []
    passed = [r["check_name"] for r in results if r["status"] == "passed"]
    assert len(passed) > 40
    assert "check_classifiers_train" in passed or "check_regressors_train" in passed


def test_the_builders_own_arguments_are_searched(digits):
    X, _, y, _ = digits
    search = GridSearchCV(
        KerasClassifier(build_tunable_classifier, epochs=4, random_state=0),
        {"units": [2, 32], "learning_rate": [1e-5, 1e-2]}, cv=2,
    ).fit(X, y)  # fmt: skip
    assert search.best_params_ == {"units": 32, "learning_rate": 1e-2}
    assert search.best_estimator_.model_.layers[1].units == 32
    assert search.best_estimator_.get_params()["units"] == 32


def test_a_step_of_a_pipeline_is_searched_by_name(digits):
    X, _, y, _ = digits
    pipeline = make_pipeline(StandardScaler(), KerasClassifier(small_classifier, epochs=1))
    pipeline.set_params(kerasclassifier__units=5)
    assert clone(pipeline)[-1].arguments == {"units": 5}


def test_a_seed_reproduces_and_another_does_not(digits):
    X, X_test, y, _ = digits

    def probabilities(seed):
        model = KerasClassifier(
            build_tunable_classifier, {"dropout": 0.3}, epochs=2, random_state=seed
        )
        return model.fit(X, y).predict_proba(X_test)

    first = probabilities(1)
    np.testing.assert_allclose(probabilities(1), first, atol=1e-6)
    assert np.abs(probabilities(2) - first).max() > 0.01


def test_fitted_estimators_do_not_disturb_each_other(digits):
    X, X_test, y, y_test = digits
    good = KerasClassifier(small_classifier, epochs=15, random_state=0).fit(X, y)
    before = good.predict_proba(X_test)
    KerasClassifier(small_classifier, epochs=1, random_state=9).fit(X[::-1], y)  # shares the model
    np.testing.assert_array_equal(good.predict_proba(X_test), before)
    assert good.score(X_test, y_test) > 0.9


def test_many_examples_are_predicted_in_parts(digits):
    X, _, y, _ = digits
    fitted = KerasClassifier(linear_classifier, epochs=1, random_state=0).fit(X, y)
    many = fitted.predict_proba(np.tile(X, (3, 1)))
    np.testing.assert_allclose(many, np.tile(fitted.predict_proba(X), (3, 1)), atol=1e-6)
    assert len(many) > PREDICTED_AT_ONCE


def test_pickling_keeps_the_numbers(digits):
    X, X_test, y, _ = digits
    fitted = KerasClassifier(small_classifier, epochs=1, random_state=0).fit(X, y)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_allclose(again.predict_proba(X_test), fitted.predict_proba(X_test), atol=1e-7)


def test_early_stopping_goes_back_to_the_best(digits):
    X, _, y, _ = digits
    model = KerasClassifier(
        small_classifier, epochs=200, validation_fraction=0.3, patience=2, random_state=0
    ).fit(X, y)
    watched = model.history_["val_loss"]
    assert len(watched) < 200
    assert np.argmin(watched) == len(watched) - 3


def accuracy_and_threads(estimator, X, y):
    """How good it is, and how many threads TensorFlow has for its operations, by their name."""
    import tensorflow as tf

    tf.linalg.matmul(np.ones((600, 600)), np.ones((600, 600)))  # starts all that there may be
    names = [path.read_text() for path in Path("/proc/self/task").glob("*/comm")]
    computing = sum(name.startswith("tf_Compute") for name in names)
    return {"accuracy": estimator.score(X, y), "threads": computing}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="names of threads: Linux only")
def test_two_jobs_give_what_one_gives_and_share_the_cores(digits, monkeypatch):
    X, _, y, _ = digits
    for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        monkeypatch.delenv(name, raising=False)
    model = KerasClassifier(small_classifier, epochs=2, random_state=0)
    search = partial(GridSearchCV, model, {"units": [4, 8]}, cv=2, refit=False)
    alone = search().fit(X, y).cv_results_["mean_test_score"]
    get_reusable_executor().shutdown(wait=True)  # workers know the environment they began in
    together = search(n_jobs=2, scoring=accuracy_and_threads).fit(X, y).cv_results_
    np.testing.assert_allclose(together["mean_test_accuracy"], alone, atol=0.02)
    allowed = max(1, cpu_count() // 2) + 1  # one beside them belongs to the input pipeline
    assert max(together[f"split{k}_test_threads"].max() for k in (0, 1)) <= allowed


def test_images_keep_their_shape():
    X, y = np.random.default_rng(0).random((30, 4, 4, 1)), np.arange(30) % 3
    fitted = KerasClassifier(small_classifier, epochs=1).fit(X, y)
    assert fitted.model_.input_shape == (None, 4, 4, 1)
    assert fitted.predict(X).shape == (30,)


@pytest.mark.parametrize(
    ("estimator", "message"),
    [
        (KerasClassifier(3), "build: expected a function that returns a model; got 3"),
        (KerasClassifier(small_classifier, {"unit": 3}), "unit: not a keyword argument .* units"),
        (KerasClassifier(small_classifier, [3]), r"arguments: expected a dictionary or None; got"),
        (KerasClassifier(small_classifier, validation_fraction=1.0), "validation_fraction: expect"),
        (KerasClassifier(small_classifier, epochs=0), "epochs: expected at least 1; got 0"),
    ],
)
def test_bad_parameters_are_named_when_fitting(estimator, message):
    with pytest.raises(ValueError, match=message):
        estimator.fit(np.eye(4), [0, 1, 0, 1])


def test_a_builder_whose_argument_has_the_name_of_ours():
    def build(input_shape, classes, epochs=3):
        return None

    with pytest.raises(ValueError, match="build: epochs is already a parameter"):
        KerasClassifier(build).fit(np.eye(4), [0, 1, 0, 1])


def test_an_unknown_parameter_cannot_be_set():
    with pytest.raises(ValueError, match="unitz: not a keyword argument of the builder"):
        KerasClassifier(small_classifier).set_params(unitz=3)


def test_one_sigmoid_unit_is_enough_for_two_classes():
    import keras

    def build(input_shape):
        layers = [keras.Input(input_shape), keras.layers.Dense(1, "sigmoid")]
        model = keras.Sequential(layers)
        model.compile(keras.optimizers.SGD(1.0), "binary_crossentropy")
        return model

    X, y = np.array([[-1.0], [-2.0], [1.0], [2.0]]), ["no", "no", "yes", "yes"]
    fitted = KerasClassifier(build, epochs=20, random_state=0).fit(X, y)
    assert fitted.predict(X).tolist() == y
    assert fitted.predict_proba(X).shape == (4, 2)


def test_several_targets():
    X = np.random.default_rng(0).standard_normal((60, 2))
    fitted = KerasRegressor(linear_regressor, epochs=20, batch_size=8, random_state=0)
    fitted.fit(X, X @ [[1, 0], [2, 1]])
    assert fitted.predict(X).shape == (60, 2)
    assert fitted.score(X, X @ [[1, 0], [2, 1]]) > 0.9
