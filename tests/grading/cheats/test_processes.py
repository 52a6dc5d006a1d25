"""Processes, signals, hooks and patches inside the sandbox: nothing of them reaches the results."""

import json
import threading
import time

import psutil
import pytest

from dlcourse.grading.boundary import Operation
from dlcourse.grading.catalog import find_lesson
from dlcourse.grading.checking import _remote_cells, check_submission
from dlcourse.grading.sandbox.host import ForkHost
from dlcourse.grading.sandbox.remote import RemoteBoundary
from dlcourse.grading.submission import read_submission

HONEST = "\ndef bend(x): return x**3 - 2 * x\n"

PATCHES = {
    "NumPy": "np.allclose = np.isclose = np.array_equal = lambda *a, **k: True",
    "NumPy's inside": (
        "import numpy.linalg, numpy.testing\nnumpy.linalg.norm = lambda *a, **k: 0.0\n"
        "numpy.testing.assert_allclose = lambda *a, **k: None"
    ),
    "builtins": "import builtins\nbuiltins.abs = builtins.sum = builtins.round = lambda *a: 0\n"
    "builtins.AssertionError = builtins.Warning",
    "pytest": (
        "import sys, types\npytest = sys.modules['pytest'] = types.ModuleType('pytest')\n"
        "pytest.fixture = pytest.raises = pytest.main = pytest.fail = lambda *a, **k: None"
    ),
    "sys.modules": "import sys, types\nfor name in ('dlcourse.grading.compare', 'dlcourse.grading.engine',"
    " 'dlcourse.grading.results', 'cheating'):\n    sys.modules[name] = types.ModuleType(name)",
    "lesson.check": (
        "import dlcourse\nlesson = dlcourse.lesson('cheating')\n"
        "type(lesson).check = lambda self, *names: print('passed')\nlesson.check('bend')\n"
        "dlcourse.lesson = lambda name: None"
    ),
    "an import hook": (
        "import sys\nclass Hook:\n    def find_spec(self, name, path=None, target=None): raise ImportError\n"
        "sys.meta_path.insert(0, Hook())"
    ),
    "a path hook": "import os, sys\nopen('numpy.py', 'w').write('cheat = 1')\nsys.path.insert(0, os.getcwd())",
    "an audit hook": "import sys\nsys.addaudithook(lambda *a: None)",
    "a trace": "import sys, threading\nsys.settrace(lambda *a: None); sys.setprofile(lambda *a: None)",
    "an exit handler": "import atexit\natexit.register(print, 'passed')",
    "exceptions": "import sys\nsys.excepthook = sys.unraisablehook = lambda *a: None",
    "the collector": "import gc\ngc.disable(); gc.set_threshold(1); gc.callbacks.append(lambda *a: None)",
    "recursion": "import sys\nsys.setrecursionlimit(10**9)",
    "the interpreter": "import ctypes\nctypes.pythonapi.PyEval_SetTrace(None, None)",
    "ourselves": (
        "import dlcourse.grading.codec as c, dlcourse.grading.data as d, dlcourse.grading.boundary as b\n"
        "real = d.same\nd.same = lambda *a, **k: True\nb.Failure.kind = 'passed'\n"
        "c.MAX_STRUCTURE_BYTES = c.MAX_ENTRIES = 10**18"
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", PATCHES.values(), ids=PATCHES)
def test_a_patch_in_the_sandbox_makes_nothing_right(desk, source):
    desk.cheat(bend=f"{source}\ndef bend(x): return x")


WORKER = {
    "the encoder": "session.encode = lambda reply: encode({**reply, 'value': 4.0, 'failure': None})",
    "the boundary": "session.LocalBoundary.perform = lambda self, operation: Outcome(np.zeros((2, 3)))",
    "the reduction to data": "import dlcourse.grading.boundary as b\nb.to_data = lambda value, keep: 4.0",
    "the comparison": "session.same = lambda *a: True",
    "the loop": "session.receive = lambda connection: encode({'do': 'cell'})",
    "the cells": "session.run_cell = lambda *a: None",
    "builtins": "import builtins\nbuiltins.all = builtins.any = builtins.isinstance = lambda *a: True",
    "json": "import json\njson.dumps = lambda *a, **k: '{\"value\": 4.0}'",
    "the socket": "import socket\nsocket.socket.sendall = lambda self, data, *a: None",
}


@pytest.mark.parametrize("source", WORKER.values(), ids=WORKER)
def test_a_patched_worker_earns_nothing(desk, source):
    """It answers for the whole notebook, so the learner's other exercises may suffer."""
    result = desk.hand_in(
        bend=f"""
import dlcourse.grading.worker.session as session
from dlcourse.grading.boundary import Outcome
from dlcourse.grading.codec import encode
def bend(x):
    {source.replace(chr(10), chr(10) + "    ")}
    return x
"""
    )
    assert next(e.earned for e in result.exercises if e.name == "bend") == 0


ENDINGS = {
    "os._exit": "os._exit(0)",
    "sys.exit": "sys.exit(0)",
    "abort": "os.abort()",
    "exec": "os.execv('/bin/true', ['true'])",
    "a null pointer": "ctypes.string_at(0)",
    "KILL": "os.kill(os.getpid(), signal.SIGKILL)",
    "a real-time signal": "os.kill(os.getpid(), 35)",
    "its group": "os.killpg(0, signal.SIGTERM)",
    "everybody": "os.kill(-1, signal.SIGKILL); os._exit(1)",
    "the warm parent": "[os.kill(os.getppid(), s) for s in (signal.SIGTERM, signal.SIGKILL)]; os._exit(1)",
    "the first process": "os.kill(1, signal.SIGKILL); os._exit(1)",
    "an interrupt": "raise KeyboardInterrupt",
    "a generator's end": "raise GeneratorExit",
    "an interrupt from a thread": "import _thread; _thread.interrupt_main(); time.sleep(1)",
    "a stack overflow": "sys.setrecursionlimit(10**9); (lambda f: f(f))(lambda f: f(f))",
    "half a stop": "os.kill(os.getpid(), signal.SIGSTOP)",
}


@pytest.mark.parametrize("body", ENDINGS.values(), ids=ENDINGS)
def test_a_process_that_ends_costs_its_exercise(desk, body):
    desk.cheat(bend=f"import ctypes, os, signal, sys, time\ndef bend(x): {body}")


def test_stopping_the_warm_parent_stops_nobody_else(desk):
    source = f"""
import os, signal
try: os.kill(os.getppid(), signal.SIGSTOP)
except PermissionError: pass
{HONEST}"""
    result = desk.cheat(bend=source, most=5)
    assert result.status == "passed"


def test_a_warm_parent_that_is_lost_is_replaced(desk):
    for process in psutil.Process().children():
        if process.name() == "bwrap":
            process.kill()
            process.wait()
    result = desk.hand_in()
    assert result.score == result.points


LIMITS = {
    "processes": "resource.prlimit(parent, resource.RLIMIT_NPROC, (0, 0))",
    "memory": "resource.prlimit(parent, resource.RLIMIT_AS, (2**27, 2**27))",
    "files": "resource.prlimit(parent, resource.RLIMIT_FSIZE, (0, 0))",
    "processor": "os.sched_setaffinity(parent, {min(os.sched_getaffinity(0))})",
    "niceness": "os.setpriority(os.PRIO_PROCESS, parent, 19)",
}
HUNGRY = """
import os, subprocess
def bend(x):
    subprocess.run(["true"], check=True)
    open("file", "w").write("words" * 1000)
    assert len(bytearray(2**27)) and os.nice(0) < 19
    return x**3 - 2 * x
"""


@pytest.mark.parametrize("change", LIMITS.values(), ids=LIMITS)
def test_the_limits_of_others_are_not_changed(desk, change):
    source = f"""
import os, resource
parent = os.getppid()
try: {change}
except (OSError, ValueError): pass
{HONEST}"""
    desk.cheat(bend=source, most=5)
    assert desk.hand_in(bend=HUNGRY).score == 14


LASTING = {
    "a file": ("open('/home/learner/left', 'w').write(TEXT)", "open('/home/learner/left').read()"),
    "a file in /tmp": ("open('/tmp/left', 'w').write(TEXT)", "open('/tmp/left').read()"),
    "shared memory": ("open('/dev/shm/left', 'w').write(TEXT)", "open('/dev/shm/left').read()"),
    "a locked folder": (
        "os.makedirs('/home/learner/a/b'); open('/home/learner/a/b/left', 'w').write(TEXT); "
        "os.chmod('/home/learner/a', 0)",
        "os.chmod('/home/learner/a', 0o700) or open('/home/learner/a/b/left').read()",
    ),
    "a System V segment": (
        "libc.shmget(4711, 4096, 0o1666)", "open('/proc/sysvipc/shm').read().split('4711')[1]"
    ),
    "a System V queue": (
        "libc.msgget(4711, 0o1666)", "open('/proc/sysvipc/msg').read().split('4711')[1]"
    ),
    "a process with a socket": (
        "os.fork() or (os.setsid(), listen())",
        "socket.socket(socket.AF_UNIX).connect(chr(0) + 'left') or TEXT",
    ),
    "a process": (
        "os.fork() or (os.setsid(), os.fork() or time.sleep(60), os._exit(0))",
        "[p for p in os.listdir('/proc') if p.isdigit() and int(p) not in "
        "(1, os.getpid(), os.getppid())][0]",
    ),
    "a module": ("setattr(np, 'left', TEXT)", "np.left"),
}  # fmt: skip
TOOLS = """
import ctypes, os, socket, time
TEXT, libc = "left behind", ctypes.CDLL(None)
def listen():
    server = socket.socket(socket.AF_UNIX); server.bind(chr(0) + "left"); server.listen(); time.sleep(60)
"""


@pytest.mark.parametrize(("leave", "find"), LASTING.values(), ids=LASTING)
def test_nothing_lasts_from_one_submission_to_the_next(desk, leave, find):
    desk.hand_in(bend=f"{TOOLS}\ntry: {leave}\nexcept OSError: pass\n{HONEST}")
    result = desk.hand_in(
        bend=f"{TOOLS}\ndef bend(x):\n    found = {find}\n    raise ValueError('found', found)"
    )
    bend = next(e for e in result.exercises if e.name == "bend")
    assert bend.status == "crashed" and "found" not in bend.tests[0].message, bend.tests[0]


def test_a_fork_bomb_in_one_job_leaves_the_other_jobs_alone(desk):
    """Limits on processes count by user, and each job numbers its submissions from one."""
    lesson = find_lesson("cheating", desk.lessons)
    bomb = """
import os, time
def bend(x):
    for _ in range(90):
        try: os.fork() or time.sleep(20)
        except OSError: pass
    time.sleep(20)
"""
    many = """
import threading, time
def bend(x):
    threads = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return x**3 - 2 * x
"""
    submissions = []
    for name, source in (("bomb", bomb), ("many", many)):
        path = desk.inbox / f"{name}.ipynb"
        path.write_text(json.dumps(desk.notebook({**desk.honest, "bend": source})))
        submissions.append(read_submission(path))
    hosts = [ForkHost(lesson, desk.limits, [desk.inbox]) for _ in range(2)]
    try:
        bombing = RemoteBoundary(hosts[0], _remote_cells(submissions[0], lesson), desk.limits)
        thread = threading.Thread(
            target=bombing.perform, args=(Operation("call", "bend", args=(1.0,)),)
        )
        thread.start()
        time.sleep(0.8)
        result = check_submission(submissions[1], lesson, hosts[1], ["bend"], limits=desk.limits)
        thread.join()
    finally:
        for host in hosts:
            host.close()
    assert result.exercises[0].passed, result.exercises[0].tests
