import json
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from dlcourse.cli import grading

LOOP = "def total(prices):\n    while True:\n        pass"


@pytest.fixture
def inbox(notebook):
    """A class of four; one file is damaged."""
    notebook("in/ada")
    notebook("in/bob", total="wrong", discount="wrong")
    notebook("in/eve", discount="blank", answer="a")
    broken = notebook("in/dan")
    broken.write_text(broken.read_text()[:100])
    return broken.parent


def test_a_class(run, own, inbox, tmp_path):
    out = tmp_path / "out"
    result = run("grade", inbox, "--out", out, "--exercises", own, "--jobs", 1)
    assert result.exit_code == 1  # dan could not be graded
    assert "Not graded (their notes say why): dan\n" in result.stderr
    assert "6 of 6" in result.stdout
    assert "do not divide by the number" in result.stdout
    for name in ("class.html", "gradebook.csv", "learners/ada.html"):
        assert (out / name).is_file()
    assert len(list((out / "records").glob("*.json"))) >= 3
    assert str(out / "class.html") in result.stdout.replace("\n", "")
    assert "4/4" not in result.stderr  # no progress bar where nobody watches


def test_json_and_two_jobs(run, own, inbox, tmp_path):
    out = tmp_path / "out"
    result = run("grade", inbox, "--out", out, "--exercises", own, "--jobs", 2, "--json")
    found = json.loads(result.stdout)
    scores = {s["learner"]: s["score"] for s in found["submissions"]}
    assert scores == {"ada": 6, "bob": 1, "dan": 0, "eve": 2}
    assert found["not_graded"] == ["dan"]
    assert found["reports"]["class"] == str(out / "class.html")
    assert {s["seed"] for s in found["submissions"]} == {found["seed"]}
    assert f"--seed {found['seed']} reproduces" in result.stderr


@pytest.fixture
def seeds(monkeypatch):
    """Grades nothing, and keeps what grade_class was asked for."""
    asked = []
    monkeypatch.setattr(grading, "grade_class", lambda *a, **k: asked.append(k) or [])
    monkeypatch.setattr(grading, "write_reports", lambda results, out: {})
    return asked


def test_a_run_that_goes_on_keeps_its_seed(run, notebook, tmp_path, seeds):
    arguments = ("grade", notebook(), "--out", tmp_path / "out")
    assert run(*arguments).exit_code == 0
    assert run(*arguments).exit_code == 0
    run(*arguments, "--fresh")
    run(*arguments, "--seed", 5)
    run(*arguments)
    first, second, fresh, given, after = (asked["seed"] for asked in seeds)
    assert first == second
    assert fresh != first
    assert given == after == 5


def test_a_damaged_record_of_the_run_is_no_obstacle(run, notebook, tmp_path, seeds):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("[")
    assert run("grade", notebook(), "--out", tmp_path / "out").exit_code == 0


def test_limits_and_jobs_arrive(run, notebook, tmp_path, seeds, monkeypatch):
    monkeypatch.setattr(grading, "cpu_count", lambda: 64)
    notebook("ada"), notebook("bob")
    run("grade", tmp_path, "--out", tmp_path / "out", "--seconds", 2.5, "--memory-mb", 100)
    assert seeds[0]["jobs"] == 2
    assert (seeds[0]["limits"].seconds_per_call, seeds[0]["limits"].memory_mb) == (2.5, 100)
    run("grade", tmp_path, "--out", tmp_path / "out", "--lesson", "90", "--jobs", 1)
    assert seeds[1]["jobs"] == 1
    assert seeds[1]["lesson"] == "90"


def test_the_help_tells_the_limits_that_hold(run):
    from dlcourse.grading.limits import Limits

    text = " ".join(run("grade", "--help").output.split())
    assert f"function; {Limits().seconds_per_call:g} unless given" in text
    assert f"memory; {Limits().memory_mb} unless given" in text


def test_every_missing_protection_is_told(run, notebook, tmp_path, seeds, monkeypatch):
    def protections():
        return (SimpleNamespace(name="walls", active=False, detail="build some"),
                SimpleNamespace(name="roof", active=True, detail=""))  # fmt: skip

    monkeypatch.setattr(grading, "active_protections", protections)
    result = run("grade", notebook(), "--out", tmp_path / "out", "--json")
    assert "Warning: missing protection: walls (build some)" in result.stderr
    assert "roof" not in result.stderr
    assert json.loads(result.stdout)["missing_protections"] == ["walls"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("{here}",), "Missing option '--out'"),
        (("--out", "{here}/out"), "Missing argument"),
        (("{here}/nowhere", "--out", "{here}/out"), "does not exist"),
        (("{here}/home", "--out", "{here}/out"), "no notebook"),
        (("{here}", "--out", "{here}/out", "--jobs", "0"), "0 is not in the range"),
        (("{here}", "--out", "{here}/out", "--seconds", "0"), "0.0 is not in the range"),
        (("{here}", "--out", "{here}/ada.ipynb"), "is a file"),
    ],
)
def test_usage_errors(arguments, sentence, run, notebook, tmp_path, home):
    notebook()
    home.mkdir()
    result = run("grade", *(a.format(here=tmp_path) for a in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in " ".join(result.stderr.split())


def test_a_folder_without_a_notebook_of_a_lesson_is_unreadable(run, notebook, tmp_path):
    path = notebook()
    path.write_text("{}")
    result = run("grade", path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_stops_the_run_and_the_next_one_goes_on(own, notebook, tmp_path):
    for name, total in (("in/a", "right"), ("in/b", LOOP), ("in/c", "right")):
        notebook(name, total=total)
    command = [sys.executable, "-m", "dlcourse", "grade", str(tmp_path / "in"), "--out",
               str(tmp_path / "out"), "--exercises", str(own), "--jobs", "1"]  # fmt: skip
    records = tmp_path / "out" / "records"
    with subprocess.Popen(
        [*command, "--seconds", "60"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        wait_for(lambda: list(records.glob("*.json")) or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        output, messages = process.communicate(timeout=60)
    assert process.returncode == 130, messages
    assert b"run the same command" in messages
    assert output == b""
    assert len(list(records.glob("*.json"))) == 1  # b and c are still to be graded


def wait_for(condition):
    import time

    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
