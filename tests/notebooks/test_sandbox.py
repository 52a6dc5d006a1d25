"""Every notebook of the course through the sandbox, as an instructor grades it."""

import pytest

from dlcourse.course import learner_notebook, notebooks_folder
from dlcourse.grading.catalog import all_lessons
from dlcourse.grading.checking import check_notebook
from dlcourse.grading.limits import Limits

LESSONS = [pytest.param(lesson, id=lesson.name) for lesson in all_lessons()]
PATIENT = Limits(seconds_per_call=60, memory_mb=6000)  # on a machine that runs other tests too


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solution_earns_every_point(lesson):
    path = notebooks_folder() / "solutions" / f"{lesson.notebook}.ipynb"
    result = check_notebook(path, seed=20_261, limits=PATIENT)
    problems = [(e.name, e.first_problem) for e in result.exercises if not e.passed]
    assert problems == []
    assert result.score == result.points > 0
    assert result.notes == ()


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_blank_notebook_earns_nothing(lesson):
    result = check_notebook(learner_notebook(lesson), limits=PATIENT)
    assert {e.status for e in result.exercises} == {"not attempted"}
    assert result.score == 0
