import os
import signal
import subprocess
import sys

import pytest

from dlcourse.cli import watch
from dlcourse.progress import Progress


@pytest.fixture
def follow(run, own, notebook, monkeypatch):
    """Runs `watch` while somebody saves these notebooks one after the other."""

    def follow(*steps, ends=None):
        path = notebook(**steps[0])

        def saves(watched):
            assert watched == path
            yield
            for step in steps[1:]:
                if isinstance(step, str):
                    path.write_text(step)
                else:
                    notebook(**step)
                yield
            if ends:
                raise ends
            raise AssertionError("it should have ended by itself")

        monkeypatch.setattr(watch, "saves", saves)
        return run("watch", path, "--exercises", own)

    return follow


def test_from_the_first_blank_to_the_end(follow):
    result = follow(
        {"total": "blank", "discount": "blank", "answer": ""},
        {"total": "wrong", "discount": "blank", "answer": ""},
        {"total": "right", "discount": "blank", "answer": ""},
        {"total": "right", "discount": "right", "answer": ""},
        {"total": "right", "discount": "right", "answer": "b"},
    )
    assert result.exit_code == 0, result.output
    verdicts = [x for x in result.output.splitlines() if x[:1] in tuple("✓✗○")]
    assert verdicts == [
        "○ total: not attempted yet (0 of 2 points)",
        "✗ total: 0 of 2 checks pass (0 of 2 points)",
        "✓ total: passed (2 of 2 points)",
        "○ discount: not attempted yet (0 of 3 points)",  # the next one, without another save
        "✓ discount: passed (3 of 3 points)",
        "○ quiz: not attempted yet (0 of 1 point)",
        "✓ quiz: passed (1 of 1 point)",
    ]
    assert "do not divide by the number of prices" in result.output
    assert "All 3 pass: this notebook is complete." in result.output
    assert Progress().passed("shop_sums", "discount")


def test_a_complete_notebook_ends_at_once(follow):
    result = follow({})
    assert result.exit_code == 0
    assert "All 3 pass" in result.output


def test_ctrl_c_ends_kindly(follow):
    result = follow({"discount": "wrong"}, ends=KeyboardInterrupt())
    assert result.exit_code == 0
    assert "Stopped watching. 2 of 3 pass;" in result.output.replace("\n", " ")
    assert "Traceback" not in result.output


def test_a_half_written_notebook_is_waited_for(follow):
    result = follow({"total": "blank"}, '{"cells": [{"cell_type": "co', "", {})
    assert result.exit_code == 0
    assert result.output.count("Waiting for the next save.") == 2
    assert "All 3 pass" in result.output


def test_a_function_that_is_defined_twice_is_told_once(follow):
    twice = "def total(prices):\n    return prices.sum()\n"
    result = follow(
        {"total": "wrong", "discount": twice},
        {"total": "blank", "discount": twice},
        ends=KeyboardInterrupt(),
    )
    assert result.output.count("Note: total is defined in several code cells") == 1


def test_a_save_without_a_change_says_nothing(follow):
    once = follow({"total": "wrong"}, ends=KeyboardInterrupt())
    twice = follow({"total": "wrong"}, {"total": "wrong"}, ends=KeyboardInterrupt())
    assert once.output == twice.output


def test_what_is_changed_elsewhere_is_checked_too(follow):
    result = follow(
        {"total": "blank", "discount": "blank", "answer": ""},
        {"total": "blank", "discount": "wrong", "answer": ""},
        {"total": "blank", "discount": "right", "answer": ""},
        {"total": "right", "discount": "right", "answer": ""},
        ends=KeyboardInterrupt(),
    )
    verdicts = [x for x in result.output.splitlines() if x[:1] in tuple("✓✗○")]
    assert [v.partition(":")[0] for v in verdicts] == [
        "○ total", "✗ discount", "✓ discount", "✓ total", "○ quiz",
    ]  # fmt: skip


def test_what_is_spoilt_again_is_gone_back_to(follow):
    result = follow(
        {"total": "right", "discount": "blank"},
        {"total": "wrong", "discount": "blank"},
        {"total": "right", "discount": "blank"},
        ends=KeyboardInterrupt(),
    )
    assert result.output.count("✓ total: passed") == 2
    assert result.output.count("✗ total") == 1


def test_saves_are_seen_whatever_way_they_are_made(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text("1")
    saves = watch.saves(path)
    next(saves)  # at once
    path.write_text("two")  # in place, before the folder is watched
    next(saves)
    (tmp_path / "b.ipynb").write_text("another file")
    replacement = tmp_path / "a.tmp"
    replacement.write_text("three")
    os.replace(replacement, path)
    next(saves)
    path.unlink()  # it is away for a moment
    path.write_text("three and more")
    next(saves)
    saves.close()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_in_a_terminal(own, notebook):
    path = notebook(total="wrong", discount="blank")
    command = [sys.executable, "-m", "dlcourse", "watch", str(path), "--exercises", str(own)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        until(process, "✗ total")
        notebook(discount="blank")
        until(process, "✓ total")
        until(process, "  For a hint: dlcourse hint 90 discount")
        process.send_signal(signal.SIGINT)
        output, messages = process.communicate(timeout=60)
    assert (process.returncode, messages) == (0, "")
    assert "Stopped watching. 2 of 3 pass;" in output.replace("\n", " ")


def until(process, beginning):
    for line in process.stdout:
        if line.startswith(beginning):
            return
    raise AssertionError(f"{beginning} never came: {process.stderr.read()}")
