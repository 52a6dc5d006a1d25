"""A scikit-learn estimator around a function that builds a Keras model."""

import contextlib
import inspect
import random
from functools import partial

import keras
import numpy as np
from sklearn.base import BaseEstimator
from sklearn.model_selection import train_test_split
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from dlcourse.tuning.architecture import architecture
from dlcourse.tuning.shared_models import find, share
from dlcourse.tuning.worker_threads import limit_threads

__all__ = ["KerasEstimator", "seeded"]

PREDICTED_AT_ONCE = 1024
_GIVEN = ("input_shape", "classes", "outputs")  # what the data decide, not the search


class KerasEstimator(BaseEstimator):
    """What `KerasClassifier` and `KerasRegressor` share; not used by itself.

    The keyword arguments of the builder are parameters of the estimator, beside those below: a
    search finds them by their own names, `GridSearchCV(estimator, {"units": [32, 64]})`. The
    arguments `input_shape`, `classes` and `outputs` come from the data, where the builder has them.

    Args:
        build: function that returns a `keras.Model`; compiled, or it is compiled with Adam and the
            loss that fits the task. A lambda works, but cannot be pickled for several jobs.
        arguments: dictionary of keyword arguments for the builder that differ from its defaults.
        epochs: passes over the training data, >= 1.
        batch_size: examples per step, >= 1.
        validation_fraction: share of the training data held back to watch, in [0, 1).
        patience: stop when the watched loss has not fallen for so many epochs, and go back to the
            best weights; None trains to the end.
        random_state: int, numpy RandomState or None: seeds the split, the weights, the order of
            the batches and dropout.
        verbose: as in `keras.Model.fit`; 0 prints nothing.

    Attributes:
        history_: dict from the name of a loss or metric to its list, a number per epoch.
        n_features_in_: number of features, where X is a table.
    """

    def __init__(  # noqa: PLR0913 (scikit-learn wants every parameter by name)
        self, build, arguments=None, *, epochs=20, batch_size=32, validation_fraction=0.0,
        patience=None, random_state=None, verbose=0,
    ):  # fmt: skip
        self.build = build
        self.arguments = arguments
        self.epochs = epochs
        self.batch_size = batch_size
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.random_state = random_state
        self.verbose = verbose

    def get_params(self, deep=True):
        """Parameters by name; the builder's own keyword arguments too, unless deep is False."""
        own = super().get_params(deep=False)
        # cloning asks for what the constructor takes, searching for what can be set
        return self._chosen() | own if deep else own

    def set_params(self, **params):
        """Set parameters of the estimator and keyword arguments of the builder, by name.

        Raises:
            ValueError: there is no such parameter.
        """
        own = super().get_params(deep=False).keys()
        super().set_params(**{name: value for name, value in params.items() if name in own})
        others = {name: value for name, value in params.items() if name not in own}
        self._check_arguments(others)
        if others:
            self.arguments = {**(self.arguments or {}), **others}
        return self

    @property
    def model_(self):
        """The fitted model, a `keras.Model` of its own that may be changed."""
        check_is_fitted(self)
        model = self._compiled(self._built_with)
        for variable, value in zip(model.variables, self._numbers, strict=True):
            variable.assign(value)
        return model

    def _fit(self, X, y, **from_data):
        """Build a model and train it; y is already what the loss takes."""
        self._check_parameters()
        limit_threads()
        seed = int(check_random_state(self.random_state).randint(2**31))
        train, validation = self._split(X, y, seed)
        given = {"input_shape": X.shape[1:], **from_data}
        signature = inspect.signature(self.build).parameters
        self._built_with = self._chosen() | {n: v for n, v in given.items() if n in signature}
        with seeded(seed):
            fresh = self._compiled(self._built_with)
            self._architecture = architecture(fresh)
            shared = share(fresh)
            with shared.lock:
                shared.start_from(fresh)
                history = shared.model.fit(
                    *train, epochs=self.epochs, batch_size=self.batch_size, verbose=self.verbose,
                    validation_data=validation, callbacks=self._callbacks(),
                )  # fmt: skip
                self._mark = object()  # another fit of the same estimator has other numbers
                self._numbers = shared.numbers(owner=self._mark)
        self.history_ = {name: list(map(float, row)) for name, row in history.history.items()}
        return self

    def _predict(self, X):
        """Outputs of the model for checked X, an array (m, outputs) of float32."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype="float32", allow_nd=True)
        # building a model only to find the one that is there already would take most of the time
        shared = find(self._architecture) or share(self._compiled(self._built_with))
        with shared.lock:
            shared.hold(self._mark, self._numbers)
            return _outputs(shared.model, X)

    def _compiled(self, arguments):
        model = self.build(**arguments)
        if not getattr(model, "compiled", False):
            model.compile("adam", self._loss)
        return model

    def _callbacks(self):
        if self.patience is None:
            return []
        watched = "val_loss" if self.validation_fraction else "loss"
        stopping = keras.callbacks.EarlyStopping
        return [stopping(watched, patience=self.patience, restore_best_weights=True)]

    def _split(self, X, y, seed):
        if not self.validation_fraction:
            return (X, y), None
        split = partial(train_test_split, X, y, test_size=self.validation_fraction)
        try:
            parts = split(random_state=seed, stratify=self._strata(y))
        except ValueError:  # a class with a single example cannot be in both parts
            parts = split(random_state=seed)
        return (parts[0], parts[2]), (parts[1], parts[3])

    def _strata(self, y):
        return None

    def _defaults(self):
        """Keyword arguments of the builder that a search may choose, with their defaults."""
        if not callable(self.build):
            return {}  # `fit` says so; until then scikit-learn wants no complaint
        return {
            name: parameter.default
            for name, parameter in inspect.signature(self.build).parameters.items()
            if name not in _GIVEN and parameter.default is not parameter.empty
        }

    def _chosen(self):
        # whatever is no dictionary is refused by `fit`: setting a parameter must never fail
        return self._defaults() | (self.arguments if isinstance(self.arguments, dict) else {})

    def _check_arguments(self, arguments):
        for name in arguments:
            if name not in self._defaults():
                known = ", ".join(self._defaults()) or "none"
                raise ValueError(f"{name}: not a keyword argument of the builder; it has {known}")

    def _check_parameters(self):
        if not callable(self.build):
            raise ValueError(f"build: expected a function that returns a model; got {self.build!r}")
        own = super().get_params(deep=False).keys()
        clash = sorted(own & self._defaults().keys())
        if clash:
            raise ValueError(f"build: {clash[0]} is already a parameter of {type(self).__name__}")
        if not isinstance(self.arguments, dict | None):
            raise ValueError(f"arguments: expected a dictionary or None; got {self.arguments!r}")
        self._check_arguments(self.arguments or {})
        for name in ("epochs", "batch_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name}: expected at least 1; got {getattr(self, name)}")
        if not 0 <= self.validation_fraction < 1:
            raise ValueError(
                f"validation_fraction: expected a number in [0, 1); got {self.validation_fraction}"
            )


def _outputs(model, X):
    """Outputs for every example, an array (m, outputs)."""
    # `model.predict` compiles a function and sets up a pipeline, which for the few and small
    # batches of a search takes ten times as long as to call the layers one by one
    parts = [
        keras.ops.convert_to_numpy(model(X[start : start + PREDICTED_AT_ONCE], training=False))
        for start in range(0, len(X), PREDICTED_AT_ONCE)
    ]
    return np.concatenate(parts)


@contextlib.contextmanager
def seeded(seed):
    """Keras draws from `seed` inside; Python's and NumPy's global generators go on after it."""
    python_state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
    keras.utils.set_random_seed(seed)
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)  # noqa: NPY002
