"""Sentences that tell a learner why their code was stopped."""

import signal

from dlcourse.grading.boundary import Failure

__all__ = ["exit_sentence", "stopped"]

_SIGNALS = {
    "SIGKILL": "The notebook's process was killed, as happens when it uses too much memory.",
    "SIGXCPU": "It used more processor time than a notebook may.",
    "SIGSEGV": "The notebook's process crashed inside a compiled library.",
    "SIGABRT": "The notebook's process was aborted, as happens when memory runs out.",
    "SIGXFSZ": "It wrote a larger file than a notebook may.",
}


def stopped(sentence: str) -> Failure:
    """The failure of code that did not come back."""
    return Failure("stopped", "Stopped", sentence)


def exit_sentence(status: int | None) -> str:
    """Why a process is gone.

    Args:
        status: Its exit status; negative for the signal that ended it; None where unknown.
    """
    if status is None:
        return "The notebook's process took the grader's worker down with it."
    if status >= 0:
        return (
            f"The notebook's process ended itself with exit status {status}: sys.exit, os._exit "
            "and the like do not belong in a solution."
        )
    try:
        name = signal.Signals(-status).name
    except ValueError:  # a real-time signal has no name
        name = f"signal {-status}"
    return _SIGNALS.get(name, f"The notebook's process was ended by {name}.")
