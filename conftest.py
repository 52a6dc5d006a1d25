"""What holds for tests and for examples in docstrings: no figure outlives who drew it."""

import sys

import pytest


@pytest.fixture(autouse=True)
def _no_figures_left():
    """Close them: pyplot keeps every figure, and warns of the twenty-first."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
