import json
import sys
from importlib import metadata
from types import SimpleNamespace

import pytest

from dlcourse.cli import examinations
from dlcourse.cli.examinations import Finding


@pytest.fixture
def found(monkeypatch):
    """Lets the doctor find these things."""

    def answer(*findings):
        monkeypatch.setattr(examinations, "EXAMINATIONS", (lambda: findings,))

    return answer


def test_everything_works(found, run):
    found(Finding("Python", "ok", "3.12"))
    result = run("doctor")
    assert result.exit_code == 0
    assert result.output.split() == ["ok", "Python", "3.12", "Everything", "works."]


def test_a_note_is_no_problem(found, run):
    found(Finding("Protection: walls", "advice", "missing", "build some"))
    result = run("doctor")
    assert result.exit_code == 0
    assert "-> build some" in result.output


def test_a_problem_ends_with_1_and_says_what_to_do(found, run):
    found(Finding("numpy", "problem", "not installed", "pip install numpy"))
    result = run("doctor")
    assert result.exit_code == 1
    assert "PROBLEM" in result.output
    assert "-> pip install numpy" in result.output
    assert "One thing does not work." in result.output


def test_json(found, run):
    found(Finding("Python", "problem", "3.9", "newer"))
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {"what": "Python", "state": "problem", "detail": "3.9", "advice": "newer"}
    ]


def test_an_examination_that_fails_hides_no_other(monkeypatch, run):
    def gpu_things():
        raise OSError("no driver")

    good = Finding("Python", "ok", "3.12")
    monkeypatch.setattr(examinations, "EXAMINATIONS", (gpu_things, lambda: [good]))
    result = run("doctor")
    assert result.exit_code == 1
    assert "no driver" in result.output
    assert "3.12" in result.output


def test_this_very_machine_in_80_columns(run):
    result = run("doctor")
    assert result.exit_code in (0, 1)
    for what in (
        "Python",
        "numpy",
        "tensorflow",
        "keras",
        "GPU",
        "Course",
        "Progress",
        "Protection",
    ):
        assert what in result.output
    assert "could not be examined" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_tensorflow_is_not_imported():
    import subprocess

    code = (
        "import sys\nfrom dlcourse.cli import main\n"
        "try: main(['doctor'])\nexcept SystemExit: pass\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def only(findings):
    (finding,) = findings
    return finding


def test_an_old_python_is_a_problem(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert only(examinations.python()).state == "problem"


@pytest.fixture
def installed(monkeypatch):
    """Decides which packages there are, and what dlcourse asks for."""

    def version(name):
        try:
            return versions[name]
        except KeyError:
            raise metadata.PackageNotFoundError(name) from None

    versions = {"numpy": "1.20", "pytest": "9.0", "watchfiles": "1.0", "keras": "3.9"}
    wanted = ["numpy<3,>=1.26", "pytest>=8.4", 'tensorflow>=2.18; extra == "keras"']
    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda name: wanted)


def test_packages(installed):
    found = {finding.what: finding for finding in examinations.packages()}
    assert {name: finding.state for name, finding in found.items()} == {
        "numpy": "problem", "pytest": "ok", "watchfiles": "ok", "tensorflow": "advice",
        "keras": "ok", "jupyterlab": "advice",
    }  # fmt: skip
    assert found["numpy"].advice == 'python -m pip install "numpy<3,>=1.26"'
    assert found["tensorflow"].advice == 'python -m pip install "tensorflow>=2.18"'
    assert "notebook 01" in found["tensorflow"].detail


def test_missing_notebooks(monkeypatch, tmp_path):
    monkeypatch.setattr("dlcourse.course.notebooks_folder", lambda: tmp_path)
    finding = only(examinations.course_files())
    assert finding.state == "problem"
    assert "00_start_here" in finding.detail


def test_a_store_that_cannot_be_written(monkeypatch, home):
    home.write_text("a file where the folder should be")
    finding = only(examinations.progress_store())
    assert finding.state == "problem"
    assert "DLCOURSE_HOME" in finding.advice


def test_examining_the_store_makes_nothing(home):
    assert only(examinations.progress_store()).state == "ok"
    assert not home.exists()


def test_a_missing_protection_is_a_note_with_its_remedy(monkeypatch):
    missing = SimpleNamespace(name="walls", active=False, detail="build some")
    monkeypatch.setattr("dlcourse.grading.protection.active_protections", lambda: (missing,))
    assert only(examinations.protections()) == Finding(
        "Protection: walls", "advice", "missing", "build some"
    )
