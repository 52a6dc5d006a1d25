"""A course in deep learning: exercises with checks that explain, and the library behind them.

Importing this package is cheap: neither TensorFlow nor Keras is loaded until something needs it.
"""

from importlib import import_module

__all__ = ["__version__", "lesson", "scale"]
__version__ = "0.1.0"

_LAZY = {"lesson": "dlcourse.notebook", "scale": "dlcourse.device"}


def __getattr__(name):
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
