import json
import signal
import subprocess
import sys

import pytest

from dlcourse.grading.results import SubmissionResult
from dlcourse.progress import Progress

LOOP = "def discount(prices, rate):\n    print(1)\n    while True:\n        pass"


def test_everything_right(run, own, notebook):
    result = run("check", notebook(), "--exercises", own)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "✓ total: passed (2 of 2 points)",
        "✓ discount: passed (3 of 3 points)",
        "✓ quiz: passed (1 of 1 point)",
        "",
        "3 of 3 passed, 6 of 6 points",
    ]


def test_a_wrong_answer_is_explained_with_its_misconception(run, own, notebook):
    result = run("check", notebook(total="wrong", discount="blank"), "--exercises", own)
    assert result.exit_code == 1
    assert "total is 1.75, expected 3.5." in result.output
    assert "This looks like: This is the mean: do not divide by the number" in result.output
    assert "dlcourse hint 90 total --exercises" in result.output
    assert "○ discount: not attempted yet (0 of 3 points)" in result.output
    assert "dlcourse hint 90 discount" not in result.output  # a blank takes one line
    assert max(len(x) for x in result.output.splitlines() if "hint" not in x) <= 80
    assert not any(line.endswith(" ") for line in result.output.splitlines())


def test_only_what_is_named_is_checked_and_shown_in_full(run, own, notebook):
    result = run("check", notebook(discount="blank"), "discount", "quiz", "--exercises", own)
    assert result.exit_code == 1
    assert "total:" not in result.output
    assert "Prices after a discount." in result.output
    assert "1 of 2 passed, 1 of 4 points" in result.output
    assert "hint 90 quiz" not in result.output
    assert run("check", notebook(), "quiz", "--exercises", own).exit_code == 0


def test_json(run, own, notebook):
    path = notebook(total="wrong")
    result = run("check", path, "--exercises", own, "--json", "--seed", 7)
    assert result.exit_code == 1
    record = json.loads(result.stdout)
    found = SubmissionResult.from_json(record)
    assert (found.learner, found.lesson, found.seed) == ("ada", "shop_sums", 7)
    assert (record["score"], record["points"]) == (4, 6)
    assert found.exercises[0].diagnosis.name == "mean"


def test_progress_is_kept(run, own, notebook):
    run("check", notebook(discount="wrong"), "--exercises", own)
    found = Progress().all()["shop_sums"]
    assert {name: entry["passed"] for name, entry in found.items()} == {
        "total": True, "discount": False, "quiz": True,
    }  # fmt: skip


def test_a_store_that_cannot_be_written_costs_nobody_the_answer(run, own, notebook, home):
    home.write_text("a file where the folder should be")
    result = run("check", notebook(), "--exercises", own, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["score"] == 6
    assert "progress could not be kept" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere.ipynb",), "does not exist"),
        (("{notebook}", "totl"), "did you mean total?"),
        (("{notebook}", "--seed", "-1"), "-1 is not in the range"),
        (("{notebook}", "--seed", "x"), "not a valid integer"),
        (("{folder}",), "is a directory"),
    ],
)
def test_usage_errors(arguments, sentence, run, own, notebook):
    names = {"notebook": notebook(), "folder": own}
    result = run("check", *(a.format(**names) for a in arguments), "--exercises", own)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("text", ['{"cells": [', "[]", '{"cells": []}', "\udcff"])
def test_what_is_no_notebook_is_unreadable(text, run, own, notebook):
    path = notebook()
    path.write_bytes(text.encode(errors="surrogateescape"))
    result = run("check", path, "--exercises", own, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ada.ipynb")
    assert "Traceback" not in result.stderr


def test_a_lesson_of_ones_own_needs_its_folder(run, notebook):
    result = run("check", notebook())
    assert result.exit_code == 2
    assert "--exercises DIR" in result.stderr


def test_terminal_sequences_of_a_learner_are_not_obeyed(run, own, notebook):
    crash = 'def total(prices):\n    raise ValueError("\\x1b]0;owned\\x07\\x1b[2J")'
    result = run("check", notebook(total=crash), "--exercises", own)
    assert "ValueError" in result.output
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


def test_a_reader_that_goes_away_is_no_defect(own, notebook):
    command = [sys.executable, "-m", "dlcourse", "check", str(notebook()), "--exercises", str(own)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_in_the_middle_gives_no_verdict(own, notebook):
    path = notebook(discount=LOOP)
    command = [sys.executable, "-m", "dlcourse", "check", str(path), "--exercises", str(own)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert b"total: passed" in process.stdout.readline()  # now it is in the loop
        process.send_signal(signal.SIGINT)
        output, messages = process.communicate(timeout=60)
    assert process.returncode == 130, messages
    assert b"discount" not in output
    assert messages == b"Stopped.\n"
    assert "discount" not in Progress().all()["shop_sums"]
