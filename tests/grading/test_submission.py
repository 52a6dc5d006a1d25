"""Notebooks are read whatever state they are in."""

import json

import pytest

from dlcourse.grading.submission import Cell, NotebookError, read_submission


def test_code_cells_in_order(write_notebook):
    submission = read_submission(write_notebook("a = 1", "b = 2"))
    assert [c.source for c in submission.cells] == ["a = 1", "b = 2"]
    assert (submission.learner, submission.lesson_name) == ("ada", "toy")


def test_the_lesson_is_found_without_metadata(tmp_path):
    cell = {"cell_type": "code", "source": ['lesson = dlcourse.lesson("toy")\n']}
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": [cell]}))
    assert read_submission(tmp_path / "x.ipynb").lesson_name == "toy"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "damaged at line 1"),
        ("{", "damaged"),
        ("[]", "no list of cells"),
        ('{"cells": 3}', "no list of cells"),
        ('{"cells": []}', "belongs to no lesson"),
        ('{"cells": [], "metadata": {"dlcourse": {"lesson": "../../etc/x"}}}', "no lesson"),
        ('{"cells": [], "metadata": {"dlcourse": {"lesson": 7}}}', "no lesson"),
        ('{"cells": [null, 3, {"cell_type": "code", "source": 4}], "metadata": []}', "no lesson"),
        ("[" * 100_000, "not a notebook"),
        ("\udcff", "not text"),
    ],
)
def test_what_is_no_notebook_of_the_course_gets_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "bad.ipynb"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(NotebookError, match=sentence):
        read_submission(path)


def test_a_missing_file_gets_a_sentence(tmp_path):
    with pytest.raises(NotebookError, match="could not be read"):
        read_submission(tmp_path / "none.ipynb")


@pytest.mark.parametrize(
    ("source", "defined"),
    [
        ("def f(x):\n    pass", ("f",)),
        ("class f: pass", ("f",)),
        ("f = lambda x: x", ("f",)),
        ("f: object = 3", ("f",)),
        ("f == 3", ()),
        ("def ff(x): pass", ()),
        ("    def f(self): pass", ()),
        ("print('def f(x)')", ()),
        ("x = 1\nasync def f(): pass", ("f",)),
    ],
)
def test_which_symbols_a_cell_defines(source, defined):
    assert Cell(source, "given", None, "1").defines(["f", "g"]) == defined
