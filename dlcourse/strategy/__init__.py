"""Course 3: what to do next in a project, decided by numbers. Plain functions, NumPy only."""

from importlib import import_module

# public name -> module of this package that holds it; loaded on first use
_EXPORTS = {
    "KNOBS": "knobs",
    "Advice": "advice",
    "Choice": "choosing",
    "Diagnosis": "gaps",
    "ErrorCategory": "error_analysis",
    "ErrorTable": "error_table",
    "Knob": "knobs",
    "LabelNoise": "mislabelled",
    "NoiseTrap": "noise_trap",
    "ShuffledSplit": "mismatched_data",
    "Split": "mismatched_data",
    "TransferPlan": "transfer",
    "add_noise": "synthesis",
    "analyse_errors": "error_analysis",
    "average_over_regions": "single_number",
    "bayes_error_proxy": "human_level",
    "best_proxy_matters": "human_level",
    "choose": "choosing",
    "diagnose": "gaps",
    "end_to_end_or_components": "end_to_end",
    "expected_in_shuffled_split": "mismatched_data",
    "f1": "single_number",
    "first_failing_link": "knobs",
    "group_shares": "same_distribution",
    "judge_labels": "mislabelled",
    "knobs_for": "knobs",
    "measure_noise_trap": "noise_trap",
    "metric_contradicts": "costly_mistakes",
    "multi_task_or_separate": "multi_task",
    "noise_reuse": "noise_trap",
    "shuffled_dev_test": "same_distribution",
    "signal_to_noise": "synthesis",
    "smallest_visible_difference": "set_sizes",
    "split_for_target": "mismatched_data",
    "transfer_makes_sense": "transfer",
    "transfer_plan": "transfer",
    "weighted_error": "costly_mistakes",
}

__all__ = sorted(_EXPORTS)


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)


def __dir__():
    return __all__
