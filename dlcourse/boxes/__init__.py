"""Bounding boxes and all that object detection does with them, in `keras.ops`."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "anchor_overlap": "anchors",
    "assign_anchors": "anchors",
    "best_anchor": "anchors",
    "box_area": "overlap",
    "centre_to_corners": "conversions",
    "convolutional_classifier": "sliding_window",
    "corners_to_centre": "conversions",
    "corners_to_xywh": "conversions",
    "Detections": "class_suppression",
    "detect_objects": "yolo_decoding",
    "Kept": "suppression",
    "landmark_points": "landmarks",
    "landmark_target": "landmarks",
    "non_max_suppression": "suppression",
    "non_max_suppression_per_class": "class_suppression",
    "paired_iou": "overlap",
    "pairwise_iou": "overlap",
    "propose_regions": "region_proposals",
    "to_normalised": "conversions",
    "to_pixels": "conversions",
    "window_positions": "sliding_window",
    "xywh_to_corners": "conversions",
    "yolo_activate": "yolo_decoding",
    "yolo_boxes": "yolo_decoding",
    "yolo_encode": "yolo_encoding",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
