"""Word2vec: word vectors from text, with a fast path and teaching variants."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "AliasTable": "alias",
    "EncodedCorpus": "corpus",
    "FullSoftmaxWord2Vec": "full_softmax",
    "HierarchicalWord2Vec": "tree_softmax",
    "Progress": "training",
    "Settings": "training",
    "TrainingRun": "training",
    "Word2Vec": "model",
    "WordVectors": "word_vectors",
    "describe": "progress_line",
    "encode": "corpus",
    "encode_to_file": "corpus",
    "keep_probabilities": "windows",
    "load_binary": "word_vectors",
    "load_text": "word_vectors",
    "negative_log_probability": "tree_softmax",
    "neighbour_overlap": "count_vectors",
    "pair_cost": "evaluation",
    "ppmi_vectors": "count_vectors",
    "print_progress": "progress_line",
    "sample_pairs": "evaluation",
    "save_binary": "word_vectors",
    "save_text": "word_vectors",
    "skip_gram_pairs": "windows",
    "window_extents": "windows",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
