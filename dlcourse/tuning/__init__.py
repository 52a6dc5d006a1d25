"""The search for hyper-parameters: scikit-learn around Keras, keras-tuner, one table for both."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "Budget": "tuners",
    "BuilderHyperModel": "hyper_model",
    "Choice": "spaces",
    "KerasClassifier": "keras_classifier",
    "KerasRegressor": "keras_regressor",
    "LogUniform": "spaces",
    "RateRange": "rate_range",
    "TrialTable": "trials",
    "rate_range_test": "rate_range",
    "suggest_rate": "rate_range",
    "trial_table": "trials",
    "Uniform": "spaces",
    "bayesian_search": "tuners",
    "distributions": "spaces",
    "grid": "spaces",
    "halving_search": "halving",
    "hyperband": "tuners",
    "random_search": "tuners",
    "search_jobs": "worker_threads",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
