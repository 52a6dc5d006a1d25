import os
import subprocess
import sys
import time

import click
import pytest
from click.testing import CliRunner

from dlcourse.cli import app, main
from dlcourse.cli.app import COMMANDS
from dlcourse.cli.errors import explained

LIGHT = (
    "import sys\n"
    "from dlcourse.cli import main\n"
    "try: main(['--help'])\n"
    "except SystemExit: pass\n"
    "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
)


def python(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True, timeout=60, check=False, env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_shows_an_example_and_fits_80_columns(name, run):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.output
    assert f"\n    dlcourse {name}" in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_help_lists_every_command_in_full_and_the_exit_codes(run):
    result = run("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.output
    assert "..." not in result.output.partition("Exit codes:")[0].partition("Learn:")[2]
    for code in (0, 1, 2, 3, 130):
        assert f"\n    {code} " in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_help_loads_neither_the_engine_nor_anything_heavy():
    found = set(python("-c", LIGHT).stderr.decode().split())
    assert "click" in found
    assert not found & {"tensorflow", "keras", "numpy", "pytest", "_pytest", "nbformat", "rich"}


def test_help_is_quick():
    def seconds():
        start = time.perf_counter()
        assert python("-m", "dlcourse", "--help").returncode == 0
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.3


def test_without_a_command_the_help_is_shown(run):
    result = run()
    assert result.exit_code == 2
    assert "Learn:" in result.output


def test_a_misspelled_command_is_recognised(run):
    result = run("chekc")
    assert result.exit_code == 2
    assert "No such command 'chekc'" in result.stderr
    assert "Traceback" not in result.output


def test_version_is_that_of_the_package(run):
    import dlcourse

    assert dlcourse.__version__ in run("--version").output


@pytest.fixture
def failing(monkeypatch):
    """Makes every command raise."""

    def make(error):
        def fail():
            raise error

        command = click.Command("doctor", callback=fail)
        monkeypatch.setattr(
            app, "import_module", lambda name: type("module", (), {"command": command})
        )

    return make


class CourseError(Exception):
    """Stands for the errors that dlcourse raises for people to read."""

    __module__ = "dlcourse.somewhere"


class BoundaryError(CourseError):
    __module__ = "dlcourse.grading.boundary"


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (CourseError("there is no lesson '99'"), 2, "Error: there is no lesson '99'\n"),
        (FileNotFoundError(2, "No such file", "a.ipynb"), 2, "Error: a.ipynb: No such file\n"),
        (BoundaryError("the sandbox did not start"), 3, "Error: the sandbox did not start\n"),
        (
            ZeroDivisionError("division\nby zero"),
            3,
            "Error: dlcourse failed unexpectedly (ZeroDivisionError: division by zero). "
            "Run the same command with --debug to see where.\n",
        ),
    ],
)
def test_an_error_becomes_one_sentence_and_an_exit_code(error, code, sentence, failing, run):
    failing(error)
    result = run("doctor")
    assert (result.exit_code, result.stderr, result.stdout) == (code, sentence, "")


@pytest.mark.parametrize("arguments", [("--debug", "doctor"), ("doctor", "--debug")])
def test_debug_shows_the_traceback_and_keeps_the_exit_code(arguments, failing, run):
    failing(ZeroDivisionError("oh"))
    result = run(*arguments)
    assert result.exit_code == 3
    assert "Traceback (most recent call last)" in result.stderr
    assert "ZeroDivisionError: oh" in result.stderr


def test_ctrl_c_ends_with_130(failing, run):
    failing(KeyboardInterrupt())
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (130, "Stopped.\n")


def test_a_reader_that_went_away_is_left_to_click():
    with pytest.raises(BrokenPipeError), explained(click.Context(main)):
        raise BrokenPipeError(32, "Broken pipe")


def test_a_terminal_without_the_characters_is_no_reason_to_fail(own, notebook):
    done = python(
        "-m", "dlcourse", "check", str(notebook()), "total", "--exercises", str(own),
        PYTHONIOENCODING="ascii", COLUMNS="80",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"? total: passed (2 of 2 points)" in done.stdout


def test_no_color_is_respected(own, monkeypatch):
    def output():
        arguments = ["list", "90", "--exercises", str(own)]
        return CliRunner().invoke(main, arguments, color=True).output

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in output()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in output()  # no colours; bold may stay
