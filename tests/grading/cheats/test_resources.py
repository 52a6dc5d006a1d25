"""Bombs, floods and hostile exceptions: they cost the exercise, not the machine."""

import json

import psutil
import pytest

from dlcourse.grading.classroom import grade_class

resource = pytest.importorskip("resource", reason="this system has no limits on resources")

BOMBS = {
    "memory": "return np.ones((2**31,))",
    "memory in pieces": "things = [bytearray(2**26) for _ in range(64)]",
    "processes": "while True: os.fork()",
    "processes and a wait": "while True:\n        try: os.fork() or time.sleep(60)\n        except OSError: break",
    "threads": "[threading.Thread(target=time.sleep, args=(60,)).start() for _ in range(5000)]",
    "a large file": "open('file', 'wb').write(bytes(2**28))",
    "many files": "[open(f'file{i}', 'wb').write(bytes(2**24)) for i in range(10**4)]",
    "many folders": "[os.mkdir(f'folder{i}') for i in range(10**4)]",
    "deep folders": "[(os.mkdir('deep'), os.chdir('deep')) for _ in range(3000)]",
    "open files": "files = [os.open('/dev/null', 0) for _ in range(10**5)]",
    "output": "while True: os.write(1, b'x' * 2**16)",
    "output on every stream": "while True: os.write(1, b'1') + os.write(2, b'2') + print('3', flush=True)",
    "a loop that hears nothing": "[signal.signal(s, signal.SIG_IGN) for s in range(1, 32) if s not in (9, 19)]\n"
    "    while True: pass",
    "a loop in an alarm": "signal.signal(signal.SIGALRM, lambda *a: time.sleep(60)); signal.alarm(1); time.sleep(60)",
    "recursion": "return bend(x)",
    "higher limits": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
}  # fmt: skip


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_bomb_costs_its_exercise(desk, body):
    imports = "import os, resource, signal, threading, time"
    desk.cheat(bend=f"{imports}\ndef bend(x):\n    {body}")


def test_a_flood_is_counted_and_not_kept(desk):
    result = desk.hand_in(bend="def bend(x):\n    print('x' * 20_000_000)\n    return x**3 - 2 * x")
    assert result.score == result.points and "printed" in " ".join(result.notes)


LARGE = {
    "an array": "return np.ones((2**24,))",
    "a mapping": "return {str(i) * 10: i for i in range(5000)}",
    "text": "return 'x' * 2**27",
    "itself": "things = []; things.append(things); return things",
    "objects": "return [object() for _ in range(300)]",
}


@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE)
def test_a_large_answer_costs_its_exercise(desk, body):
    desk.cheat(bend=f"def bend(x): {body}")


def test_two_answers_that_fit_make_no_large_one_in_the_grader(desk):
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    desk.cheat(
        bend="""
calls = []
def bend(x):
    calls.append(x)
    return np.ones((28_000, 1) if len(calls) % 2 else (1, 28_000))  # their sum has 6 GiB
"""
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20 < most + 5


RAISED = {
    "a long message": "raise ValueError('x' * 10**7)",
    "a long name": "raise type('E' * 10**6, (Exception,), {})",
    "a deep trace": "return bend(x)",
    "a group": "raise ExceptionGroup('many', [ValueError(i) for i in range(3000)])",
    "a chain": "error = None\n    for i in range(3000):\n        new = ValueError(i); new.__cause__ = error; error = new\n    raise error",
    "no message": "raise type('E', (Exception,), {'__str__': lambda self: 1 / 0, '__repr__': lambda self: 1 / 0})",
    "a message that ends all": "raise type('E', (Exception,), {'__str__': lambda self: os._exit(0)})",
    "a message that never ends": "raise type('E', (Exception,), {'__str__': lambda self: time.sleep(60)})",
    "a reduction": "raise type('E', (Exception,), {'__reduce__': lambda self: (os.abort, ())})('x')",
    "escapes and tags": "raise ValueError('\\x1b]0;title\\x07\\x1b[2J <script>alert(1)</script> [bold]x[/bold] \\u202e \\ud800 \\x00')",
    "our own": "import dlcourse.grading.channel as c; raise c.Closed",
    "an assertion": "raise AssertionError('passed')",
    "a name like pytest's": "raise type('Skipped', (BaseException,), {})('skip')",
    "not implemented": "raise NotImplementedError('{\"earned\": 5}')",
    "a kind with a long name": "return type('K' * 10**6, (), {})()",
    "a line with a million letters": "exec('x' * 10**6 + ' = 1 / 0')",
}  # fmt: skip


@pytest.mark.parametrize("body", RAISED.values(), ids=RAISED)
def test_what_is_raised_is_told_in_bounds(desk, body):
    result = desk.cheat(bend=f"import os, time\ndef bend(x):\n    {body}")
    assert all(len(t.message) + len(t.traceback) < 30_000 for t in result.tests)


def test_a_class_of_hostile_texts_is_recorded(desk, tmp_path):
    """Lone surrogates, NULs and escapes in messages, notes and names do not stop the class."""
    sources = (RAISED["escapes and tags"], RAISED["a long name"], RAISED["a group"])
    paths = [tmp_path / f"{name}.ipynb" for name in ("=1+1", "[bold]", "a\nb")]
    for path, body in zip(paths, sources, strict=True):
        cells = {**desk.honest, "bend": f"def bend(x):\n    {body}",
                 "quiz_answers": "quiz_answers = {1: '\\ud800\\x1b[2J', '<b>': 10**3000}"}  # fmt: skip
        path.write_text(json.dumps(desk.notebook(cells)))
    results = grade_class(paths, tmp_path, folder=desk.lessons, seed=1, limits=desk.limits)
    assert [r.score for r in results] == [8, 8, 8]
    again = grade_class(paths, tmp_path, folder=desk.lessons, seed=1, limits=desk.limits)
    assert [r.seconds for r in again] == [r.seconds for r in results]  # read from the records


def test_submissions_leave_no_file_open_in_the_grader(desk):
    desk.hand_in()
    files = psutil.Process().num_fds()
    for _ in range(6):
        desk.hand_in()
    assert psutil.Process().num_fds() <= files + 3  # a pipe may still be on its way
