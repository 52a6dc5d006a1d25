"""Looking for tests, answers and other submissions: on disk, in memory, through the network."""

import json
import socket
import sys
from pathlib import Path

import pytest

import dlcourse
from dlcourse.grading.catalog import find_lesson
from dlcourse.grading.checking import check_submission
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.host import ForkHost
from dlcourse.grading.submission import read_submission

FINDER = """
import os
OURS = ("dlcourse", "exercise", "solution", "notebook", "lesson", "submission", "records")

def candidates():
    "Every file outside the system's and the libraries' own folders, and what is named like ours."
    for folder, folders, files in os.walk("/"):
        library = folder.startswith("/usr") or "/lib/python3" in folder
        if folder.endswith(("site-packages", "dist-packages")) or folder == "/usr":
            folders[:] = [f for f in folders if f.startswith(("dlcourse", "__editable", "lib", "local"))]
        if "/lib/python3" in folder and "packages" not in folder:
            folders[:] = [f for f in folders if f.endswith("packages")]
        folders[:] = [f for f in folders if f not in ("proc", "sys", "dev")]
        for name in files:
            if not library or any(word in folder + name for word in OURS):
                yield os.path.join(folder, name)

def found():
    for path in candidates():
        try:
            with open(path, "rb") as file: content = file.read()[::-1]
        except OSError: continue
        yield from (f"{path}: {word}" for word in DROWS if word.encode() in content)
"""


def test_the_whole_disk_shows_no_tests_answers_or_other_work(desk):
    desk.check(desk.notebook(desk.honest), name="the-best-of-the-class")
    words = [
        desk.secret,
        "@exercise(",
        "@mistake(",
        'NOTEBOOK = "',
        "return x**3 - 2",
        "def linear_forward",
    ]
    source = f"""DROWS = {[word[::-1] for word in words]!r}
{FINDER}
try: hits = list(found())[:5]
except Exception as error: hits = [repr(error)]
def bend(x): raise ValueError(f"found {{hits}}")
"""
    patient = Limits(seconds_per_cell=60)  # a disk may be large, and the machine busy
    bend = desk.hand_in(limits=patient, bend=source).exercises[0]
    assert bend.tests[0].message == "ValueError: found []"


PLACES = {
    "the lesson": "lessons/cheating.py",
    "another submission": "inbox/cheat.ipynb",
    "the inbox": "inbox",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_known_places_are_not_there(desk, place):
    path = desk.lessons.parent / place
    result = desk.cheat(
        bend=f"import os\ndef bend(x): raise ValueError(os.path.exists({str(path)!r}))"
    )
    assert path.exists() and result.tests[0].message == "ValueError: False"


def test_the_package_is_hidden_wherever_a_copy_lies(desk, tmp_path, monkeypatch):
    """A wheel beside the checkout: the copy that is not imported holds the answers too."""
    copy = tmp_path / "site-packages"
    for name in ("dlcourse/scratch", "dlcourse-0.1.dist-info", "other"):
        (copy / name).mkdir(parents=True)
    (copy / "dlcourse" / "scratch" / "dense.py").write_text("answers = 1")
    (copy / "other" / "visible.py").write_text("visible = 1")
    monkeypatch.setattr(sys, "path", [*sys.path, str(copy)])
    source = (f"import os\ndef bend(x): raise ValueError([os.path.exists({str(copy)!r} + name) for name in"
              " ('/other/visible.py', '/dlcourse/scratch/dense.py')])")  # fmt: skip
    notebook = desk.notebook({**desk.honest, "bend": source})
    (desk.inbox / "peek.ipynb").write_text(json.dumps(notebook))
    lesson = find_lesson("cheating", desk.lessons)
    host = ForkHost(lesson, desk.limits, [desk.inbox, desk.lessons])
    try:
        submission = read_submission(desk.inbox / "peek.ipynb")
        result = check_submission(submission, lesson, host, ["bend"], limits=desk.limits)
    finally:
        host.close()
    assert result.exercises[0].tests[0].message == "ValueError: [True, False]"


FORWARD = {
    "import": "from dlcourse.scratch.dense import linear_forward as answer",
    "import of the exercises": "import dlcourse.exercises.c1w2_logistic_regression as answer",
    "import of the lesson": "import cheating as answer",
    "import of the engine": "from dlcourse.grading.catalog import find_lesson as answer",
    "importlib": "import importlib; answer = importlib.import_module('dlcourse.scratch.dense')",
    "without the kit": (
        "import sys\nsys.path.remove('/kit')\n"
        "for name in [n for n in sys.modules if n.startswith('dlcourse')]: del sys.modules[name]\n"
        "import dlcourse.scratch.dense as answer"
    ),
    "its source": "exec(open(CHECKOUT + '/scratch/dense.py').read()); answer = linear_forward",
    "another Python": (
        "import subprocess, sys, os\n"
        "answer = subprocess.run([sys.executable, '-c', 'import dlcourse.scratch.dense'], "
        "env={'PYTHONPATH': os.path.dirname(CHECKOUT)}, check=True)"
    ),
    "the machine's Python": (
        "import subprocess\nanswer = subprocess.run(['/usr/bin/env', 'python3', '-c', "
        "'import dlcourse.scratch.dense'], check=True, cwd='/')"
    ),
}


@pytest.mark.parametrize("source", FORWARD.values(), ids=FORWARD)
def test_the_answer_key_cannot_be_imported(desk, source):
    checkout = str(Path(dlcourse.__file__).parent)
    result = desk.cheat(bend=f"CHECKOUT = {checkout!r}\n{source}\ndef bend(x): return x**3 - 2 * x")
    assert result.status == "crashed"  # its cell did not get past the import


MEMORY = """
import ctypes, os, re
def readable():
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            for file in ("mem", "environ", "map_files", "cwd", "root", "fd"):
                path = f"/proc/{name}/{file}"
                try:
                    if file == "mem":
                        with open(path, "rb+"): pass
                    else: os.listdir(path) if file in ("cwd", "root", "fd", "map_files") else open(path).read()
                except OSError: continue
                yield path
def traced():
    libc = ctypes.CDLL(None, use_errno=True)
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid() and libc.ptrace(16, int(name), 0, 0) == 0:
            yield name
def bend(x): raise ValueError([*readable(), *traced()])
"""


def test_no_other_process_can_be_read_or_traced(desk):
    result = desk.cheat(bend=MEMORY)
    assert result.tests[0].message == "ValueError: []"


def test_the_sandbox_holds_no_test_in_memory(desk):
    words = [desk.secret, "test_by_hand", "fit one another"]
    result = desk.cheat(
        bend=f"DROWS = {[word[::-1] for word in words]!r}"
        + """
import gc, sys
def texts():
    for thing in gc.get_objects():
        if isinstance(thing, (dict, list, tuple)):
            yield from (t for t in (thing.values() if isinstance(thing, dict) else thing) if type(t) is str)
    frame = sys._getframe()
    while frame:
        yield from map(repr, frame.f_locals.values())
        frame = frame.f_back
def bend(x): raise ValueError([w for w in DROWS if any(w in text[::-1] for text in texts())])
"""
    )
    assert result.tests[0].message == "ValueError: []"


MOUNTS = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def hidden():
    "What lies under the folders that are covered, seen from a namespace in which we are root."
    libc.unshare(0x10000000 | 0x00020000)  # CLONE_NEWUSER | CLONE_NEWNS
    covered = [line.split()[4] for line in open("/proc/self/mountinfo") if "dlcourse" in line]
    for place in [*covered, "/kit", LIBRARIES]:
        if libc.umount2(place.encode(), 2) == 0: yield f"uncovered {place}"
    if libc.mount(LIBRARIES.encode(), b"/home/learner", None, 4096, None) == 0: yield "bound"
    for place in ("/", LIBRARIES, "/kit"):
        if libc.mount(None, place.encode(), None, 32 | 4096, None) == 0: yield f"may write {place}"
def bend(x): raise ValueError([*hidden()])
"""


def test_a_namespace_of_its_own_uncovers_nothing(desk):
    result = desk.cheat(bend=f"LIBRARIES = {sys.prefix!r}\n{MOUNTS}")
    assert result.tests[0].message == "ValueError: []"


NETWORK = {
    "the grader's machine": "socket.create_connection(('127.0.0.1', {port}), 1)",
    "outside": "socket.create_connection(('192.0.2.1', 80), 1)",
    "a name": "socket.getaddrinfo('example.org', 80)",
    "a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "a raw socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "an abstract socket": "socket.socket(socket.AF_UNIX).connect(chr(0) + 'dlcourse-cheats')",
}


@pytest.mark.parametrize("call", NETWORK.values(), ids=NETWORK)
def test_there_is_no_network(desk, call):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind("\0dlcourse-cheats")
        local.listen()
        call = call.format(port=server.getsockname()[1])
        result = desk.cheat(bend=f"import socket\ndef bend(x): raise ValueError({call})")
    message = result.tests[0].message
    assert "error: " in message.lower() and "ValueError" not in message
