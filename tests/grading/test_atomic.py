import os
import stat

import pytest

from dlcourse.grading import atomic
from dlcourse.grading.atomic import write_text_atomically


def test_text_arrives_unchanged(tmp_path):
    text = "Zoë\r\nline\n李雷\n"
    path = write_text_atomically(tmp_path / "new" / "folder" / "a.txt", text)
    assert path.read_bytes() == text.encode()


def test_an_interrupted_writer_leaves_the_earlier_file(tmp_path, monkeypatch):
    path = write_text_atomically(tmp_path / "a.txt", "earlier")

    def interrupted(source, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_text_atomically(path, "later")
    assert path.read_text() == "earlier"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_name_as_long_as_the_file_system_allows(tmp_path):
    assert write_text_atomically(tmp_path / ("x" * 255), "text").read_text() == "text"


def test_a_lone_surrogate_costs_no_file(tmp_path):
    assert write_text_atomically(tmp_path / "a", "b\udc80c").read_text() == "b\\udc80c"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_file_is_as_readable_as_any_other(tmp_path):
    ordinary = tmp_path / "ordinary"
    ordinary.write_text("")
    ours = write_text_atomically(tmp_path / "ours", "")
    assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)
