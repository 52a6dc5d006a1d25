"""Runs the code cells of a notebook, as far as grading needs them.

A cell that defines what is graded runs as it is. Of every other cell only the definitions run:
imports, functions, classes, and assignments that call nothing but NumPy. Training and plotting
cells would cost minutes and decide nothing.
"""

import ast
import linecache
import re
from collections.abc import Iterator
from typing import Any

from dlcourse.grading.boundary import Failure, describe

__all__ = ["run_cell"]

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FOREIGN_CELL = re.compile(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b)\w+")
_MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
_QUIET_MODULES = ("numpy", "math")


def run_cell(source: str, number: int, whole: bool, namespace: dict[str, Any]) -> Failure | None:
    """Run one cell in the notebook's namespace.

    Args:
        source: Its text.
        number: Its position, for tracebacks.
        whole: Whether every statement runs, or the definitions only.
        namespace: Where its names go.

    Returns:
        What it raised, or None. Of a cell run in part, one statement's failure does not stop
        the next.
    """
    filename = f"<cell {number}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        tree = _parse(source, filename)
        if whole:
            exec(compile(tree, filename, "exec"), namespace)
            return None
    except BaseException as error:  # whatever a learner's cell raises is a finding
        return describe(error)
    failure = None
    for statement in _definitions(tree):
        try:
            exec(compile(ast.Module([statement], []), filename, "exec"), namespace)
        except BaseException as error:  # as above
            failure = describe(error)
    return failure


def _parse(source: str, filename: str) -> ast.Module:
    """The cell as Python; where it is none, IPython's magics are taken out first."""
    try:
        return ast.parse(source, filename)
    except SyntaxError:
        if _FOREIGN_CELL.match(source):
            return ast.parse("")
        try:
            return ast.parse(_MAGIC.sub(r"\1pass", source), filename)
        except SyntaxError:
            pass
        raise  # the error in what the learner wrote


def _definitions(tree: ast.Module) -> Iterator[ast.stmt]:
    quiet = {a.asname or a.name for n in ast.walk(tree) if isinstance(n, ast.Import)
             for a in n.names if a.name in _QUIET_MODULES} | {"np", "math"}  # fmt: skip
    for statement in tree.body:
        if isinstance(statement, _DEFINITIONS):
            yield statement
        elif isinstance(statement, ast.Try):
            if all(isinstance(s, ast.Import | ast.ImportFrom) for s in statement.body):
                yield statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            if _is_quiet(statement.value, quiet):
                yield statement


def _is_quiet(value: ast.expr, quiet: set[str]) -> bool:
    """Whether an expression calls nothing but functions of NumPy and math."""
    calls = [node.func for node in ast.walk(value) if isinstance(node, ast.Call)]
    return all(_root(function) in quiet for function in calls)


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
