"""Sources become notebooks: the right cells, the same bytes, and no lost work."""

import json

import nbformat
import pytest

from dlcourse.authoring import build


@pytest.fixture
def built(project):
    """The project, its learner notebook and its complete one."""
    report = build(project.root, exercises=project.exercises)
    assert not report.problems
    project.learner = project.root / "notebooks" / "01_toys.ipynb"
    project.solution = project.root / "notebooks" / "solutions" / "01_toys.ipynb"
    return project


def cells(path):
    return nbformat.read(path, as_version=4).cells


def roles(path):
    return [c.metadata.get("dlcourse", {}).get("role") for c in cells(path)]


def cell(path, role, exercise=None):
    wanted = {"role": role} | ({"exercise": exercise} if exercise else {})
    (found,) = [c for c in cells(path) if c.metadata.get("dlcourse") == wanted]
    return found


def test_cells_have_their_roles(built):
    sequence = [None, "setup", "given", None, "blank", "check", "given", None, "blank", "check"]
    assert roles(built.learner) == [*sequence, None, "quiz", "quiz-check"]
    assert roles(built.solution) == roles(built.learner)


def test_notebook_metadata(built):
    notebook = nbformat.read(built.learner, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.dlcourse == {"lesson": "toys", "format": 1}
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(
        not c.outputs and c.execution_count is None for c in notebook.cells if "outputs" in c
    )


def test_learner_gets_a_blank_between_the_markers(built):
    assert cell(built.learner, "blank", "double").source == (
        "def double(x):\n"
        '    """Give twice x, an array."""\n'
        "    ### BEGIN SOLUTION\n"
        "    raise NotImplementedError  # your code here\n"
        "    ### END SOLUTION"
    )
    methods = cell(built.learner, "blank", "Counter").source
    assert methods.count("        raise NotImplementedError  # your code here") == 2
    assert "self.total" not in methods


def test_complete_notebook_keeps_solutions_and_markers(built):
    source = cell(built.solution, "blank", "double").source
    assert "    ### BEGIN SOLUTION\n    return 2 * np.asarray(x)\n    ### END SOLUTION" in source


def test_quiz(built):
    questions = next(c.source for c in cells(built.learner) if c.source.startswith("## Quiz"))
    assert "**2.** What is `len('ab')`?\n\n- **a.** 1\n- **b.** 2\n  or two" in questions
    assert cell(built.learner, "quiz").source == 'quiz_answers = {\n    1: "",\n    2: "",\n}'
    assert cell(built.solution, "quiz").source == 'quiz_answers = {\n    1: "a",\n    2: "b",\n}'
    assert cell(built.learner, "quiz-check").source == "lesson.check_quiz(quiz_answers)"


def test_no_answer_reaches_the_learner(built):
    text = built.learner.read_text(encoding="utf-8")
    assert "2 * np.asarray" not in text
    assert "Yes." not in text


def test_building_twice_gives_the_same_bytes(built):
    before = {p: p.read_bytes() for p in (built.root / "notebooks").rglob("*.*")}
    (built.learner).unlink()
    report = build(built.root, exercises=built.exercises)
    assert report.written == [built.learner]
    assert {p: p.read_bytes() for p in before} == before


def test_ids_survive_edits_elsewhere(built, edited):
    before = {c.id: c.source for c in cells(built.learner)}
    heading = "# ## 1 · Doubling"
    edited(heading, f"# A new paragraph.\n# %%\nfirst = 1\n# %% [markdown]\n{heading}")
    build(built.root, exercises=built.exercises)
    after = {c.id: c.source for c in cells(built.learner)}
    assert len(after) == len(before) + 2
    assert {key: after[key] for key in before} == before


def test_checking_writes_nothing_and_names_what_is_stale(built, edited):
    edited("**You will** double", "**You will** halve")
    before = built.learner.read_bytes()
    report = build(built.root, exercises=built.exercises, check=True)
    assert report.stale == [built.learner, built.solution]
    assert not report.written
    assert built.learner.read_bytes() == before


def test_a_fresh_build_is_not_stale(built):
    report = build(built.root, exercises=built.exercises, check=True)
    assert (report.stale, report.problems) == ([], [])


def test_a_renamed_source_leaves_stale_notebooks(built):
    built.source.rename(built.source.with_name("02_toys.py"))
    text = built.module.read_text(encoding="utf-8").replace("01_toys", "02_toys")
    built.module.write_text(text, encoding="utf-8")
    from dlcourse.grading import catalog

    catalog._loaded.clear()  # the module has changed under our feet
    report = build(built.root, exercises=built.exercises)
    assert report.stale == [built.learner, built.solution]


def test_work_of_a_learner_is_never_overwritten(built, edited):
    notebook = nbformat.read(built.learner, as_version=4)
    notebook.cells[2].execution_count = 1
    nbformat.write(notebook, built.learner)
    mine = built.learner.read_bytes()
    edited("**You will** double", "**You will** halve")
    report = build(built.root, exercises=built.exercises)
    assert built.learner.read_bytes() == mine
    assert "01_toys.ipynb has been run" in report.problems[0]


def test_index_names_week_exercises_and_module(built):
    text = (built.root / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert "[Toys: two small exercises](01_toys.ipynb) | `double`, `Counter` |" in text


def test_index_of_the_course():
    from dlcourse.authoring.index import index_text
    from dlcourse.grading.catalog import find_lesson

    text = index_text([find_lesson("start_here")])
    assert "[`scratch.start`](../dlcourse/scratch/start.py)" in text


def test_published_address_fills_badge_and_setup(built):
    build(built.root, "https://github.com/me/course.git", exercises=built.exercises)
    first, second = cells(built.learner)[:2]
    target = "https://colab.research.google.com/github/me/course/blob/main/notebooks/01_toys.ipynb"
    assert target in first.source
    assert second.source.startswith("# Toys")
    assert '"dlcourse @ git+https://github.com/me/course"' in cell(built.learner, "setup").source
    assert "blob/main/notebooks/solutions/01_toys" in cells(built.solution)[0].source


def test_address_comes_from_the_project_file(built):
    settings = '[tool.dlcourse]\nrepository = "https://git.example.org/me/course"\n'
    (built.root / "pyproject.toml").write_text(settings, encoding="utf-8")
    build(built.root, exercises=built.exercises)
    assert "git+https://git.example.org/me/course" in cell(built.learner, "setup").source
    assert "colab" not in cells(built.learner)[0].source  # Colab opens what is on GitHub


@pytest.mark.parametrize("address", ["github.com/me/x", "https://x.org/a", 'https://x.org/a/b";'])
def test_an_address_that_is_none_is_refused(project, address):
    with pytest.raises(ValueError, match="repository: expected"):
        build(project.root, address, exercises=project.exercises)


def test_unpublished_notebooks_hold_no_address(built):
    text = json.dumps([c.source for c in cells(built.learner)])
    assert "://" not in text


def test_one_broken_source_does_not_stop_the_others(project):
    (project.root / "notebooks" / "source" / "00_nothing.py").write_text("# %%\n", encoding="utf-8")
    report = build(project.root, exercises=project.exercises)
    assert report.problems == ["00_nothing.py: there is no nothing.py in the exercises"]
    assert [p.name for p in report.written] == ["01_toys.ipynb", "01_toys.ipynb"]


def test_a_lesson_without_a_source_is_a_problem(project):
    text = project.module.read_text(encoding="utf-8")
    project.module.with_name("others.py").write_text(text, encoding="utf-8")
    report = build(project.root, exercises=project.exercises)
    assert report.problems == ["others.py: there is no source of its notebook"]
