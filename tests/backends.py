"""Keras on TensorFlow, JAX and PyTorch: each in a process of its own, answers as JSON.

A process has one Keras backend for life. `run_on` therefore starts another one, in which
KERAS_BACKEND is set before Keras is imported, and returns what a function or a piece of code found
there:

    run_on("jax", "tests.layers.contract:report", ["InvertedDropout"])
    run_on("torch", "import keras\nresult = keras.ops.arange(3)")     # [0, 1, 2]

    @pytest.mark.parametrize("backend", BACKENDS)
    def test_sum(backend):
        assert run_on(backend, SUM_PROGRAM) == pytest.approx(6.0)

The code leaves its answer in `result`. Arrays and tensors come back as nested lists, not-a-number
and infinities as such. A backend that is not installed skips the test and says so.
"""

import functools
import gc
import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

__all__ = ["BACKENDS", "run_on"]

BACKENDS = ("tensorflow", "jax", "torch")
ROOT = Path(__file__).parent.parent
FUNCTION = re.compile(r"([A-Za-z_][\w.]*)(?::(\w+))?")


def run_on(backend, program, *arguments, floatx="float32", timeout=300):
    """Run a function or a piece of code in a new process under one Keras backend.

    Args:
        backend: one of BACKENDS.
        program: "package.module:function", "package.module" for its function `main`, or Python
            code (anything longer than a name) that assigns `result` and may read `arguments`.
        *arguments: JSON values, given to the function, or to the code as a list.
        floatx: Keras's default float type; with "float64" JAX computes in 64 bits too.
        timeout: seconds after which the process is stopped.

    Returns:
        What the function returned or the code left in `result`, as JSON brings it back: tuples,
        arrays and tensors as lists.

    Raises:
        AssertionError: the program failed; the message holds what it wrote to stderr.
        Skipped: the backend is not installed.
    """
    if reason := missing(backend):
        pytest.skip(reason)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        run = subprocess.run(
            [sys.executable, "-m", "tests.backends", str(answer)],
            input=json.dumps([program, arguments, floatx]),
            cwd=ROOT,
            env=environment(backend, floatx),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=timeout,
        )
        if run.returncode or not answer.exists():
            raise AssertionError(
                f"on {backend}, exit status {run.returncode}:\n{run.stdout}\n{run.stderr}"
            )
        return json.loads(answer.read_text(encoding="utf-8"))


@functools.cache
def missing(backend):
    """Why a backend cannot be used here, or None."""
    if backend not in BACKENDS:
        raise ValueError(f"backend: expected one of {BACKENDS}, got {backend!r}")
    if importlib.util.find_spec(backend) is None:
        return f"{backend} is not installed: pip install -r requirements-backends.txt"
    return None


def environment(backend, floatx):
    """Variables of the new process: its backend, 64 bits if they are wanted, and no chatter."""
    settings = {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    # thousands of operations are compiled to be run once
    settings["JAX_DISABLE_MOST_OPTIMIZATIONS"] = "1"
    if floatx == "float64":
        settings["JAX_ENABLE_X64"] = "1"
    return {**os.environ, **settings}


def answer_to(program, arguments):
    """What a program finds, in this process."""
    if (name := FUNCTION.fullmatch(program)) is None:
        scope = {"arguments": arguments}
        exec(compile(program, "<run_on>", "exec"), scope)
        return scope["result"]
    module, function = name.groups()
    return getattr(importlib.import_module(module), function or "main")(*arguments)


def as_json(value):
    """Arrays and tensors of any backend as lists (called by `json` for what it does not know)."""
    import keras

    return keras.ops.convert_to_numpy(value).tolist()


def _main():
    gc.set_threshold(50_000, 20, 20)  # as in conftest.py
    program, arguments, floatx = json.load(sys.stdin)
    if floatx != "float32":
        import keras

        keras.config.set_floatx(floatx)
    text = json.dumps(answer_to(program, arguments), default=as_json)
    Path(sys.argv[1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main()
