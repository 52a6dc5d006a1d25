"""From a probability at each step to events."""

import numpy as np

__all__ = ["detect_events"]


def detect_events(probabilities, threshold=0.5, refractory=20):
    """Steps at which a word is recognised.

    A word raises many steps in a row, as it was labelled with many ones. So a step above the
    threshold is a new event only if the last one above lies more than `refractory` steps back.

    Args:
        probabilities: (n_steps,), each from 0 to 1.
        threshold: from 0 to 1; at least so high is above.
        refractory: whole number ≥ 1; with 1, steps in a row are one event.

    Returns:
        int64 array of steps, ascending, the first of each event.

    Raises:
        ValueError: probabilities are not a row of numbers, or refractory is below 1.

    Example:
        >>> detect_events([0.1, 0.7, 0.9, 0.2, 0.8, 0.1, 0.1, 0.1, 0.6], refractory=2)
        array([1, 8])
    """
    probabilities = np.asarray(probabilities, dtype=float)
    if probabilities.ndim != 1 or np.isnan(probabilities).any():
        raise ValueError(
            "probabilities: expected a row of numbers (n_steps,) without NaN; got shape "
            f"{probabilities.shape}. Give the recordings of a batch one by one"
        )
    if refractory < 1:
        raise ValueError(f"refractory: expected at least 1 step; got {refractory!r}")
    above = np.flatnonzero(probabilities >= threshold)
    # the step before all others is far away
    return above[np.diff(above, prepend=-refractory - 1) > refractory]
