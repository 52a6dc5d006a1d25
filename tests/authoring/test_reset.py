"""One blank comes back; every other byte stays."""

import json
import random

import nbformat
import pytest

from dlcourse import course
from dlcourse.authoring import build, reset_blank
from dlcourse.authoring.reset import ResetError
from dlcourse.grading.catalog import load_lesson

MINE = "def double(x):\n    return x + x  # mine, „Größe“"


@pytest.fixture
def lesson(project, monkeypatch):
    """The toy lesson, its notebooks built."""
    build(project.root, exercises=project.exercises)
    monkeypatch.setattr(course, "notebooks_folder", lambda: project.root / "notebooks")
    return load_lesson(project.module)


@pytest.fixture
def pristine(project, lesson):
    """The learner notebook as built."""
    return json.loads((project.root / "notebooks" / "01_toys.ipynb").read_text(encoding="utf-8"))


def blank_of(notebook):
    return next(c for c in notebook["cells"] if c.get("id") == "blank-double")


def saved(tmp_path, notebook, **style):
    style = {"indent": 1, "ensure_ascii": False} | style
    path = tmp_path / "mine.ipynb"
    path.write_bytes((json.dumps(notebook, **style) + "\n").encode())
    return path


def outline(path):
    notebook = json.loads(path.read_bytes())
    return [(c.get("id"), "".join(c["source"])) for c in notebook["cells"]]


@pytest.mark.parametrize("indent", [1, 2, "\t", None])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_blank_changes(tmp_path, lesson, pristine, indent, newline):
    original = saved(tmp_path, pristine, indent=indent).read_bytes()
    blank_of(pristine).update(source=MINE.splitlines(keepends=True), execution_count=3)
    path = saved(tmp_path, pristine, indent=indent)
    path.write_bytes(path.read_bytes().replace(b"\n", newline.encode()))
    assert reset_blank(path, lesson, "double") == MINE
    assert json.loads(path.read_bytes()) == json.loads(original)
    expected = original.replace(b"\n", newline.encode())
    where = expected.index(b'"execution_count"')
    assert path.read_bytes()[:where] == expected[:where]
    if isinstance(indent, int):
        assert path.read_bytes() == expected


def test_other_work_keeps_its_bytes(tmp_path, lesson, pristine):
    odd = {"cell_type": "code", "source": 'print("Grüße")', "metadata": {"x": 1e3}, "outputs": []}
    pristine["cells"].insert(2, odd)
    blank_of(pristine)["source"] = MINE
    path = saved(tmp_path, pristine, ensure_ascii=True, indent=None)
    before = path.read_bytes()
    reset_blank(path, lesson, "double")
    after = path.read_bytes()
    start = before.index(b'{"cell_type": "code", "execution_count": null, "id": "blank-double"')
    end = before.index(b'{"cell_type": "code", "execution_count": null, "id": "check-double"')
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])


def test_found_by_its_definition_where_metadata_was_lost(tmp_path, lesson, pristine):
    for cell in pristine["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    cell = next(c for c in pristine["cells"] if "def double" in "".join(c["source"]))
    cell["source"] = MINE
    path = saved(tmp_path, pristine)
    assert reset_blank(path, lesson, "double") == MINE
    assert sum("def double" in source for _, source in outline(path)) == 1
    assert not any("mine" in source for _, source in outline(path))
    assert all(key is None for key, _ in outline(path))


@pytest.mark.parametrize("indent", [1, None])
def test_a_deleted_blank_is_put_before_its_check(tmp_path, lesson, pristine, indent):
    expected = [(c["id"], "".join(c["source"])) for c in pristine["cells"]]
    pristine["cells"].remove(blank_of(pristine))
    path = saved(tmp_path, pristine, indent=indent)
    assert reset_blank(path, lesson, "double") == ""
    assert outline(path) == expected
    nbformat.validate(nbformat.read(path, as_version=4))


def test_a_deleted_blank_without_its_check_goes_to_the_end(tmp_path, lesson, pristine):
    pristine["cells"] = [c for c in pristine["cells"] if "double" not in c["id"]]
    path = saved(tmp_path, pristine)
    reset_blank(path, lesson, "double")
    assert outline(path)[-1][0] == "blank-double"
    assert len(outline(path)) == len(pristine["cells"]) + 1


def test_resetting_a_blank_changes_nothing(tmp_path, lesson, pristine):
    path = saved(tmp_path, pristine)
    before = path.read_bytes()
    reset_blank(path, lesson, "double")
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": 3}', '{"cells": [', '{"cells": []}'])
def test_what_is_no_notebook_stays_as_it_is(tmp_path, lesson, text):
    path = tmp_path / "mine.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResetError, match="mine.ipynb|no cells"):
        reset_blank(path, lesson, "double")
    assert path.read_text(encoding="utf-8") == text


def test_damaged_files_are_refused_in_a_sentence(tmp_path, lesson, pristine):
    whole = saved(tmp_path, pristine).read_text(encoding="utf-8")
    path = tmp_path / "mine.ipynb"
    for length in random.Random(0).sample(range(len(whole) - 2), 25):
        path.write_text(whole[:length], encoding="utf-8")
        with pytest.raises(ResetError):
            reset_blank(path, lesson, "double")


def test_found_by_metadata_whatever_stands_in_it(tmp_path, lesson, pristine):
    expected = [(c["id"], "".join(c["source"])) for c in pristine["cells"]]
    blank_of(pristine)["source"] = "def duoble(x:\n"
    path = saved(tmp_path, pristine)
    assert reset_blank(path, lesson, "double") == "def duoble(x:\n"
    assert outline(path) == expected
