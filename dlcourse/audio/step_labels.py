"""Labels of a recording: ones for a while after each trigger word."""

import numpy as np

__all__ = ["insert_ones"]


def insert_ones(labels, steps, ones=50):
    """Set the label steps right after trigger words to 1.

    A single 1 per word would leave nearly nothing to learn from: one of 1375 labels.

    Args:
        labels: floats (n_steps,), or (n_steps, 1) as the model's output is.
        steps: label step in which a word ends, or several of them; see `label_step`.
        ones: how many steps behind each are set, ≥ 1; what is behind the end is cut off.

    Returns:
        A new array of the shape of labels.

    Raises:
        ValueError: a step is not one of the labels', or ones is below 1.

    Example:
        >>> insert_ones(np.zeros(8), steps=[1, 6], ones=3)
        array([0., 0., 1., 1., 1., 0., 0., 1.])
    """
    labels, steps = np.asarray(labels), np.atleast_1d(np.asarray(steps, dtype=np.int64))
    n_steps = len(labels)
    if steps.size and not 0 <= steps.min() <= steps.max() < n_steps:
        raise ValueError(
            f"steps: expected 0 to {n_steps - 1}; got {steps.min()} to {steps.max()}. Convert "
            "samples or milliseconds with label_step"
        )
    if ones < 1:
        raise ValueError(f"ones: expected at least 1; got {ones!r}")
    after = np.arange(n_steps)[:, None] - steps
    hit = np.any((after >= 1) & (after <= ones), axis=1).reshape(-1, *[1] * (labels.ndim - 1))
    return np.where(hit, np.ones((), labels.dtype), labels)
