"""A notebook in the sandbox: every kind of accident costs one exercise and nothing else."""

import inspect
import os
import re
import sys

import pytest

from dlcourse.grading.catalog import load_lesson
from dlcourse.grading.checking import NotebookError, check_notebook, check_submission
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.host import SpawnHost
from dlcourse.grading.submission import read_submission
from tests.grading.lessons import toy as solutions

LIMITS = Limits(seconds_per_call=2, seconds_per_cell=2, memory_mb=512)
SQUASH = "import numpy as np\n\n" + inspect.getsource(solutions.squash)
COUNTER = inspect.getsource(solutions.Counter)
TWICE = inspect.getsource(solutions.apply_twice)
QUIZ = 'quiz_answers = {1: "b", 2: "b"}'


@pytest.fixture
def check(write_notebook, lessons):
    def check(*cells, **options):
        path = write_notebook(*cells)
        result = check_notebook(path, folder=lessons, limits=LIMITS, **options)
        return {e.name: e for e in result.exercises}, result

    return check


def test_right_answers(check):
    exercises, result = check(SQUASH, COUNTER, TWICE, QUIZ)
    assert {n: e.status for n, e in exercises.items()} == {
        "squash": "passed", "Counter": "passed", "apply_twice": "passed", "quiz": "failed"
    }  # fmt: skip
    assert (result.score, result.points) == (5.0, 6.0)
    assert result.notes == ()


def test_a_mistake_is_diagnosed_through_the_border(check):
    exercises, _ = check(SQUASH.replace("-z", "z"), COUNTER, TWICE.replace("f(f(", "(f("))
    assert exercises["squash"].diagnosis.name == "wrong_sign"
    assert exercises["apply_twice"].diagnosis.name == "once"


def test_a_learners_traceback_names_their_cell(check):
    exercises, _ = check("def squash(z):\n    return z / nothing")
    test = exercises["squash"].tests[0]
    assert test.status == "crashed"
    assert "<cell 1>" in test.traceback and "return z / nothing" in test.traceback
    assert "/dlcourse/" not in test.traceback


ACCIDENTS = {
    "endless loop": ("while True: pass", "stopped", "never ends"),
    "memory bomb": ("return np.ones((200_000, 200_000))", "crashed", "MemoryError"),
    "slow memory bomb": ("x = []\n    while True: x.append(bytearray(2**24))", "crashed|stopped",
                         "MemoryError|never ends"),
    "sys.exit": ("import sys; sys.exit(0)", "crashed", "SystemExit"),
    "os._exit": ("import os; os._exit(0)", "stopped", "ended itself with exit status 0"),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "stopped", "killed"),
    "crash in C": ("import ctypes; ctypes.string_at(0)", "stopped", "compiled library"),
    "too much data": ("return np.zeros(20_000_000)", "stopped",
                      "more than 64 MiB|never ends"),
    "endless recursion": ("return squash(z)", "crashed", "RecursionError"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "status", "message"), ACCIDENTS.values(), ids=ACCIDENTS.keys())
def test_an_accident_costs_its_own_exercise_only(check, body, status, message):
    exercises, _ = check(f"import numpy as np\ndef squash(z):\n    {body}", COUNTER, TWICE)
    assert re.fullmatch(status, exercises["squash"].status)
    assert re.search(message, exercises["squash"].tests[0].message)
    assert exercises["squash"].earned == 0
    assert exercises["Counter"].passed


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("def squash(z) return 1", "SyntaxError"),
        ("import os\nos._exit(1)\ndef squash(z): return z", "ended itself"),
        ("while True: pass\ndef squash(z): return z", "never ends"),
        ("1 / 0\ndef squash(z): return z", "ZeroDivisionError"),
    ],
)
def test_a_cell_that_fails_costs_what_it_defines(check, cell, message):
    exercises, _ = check(cell, COUNTER)
    assert message in exercises["squash"].tests[0].message
    assert "its cell did not run to the end" in exercises["squash"].tests[0].message
    assert exercises["Counter"].passed


def test_cells_without_a_blank_run_only_as_definitions(check):
    given = "import time\nSCALE = np.float64(1)\ntime.sleep(60)\nshown = open('/etc/passwd').read()"
    exercises, _ = check("import numpy as np", given, SQUASH.replace("1 /", "SCALE /"), COUNTER)
    assert exercises["squash"].passed


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\n!pip install nothing\n" + SQUASH,
        "%%time\n" + SQUASH,
        SQUASH + '\n\nx = (7\n% 3)\ntext = """\n! and ? stay\n"""\nassert \'!\' in text',
    ],
)
def test_magics_are_taken_out_and_nothing_else(check, cell):
    exercises, _ = check("%%bash\nls", cell)
    assert exercises["squash"].passed


def test_missing_and_duplicated_cells(check):
    exercises, result = check(SQUASH.replace("-z", "z"), SQUASH)
    assert exercises["squash"].passed
    assert exercises["Counter"].status == "not attempted"
    assert "defined in several code cells (1, 2)" in result.notes[0]


def test_a_flood_of_output_is_thrown_away(check):
    flood = SQUASH.replace("    return", "    print('x' * 30_000_000)\n    return")
    exercises, result = check(flood, COUNTER)
    assert exercises["squash"].passed
    assert "printed" in result.notes[0]


def test_edited_check_cells_change_nothing(check):
    exercises, _ = check(
        "lesson = type('L', (), {'check': lambda self, name: 'passed'})()",
        "def squash(z): return 1.0",
        "lesson.check('squash')",
    )
    assert exercises["squash"].status == "failed"


def test_only_the_named_exercises(check):
    exercises, _ = check(SQUASH, COUNTER, names=["Counter"])
    assert list(exercises) == ["Counter"]


def test_results_follow_the_seed(check):
    draw = "def squash(z):\n    raise ValueError(repr(z.tolist()))"
    messages = [check(draw, seed=s)[0]["squash"].tests[1].message for s in (1, 1, 2)]
    assert messages[0] == messages[1] != messages[2]


def test_an_unknown_lesson(write_notebook):
    with pytest.raises(NotebookError, match="there is no lesson 'nothing'"):
        check_notebook(write_notebook("x = 1", lesson="nothing"))


def test_without_fork_the_same_verdicts(write_notebook, lessons):
    lesson = load_lesson(lessons / "toy.py")
    host = SpawnHost(lesson, LIMITS)
    loop = "def squash(z):\n    while True: pass"
    try:
        for cells, expected in (
            ([SQUASH, COUNTER, TWICE], ["passed", "passed", "passed"]),
            ([loop, COUNTER], ["stopped", "passed", "not attempted"]),
        ):
            submission = read_submission(write_notebook(*cells))
            result = check_submission(submission, lesson, host, None, 0, LIMITS)
            assert [e.status for e in result.exercises][:3] == expected
    finally:
        host.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are listed in /proc")
def test_nothing_is_left_running(check):
    before = set(os.listdir("/proc"))
    duration = f"31557.{os.getpid()}"  # told apart from the same test running beside this one
    starts = f"def squash(z):\n    subprocess.Popen(['sleep', '{duration}'])"
    check("import subprocess\n" + starts, COUNTER)
    commands = []
    for pid in set(os.listdir("/proc")) - before:
        if pid.isdigit():
            try:
                with open(f"/proc/{pid}/cmdline", encoding="utf-8") as file:
                    commands.append(file.read())
            except OSError:  # it has ended meanwhile
                continue
    assert f"sleep\0{duration}\0" not in commands
