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

from dlcourse.tuning.shared_models import share
from dlcourse.tuning.worker_threads import limit_threads

__all__ = ["KerasEstimator"]

PREDICTED_AT_ONCE = 1024
_GIVEN = ("input_shape", "classes", "outputs")  # what the data decide, not the search


class KerasEstimator(BaseEstimator):
    """What `KerasClassifier` and `KerasRegressor` share; not used by itself.

    The keyword arguments of the builder are parameters of the estimator, beside those below: they
    can be given to the constructor, set, cloned and searched. The arguments `input_shape`,
    `classes` and `outputs` come from the data, where the builder has them.

    Args:
        build: function that returns a `keras.Model`; compiled, or it is compiled with Adam and the
            loss that fits the task. A lambda works, but cannot be pickled for several jobs.
        epochs: passes over the training data, >= 1.
        batch_size: examples per step, >= 1.
        validation_fraction: share of the training data held back to watch, in [0, 1).
        patience: stop when the watched loss has not fallen for so many epochs, and go back to the
            best weights; None trains to the end.
        random_state: int, numpy RandomState or None: seeds the split, the weights, the order of
            the batches and dropout.
        verbose: as in `keras.Model.fit`; 0 prints nothing.
        **parameters: keyword arguments of the builder.

    Attributes:
        history_: dict from the name of a loss or metric to its list, a number per epoch.
        n_features_in_: number of features, where X is a table.
    """

    def __init__(
        self, build, *, epochs=20, batch_size=32, validation_fraction=0.0, patience=None,
        random_state=None, verbose=0, **parameters,
    ):  # fmt: skip
        self.build = build
        self.epochs = epochs
        self.batch_size = batch_size
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.random_state = random_state
        self.verbose = verbose
        for name, value in parameters.items():
            setattr(self, name, value)

    def get_params(self, deep=True):
        """Parameters of the estimator and keyword arguments of the builder, by name."""
        own = super().get_params(deep)
        builders = {
            name: getattr(self, name, parameter.default)
            for name, parameter in self._builder_parameters().items()
        }
        return builders | own

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
        wanted = self._builder_parameters()
        chosen = {name: value for name, value in self.get_params(False).items() if name in wanted}
        given = {"input_shape": X.shape[1:], **from_data}
        signature = inspect.signature(self.build).parameters
        self._built_with = chosen | {n: v for n, v in given.items() if n in signature}
        with _seeded(seed):
            fresh = self._compiled(self._built_with)
            shared = share(fresh)
            with shared.lock:
                shared.start_from(fresh)
                history = shared.model.fit(
                    *train, epochs=self.epochs, batch_size=self.batch_size, verbose=self.verbose,
                    validation_data=validation, callbacks=self._callbacks(),
                )  # fmt: skip
                self._numbers = shared.numbers(owner=self._token())
        self.history_ = {name: list(map(float, row)) for name, row in history.history.items()}
        return self

    def _predict(self, X):
        """Outputs of the model for checked X, an array (m, outputs) of float32."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype="float32", **self._X_rules())
        shared = share(self._compiled(self._built_with))
        with shared.lock:
            shared.hold(self._token(), self._numbers)
            return shared.model.predict(X, batch_size=PREDICTED_AT_ONCE, verbose=0)

    def _token(self):
        # one object per fit: another fit of the same estimator has other numbers
        return self._numbers[0] if hasattr(self, "_numbers") and self._numbers else self

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

    def _X_rules(self):
        return {"allow_nd": True, "ensure_2d": False} if self._takes_images() else {}

    def _takes_images(self):
        return False

    def _builder_parameters(self):
        """Keyword arguments of the builder that a search may choose."""
        return {
            name: parameter
            for name, parameter in inspect.signature(self.build).parameters.items()
            if name not in _GIVEN and parameter.default is not parameter.empty
        }

    def _check_parameters(self):
        if not callable(self.build):
            raise ValueError(f"build: expected a function that returns a model; got {self.build!r}")
        own = set(super().get_params(deep=False))
        clash = sorted(own & self._builder_parameters().keys())
        if clash:
            raise ValueError(f"build: {clash[0]} is already a parameter of {type(self).__name__}")
        unknown = sorted(vars(self).keys() - own - self._builder_parameters().keys())
        unknown = [name for name in unknown if not name.startswith("_") and name[-1] != "_"]
        if unknown:
            known = ", ".join(self._builder_parameters()) or "none"
            raise ValueError(f"{unknown[0]}: not an argument of the builder; it has {known}")
        if not 0 <= self.validation_fraction < 1:
            raise ValueError(
                f"validation_fraction: expected a number in [0, 1); got {self.validation_fraction}"
            )


@contextlib.contextmanager
def _seeded(seed):
    """Keras draws from `seed` inside; Python's and NumPy's global generators go on after it."""
    python_state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
    keras.utils.set_random_seed(seed)
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)  # noqa: NPY002
