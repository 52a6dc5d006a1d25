"""A line that tells how training goes."""

import sys

__all__ = ["describe", "print_progress"]


def describe(progress):
    """Put a Progress into words.

    Args:
        progress: Progress.

    Returns:
        str, such as "12.5 % · 1,600,000 words/s · 2 min 3 s left · cost 2.31 · rate 0.0350".

    Example:
        >>> from dlcourse.word2vec.training import Progress
        >>> describe(Progress(125, 1000, 1.6e6, 123.4, 2.31, 0.035))
        '12.5 % · 1,600,000 words/s · 2 min 3 s left · cost 2.31 · rate 0.0350'
    """
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    left = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    share, pace = progress.words / progress.total, progress.words_per_second
    return (
        f"{100 * share:.1f} % · {pace:,.0f} words/s · {left} left · "
        f"cost {progress.cost:.2f} · rate {progress.rate:.4f}"
    )


def print_progress(progress):
    """Write the line over the one before, for `fit_corpus(…, on_progress=print_progress)`.

    Args:
        progress: Progress.
    """
    end = "\n" if progress.words >= progress.total else ""
    sys.stdout.write(f"\r{describe(progress):<90}{end}")
    sys.stdout.flush()
