"""How many searches run at once, and how many threads each of them gets."""

import multiprocessing
import os

import joblib

from dlcourse.device import gpu_name

__all__ = ["limit_threads", "search_jobs"]


def search_jobs():
    """How many trials to run at once here, for the `n_jobs` of a scikit-learn search.

    Returns:
        int: 1 on a GPU, whose memory the first process takes; else the number of cores, at most 2,
        because every process loads the backend anew.

    Example:
        >>> search_jobs() in (1, 2)
        True
    """
    return 1 if gpu_name() else min(2, joblib.cpu_count())


def limit_threads():
    """Give the backend of a worker process the share of the cores that joblib intends for it.

    joblib tells NumPy's libraries by OMP_NUM_THREADS, which TensorFlow does not read. It reads its
    own variable once, when the first operation runs. Outside a worker nothing changes.
    """
    if multiprocessing.current_process().name.startswith("LokyProcess"):
        threads = os.environ.get("OMP_NUM_THREADS", "1")
        os.environ.setdefault("TF_NUM_INTRAOP_THREADS", threads)
        os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
