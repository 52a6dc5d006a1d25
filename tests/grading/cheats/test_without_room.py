"""Without bubblewrap less is protected, but cheating in the answers still earns nothing.

Only cheats that harm nothing run here: a submission has the rights of whoever runs the tests.
"""

import json
import os
import sys
import time

import psutil
import pytest

from dlcourse.grading import protection
from dlcourse.grading.catalog import find_lesson
from dlcourse.grading.checking import check_submission
from dlcourse.grading.sandbox import host as hosts
from dlcourse.grading.submission import read_submission

KINDS = [
    pytest.param(
        hosts.ForkHost,
        marks=pytest.mark.skipif(not hosts.can_fork(), reason="no warm parent on this system"),
    ),
    hosts.SpawnHost,
]

CHEATS = {
    "changes the question": "x[...] = 0; return 0 * x",
    "lies": "return type('Liar', (float,), {'__eq__': lambda s, o: True})(4.0)",
    "ends": "import os; os._exit(0)",
    "forges": "import dlcourse.grading.worker.session as s; s.encode = lambda reply: b''; return x",
    "knows the answer key": "import dlcourse.scratch.dense; return x",
}


@pytest.fixture(scope="module")
def everybody_else():
    """Not here: every check is of two exercises, one of them honest."""


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.__name__)
def bare(request, bare_desk):
    """A host without a room, and a function that checks cells on it."""
    desk = bare_desk
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hosts, "bubblewrap_works", lambda: False)
        lesson = find_lesson("cheating", desk.lessons)
        host = request.param(lesson, desk.limits)

        def check(**cells):
            path = desk.inbox / "bare.ipynb"
            path.write_text(json.dumps(desk.notebook({**desk.honest, **cells})))
            names = ["bend", "middle"]
            return check_submission(read_submission(path), lesson, host, names, limits=desk.limits)

        yield check
        host.close()


@pytest.mark.parametrize("body", CHEATS.values(), ids=CHEATS)
def test_cheating_earns_nothing(bare, body):
    result = bare(bend=f"def bend(x):\n    {body}")
    assert {e.name for e in result.exercises if not e.passed} == {"bend"}
    assert next(e.earned for e in result.exercises if e.name == "bend") == 0


def test_a_flood_costs_nobody_anything(bare):
    flood = "def bend(x):\n    print('x' * 30_000_000)\n    return x**3 - 2 * x"
    for _ in range(2):
        result = bare(bend=flood)
        assert result.score == result.points


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a subreaper")
def test_no_process_stays_behind(bare):
    bare(
        bend="""
import os, subprocess
for new in (False, True):
    subprocess.Popen(["sleep", "47.11"], start_new_session=new)
def bend(x): return x
"""
    )
    deadline = time.monotonic() + 5
    while (left := _sleepers()) and time.monotonic() < deadline:
        time.sleep(0.1)
    for process in left:
        process.kill()
    assert not left


def _sleepers():
    command = ["sleep", "47.11"]
    return [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == command]


def test_what_is_missing_is_told(monkeypatch):
    monkeypatch.setattr(protection, "bubblewrap_works", lambda: False)
    missing = [p for p in protection.active_protections() if not p.active]
    assert len(missing) >= 2 and all(len(p.detail.split()) > 3 for p in missing)
    assert os.name != "posix" or any("bubblewrap" in p.detail for p in missing)
