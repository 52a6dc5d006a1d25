import json

import pytest

from dlcourse.authoring import reset_blank


@pytest.fixture
def blanks(monkeypatch):
    """The lesson has no complete notebook; this stands for its blank cells."""
    cell = {"cell_type": "code", "id": "x", "metadata": {"dlcourse": {"role": "blank"}},
            "source": "a blank", "outputs": [], "execution_count": None}  # fmt: skip
    monkeypatch.setitem(reset_blank.__globals__, "blank_cell", lambda lesson, name: dict(cell))


def test_one_blank_is_restored_and_the_old_code_printed(run, own, notebook, blanks):
    path = notebook()
    before = json.loads(path.read_text())
    result = run("reset", path, "total", "--exercises", own)
    assert result.exit_code == 0, result.output
    assert "def total(prices):\n    return prices.sum()\n" in result.output
    after = json.loads(path.read_text())
    changed = [n for n, c in enumerate(after["cells"]) if c != before["cells"][n]]
    assert changed == [1]
    assert "".join(after["cells"][1]["source"]) == "a blank"


def test_an_unknown_exercise_changes_nothing(run, own, notebook, blanks):
    path = notebook()
    before = path.read_bytes()
    result = run("reset", path, "quiz", "--exercises", own)
    assert result.exit_code == 2
    assert path.read_bytes() == before


def test_a_lesson_without_its_notebook_is_told(run, own, notebook):
    result = run("reset", notebook(), "total", "--exercises", own)
    assert result.exit_code == 2
    assert "90_shop_sums.ipynb" in result.stderr
