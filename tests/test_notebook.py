"""What a learner sees in a notebook: the verdict, the reason and what to do next."""

import os
import sys
import time
import warnings

import numpy as np
import pytest

import dlcourse
from dlcourse.notebook import NotebookLesson
from dlcourse.progress import Progress

NAME = "mean_and_spread"


def right(X):
    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)


def variance(X):
    print("the shape is", X.shape)
    return X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)


def crashing(X):
    return X.no_such_thing


def blank(X):
    raise NotImplementedError


def calls_a_blank(X):
    return blank(X)


def interrupted(X):
    raise KeyboardInterrupt


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "progress.json")


@pytest.fixture
def lesson(monkeypatch, tmp_path):
    """The first lesson, with a record of its own."""
    monkeypatch.setenv("DLCOURSE_HOME", str(tmp_path))
    return dlcourse.lesson("start_here")


@pytest.fixture
def written(monkeypatch):
    """Define the exercise as a learner does: in the notebook's own namespace."""

    def define(function):
        monkeypatch.setattr(sys.modules["__main__"], NAME, function, raising=False)

    return define


def bundle(view):
    data, metadata = view._repr_mimebundle_()
    assert data["text/plain"] == repr(view)
    return data["text/html"], metadata["dlcourse"]


def test_passed(lesson, written, progress):
    written(right)
    view = lesson.check(NAME)
    page, facts = bundle(view)
    assert repr(view).startswith("✓ mean_and_spread: passed (1 of 1 point)")
    assert f'lesson.solution("{NAME}")' in repr(view)
    assert facts == {"exercise": NAME, "status": "passed", "earned": 1.0}
    assert "<style>" in page
    assert progress.passed("start_here", NAME)


def test_wrong_names_the_misconception(lesson, written, progress):
    written(variance)
    shown = repr(lesson.check(NAME))
    assert "What was checked: Two features of four examples" in shown
    assert "This looks like: Your spread is the variance" in shown
    assert "1 of 3 checks pass (0.33 of 1 point)" in shown
    assert f'lesson.hint("{NAME}")' in shown
    assert not progress.passed("start_here", NAME)


def test_what_the_code_prints_is_shown_once_and_not_above(lesson, written, capsys):
    written(variance)
    shown = repr(lesson.check(NAME))
    assert "Your code printed this:\n    the shape is (2, 4)" in shown
    assert capsys.readouterr().out == ""


def test_a_flood_of_output_is_cut(lesson, written):
    def chatty(X):
        print("x" * 10_000_000)

    written(chatty)
    assert len(repr(lesson.check(NAME))) < 5000


def test_crashed_shows_the_learners_frames_only(lesson, written):
    written(crashing)
    shown = repr(lesson.check(NAME))
    assert "your code stopped with an error" in shown
    assert "return X.no_such_thing" in shown
    assert "AttributeError: 'numpy.ndarray' object has no attribute 'no_such_thing'" in shown
    assert "boundary.py" not in shown
    assert shown.count("File ") == 1


def test_a_wrong_number_of_arguments_shows_no_frame_of_ours(lesson, written):
    written(lambda: None)
    shown = repr(lesson.check(NAME))
    assert "TypeError:" in shown
    assert "File " not in shown


def test_not_attempted(lesson, written):
    written(blank)
    shown = repr(lesson.check(NAME))
    assert shown.startswith("○ mean_and_spread: not attempted yet (0 of 1 point)")
    assert "Replace the line `raise NotImplementedError`" in shown


def test_not_defined(lesson):
    assert "`mean_and_spread` is not defined" in repr(lesson.check(NAME))


def test_calling_another_blank(lesson, written):
    written(calls_a_blank)
    assert "It calls `blank`, which is still a blank" in repr(lesson.check(NAME))


def test_pressing_stop_is_no_verdict(lesson, written):
    written(interrupted)
    view = lesson.check(NAME)
    assert bundle(view)[1]["status"] == "stopped"
    assert "You stopped the check" in repr(view)


def test_stopping_after_a_passed_test_is_no_verdict(lesson, written):
    calls = []

    def stopped_later(X):
        calls.append(X)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return right(X)

    written(stopped_later)
    assert bundle(lesson.check(NAME))[1] == {"exercise": NAME, "status": "stopped", "earned": 0.0}


@pytest.mark.parametrize("method", ["check", "hint", "solution"])
def test_unknown_names_list_the_known_ones(lesson, method):
    shown = repr(getattr(lesson, method)("mean_and_sprad"))
    assert "Did you mean `mean_and_spread`?" in shown
    assert "This lesson's exercise is `mean_and_spread`" in shown
    assert "[1]: is no exercise of this lesson" in repr(getattr(lesson, method)([1]))


def test_hints_are_a_ladder(lesson):
    first, second, third, again = [repr(lesson.hint(NAME)) for _ in range(4)]
    assert "hint 1 of 3" in first
    assert "2. " in second
    assert "2. " not in first
    assert "That was the last hint." in third
    assert again == third


def test_the_solution_is_shown_after_passing(lesson, written):
    assert "must pass first" in repr(lesson.solution(NAME))
    written(right)
    lesson.check(NAME)
    solution = lesson.solution(NAME)
    assert "def mean_and_spread(X):" in repr(solution)
    assert "```python\ndef mean_and_spread" in solution._repr_mimebundle_()["text/markdown"]


def test_progress(lesson, written):
    assert repr(lesson.progress()).startswith("› start_here: 0 of 2 passed")
    written(right)
    lesson.check(NAME)
    lesson.check_quiz({1: "b", 2: "b"})
    assert repr(lesson.progress()).startswith("✓ start_here: 2 of 2 passed")


def test_quiz(lesson, progress):
    shown = repr(lesson.check_quiz({1: "b", 2: "a"}))
    assert "1 of 2 answers are right" in shown
    assert "That is a row." in shown
    assert progress.all()["start_here"]["quiz"]["earned"] == 1.0
    assert "Expected a dictionary" in repr(lesson.check_quiz("bb"))


def test_the_set_up_cell_shows_device_and_progress(lesson):
    shown, _ = bundle(lesson)
    assert "Start here" in repr(lesson)
    assert "Runs on " in shown
    assert "0 of 1 exercises passed" in shown


def test_the_function_itself_may_be_given(lesson, written):
    def mean_and_spread(X):
        return right(X)

    written(mean_and_spread)
    assert "passed" in repr(lesson.check(mean_and_spread))


def test_a_record_that_cannot_be_written_costs_no_answer(lesson, written, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    for method in ("record", "next_hint", "all"):
        monkeypatch.setattr(Progress, method, full)
    assert "hint 3 of 3" in repr(lesson.hint(NAME))
    assert "0 of 2 passed" in repr(lesson.progress())
    written(right)
    shown = repr(lesson.check(NAME))
    assert "passed (1 of 1 point)" in shown
    assert "could not be saved (No space left on device)" in shown


def test_unknown_lesson():
    with pytest.raises(Exception, match="there is no lesson 'nothing'; the lessons are start_here"):
        dlcourse.lesson("nothing")


def test_a_check_answers_at_once(lesson, written):
    written(variance)
    seconds = []
    for _ in range(3):  # the best of three: other processes may keep this one waiting
        started = time.perf_counter()
        lesson.check(NAME)
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.5


def test_tensorflow_starts_quietly(monkeypatch):
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    dlcourse.lesson("start_here")
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "3"
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    dlcourse.lesson("start_here")
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"


def test_a_check_leaves_the_notebook_as_it_was(lesson, written):
    written(right)
    np.random.seed(3)  # noqa: NPY002 (what a learner's notebook may do)
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    filters, hooks = list(warnings.filters), sys.meta_path[:]
    lesson.check(NAME)
    assert np.array_equal(np.random.get_state()[1], state)  # noqa: NPY002
    assert warnings.filters == filters
    assert sys.meta_path == hooks


def test_own_record_can_be_given(lesson, written, tmp_path):
    other = NotebookLesson(lesson._lesson, Progress(tmp_path / "other.json"))
    written(right)
    other.check(NAME)
    assert (tmp_path / "other.json").exists()


def test_a_definition_that_is_older_than_its_cell_is_said_to_be(lesson, written, monkeypatch):
    import inspect

    written(right)
    cells = [inspect.getsource(right).replace("def right", f"def {NAME}")]
    monkeypatch.setattr(inspect, "getsource", lambda symbol: cells[0])
    monkeypatch.setattr(sys.modules["__main__"], "In", cells, raising=False)
    assert "version before" not in " ".join(repr(lesson.check(NAME)).split())
    cells.append(f"def {NAME}(x)\n    return x")  # a syntax error: the name keeps its old meaning
    assert "version before" in " ".join(repr(lesson.check(NAME)).split())


@pytest.mark.parametrize("method", ["check", "hint", "solution"])
def test_without_a_name_the_exercises_are_listed(lesson, method):
    assert NAME in repr(getattr(lesson, method)())


def test_the_last_hint_leads_to_the_solution_once_passed(lesson, written):
    for _ in range(3):
        shown = repr(lesson.hint(NAME))
    assert "once the check passes" in shown
    written(right)
    lesson.check(NAME)
    assert "lesson.solution" in repr(lesson.hint(NAME))
