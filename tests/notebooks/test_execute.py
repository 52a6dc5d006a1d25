"""Every notebook runs to its end, and its checks say what they must."""

from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"
LEARNER = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
SOLUTIONS = sorted((NOTEBOOKS / "solutions").glob("[0-9]*.ipynb"))
SECONDS = 60  # the promise of the quick scale


def test_there_is_something_to_run():
    assert [p.name for p in LEARNER] == [p.name for p in SOLUTIONS]
    assert LEARNER


@pytest.mark.slow
@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda p: p.stem)
def test_solutions_run_and_pass(path, execute):
    run = execute(path)
    assert run.errors(run.cells) == []
    assert run.statuses() == dict.fromkeys(run.checks(), "passed")
    assert run.seconds < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("path", LEARNER, ids=lambda p: p.stem)
def test_blank_notebooks_are_not_attempted(path, execute):
    run = execute(path)
    assert run.statuses() == dict.fromkeys(run.checks(), "not attempted")
    before = [c.metadata.get("dlcourse", {}).get("role") for c in run.cells].index("blank")
    assert run.errors(run.cells[:before]) == []
