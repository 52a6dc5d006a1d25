"""The docstrings of installed packages, read from their sources without running them."""

import ast
import re
from importlib.machinery import PathFinder
from itertools import pairwise
from pathlib import Path

__all__ = ["docstrings", "prose_of"]

_LEFT_OUT = {"tests", "test", "testing", "_test_utils", "externals", "_vendor", "vendored"}
_NAMED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

_UNDERLINE = re.compile(r"^[-=~^\"'*#.+|\s_`]+$")
_TABLE = re.compile(r"^\s*\|.*\|\s*$|^\s*\+[-=+]+\+|(=|-){2,}\s+(=|-){2,}")
_ADMONITION = re.compile(r"^\.\. (note|warning|tip|important|caution|seealso)::\s*")
_TYPED_NAME = re.compile(r"^[*\w`.]+(?:, ?[*\w`.]+)* :(?: |$)")
_NAMED_ENTRY = re.compile(r"^[`*]{0,2}\w+[`*]{0,2}(?: \([^)]*\))?: +(?=\S)")
_SECTION = re.compile(r"^\w+( \w+)?:$")
_MATHS = re.compile(r":math:`[^`]*`|\$[^$]*\$")
_ROLE = re.compile(r":(?:\w+:)?\w+:`[~!.]?([^`<]*?)(?:\s*<[^>]*>)?`")
_LINK = re.compile(r"`([^`<]+?)\s*<[^`>]*>`_{1,2}|<?https?://[^\s>]*>?")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`(\"])")


def docstrings(package):
    """Yield every docstring of an installed package, file after file in alphabetical order.

    The sources are parsed, not imported: nothing of the package runs. Tests are left out, and so
    are files that this version of Python cannot parse.

    Args:
        package: name of a top-level package, such as "numpy".

    Yields:
        str, without the indentation.

    Raises:
        ModuleNotFoundError: there is no such package, or it is not a folder of sources.

    Example:
        >>> next(docstrings("joblib")).splitlines()[0]
        'Joblib is a set of tools to provide **lightweight pipelining in'
    """
    root = _folder(package)
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).parts):
        if _LEFT_OUT.isdisjoint(path.relative_to(root).parts):
            yield from _in_file(path)


def prose_of(docstring):
    r"""Yield the English sentences of a docstring: no code, names of arguments, maths or tables.

    Args:
        docstring: str in the style of NumPy or of Google.

    Yields:
        str, one sentence each, as it is written.

    Example:
        >>> list(prose_of("Sum it up.  Twice, too.\n\n>>> f(1)\n2\n\nx : int\n    The one."))
        ['Sum it up.', 'Twice, too.', 'The one.']
    """
    for paragraph in _paragraphs(docstring.expandtabs().splitlines()):
        text = _ROLE.sub(r"\1", _LINK.sub(r"\1", _MATHS.sub("X", paragraph)))
        text = text.replace("`", "").replace("*", "")
        for sentence in _SENTENCE_END.split(text):
            if sentence.endswith((".", "!", "?")):
                yield sentence


def _folder(package):
    spec = PathFinder.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"package: expected an installed package, got {package!r}")
    return Path(next(iter(spec.submodule_search_locations)))


def _in_file(path):
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError):
        return
    pending = [tree]
    while pending:  # only bodies can hold docstrings, so expressions need not be looked into
        node = pending.pop()
        if isinstance(node, _NAMED):
            if text := ast.get_docstring(node):
                yield text
            pending += [child for child in reversed(node.body) if isinstance(child, _NAMED)]


def _paragraphs(lines):
    """Join lines to paragraphs; a change of the indentation ends one as a blank line does."""
    paragraph, depth, skipped_below, in_code = [], 0, None, False
    for line, following in pairwise([*lines, "", ""]):
        indent, text = len(line) - len(line.lstrip()), line.strip()
        if skipped_below is not None and (not text or indent > skipped_below):
            continue  # what belongs to a directive or to "::" is indented more
        in_code = bool(text) and (in_code or text.startswith(">>>"))
        skipped_below = indent if _is_directive(text) else None
        if paragraph and (in_code or indent != depth or _starts_anew(text)):
            yield " ".join(paragraph)
            skipped_below = depth if paragraph[-1].endswith("::") else skipped_below
            paragraph = []
            if skipped_below is not None and (not text or indent > skipped_below):
                continue
        depth = indent
        if not (in_code or _is_noise(text, following.strip())):
            paragraph.append(_NAMED_ENTRY.sub("", _ADMONITION.sub("", text.lstrip("-*•# "))))


def _is_directive(text):
    return text.startswith(".. ") and not _ADMONITION.match(text)


def _starts_anew(text):
    return not text or text.startswith(("- ", "* ", "• ", ".. ")) or _NAMED_ENTRY.match(text)


def _is_noise(text, following):
    return (
        not text
        or _is_directive(text)
        or (len(following) >= 3 and _UNDERLINE.match(following))  # a heading
        or any(pattern.match(text) for pattern in (_UNDERLINE, _TABLE, _TYPED_NAME, _SECTION))
    )
