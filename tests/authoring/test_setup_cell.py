"""The set-up cell installs only what is missing and keeps what is there."""

import importlib.metadata
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse.authoring.setup_cell import setup_cell

ADDRESS = "https://github.com/me/course"


@pytest.fixture
def installed(monkeypatch):
    """Pretend that dlcourse is missing; collects what would be installed, and the pins."""
    commands = []

    def run(command, check):
        constraints = Path(command[command.index("--constraint") + 1])
        commands.append((command, constraints.read_text().splitlines()))

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    return commands


def execute(address):
    exec(compile(setup_cell("start_here", address), "<setup>", "exec"), {})


def test_nothing_is_installed_where_dlcourse_is_there(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: pytest.fail("installed"))
    execute(ADDRESS)


def test_published_package_is_installed_beside_what_is_there(installed):
    execute(ADDRESS)
    ((command, pins),) = installed
    assert command[:4] == [sys.executable, "-m", "pip", "install"]
    assert command[-1] == "dlcourse @ git+https://github.com/me/course"
    assert f"numpy=={importlib.metadata.version('numpy')}" in pins
    assert f"keras=={importlib.metadata.version('keras')}" in pins
    assert all("==" in pin for pin in pins)


def test_an_uploaded_wheel_is_installed(installed, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for version in ("0.1.0", "0.2.0"):
        (tmp_path / f"dlcourse-{version}-py3-none-any.whl").touch()
    execute("")
    ((command, _),) = installed
    assert command[-1] == str(tmp_path / "dlcourse-0.2.0-py3-none-any.whl")


def test_without_a_wheel_the_cell_tells_what_to_do(installed, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="make lab.*upload the file dlcourse"):
        execute("")
    assert not installed


def test_a_folder_of_exercises_is_passed_on():
    assert 'dlcourse.lesson("mine", folder="../own")' in setup_cell("mine", "", "../own")
