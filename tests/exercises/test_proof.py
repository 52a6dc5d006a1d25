"""Every exercise of the course, present and future, tells right from wrong."""

from collections import Counter

import pytest

from dlcourse.grading.catalog import all_lessons
from dlcourse.grading.proof import prove

LESSONS = all_lessons()
EXERCISES = [
    pytest.param(lesson, name, id=f"{lesson.name}-{name}")
    for lesson in LESSONS
    for name in lesson.exercises
]


@pytest.mark.parametrize(("lesson", "name"), EXERCISES)
def test_exercise_tells_right_from_wrong(lesson, name, record_property):
    proof = prove(lesson, name)
    for kind, count in proof.tried.items():
        record_property(kind, count)
    assert not proof.problems, "\n".join([f"{name}:", *proof.problems])
    assert proof.tried["generic wrong answers"] >= 3


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_answers_of_a_lesson_are_not_provided_to_its_learners(lesson):
    answers = {exercise.reference_module for exercise in lesson.exercises.values()}
    assert answers.isdisjoint(lesson.provides)


def test_counts(capsys):
    kinds = Counter()
    for lesson in LESSONS:
        kinds["exercises"] += len(lesson.exercises)
        kinds["mistakes"] += sum(len(e.mistakes) for e in lesson.exercises.values())
        kinds["tests"] += sum(len(e.tests) for e in lesson.exercises.values())
    with capsys.disabled():
        print(f"\n{len(LESSONS)} lessons: " + ", ".join(f"{n} {k}" for k, n in kinds.items()))
    assert kinds["mistakes"] >= 2 * kinds["exercises"]
