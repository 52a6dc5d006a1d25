"""Keras finds a saved class by its registered name, so no two classes may share one."""

import ast
from collections import Counter

from tests.test_walls import MODULES


def registered_classes(source):
    """Names of the classes in a module that are registered with Keras."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and any("register_keras_serializable" in ast.dump(d) for d in node.decorator_list)
    ]


def test_no_name_is_registered_twice():
    names = Counter(
        name for path in MODULES for name in registered_classes(path.read_text(encoding="utf-8"))
    )
    assert len(names) > 30
    assert [name for name, count in names.items() if count > 1] == []


def test_a_registered_class_is_found():
    source = "@keras.saving.register_keras_serializable(package='p')\nclass A: pass\nclass B: pass"
    assert registered_classes(source) == ["A"]
