"""Losses in `keras.ops`: one value per example, for every backend of Keras."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    # LeNet-5 of 1998
    "map_criterion_loss": "map_criterion",
    "content_loss": "content",
    "gram_matrix": "style",
    "style_loss": "style",
    "style_target": "style",
    "weighted_style_loss": "style",
    "total_variation_loss": "total_variation",
    # embeddings
    "BatchAllTripletLoss": "batch_all",
    "BatchHardTripletLoss": "batch_hard",
    "ContrastiveLoss": "contrastive",
    "SemiHardTripletLoss": "semi_hard",
    "TripletLoss": "triplet",
    "batch_all_triplet_loss": "batch_all",
    "batch_hard_triplet_loss": "batch_hard",
    "contrastive_loss": "contrastive",
    "euclidean_distance": "distances",
    "pairwise_distances": "distances",
    "semi_hard_triplet_loss": "semi_hard",
    "squared_distance": "distances",
    "triplet_loss": "triplet",
    # detection
    "LocalizationLoss": "localization",
    "YoloLoss": "yolo",
    "localization_cross_entropy": "localization",
    "localization_squared_error": "localization",
    "yolo_loss": "yolo",
    # many tasks, regions, and mistakes that weigh more
    "DiceLoss": "overlap",
    "MISSING": "multitask",
    "MaskedBinaryCrossentropy": "multitask",
    "SoftIoULoss": "overlap",
    "dice_loss": "overlap",
    "masked_binary_crossentropy": "multitask",
    "soft_iou_loss": "overlap",
    "weighted_classification_error": "weighted_error",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
