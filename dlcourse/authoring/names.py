"""Which names a piece of code defines, and which it expects from elsewhere."""

import ast
import symtable

__all__ = ["defined_names", "definitions", "free_names"]

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.Module) -> list[Definition]:
    """The functions and classes at top level."""
    return [node for node in tree.body if isinstance(node, Definition)]


def defined_names(tree: ast.Module) -> set[str]:
    """Names that the top level defines or assigns.

    Example:
        >>> sorted(defined_names(ast.parse("import numpy as np; a, b = 1, 2")))
        ['a', 'b', 'np']
    """
    table = symtable.symtable(ast.unparse(tree), "<cell>", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


def free_names(tree: ast.Module) -> set[str]:
    """Names that the code uses, at whatever depth, and does not define itself.

    Example:
        >>> sorted(free_names(ast.parse("def f(x): return np.exp(x) + g(x)")))
        ['g', 'np']
    """
    used = _global_names(symtable.symtable(ast.unparse(tree), "<cell>", "exec"))
    return used - defined_names(tree)


def _global_names(table: symtable.SymbolTable) -> set[str]:
    top = table.get_type() == "module"
    names = {
        s.get_name()
        for s in table.get_symbols()
        if s.is_referenced() and (s.is_global() or (top and not s.is_assigned()))
    }
    return names.union(*map(_global_names, table.get_children()))
