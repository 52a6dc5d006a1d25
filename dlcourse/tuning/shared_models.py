"""One compiled model for all models of the same architecture in this process.

Building a small Keras model takes milliseconds. Compiling its training step takes a hundred times
as long, and a search would do that again for every fold of every trial, although only the numbers
in the variables differ.
"""

import threading
from collections import OrderedDict

import keras
import numpy as np

from dlcourse.tuning.architecture import architecture

__all__ = ["SharedModel", "find", "share"]

_MOST = 16  # models kept; the one used longest ago makes room
_models: "OrderedDict[str, SharedModel]" = OrderedDict()
_lock = threading.Lock()


class SharedModel:
    """A compiled model that many estimators use in turn, each with its own numbers.

    Args:
        model: a compiled `keras.Model` that nobody else changes.

    Attributes:
        model: the model.
        lock: held while the numbers of one estimator must stay in it.
    """

    def __init__(self, model):
        self.model = model
        self.lock = threading.RLock()
        self._untrained = _values(_untrained(model).variables)
        self._owner = None

    def start_from(self, fresh):
        """Take over the numbers of a fresh model: its weights, seeds, learning rate, moments."""
        self._owner = None
        if fresh is self.model:
            return
        trained = fresh.optimizer.built  # as after `load_weights`
        moments = fresh.optimizer.variables if trained else self._untrained
        for variable, value in zip(self.model.optimizer.variables, moments, strict=True):
            variable.assign(value)
        for variable, value in zip(self.model.variables, fresh.variables, strict=True):
            variable.assign(value)
        if not isinstance(_rate(fresh.optimizer), keras.optimizers.schedules.LearningRateSchedule):
            self.model.optimizer.learning_rate = float(fresh.optimizer.learning_rate)

    def numbers(self, owner):
        """The values of all variables, which from now on count as the owner's."""
        self._owner = owner
        return _values(self.model.variables)

    def hold(self, owner, numbers):
        """Put the owner's numbers back, unless they are still there."""
        if self._owner is not owner:
            for variable, value in zip(self.model.variables, numbers, strict=True):
                variable.assign(value)
            self._owner = owner


def share(fresh):
    """Find the model that others of the same architecture use, or become it.

    Args:
        fresh: a compiled `keras.Model` that was just built, with the weights to start from.

    Returns:
        SharedModel; the fresh model itself is in it where it is the first of its architecture.

    Example:
        >>> def network(rate):
        ...     model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        ...     model.compile(keras.optimizers.SGD(rate), "mse")
        ...     return model
        >>> share(network(0.1)) is share(network(0.2))
        True
    """
    key = architecture(fresh)
    if key is None:
        return SharedModel(fresh)
    with _lock:
        if key not in _models:
            _models[key] = SharedModel(fresh)
        _models.move_to_end(key)
        while len(_models) > _MOST:
            _models.popitem(last=False)
        return _models[key]


def find(key):
    """The model of an architecture, where one is kept.

    Args:
        key: what `architecture` says of a model.

    Returns:
        SharedModel, or None.

    Example:
        >>> find("of a model that was never built") is None
        True
    """
    with _lock:
        return _models.get(key)


def _untrained(model):
    """The model's optimizer, or where that has already learnt something, a new one like it."""
    optimizer = model.optimizer
    if optimizer.built:
        optimizer = type(optimizer).from_config(optimizer.get_config())
    optimizer.build(model.trainable_variables)
    return optimizer


def _values(variables):
    # a copy: some backends show the variable's own memory
    return [np.array(variable.numpy()) for variable in variables]


def _rate(optimizer):
    return getattr(optimizer, "_learning_rate", optimizer.learning_rate)
