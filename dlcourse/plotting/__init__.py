"""Every picture of the course: functions of arrays that return a matplotlib Axes or Figure."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "augmentation_gallery": "augmentation",
    "labelled_images": "predictions",
    "ten_crop_windows": "augmentation",
    "mask_overlay": "masks",
    "segmentation_grid": "masks",
    "activation_grid": "filters",
    "filter_grid": "filters",
    "stacked_shares": "shares",
    "computation_graph": "graph",
    "fitted_curves": "curves",
    "parity_growth": "depth",
    "perceptron_training": "perceptron",
    "step_and_sigmoid_curves": "perceptron",
    "xor_layers": "depth",
    "activation_curves": "elementwise",
    "cost_curve": "descent",
    "cost_slices": "cost_landscape",
    "cost_surfaces": "cost_landscape",
    "clipped_steps": "gradient_checking",
    "difference_errors": "gradient_checking",
    "cost_valleys": "initialization",
    "costs_by_start": "initialization",
    "layer_histograms": "initialization",
    "sizes_by_layer": "initialization",
    "learning_rate_curves": "descent",
    "timing_ratio": "elementwise",
    "weight_bars": "descent",
    "image_as_column": "images",
    "image_grid": "images",
    "attention_map": "attention",
    "anchor_grid": "boxes",
    "draw_boxes": "boxes",
    "activation_histograms": "hidden_units",
    "decision_boundary": "boundary",
    "hidden_lines": "boundary",
    "hidden_size_study": "boundary",
    "planar_points": "boundary",
    "values_and_slopes": "hidden_units",
    "first_layer_weights": "network",
    "multiplication_growth": "network",
    "draw_network": "network",
    "confusion_heatmap": "confusion",
    "embedding_scatter": "embeddings",
    "word_map": "words_in_plane",
    "error_waterfall": "waterfall",
    "loss_curves": "training",
    "mistake_bars": "mistakes",
    "precision_recall_curves": "precision_recall",
    "regularization_study": "regularization",
    "schedule_curves": "schedules",
    "style_transfer_panel": "style",
    "train_dev_curves": "regularization",
    "unit_patches": "patches",
    "weight_sizes": "regularization",
    "compare_trainings": "variants",
    "weight_distributions": "variants",
    # audio
    "detection_panel": "audio",
    "sound_spectrum": "audio",
    "trigger_probabilities": "audio",
    "waveform": "audio",
    # searches
    "grid_against_random": "search",
    "parallel_coordinates": "search",
    "range_test_curve": "search",
    "search_heatmap": "search",
    # optimizers
    "PathPanel": "trajectories",
    "animate_paths": "path_animation",
    "compare_costs": "comparison",
    "memory_curves": "smoothing",
    "optimizer_paths": "trajectories",
    "smoothed_curves": "smoothing",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
