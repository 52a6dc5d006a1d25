"""What word vectors know: neighbours, analogies, similarity, bias, pictures; GloVe training."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "AnalogyScore": "analogies",
    "Cooccurrences": "cooccurrences_of_words",
    "Glove": "glove_training",
    "OUR_PAIRS": "our_word_pairs",
    "SimilarityScore": "human_judgement",
    "WordSpace": "word_space",
    "analogy_accuracy": "analogies",
    "cooccurrences": "cooccurrences_of_words",
    "equalize": "bias",
    "evaluate_similarity": "human_judgement",
    "gender_direction": "bias",
    "neutralize": "bias",
    "project": "projection",
    "solve_analogies": "analogies",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
