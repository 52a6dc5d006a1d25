from pathlib import Path

import pytest

from dlcourse import authoring
from dlcourse.authoring import BuildReport


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """A project; `build` only notes what it is asked for and answers with a report."""
    (tmp_path / "notebooks" / "source").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    asked = []

    def answer(**report):
        def build(*arguments):
            asked.append(arguments)
            return BuildReport(**report)

        monkeypatch.setattr(authoring, "build", build)
        return asked

    return answer


def test_what_was_written_is_said(builds, run, tmp_path):
    asked = builds(written=[tmp_path / "notebooks" / "00_start_here.ipynb"])
    result = run("build", "--repository", "https://example.org/me/course")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"written  {Path('notebooks', '00_start_here.ipynb')}"]
    assert asked == [(tmp_path, "https://example.org/me/course", False, None)]


def test_nothing_to_do(builds, run, tmp_path, own):
    asked = builds()
    result = run("build", "--check", "--exercises", own)
    assert result.exit_code == 0
    assert "agrees with its source" in result.stdout
    assert asked == [(tmp_path, None, True, own)]


def test_a_stale_notebook_ends_with_1(builds, run, tmp_path):
    builds(stale=[tmp_path / "notebooks" / "a.ipynb"])
    result = run("build", "--check")
    assert result.exit_code == 1
    assert f"stale    {Path('notebooks', 'a.ipynb')}" in result.stderr
    assert "1 stale: run `dlcourse build`" in result.stderr
    assert result.stdout == ""


def test_a_malformed_source_ends_with_1(builds, run):
    builds(problems=["a.py, line 3: no END SOLUTION"])
    result = run("build")
    assert result.exit_code == 1
    assert "problem  a.py, line 3: no END SOLUTION" in result.stderr


def test_an_address_that_is_none_is_refused_by_name(run, tmp_path, monkeypatch):
    (tmp_path / "notebooks" / "source").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    result = run("build", "--repository", "me/course")
    assert result.exit_code == 2
    assert "repository" in result.stderr
    assert "https://" in result.stderr


def test_without_sources_there_is_nothing_to_build(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dlcourse.__file__", str(tmp_path / "site" / "dlcourse" / "__init__.py"))
    result = run("build")
    assert result.exit_code == 2
    assert "notebooks/source" in result.stderr
