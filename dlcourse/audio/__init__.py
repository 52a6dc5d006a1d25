"""Sound as numbers: clips, levels, spectrograms, training examples and events in time."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "Clip": "wav",
    "Counts": "event_scores",
    "SceneRecipe": "scenes",
    "Scenes": "scenes",
    "Spectrogram": "spectra",
    "decibels": "spectra",
    "detect_events": "detection",
    "free_segment": "segments",
    "insert_clip": "overlays",
    "insert_ones": "step_labels",
    "is_overlapping": "segments",
    "label_step": "timeline",
    "label_steps": "timeline",
    "level": "levels",
    "match_events": "event_scores",
    "matched_level": "levels",
    "model_inputs": "spectra",
    "overlay": "overlays",
    "random_segment": "segments",
    "read_wav": "wav",
    "resampled": "resampling",
    "samples_in": "timeline",
    "spectrogram": "spectra",
    "spectrogram_columns": "timeline",
    "step_times": "timeline",
    "synthesize_scenes": "scenes",
    "write_wav": "wav",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
