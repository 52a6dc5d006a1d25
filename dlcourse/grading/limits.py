"""How much a submission may use."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission; what goes beyond is stopped and the learner is told.

    Args:
        seconds_per_call: Wall-clock seconds for one call of the learner's function.
        seconds_per_cell: Wall-clock seconds for one cell that defines something.
        seconds_in_all: Wall-clock seconds for the whole notebook.
        memory_mb: Memory on top of the interpreter's own, in MiB.
        file_mb: Largest file that may be written, in MiB.
        processes: Processes and threads at a time.
        answer_mb: Largest answer of one call, in MiB.
    """

    seconds_per_call: float = 10.0
    seconds_per_cell: float = 20.0
    seconds_in_all: float = 300.0
    memory_mb: int = 2048
    file_mb: int = 64
    processes: int = 256
    answer_mb: int = 64

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                raise ValueError(f"{name}: expected a number above 0, got {value}")
