"""Hostile notebook files, and a class that holds one: read, refused with a sentence, nobody harmed."""

import json
import os
import time

import pytest

from dlcourse.grading.classroom import grade_class
from dlcourse.grading.submission import NotebookError, read_submission


def changed(desk, **changes):
    """The honest notebook with other metadata."""
    notebook = desk.notebook(desk.honest)
    notebook["metadata"]["dlcourse"].update(changes)
    return notebook


LESSONS = {
    "a path": "../lessons/cheating",
    "an absolute path": "/etc/passwd",
    "a path that is a name": "__init__",
    "a part of a lesson": "_week",
    "a module of ours": "os",
    "a long name": "a" * 5000,
    "an unprintable name": "a\u202eb\x00",
    "a surrogate": "\ud800",
    "a number": 3,
    "a list": ["cheating"],
    "an object": {"name": "cheating"},
    "nothing": None,
    "true": True,
    "markup": "<script>[bold]",
}


@pytest.mark.parametrize("name", LESSONS.values(), ids=LESSONS)
def test_a_lesson_that_is_none_is_refused_with_a_sentence(desk, name):
    with pytest.raises(NotebookError, match=r"\w+ \w+ \w+"):
        desk.check(changed(desk, lesson=name))


METADATA = {
    "list": [], "text": "dlcourse", "number": 1e308, "nothing": None, "true": True,
    "list in place of ours": {"dlcourse": []},
    "odd roles": {"dlcourse": {"role": ["blank"], "exercise": {"bend": 1}}},
    "every role": {"dlcourse": {"role": "quiz-check", "exercise": "middle"}},
    "deep": json.loads("[" * 400 + "]" * 400),
}  # fmt: skip


@pytest.mark.parametrize("metadata", METADATA.values(), ids=METADATA)
def test_metadata_of_cells_decide_nothing(desk, metadata):
    notebook = desk.notebook(desk.honest)
    for cell in notebook["cells"]:
        cell["metadata"] = metadata
        cell["id"] = metadata
        cell["outputs"] = metadata
    result = desk.check(notebook)
    assert result.score == result.points


def test_cells_of_any_type_are_left_out(desk):
    notebook = desk.notebook(desk.honest)
    odd = [None, 3, "code", [], {}, {"cell_type": []}, {"cell_type": "code"},
           {"cell_type": "code", "source": 3}, {"cell_type": "code", "source": [1, None, {}]},
           {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "code", "source": "\ud800"},
           {"cell_type": "code", "source": "\x00"}, {"cell_type": "markdown", "source": "x = 1"}]  # fmt: skip
    result = desk.check({**notebook, "cells": [*odd, *notebook["cells"], *odd]})
    assert result.score == result.points


TEXTS = {
    "nothing": "",
    "a list": "[]",
    "a number": "3",
    "cells that are no list": '{"cells": {}}',
    "deep": "[" * 100_000,
    "a large number": '{"cells": [], "nbformat": ' + "9" * 5000 + "}",
    "not-a-number": '{"cells": NaN}',
    "two notebooks": '{"cells": []}{"cells": []}',
    "a byte-order mark": "\ufeff{}",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_file_that_is_no_notebook_is_refused_with_a_sentence(desk, text):
    with pytest.raises(NotebookError, match="cheat.ipynb"):
        desk.check(text)


SLOW = {
    "empty lines": "\n" * 190_000,
    "blanks": " " * 190_000,
    "empty lines in a string": "text = '''" + "\n" * 150_000 + "'''",
    "definitions begun": "async " * 30_000,
    "names": "bend\n" * 38_000,
    "names and spaces": ("bend" + " " * 200 + "\n") * 900,
    "brackets": "(" * 190_000,
    "signs": "-" * 150_000 + "1",
    "a magic with spaces": ("%" + " " * 300 + "\n") * 600,
}


@pytest.mark.parametrize("source", SLOW.values(), ids=SLOW)
def test_reading_takes_no_time(desk, source):
    began = time.monotonic()
    result = desk.hand_in(bend=f"{source}\n{desk.honest['bend']}")
    assert time.monotonic() - began < 10
    assert result.score >= result.points - 5


FILES = {
    "a device": lambda path: os.symlink("/dev/zero", path),
    "a pipe": lambda path: os.mkfifo(path),  # noqa: PLW0108 (Windows has none)
    "a folder": os.mkdir,
    "a link to nothing": lambda path: os.symlink("nowhere", path),
    "a link to itself": lambda path: os.symlink(path, path),
}


@pytest.mark.skipif(os.name != "posix", reason="this system has no such files")
@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_what_is_no_file_is_refused_at_once(tmp_path, make):
    path = tmp_path / "odd.ipynb"
    make(path)
    with pytest.raises(NotebookError, match="odd.ipynb"):
        read_submission(path)


def test_a_class_survives_every_file(desk, tmp_path):
    """Names that are not UTF-8, unreadable files, other lessons: the others are graded."""
    good = json.dumps(desk.notebook(desk.honest))
    paths = [tmp_path / os.fsdecode(name) for name in
             (b"caf\xe9.ipynb", b"-rf.ipynb", b"=cmd.ipynb", b"\xf0\x9f\x98\x80.ipynb", b"a b\n.ipynb")]  # fmt: skip
    for path in paths:
        path.write_text(good)
    other = tmp_path / "other.ipynb"
    other.write_text(json.dumps(changed(desk, lesson="start_here")))
    odd = tmp_path / "odd.ipynb"
    os.symlink("/dev/zero", odd)
    gone = tmp_path / "gone.ipynb"
    results = grade_class(
        [*paths, other, odd, gone],
        tmp_path / "out",
        folder=desk.lessons,
        seed=2,
        limits=desk.limits,
    )
    assert [r.score for r in results] == [14] * len(paths) + [0] * 3
    assert all(r.notes for r in results[-3:]) and {r.points for r in results} == {14}


def test_files_beside_the_notebooks_are_not_run(desk, tmp_path, monkeypatch):
    """A hand-in is a folder of anything: what Python or pytest would load must not be loaded."""
    trap = "open('trapped', 'w').write('x')"
    for name in (
        "conftest.py",
        "sitecustomize.py",
        "numpy.py",
        "dlcourse.py",
        "json.py",
        "cheating.py",
    ):
        (tmp_path / name).write_text(trap)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p conftest")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '-p conftest'")
    (tmp_path / "hw.ipynb").write_text(json.dumps(desk.notebook(desk.honest)))
    monkeypatch.chdir(tmp_path)
    (result,) = grade_class(
        [tmp_path / "hw.ipynb"], tmp_path / "out", folder=desk.lessons, seed=3, limits=desk.limits
    )
    assert result.score == result.points and not (tmp_path / "trapped").exists()


QUIZ = {
    "an object": "class All(str):\n    __eq__ = lambda s, o: True\n    __hash__ = lambda s: 0\n"
    "quiz_answers = {1: All('c')}",
    "a mapping to everything": "class All(dict):\n    get = __getitem__ = lambda s, *a: 'b'\n"
    "quiz_answers = All()",
    "all letters": "quiz_answers = {1: 'abcdefghijklmnopqrstuvwxyz'}",
    "a list of letters": "quiz_answers = {1: ['a', 'b']}",
    "a pattern": "quiz_answers = {1: '.*'}",
    "two keys": "quiz_answers = {1: 'a', '1': 'b', 1.0: 'a', True: 'a'}",
    "a huge number": "quiz_answers = {1: 10**4900}",
    "a huge key": "quiz_answers = {10**4900: 'b'}",
    "many keys": "quiz_answers = {i: 'a' for i in range(50_000)}",
    "an array": "quiz_answers = {1: np.array(['a', 'b'])}",
    "NaN": "quiz_answers = {float('nan'): 'b', 1: float('nan')}",
    "a function": "def quiz_answers(): return {1: 'b'}",
    "itself": "quiz_answers = {}\nquiz_answers[1] = quiz_answers",
    "a question of its own": "quiz_answers = {1: {'answer': 'b', 'choices': {}}}",
    "markup": "quiz_answers = {1: '<script>' * 10**5}",
}


@pytest.mark.parametrize("source", QUIZ.values(), ids=QUIZ)
def test_the_quiz_takes_letters_only(desk, source):
    result = desk.cheat(name="quiz", quiz_answers=source)
    texts = [result.note, *(t.message for t in result.tests)]
    assert sum(map(len, texts)) < 20_000
