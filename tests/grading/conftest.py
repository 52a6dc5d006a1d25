"""A toy lesson, and notebooks for it."""

import json
from pathlib import Path

import pytest

from dlcourse.grading.catalog import load_lesson

LESSONS = Path(__file__).parent / "lessons"


@pytest.fixture(scope="session")
def lessons():
    """The folder of an instructor's own lessons."""
    return LESSONS


@pytest.fixture(scope="session")
def toy():
    """The toy lesson."""
    return load_lesson(LESSONS / "toy.py")


@pytest.fixture
def write_notebook(tmp_path):
    """Writes a notebook of some code cells and gives its path."""

    def write(*cells, name="ada", lesson="toy"):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps(notebook(cells, lesson)), encoding="utf-8")
        return path

    return write


def notebook(cells, lesson):
    """A notebook as JSON data."""
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "metadata": {},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for number, source in enumerate(cells)
        ],
        "metadata": {"dlcourse": {"lesson": lesson, "format": 1}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
