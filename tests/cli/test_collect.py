from pathlib import Path

import pytest

from dlcourse.cli.collect import find_notebooks
from dlcourse.cli.errors import Refusal


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    for name in ("bob/hw.ipynb", "ada/hw.ipynb", "ada/notes.txt", "ada/.ipynb_checkpoints/hw.ipynb",
                 ".hidden/x.ipynb", "deep/er/LOUD.IPYNB"):  # fmt: skip
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    (tmp_path / "in" / "folder.ipynb").mkdir()
    monkeypatch.chdir(tmp_path)
    return Path("in")


def test_a_folder_is_searched_with_everything_in_it_but_what_is_hidden(inbox):
    found = [path.as_posix() for path in find_notebooks([inbox])]
    assert found == ["in/ada/hw.ipynb", "in/bob/hw.ipynb", "in/deep/er/LOUD.IPYNB"]


def test_each_notebook_comes_once_in_the_order_given(inbox):
    bob = inbox / "bob" / "hw.ipynb"
    found = find_notebooks([bob, inbox, bob.resolve()])
    assert [path.parent.name for path in found] == ["bob", "ada", "er"]


def test_a_hidden_folder_above_the_one_that_is_named_does_not_matter(inbox):
    assert len(find_notebooks([inbox / ".hidden"])) == 1


def test_nothing_found_is_refused(inbox):
    with pytest.raises(Refusal, match="no notebook"):
        find_notebooks([inbox / "folder.ipynb"])
