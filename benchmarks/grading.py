"""What one further submission costs, against a bare `import tensorflow` in the same run.

    python -m benchmarks.grading

For each lesson the solution notebook is graded again and again on one warm host, interleaved with
fresh processes that import TensorFlow and do nothing else. The established graders start a
process and import the learner's libraries for every submission.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dlcourse.grading.checking import check_notebook

__all__ = ["measure"]

SOLUTIONS = Path(__file__).parents[1] / "notebooks" / "solutions"
ROUNDS = 7
LESSONS = (
    # notebook, what it is, the most that a submission may cost in imports of TensorFlow
    ("03_c1w2_logistic_regression", "NumPy", 1 / 10),
    ("05_c1w4_deep_network", "NumPy", 1 / 10),
    ("01_c1w1_from_one_neuron", "Keras models", 1 / 4),
)


def measure(notebook: str, rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of a further submission and of the bare import, interleaved."""
    path = SOLUTIONS / f"{notebook}.ipynb"
    _grade(path)  # starts the warm parent; what is measured is each submission after it
    submissions, imports = [], []
    for _ in range(rounds):
        submissions.append(_seconds(lambda: _grade(path)))
        imports.append(_seconds(_import_tensorflow))
    return statistics.median(submissions), statistics.median(imports)


def _grade(path: Path) -> None:
    result = check_notebook(path)
    if result.score != result.points:
        raise RuntimeError(f"{path.stem} earned {result.score} of {result.points} points")


def _import_tensorflow() -> None:
    subprocess.run([sys.executable, "-c", "import tensorflow"], check=True, capture_output=True)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    table = Table("notebook", "kind", "submission / s", "import tensorflow / s", "ratio", "goal")
    for notebook, kind, goal in LESSONS:
        submission, bare = measure(notebook)
        ratio = submission / bare
        verdict = "reached" if ratio <= goal else "MISSED"
        table.add_row(notebook, kind, f"{submission:.3f}", f"{bare:.2f}", f"{ratio:.3f}",
                      f"≤ {goal:.2f} {verdict}")  # fmt: skip
    Console().print(table)


if __name__ == "__main__":
    main()
