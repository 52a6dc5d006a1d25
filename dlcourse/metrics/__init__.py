"""How good a model is: metrics for `compile`, and the same as functions of arrays."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "Bleu": "bleu_score",
    "EditCounts": "edit_counts",
    "ErrorRate": "error_rates",
    "character_error_rate": "error_rates",
    "corpus_bleu": "bleu_score",
    "count_edits": "edit_counts",
    "ctc_collapse": "ctc",
    "ctc_greedy": "ctc",
    "sentence_bleu": "bleu_score",
    "word_error_rate": "error_rates",
    "ConfusionMatrix": "confusion",
    "F1Score": "rates",
    "MeanIoU": "rates",
    "Precision": "rates",
    "Recall": "rates",
    "WeightedError": "costly_mistakes",
    "SampleCheck": "generated_samples",
    "check_samples": "generated_samples",
    "Perplexity": "perplexity",
    "perplexity_of": "perplexity",
    "confusion_matrix": "counting",
    "f1_per_class": "per_class",
    "average_precision": "detection_precision",
    "match_detections": "detection_precision",
    "mean_average_precision": "detection_precision",
    "iou_per_class": "per_class",
    "mean_over_present": "per_class",
    "precision_per_class": "per_class",
    "recall_per_class": "per_class",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
