"""A class is graded as its notebooks deserve, and an interrupted run goes on where it was."""

import json
import re

import pytest

from benchmarks.make_class import make_class
from dlcourse.grading.catalog import find_lesson
from dlcourse.grading.classroom import grade_class, learner_names
from dlcourse.grading.limits import Limits

LIMITS = Limits(seconds_per_call=3, seconds_per_cell=3, memory_mb=1024)


def test_a_class_of_forty(tmp_path):
    learners = make_class()
    assert len(learners) == 40
    paths = []
    for learner in learners:
        paths.append(tmp_path / "in" / f"{learner.name}.ipynb")
        paths[-1].parent.mkdir(exist_ok=True)
        paths[-1].write_bytes(learner.content)
    done = []
    results = grade_class(paths, tmp_path, seed=7, jobs=2, limits=LIMITS, on_done=done.append)
    assert [r.learner for r in results] == [learner.name for learner in learners]
    assert sorted(r.learner for r in done) == sorted(r.learner for r in results)
    problems = [p for pair in zip(learners, results, strict=True) for p in _problems(*pair)]
    assert not problems, "\n".join(problems)


def _problems(learner, result):
    lesson = find_lesson("c1w2_logistic_regression")
    everything = {*lesson.exercises, "quiz"}
    spoiled = everything if learner.spoiled == ("all",) else set(learner.spoiled)
    if result.points != sum(e.points for e in lesson.exercises.values()) + len(lesson.quiz):
        yield f"{learner.name}: {result.points} points to be had"
    for exercise in result.exercises:
        if exercise.name in spoiled and (exercise.passed or exercise.earned == exercise.points):
            yield f"{learner.name}: {exercise.name} earned {exercise.earned}"
        if exercise.name not in spoiled and learner.rest_passes and not exercise.passed:
            yield f"{learner.name}: {exercise.name} is {exercise.status}, {exercise.first_problem}"
        if exercise.name in spoiled and learner.rest_passes and exercise.earned:
            yield f"{learner.name}: {exercise.name} earned {exercise.earned} by accident"
    told = json.dumps(result.to_json())
    if not re.search(learner.sentence, told):
        yield f"{learner.name}: nothing about {learner.sentence!r}: {told[:2000]}"


@pytest.fixture
def three(write_notebook):
    right = "import numpy as np\ndef squash(z):\n    return 1 / (1 + np.exp(-z))"
    return [
        write_notebook(right, name="ada"),
        write_notebook("def squash(z):\n    return z", name="bob"),
        write_notebook("x = 1", name="eve", lesson="nothing"),
    ]


def test_an_interrupted_run_goes_on_where_it_was(tmp_path, three, lessons):
    def stop(result):
        raise KeyboardInterrupt

    options = {"folder": lessons, "seed": 1, "limits": LIMITS}
    with pytest.raises(KeyboardInterrupt):
        grade_class(three, tmp_path / "out", on_done=stop, **options)
    records = list((tmp_path / "out" / "records").glob("*.json"))
    assert len(records) == 1
    before = records[0].stat().st_mtime_ns
    results = grade_class(three, tmp_path / "out", **options)
    assert records[0].stat().st_mtime_ns == before  # not graded again
    assert [r.score for r in results] == [2.0, 0.0, 0.0]
    assert "a notebook of the lesson nothing" in results[2].notes[0]
    assert results[2].points == results[0].points


@pytest.mark.parametrize("change", ["notebook", "seed", "fresh", "record"])
def test_what_has_changed_is_graded_again(tmp_path, three, lessons, change):
    options = {"folder": lessons, "seed": 1, "limits": LIMITS}
    grade_class(three[:1], tmp_path, **options)
    record = next((tmp_path / "records").glob("*.json"))
    if change == "notebook":
        three[0].write_text(three[0].read_text().replace("-z", "z"))
    elif change == "seed":
        options["seed"] = 2
    elif change == "fresh":
        options["fresh"] = True
    else:
        record.write_text("half a rec")
    before = record.stat().st_mtime_ns
    result = grade_class(three[:1], tmp_path, **options)[0]
    assert record.stat().st_mtime_ns > before
    assert (result.score < 2) == (change == "notebook")
    assert result.seed == options["seed"]


def test_a_link_to_another_file_earns_nothing(tmp_path, three, lessons):
    link = tmp_path / "mallory.ipynb"
    link.symlink_to(three[0])
    result = grade_class([three[0], link], tmp_path / "out", folder=lessons, seed=1)[1]
    assert result.score == 0
    assert "link to another file" in result.notes[0]


def test_learners_are_told_apart(tmp_path):
    paths = [tmp_path / "w1" / n / "hw.ipynb" for n in ("ada", "bob")]
    assert learner_names(paths) == ["ada", "bob"]
    assert learner_names([*paths, tmp_path / "w2" / "ada" / "hw.ipynb"]) == [
        "w1/ada", "w1/bob", "w2/ada"
    ]  # fmt: skip
