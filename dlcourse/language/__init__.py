"""Language models and texts in classes: their examples, a baseline of counts, and writing."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "NGramModel": "n_gram_model",
    "batch_step": "writing",
    "character_numbers": "examples",
    "choose_n_gram_model": "n_gram_model",
    "document_vectors": "averaged_vectors",
    "next_token_examples": "examples",
    "next_token_step": "writing",
    "padded_texts": "examples",
    "text_windows": "examples",
    "vectors_of": "averaged_vectors",
    "write": "writing",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
