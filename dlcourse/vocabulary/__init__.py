"""From text to numbers: tokens, vocabularies, and documents as vectors."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "EOS": "numbering",
    "PAD": "numbering",
    "TextFile": "text_file",
    "TfIdf": "inverse_frequency",
    "UNK": "numbering",
    "Vocabulary": "numbering",
    "bag_of_words": "documents",
    "build_vocabulary": "numbering",
    "characters": "tokens",
    "count_tokens": "numbering",
    "n_grams": "documents",
    "normalized": "tokens",
    "tokenise": "tokens",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
