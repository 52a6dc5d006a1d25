"""Makes a class: submissions of one notebook, good, bad and hostile, with the score each deserves.

    python -m benchmarks.make_class FOLDER

writes 40 notebooks of the logistic-regression lesson.

Each begins as the solution notebook of the lesson and is then changed in one way.
"""

import copy
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Learner", "make_class"]

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NOTEBOOK = "03_c1w2_logistic_regression"
REPLACED = "model"  # the exercise whose cell is changed; no other exercise needs it


@dataclass(frozen=True)
class Learner:
    """One made-up learner.

    Args:
        name: The file's stem.
        content: The file's bytes.
        spoiled: The exercises that must not pass ("all": every one).
        rest_passes: Whether all others must pass; not where others call what is spoiled.
        sentence: What the learner must be told (a regular expression); on a slow machine the
            time may run out before the memory does.
    """

    name: str
    content: bytes
    spoiled: tuple[str, ...]
    sentence: str = ""
    rest_passes: bool = True


def make_class(notebook: str = NOTEBOOK, size: int = 40) -> list[Learner]:
    """A class of learners; the accidents come first, the rest are right and partly right."""
    solution = json.loads((NOTEBOOKS / "solutions" / f"{notebook}.ipynb").read_text("utf-8"))
    learners = [*_accidents(solution), *_edited(solution), *_broken(solution)]
    learners += _mistaken(solution)
    learners += _partly_right(solution, (size - len(learners)) // 2)
    number = 0
    while len(learners) < size:
        number += 1
        learners.append(Learner(f"right-{number:02}", _bytes(solution), ()))
    return learners


# What the changed cell does when the graded function is called, and what is said about it.
_BODIES = {
    "wrong": ("return {'costs': [], 'Y_prediction_test': args[3]}", ""),
    "wrong-none": ("pass", "None"),
    "wrong-constant": ("return 0.5", ""),
    "wrong-crash": ("return sigmoid(undefined_name)", "NameError"),
    "loop": ("while True: pass", "never ends"),
    "memory-bomb": ("return np.ones((300_000, 300_000))", "MemoryError"),
    "slow-memory-bomb": (
        "x = []\n    while True: x.append(bytearray(2**24))",
        "MemoryError|never ends",
    ),
    "sys-exit": ("import sys; sys.exit(0)", "SystemExit"),
    "os-exit": ("import os; os._exit(0)", "ended itself"),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "killed"),
    "recursion": ("return model(*args, **kwargs)", "RecursionError"),
    "fork-bomb": (
        "import os\n    while True: os.fork()",
        "BlockingIOError|could not be read|never ends|gone",
    ),
    "too-much-data": ("return np.zeros(40_000_000)", "MiB|never ends"),
}


def _accidents(solution: dict) -> Iterator[Learner]:
    for name, (body, sentence) in _BODIES.items():
        cell = f"import numpy as np\n\ndef {REPLACED}(*args, **kwargs):\n    {body}\n"
        yield _changed(solution, name, cell, (REPLACED,), sentence)


# Misconceptions as learners write them: exercise, its lines, what they must be told.
_MISTAKES = (
    ("predict", "(w, b, X):\n    return (sigmoid(w.T @ X) > 0.5).astype(float)", "bias is missing"),
    ("predict", "(w, b, X):\n    return sigmoid(w.T @ X + b) > 0.5", "True and False"),
    ("accuracy", "(P, Y):\n    return np.mean(P == Y) * 100", "in percent"),
    ("accuracy", "(P, Y):\n    return float(100 * np.mean(P == Y))", "in percent"),
    (
        "propagate",
        "(w, b, X, Y):\n    A = sigmoid(w.T @ X + b)\n"
        "    return {'dw': X @ (A - Y).T, 'db': np.sum(A - Y)}, compute_cost(A, Y)",
        "do not divide by m",
    ),
)


def _mistaken(solution: dict) -> Iterator[Learner]:
    for number, (exercise, rest, sentence) in enumerate(_MISTAKES, 1):
        notebook = copy.deepcopy(solution)
        _blank(notebook, exercise)["source"] = f"def {exercise}{rest}\n"
        name = f"mistaken-{number}-{exercise}"
        yield Learner(name, _bytes(notebook), (exercise,), sentence, rest_passes=False)


def _edited(solution: dict) -> Iterator[Learner]:
    right = _source(_blank(solution, REPLACED))
    yield _changed(solution, "syntax-error", f"def {REPLACED}(w)\n    return w", (REPLACED,),
                   "SyntaxError")  # fmt: skip
    flood = right + "\nprint('x' * 50_000_000)\n"
    yield _changed(solution, "output-flood", flood, (), "printed")
    yield _changed(solution, "exit-in-cell", right + "\nimport os\nos._exit(1)", (REPLACED,),
                   "ended itself")  # fmt: skip
    yield _changed(solution, "loop-in-cell", right + "\nwhile True: pass", (REPLACED,),
                   "never ends")  # fmt: skip
    blank = f"def {REPLACED}(*args):\n    raise NotImplementedError"
    yield _changed(solution, "not-attempted", blank, (REPLACED,))
    yield Learner("missing-cell", _bytes(_without(solution, REPLACED)), (REPLACED,), "no cell")
    yield Learner("duplicated-cell", _bytes(_twice(solution, REPLACED)), (), "several code cells")
    yield Learner("edited-checks", _bytes(_forged(solution)), (REPLACED,))
    yield Learner("no-metadata", _bytes(_bare(solution)), ())


def _broken(solution: dict) -> Iterator[Learner]:
    whole = _bytes(solution)
    for name, content in {
        "cut-off": whole[: len(whole) // 2],
        "empty-file": b"",
        "not-json": b"\xff\xfe not a notebook",
        "no-cells": b'{"cells": 3}',
    }.items():
        yield Learner(name, content, ("all",), "not a notebook")


def _partly_right(solution: dict, count: int) -> Iterator[Learner]:
    names = [c["metadata"]["dlcourse"]["exercise"] for c in _blanks(solution)]
    for number in range(count):
        left_out = tuple(names[-1 - number % len(names) :])
        notebook = copy.deepcopy(solution)
        for cell in _blanks(notebook):
            name = cell["metadata"]["dlcourse"]["exercise"]
            if name in left_out:
                cell["source"] = f"def {name}(*args, **kwargs):\n    raise NotImplementedError"
        yield Learner(f"partly-{number:02}", _bytes(notebook), left_out)


def _changed(
    solution: dict, name: str, source: str, spoiled: tuple[str, ...], sentence: str = ""
) -> Learner:
    notebook = copy.deepcopy(solution)
    _blank(notebook, REPLACED)["source"] = source
    return Learner(name, _bytes(notebook), spoiled, sentence)


def _without(solution: dict, exercise: str) -> dict:
    notebook = copy.deepcopy(solution)
    notebook["cells"].remove(_blank(notebook, exercise))
    return notebook


def _twice(solution: dict, exercise: str) -> dict:
    notebook = copy.deepcopy(solution)
    cell = copy.deepcopy(_blank(notebook, exercise))
    cell["id"] = "copied"
    notebook["cells"].append(cell)
    return notebook


def _forged(solution: dict) -> dict:
    """Every check cell prints success, and the function is a constant."""
    notebook = copy.deepcopy(solution)
    _blank(notebook, REPLACED)["source"] = f"def {REPLACED}(*args):\n    return 1.0"
    for cell in notebook["cells"]:
        if cell["metadata"].get("dlcourse", {}).get("role") == "check":
            cell["source"] = "print('passed: 10 of 10 points')"
    return notebook


def _bare(solution: dict) -> dict:
    """As an editor leaves it that drops all metadata."""
    notebook = copy.deepcopy(solution)
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


def _blanks(notebook: dict) -> list[dict[str, Any]]:
    roles = [c["metadata"].get("dlcourse", {}).get("role") for c in notebook["cells"]]
    return [c for c, role in zip(notebook["cells"], roles, strict=True) if role == "blank"]


def _blank(notebook: dict, exercise: str) -> dict[str, Any]:
    return next(c for c in _blanks(notebook) if c["metadata"]["dlcourse"]["exercise"] == exercise)


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _bytes(notebook: dict) -> bytes:
    return json.dumps(notebook).encode()


def main() -> None:
    """Write the class into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for learner in make_class():
        (folder / f"{learner.name}.ipynb").write_bytes(learner.content)
    print(f"{len(list(folder.glob('*.ipynb')))} notebooks in {folder}")


if __name__ == "__main__":
    main()
