"""How good a model is: metrics for `compile`, and the same as functions of arrays."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "ConfusionMatrix": "confusion",
    "F1Score": "rates",
    "MeanIoU": "rates",
    "Precision": "rates",
    "Recall": "rates",
    "WeightedError": "costly_mistakes",
    "SampleCheck": "generated_samples",
    "check_samples": "generated_samples",
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
