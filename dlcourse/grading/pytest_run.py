"""Runs pytest inside this process, apart from any pytest that may be running around it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

__all__ = ["run_pytest"]

_SETTINGS = Path(__file__).with_name("checks.ini")
# options for the pytest around us, and the signs of continuous integration, with which pytest
# prints differences in full
_MEANT_FOR_OTHERS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "CI", "BUILD_NUMBER")
_SWITCHED_OFF = (
    "terminal cacheprovider faulthandler junitxml doctest stepwise pastebin debugging logging "
    "warnings setuponly setupplan nose unraisableexception threadexception"
).split()


def run_pytest(arguments: Sequence[str], plugins: Sequence[Any]) -> int:
    """Run pytest with only these plugins and no configuration but ours.

    Args:
        arguments: Files, node ids, options.
        plugins: Plugin objects; they are also how results come back.

    Returns:
        pytest's exit code.
    """
    options = ["-c", str(_SETTINGS), "--rootdir", str(_SETTINGS.parent), "--noconftest"]
    options += ["--import-mode=importlib", "--capture=no", "--disable-plugin-autoload"]
    for plugin in _SWITCHED_OFF:
        options += ["-p", f"no:{plugin}"]
    outer = {name: os.environ.pop(name, None) for name in _MEANT_FOR_OTHERS}
    current = os.environ.get("PYTEST_CURRENT_TEST")
    try:
        return int(pytest.main([*options, *arguments], plugins=list(plugins)))
    finally:
        outer["PYTEST_CURRENT_TEST"] = current
        for name, value in outer.items():
            if value is not None:
                os.environ[name] = value
