"""The optimizers of the course as `keras.optimizers.Optimizer`s, each as readable as its formula.

With equal arguments they make the steps of the ones in `keras.optimizers`. The same formulas in
plain NumPy, as a learner writes them, are in `dlcourse.scratch`.
"""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "Adadelta": "adadelta",
    "Adagrad": "adagrad",
    "Adam": "adam",
    "Momentum": "momentum",
    "Nesterov": "nesterov",
    "RMSprop": "rmsprop",
    "SGD": "sgd",
    "StepOptimizer": "step",
    "clip_by_global_norm": "clipping",
    "clip_by_norm": "clipping",
    "clip_by_value": "clipping",
    "global_norm": "clipping",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
