"""Data for the notebooks: real and embedded by default, the full sets where there is a network."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "load_mnist": "mnist",
    "load_fashion_mnist": "fashion_mnist",
    "load_cifar10": "cifar10",
    "load_faces": "faces",
    "load_housing": "housing",
    "load_prose": "prose",
    "sample_image": "sample_images",
    "patches": "sample_images",
    "resized": "resizing",
    "segmented_digits": "digit_segmentation",
    "breast_cancer": "cancer_diagnosis",
    "digits_in_the_plane": "digits_plane",
    "planar_circles": "planar",
    "planar_flower": "planar",
    "planar_moons": "planar",
    "load_iris_pair": "iris",
    "is_it_a_two": "digit_images",
    "digit_scenes": "scattered_digits",
    "digits": "digit_images",
    # dates
    "date_vocabularies": "dates",
    "encode_iso_dates": "dates",
    "encode_written_dates": "dates",
    "generate_dates": "dates",
    # texts and sequences
    "TUNES": "melodies",
    "composed_melodies": "melodies",
    "emoji_sentences": "short_sentences",
    "first_names": "names",
    "invented_names": "names",
    "load_reviews": "reviews",
    "negation_reviews": "composed_reviews",
    # audio
    "trigger_word_clips": "trigger_clips",
    # siamese networks
    "balanced_batch": "balanced_batches",
    "digits_with_held_out_classes": "digit_pairs",
    "invent_classes": "invented_classes",
    "sample_one_shot_tasks": "one_shot",
    "sample_pairs": "digit_pairs",
    "sample_triplets": "digit_pairs",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
