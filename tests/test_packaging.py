"""What is installed: pins within the ranges, every import declared, every folder there."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_walls import MODULES, ROOT, imported

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.txt", "requirements-backends.txt")
}
DISTRIBUTIONS = {"sklearn": "scikit-learn", "PIL": "pillow"}


def declared(*extras):
    """The ranges of pyproject.toml by name: the base's, and those of some extras."""
    lines = list(PROJECT["project"]["dependencies"])
    for extra in extras:
        lines += PROJECT["project"]["optional-dependencies"][extra]
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): r for r in requirements if r.name != "dlcourse"}


def pinned(file):
    lines = (line.partition("#")[0].strip() for line in PINS[file].splitlines())
    return {canonicalize_name(r.name): r for r in map(Requirement, filter(None, lines))}


def without_base(ranges):
    return {name: r for name, r in ranges.items() if name not in declared()}


@pytest.mark.parametrize(
    ("file", "ranges"),
    [
        ("requirements.txt", declared("keras", "lab", "test", "dev")),
        ("requirements-backends.txt", without_base(declared("backends", "peers"))),
    ],
)
def test_every_pin_is_one_exact_version_within_its_range(file, ranges):
    pins = pinned(file)
    assert set(pins) == set(ranges)
    for name, pin in pins.items():
        (version,) = pin.specifier
        assert version.operator == "=="
        assert ranges[name].specifier.contains(version.version), name


@pytest.mark.parametrize("file", PINS)
def test_the_pins_name_no_index_and_no_machine(file):
    pins = "\n".join(line.partition("#")[0] for line in PINS[file].splitlines())
    assert not re.search(r"^\s*-|://|--hash|\bfile:", pins, re.MULTILINE)


def test_every_import_is_declared():
    used = {name.partition(".")[0] for path in MODULES for name in imported(path)}
    used -= {*sys.stdlib_module_names, "dlcourse", ""}
    distributions = {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in used}
    assert "numpy" in distributions
    assert distributions - set(declared("keras", "backends")) == set()


def test_folders_of_the_wheel_exist():
    folders = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert folders
    assert [f for f in folders if not any(Path(ROOT / f).iterdir())] == []
