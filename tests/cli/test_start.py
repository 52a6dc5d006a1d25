import pytest


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of two notebooks."""
    folder = tmp_path / "course"
    (folder / "solutions").mkdir(parents=True)
    for name in ("00_start_here", "01_more", "solutions/00_start_here"):
        (folder / f"{name}.ipynb").write_text(name)
    (folder / "README.md").write_text("index")
    monkeypatch.setattr("dlcourse.course.notebooks_folder", lambda: folder)
    monkeypatch.chdir(tmp_path)
    return folder


def test_notebooks_are_copied_without_solutions(run, course, tmp_path):
    result = run("start", "mine")
    assert result.exit_code == 0
    assert "2 notebooks copied to mine" in result.output
    assert "jupyter lab" in result.output
    copied = sorted(p.relative_to(tmp_path / "mine") for p in (tmp_path / "mine").rglob("*"))
    assert [str(p) for p in copied] == ["00_start_here.ipynb", "01_more.ipynb"]


def test_a_folder_need_not_be_named(run, course, tmp_path):
    assert run("start").exit_code == 0
    assert (tmp_path / "dlcourse-notebooks" / "01_more.ipynb").is_file()


def test_work_is_never_overwritten(run, course, tmp_path):
    run("start", "mine")
    mine = tmp_path / "mine" / "00_start_here.ipynb"
    mine.write_text("my work")
    (tmp_path / "mine" / "01_more.ipynb").unlink()
    result = run("start", "mine")
    assert result.exit_code == 0
    assert mine.read_text() == "my work"
    assert "1 notebook copied" in result.output
    assert "1 notebook already there, kept as it is" in result.output


def test_an_installation_without_notebooks_is_told(run, course):
    for path in course.glob("*.ipynb"):
        path.unlink()
    result = run("start", "mine")
    assert result.exit_code == 2
    assert "holds no notebooks" in result.stderr


def test_a_file_in_the_way_is_a_usage_error(run, course, tmp_path):
    (tmp_path / "mine").write_text("a file")
    assert run("start", "mine").exit_code == 2
