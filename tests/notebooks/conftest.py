"""Runs notebooks the way a learner does: in a kernel of their own, offline, at the quick scale."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent.parent

OFFLINE = """
import socket

def _refuse(self, address, connect=socket.socket.connect):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"the tests run offline, and a cell wants {address}")
    return connect(self, address)

socket.socket.connect = _refuse
"""


PROCESSOR_TIME = "import time; print(time.process_time())"


@dataclass
class Run:
    """An executed notebook.

    Args:
        cells: Its cells, with outputs.
        seconds: What it takes on a machine with nothing else to do: the time on the clock, or
            that of the processor where others kept the kernel waiting.
    """

    cells: list
    seconds: float

    def statuses(self) -> dict[str, str]:
        """Exercise (or "quiz") → what its check said."""
        facts = [o.metadata.get("dlcourse", {}) for c in self.cells for o in c.get("outputs", ())
                 if o.output_type == "execute_result"]  # fmt: skip
        return {f["exercise"]: f["status"] for f in facts if "exercise" in f}

    def checks(self) -> list[str]:
        """The exercises that the notebook checks."""
        ours = [c.metadata.get("dlcourse", {}) for c in self.cells]
        quiz = ["quiz" for o in ours if o.get("role") == "quiz-check"]
        return [o["exercise"] for o in ours if o.get("role") == "check"] + quiz

    @staticmethod
    def errors(cells: list) -> list[str]:
        """What each failed cell raised."""
        return [
            f"{c.source}\n{o.ename}: {o.evalue}"
            for c in cells
            for o in c.get("outputs", ())
            if o.output_type == "error"
        ]


@pytest.fixture
def execute(tmp_path):
    """Executes a notebook file in the environment of the tests, to its last cell."""
    from nbclient import NotebookClient

    def run(path: Path) -> Run:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
        notebook.cells.append(nbformat.v4.new_code_cell(PROCESSOR_TIME))
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            allow_errors=True,
            resources={"metadata": {"path": str(tmp_path)}},
        )
        clock = []
        client.on_cell_start = lambda **_: clock.append(time.perf_counter())
        client.execute(env=_environment(tmp_path))
        processor = float(notebook.cells[-1].outputs[0].text)
        return Run(notebook.cells[1:-1], min(processor, time.perf_counter() - clock[0]))

    return run


def _environment(home: Path) -> dict[str, str]:
    ours = {
        "DLCOURSE_HOME": str(home),
        "DLCOURSE_SCALE": "quick",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }
    # pictures are drawn into the notebook, as for a learner
    return {k: v for k, v in os.environ.items() if k != "MPLBACKEND"} | ours
