"""What the code runs on, told without importing TensorFlow."""

import os
import shutil
import subprocess
from functools import cache

__all__ = ["SCALES", "device_line", "gpu_name", "scale"]

SCALES = ("quick", "full")
_SECONDS_FOR_THE_DRIVER = 10  # the first question to a sleeping GPU takes a while


def scale() -> str:
    """How much work a notebook should do here.

    Returns:
        "quick" (a CPU: the whole notebook in a minute) or "full" (a GPU: real sizes); the
        environment variable DLCOURSE_SCALE decides where it is set.

    Raises:
        ValueError: If DLCOURSE_SCALE is neither "quick" nor "full".

    Example:
        >>> epochs = {"quick": 5, "full": 50}[scale()]
    """
    wanted = os.environ.get("DLCOURSE_SCALE", "").strip().lower()
    if wanted and wanted not in SCALES:
        raise ValueError(f'DLCOURSE_SCALE: expected "quick" or "full", got {wanted!r}')
    return wanted or ("full" if gpu_name() else "quick")


def device_line() -> str:
    """One line that says what the code runs on and at which scale.

    Example:
        >>> print(device_line())  # doctest: +SKIP
        Runs on the CPU (2 cores), at the quick scale.
    """
    gpu = gpu_name()
    device = f"a GPU ({gpu})" if gpu else f"the CPU ({_cores()})"
    return f"Runs on {device}, at the {scale()} scale."


def gpu_name() -> str:
    """Name of the first NVIDIA GPU that programs may use here; empty where there is none."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0").strip() in ("", "-1"):
        return ""
    return _ask_driver()


@cache
def _ask_driver() -> str:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ""
    question = [program, "--query-gpu=name", "--format=csv,noheader"]
    try:
        answer = subprocess.run(
            question, capture_output=True, text=True, timeout=_SECONDS_FOR_THE_DRIVER, check=True
        )
    except (OSError, subprocess.SubprocessError):  # the program without its driver
        return ""
    return answer.stdout.partition("\n")[0].strip()


def _cores() -> str:
    # containers and hosted notebooks grant fewer cores than the machine has
    allowed = getattr(os, "sched_getaffinity", None)
    count = len(allowed(0)) if allowed else os.cpu_count() or 1
    return f"{count} core{'s' if count > 1 else ''}"
