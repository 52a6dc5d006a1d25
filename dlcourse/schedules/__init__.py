"""Learning rates that change while a model trains, for the `learning_rate` of any optimizer.

The laws of the course count epochs and an optimizer counts steps: `steps_per_epoch` translates.
The same laws as plain functions of the epoch are in `dlcourse.scratch.schedules`.
"""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "CosineDecay": "cosine",
    "EpochSchedule": "epochs",
    "ExponentialDecay": "decay",
    "InverseTimeDecay": "decay",
    "ManualSchedule": "manual",
    "SquareRootDecay": "decay",
    "StaircaseDecay": "decay",
    "Warmup": "warm_start",
    "learning_rates": "rates",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
