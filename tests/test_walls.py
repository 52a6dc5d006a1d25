"""The walls of the house: who may import what, and what no file may be."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dlcourse"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 300
SAY_NOTHING = {"utils", "util", "common", "helpers", "misc"}
BACKENDS = {"tensorflow", "jax", "jaxlib", "torch"}
HEAVY = {"tensorflow", "keras", "torch", "jax", "pytest", "matplotlib", "sklearn"}


def imported(path, root=ROOT):
    """Full names of everything that a module imports, anywhere in it."""
    package = path.relative_to(root).with_suffix("").parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from dlcourse import models` imports dlcourse.models just as well
            found.update({module}, {f"{module}.{alias.name}" for alias in node.names})
    return found


def within(name, package):
    return name == package or name.startswith(f"{package}.")


def python_files(*folders):
    return [p for folder in folders for p in sorted((ROOT / folder).rglob("*.py"))]


def offences(paths, is_offence, root=ROOT):
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in paths
        for name in sorted(imported(path, root))
        if is_offence(name)
    ]


def only_numpy_and_siblings(name):
    top = name.partition(".")[0]
    return not (
        top == "numpy" or top in sys.stdlib_module_names or within(name, "dlcourse.scratch")
    )


def library_outside_grading(name):
    return within(name, "dlcourse") and name != "dlcourse" and not within(name, "dlcourse.grading")


def one_backend_only(name):
    return name.partition(".")[0] in BACKENDS or within(name, "keras.src")


def test_scratch_imports_only_numpy_and_its_siblings():
    paths = sorted((PACKAGE / "scratch").rglob("*.py"))
    assert paths
    assert offences(paths, only_numpy_and_siblings) == []


def test_grading_imports_nothing_of_the_library():
    paths = sorted((PACKAGE / "grading").rglob("*.py"))
    assert paths
    assert offences(paths, library_outside_grading) == []


def test_only_exercises_import_models():
    allowed = (PACKAGE / "exercises", PACKAGE / "models")
    paths = [p for p in MODULES if not p.is_relative_to(allowed[0])]
    paths = [p for p in paths if not p.is_relative_to(allowed[1])]
    assert offences(paths, lambda name: within(name, "dlcourse.models")) == []


def test_only_kernels_know_their_backend():
    paths = [p for p in MODULES if not p.is_relative_to(PACKAGE / "kernels")]
    assert offences(paths, one_backend_only) == []


def test_every_kernel_says_why():
    kernels = [p for p in (PACKAGE / "kernels").glob("*.py") if p.stem != "__init__"]
    reasons = {p.stem: ast.get_docstring(ast.parse(p.read_text(encoding="utf-8"))) for p in kernels}
    assert reasons
    assert [name for name, reason in reasons.items() if len((reason or "").split()) < 20] == []


@pytest.mark.parametrize(
    ("line", "is_offence"),
    [
        ("import scipy.special", only_numpy_and_siblings),
        ("from dlcourse import losses", only_numpy_and_siblings),
        ("def f():\n    from ..losses import triplet", only_numpy_and_siblings),
        ("from ..scratch import dense", library_outside_grading),
        ("import dlcourse.models.lenet", library_outside_grading),
        ("from dlcourse import datasets", library_outside_grading),
        ("def f():\n    import tensorflow as tf", one_backend_only),
        ("from torch.nn import functional", one_backend_only),
        ("import jax.numpy as jnp", one_backend_only),
        ("from keras.src import backend", one_backend_only),
    ],
)
def test_a_breach_is_seen(tmp_path, line, is_offence):
    module = tmp_path / "dlcourse" / "grading" / "breach.py"
    module.parent.mkdir(parents=True)
    module.write_text(f"import math\nimport numpy as np\n{line}\n", encoding="utf-8")
    assert offences([module], is_offence, root=tmp_path)


@pytest.mark.parametrize(
    "start",
    [
        "import dlcourse",
        "import dlcourse.grading.results",
        "import runpy; sys.argv = ['dlcourse', '--help']; runpy.run_module('dlcourse', None, "
        "'__main__')",
    ],
    ids=["import dlcourse", "import the results", "python -m dlcourse --help"],
)
def test_starting_is_cheap(start):
    program = (
        f"import atexit, sys\natexit.register(lambda: print('loaded:', *sys.modules))\n{start}\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.rpartition("loaded:")[2].split())
    assert "dlcourse" in loaded
    assert loaded & HEAVY == set()


def test_no_file_is_too_long():
    paths = [*python_files("dlcourse", "tests", "benchmarks"), *templates()]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }
    assert {path: n for path, n in lengths.items() if n > MAX_LINES} == {}


def templates():
    return [p for p in PACKAGE.rglob("*") if p.suffix in {".css", ".html", ".j2", ".js"}]


def test_every_name_says_what_is_inside():
    paths = python_files("dlcourse", "tests", "benchmarks")
    names = {p: {p.stem, p.stem.removeprefix("test_"), p.parent.name} for p in paths}
    assert [str(p.relative_to(ROOT)) for p in paths if names[p] & SAY_NOTHING] == []


def test_every_public_module_lists_its_names_on_top():
    # exercises are found by what they are, never imported by name
    exercises = PACKAGE / "exercises"
    modules = [p for p in MODULES if exercises not in p.parents and p.stem != "__main__"]
    silent = [p for p in modules if not p.stem.startswith("_") or p.stem == "__init__"]
    assert [str(p.relative_to(ROOT)) for p in silent if not lists_its_names(p)] == []


def lists_its_names(path):
    """Whether `__all__` stands before the first definition, or there is nothing to list."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if all(isinstance(node, ast.Expr) for node in tree.body):
        return True  # a package that is a docstring
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            return False
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
                return True
    return False
