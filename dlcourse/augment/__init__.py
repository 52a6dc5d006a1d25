"""More training images from few: functions on batches, and layers that draw their own numbers.

A function does what it is told to every image (`mirror(images, flipped)`), so that masks and boxes
can follow with the same numbers; a layer draws the numbers in training and does nothing, or the
same to all, in inference.
"""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "ColourShift": "colour_shift",
    "ElasticWarping": "local_warping",
    "PrincipalColourShift": "colour_variation",
    "RandomCrop": "cropping",
    "RandomMirror": "mirroring",
    "RandomRotation": "rotation",
    "RandomShear": "shearing",
    "affine_transform": "affine",
    "average_over_crops": "ten_crops",
    "average_predictions": "ensembling",
    "crop": "cropping",
    "crop_boxes": "cropping",
    "majority_vote": "ensembling",
    "mirror": "mirroring",
    "mirror_boxes": "mirroring",
    "pad": "cropping",
    "principal_colours": "colour_variation",
    "random_corners": "cropping",
    "random_displacements": "local_warping",
    "random_flips": "mirroring",
    "rotate": "rotation",
    "shear": "shearing",
    "shift_along_principal_colours": "colour_variation",
    "shift_colours": "colour_shift",
    "ten_crop": "ten_crops",
    "warp": "local_warping",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
