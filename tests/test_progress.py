"""A learner's record survives crashes, two notebooks at once, and damage."""

import json
import os

import pytest

from dlcourse.progress import Progress, home


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "deep" / "progress.json")


def test_a_new_learner_has_nothing(progress):
    assert progress.all() == {}
    assert not progress.passed("c1w2", "sigmoid")
    assert progress.hints_shown("c1w2", "sigmoid") == 0
    assert not progress.path.exists()


def test_what_was_recorded_is_there_for_the_next_kernel(progress):
    progress.record("c1w2", "sigmoid", True, 2.0)
    progress.record("c1w2", "tanh", False, 0.5)
    again = Progress(progress.path)
    assert again.passed("c1w2", "sigmoid")
    assert not again.passed("c1w2", "tanh")
    assert again.all()["c1w2"]["tanh"] == {"passed": False, "earned": 0.5, "hints": 0}


def test_what_passed_stays_passed(progress):
    progress.record("c1w2", "sigmoid", True, 2.0)
    progress.record("c1w2", "sigmoid", False, 0.5)
    assert progress.all()["c1w2"]["sigmoid"] == {"passed": True, "earned": 2.0, "hints": 0}


def test_hints_go_up_to_the_last(progress):
    assert [progress.next_hint("c1w2", "sigmoid", 3) for _ in range(5)] == [1, 2, 3, 3, 3]
    assert progress.hints_shown("c1w2", "sigmoid") == 3


def test_two_notebooks_keep_each_others_entries(progress):
    other = Progress(progress.path)
    progress.record("one", "a", True, 1.0)
    other.record("two", "b", True, 1.0)
    progress.record("one", "c", True, 1.0)
    assert set(progress.all()) == {"one", "two"}


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"lessons": 3}', b'{"lessons": {"a": {"b": {}}}}', b"null"],
)
def test_a_damaged_record_is_set_aside(progress, damage):
    progress.path.parent.mkdir()
    progress.path.write_bytes(damage)
    with pytest.warns(UserWarning, match="it was kept as"):
        progress.record("c1w2", "sigmoid", True, 2.0)
    assert progress.passed("c1w2", "sigmoid")
    (kept,) = progress.path.parent.glob("progress.json.unreadable-*")
    assert kept.read_bytes() == damage


def test_a_writer_that_dies_leaves_the_old_record(progress, monkeypatch):
    progress.record("c1w2", "sigmoid", True, 2.0)

    def die(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        progress.record("c1w2", "tanh", True, 1.0)
    assert json.loads(progress.path.read_text())["lessons"].keys() == {"c1w2"}
    assert not progress.passed("c1w2", "tanh")
    assert [p.name for p in progress.path.parent.iterdir()] == ["progress.json"]


def test_home_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("DLCOURSE_HOME", str(tmp_path))
    assert Progress().path == tmp_path / "progress.json"
    monkeypatch.delenv("DLCOURSE_HOME")
    assert home().is_absolute()
    assert "dlcourse" in home().parts
