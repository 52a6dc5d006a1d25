"""The contract of every layer: one list of small checks, on every backend.

A topic's layers are tried because of a file `tests/layers/cases_<topic>.py` with a list:

    CASES = [
        LayerCase("L2Normalization", L2Normalization, (2, 5)),
        LayerCase("residual, strided", lambda: IdentityBlock(4, strides=2), (2, 8, 8, 4)),
        LayerCase("attention", lambda: Attention(3), [(2, 4, 3), (2, 5, 3)], mask="gone"),
        LayerCase("codes", lambda: Codes(9), lambda rng: rng.integers(9, size=(2, 4))),
    ]

Shapes are small (each case runs about twelve checks on three backends), arguments far from the
defaults, and there are as many cases as it takes to reach each argument. To try some, by a part of
their names:

    python -m tests.layers.contract --backend jax --only residual

`tests/layers/test_contract.py` runs them all and prints the table of layers and backends.
"""

import argparse
import importlib
import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["LayerCase", "all_cases", "main", "report"]


@dataclass(frozen=True)
class LayerCase:
    """One layer with its arguments, what it is called with and what holds for it.

    Attributes:
        name: unique; the line in the table. Let it begin with the name of the class.
        make: function of nothing that makes the layer anew, such as the class itself.
        inputs: what the layer is called with, the batch (>= 2 examples) first: a shape, of which
            random normal float32 numbers are drawn; a list or dict of shapes; or a function from a
            `numpy.random.Generator` to an array or to a list or dict of arrays.
        mask: "unsupported" (`supports_masking` is False), "same" (the mask of a single input
            (batch, steps, …) goes on as it is), or "gone" (supported, and none goes on).
        ignores_masked: with a mask: what stands at masked steps changes no other step.
        call: more arguments of `call`.
        unreached: parts of the paths of trainable weights that get no gradient by design.
        tolerance: largest relative and absolute difference that counts as equal in float32.
        keras_test: arguments for Keras's own `run_layer_test` that it cannot find out by itself.
    """

    name: str
    make: Callable
    inputs: object
    mask: str = "unsupported"
    ignores_masked: bool = True
    call: dict = field(default_factory=dict)
    unreached: tuple = ()
    tolerance: float = 1e-5
    keras_test: dict = field(default_factory=dict)

    def arrays(self, seed=0):
        """What the layer is called with, the same numbers for the same seed."""
        import keras
        import numpy as np

        rng = np.random.default_rng(seed)
        if callable(self.inputs):
            return self.inputs(rng)

        def normal(shape):
            return rng.standard_normal(shape, dtype=np.float32)

        return keras.tree.map_shape_structure(normal, self.inputs)


def all_cases():
    """Every case of every `cases_*.py` of this folder, by its name.

    Raises:
        ValueError: two cases have the same name.
    """
    found = {}
    for path in sorted(Path(__file__).parent.glob("cases_*.py")):
        for case in importlib.import_module(f"tests.layers.{path.stem}").CASES:
            if case.name in found:
                raise ValueError(f"{path.name}: a second case is called {case.name!r}: rename one")
            found[case.name] = case
    return found


def report(only=""):
    """Run every check on every case whose name contains `only`.

    Returns:
        dict from the case's name to a dict from the check's name to "ok" or the traceback.
    """
    from tests.layers.checks import CHECKS

    return {
        name: {check.__name__: _outcome(check, case) for check in CHECKS}
        for name, case in all_cases().items()
        if only in name
    }


def _outcome(check, case):
    try:
        check(case)
    except Exception:
        return traceback.format_exc()
    return "ok"


def main(arguments=None):
    """Try some cases on one backend and print what failed; the exit status is 1 if any did."""
    from tests.backends import BACKENDS, run_on

    parser = argparse.ArgumentParser(prog="python -m tests.layers.contract")
    parser.add_argument("--backend", choices=BACKENDS, default="tensorflow")
    parser.add_argument("--only", default="", help="a part of the cases' names")
    options = parser.parse_args(arguments)
    found = run_on(options.backend, "tests.layers.contract:report", options.only)
    failed = False
    for name, outcomes in found.items():
        broken = {check: text for check, text in outcomes.items() if text != "ok"}
        print(f"{name}: {len(outcomes) - len(broken)} of {len(outcomes)} checks hold")
        for check, text in broken.items():
            print(f"--- {name}: {check}\n{text}")
        failed |= bool(broken)
    if not found:
        print(f"no case's name contains {options.only!r}: {json.dumps(list(all_cases()))}")
    return int(failed or not found)


if __name__ == "__main__":
    # the module that the cases import their LayerCase from, not a second one called __main__
    from tests.layers.contract import main as run

    sys.exit(run())
