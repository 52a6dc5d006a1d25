"""From a model's probabilities to a sequence: greedy and beam search, sampling, who is at fault."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "Beams": "beams",
    "Blame": "attribution",
    "NBest": "backtracking",
    "Sequences": "generation",
    "TokenSampler": "drawing",
    "attribute_errors": "attribution",
    "beam_search": "beams",
    "greedy_search": "generation",
    "keep_top_k": "drawing",
    "keep_top_p": "drawing",
    "length_normalized": "scoring",
    "sample_sequences": "generation",
    "sequence_log_probabilities": "generation",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
