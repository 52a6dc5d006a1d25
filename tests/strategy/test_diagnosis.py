"""The diagnosis of Course 3 with its numbers, and what it must do for any."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse import strategy

RATES = st.floats(0, 100)
DOCTORS = {"anybody": 3, "a doctor": 1, "an experienced one": 0.7, "a team": 0.5}


def test_the_row_of_five_of_the_course():
    found = strategy.diagnose(human=4, train=7, train_dev=10, dev=12, test=12)
    assert found.gaps() == {
        "avoidable_bias": 3,
        "variance": 3,
        "mismatch": 2,
        "overfitting_to_dev": 0,
    }
    assert found.problem == "avoidable_bias"  # as large as variance, and first in the pipeline


@pytest.mark.parametrize(
    ("rates", "problem"),
    [
        ({"human": 1, "train": 8, "dev": 10}, "avoidable_bias"),
        ({"human": 7.5, "train": 8, "dev": 10}, "variance"),
        ({"human": 0, "train": 1, "train_dev": 9, "dev": 10}, "variance"),
        ({"human": 0, "train": 1, "train_dev": 1.5, "dev": 10}, "mismatch"),
        ({"human": 0, "train": 10, "train_dev": 11, "dev": 12}, "avoidable_bias"),
        ({"human": 0, "train": 10, "train_dev": 11, "dev": 20}, "avoidable_bias"),
        ({"human": 4, "train": 4, "train_dev": 5, "dev": 5, "test": 9}, "overfitting_to_dev"),
        ({"human": 4, "train": 4, "train_dev": 4, "dev": 3, "test": 3}, "none"),
    ],
)
def test_problems_of_the_course(rates, problem):
    found = strategy.diagnose(**rates)
    assert found.problem == problem
    assert found.advice and all(isinstance(sentence, str) for sentence in found.advice)


def test_every_problem_has_its_own_advice():
    rates = [
        {"human": 0, "train": 5, "train_dev": 5, "dev": 5, "test": 5},
        {"human": 0, "train": 0, "train_dev": 5, "dev": 5, "test": 5},
        {"human": 0, "train": 0, "train_dev": 0, "dev": 5, "test": 5},
        {"human": 0, "train": 0, "train_dev": 0, "dev": 0, "test": 5},
        {"human": 5, "train": 5, "train_dev": 5, "dev": 5, "test": 5},
    ]
    first = [strategy.diagnose(**case).advice[0] for case in rates]
    assert "larger network" in first[0] and "more training data" in first[1]
    assert "by hand" in first[2] and "larger dev set" in first[3]
    assert len(set(first)) == 5


@given(human=RATES, train=RATES, train_dev=RATES, dev=RATES, test=RATES)
def test_gaps_lead_from_people_to_the_test_set(human, train, train_dev, dev, test):
    found = strategy.diagnose(human, train, dev, train_dev, test)
    assert human + sum(found.gaps().values()) == pytest.approx(test, abs=1e-6)
    without = strategy.diagnose(human, train, dev)
    assert without.variance == pytest.approx(found.variance + found.mismatch, abs=1e-6)
    assert list(without.gaps()) == ["avoidable_bias", "variance"]


def test_decimals_stay_readable():
    assert strategy.diagnose(0.5, 0.7, 0.8).gaps() == {"avoidable_bias": 0.2, "variance": 0.1}


def test_the_table_of_the_course():
    table = strategy.ErrorTable(general=(4, 7, 10), target=(6, 6, 6))
    assert table.diagnosis.gaps() == {"avoidable_bias": 3, "variance": 3, "mismatch": -4}
    assert table.harder_by == 2
    sparse = strategy.ErrorTable(general=(4, 7, 10), target=(None, None, 12))
    assert sparse.diagnosis.mismatch == 2 and sparse.harder_by is None
    assert str(sparse).splitlines()[1].endswith("4 %        -")


def test_the_best_human_error_is_the_proxy():
    assert strategy.bayes_error_proxy(DOCTORS) == ("a team", 0.5)


def test_the_proxy_matters_near_human_level_only():
    # any of the three would do at 5 and 6 % (bias) and at 1 and 5 % (variance), not at 0.7 and 0.8
    doctors = {who: DOCTORS[who] for who in ("a doctor", "an experienced one", "a team")}
    assert strategy.best_proxy_matters(doctors, 5, 6) == (
        False,
        dict.fromkeys(doctors, "avoidable_bias"),
    )
    assert strategy.best_proxy_matters(doctors, 1, 5) == (False, dict.fromkeys(doctors, "variance"))
    matters, problems = strategy.best_proxy_matters(doctors, 0.7, 0.8)
    assert matters
    assert problems["a team"] == "avoidable_bias" and problems["a doctor"] == "variance"


def test_every_link_of_the_chain_has_a_knob_of_its_own():
    for link in ("train", "dev", "test", "real world"):
        own = strategy.knobs_for(link)
        assert own and set(own) <= set(strategy.knobs_for(link, orthogonal=False))
    shared = [knob.name for knob in strategy.KNOBS if len(knob.moves) > 1]
    assert shared == ["early stopping"]
    assert all("early stopping" not in strategy.knobs_for(link) for link in ("train", "dev"))


@pytest.mark.parametrize(
    ("errors", "link"),
    [
        ({"train": 9, "dev": 9}, "train"),
        ({"train": 1, "dev": 9, "test": 9}, "dev"),
        ({"test": 9, "dev": 1, "train": 2}, "test"),
        ({"train": 1, "dev": 1, "test": 1, "real world": 9}, "real world"),
        ({"train": 2, "dev": 2}, None),
    ],
)
def test_the_first_link_that_fails_is_the_one_to_work_on(errors, link):
    targets = dict.fromkeys(("train", "dev", "test", "real world"), 2)
    assert strategy.first_failing_link(errors, targets) == link


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: strategy.diagnose(1, 2, 101), "dev: expected a rate .*got 101"),
        (lambda: strategy.diagnose(1, 2, 3, train_dev=-1), "train_dev: .*got -1"),
        (lambda: strategy.diagnose("4", 2, 3), "human: .*got '4'"),
        (lambda: strategy.ErrorTable((1, 2), (1, 2, 3)), r"general: expected three.*got \(1, 2\)"),
        (lambda: strategy.ErrorTable((1, 2, 3), (1, 2, None)), "target: not trained on: .*None"),
        (lambda: strategy.ErrorTable((None, 2, 3), (1, 2, 3)), "general: human level: .*None"),
        (lambda: strategy.bayes_error_proxy({}), "human_errors: expected at least one"),
        (lambda: strategy.bayes_error_proxy({"I": 300}), r"human_errors\['I'\]: .*got 300"),
        (lambda: strategy.knobs_for("deploy"), "link: expected one of train, .*got 'deploy'"),
        (lambda: strategy.first_failing_link({"x": 1}, {"x": 1}), "errors: .*got 'x'"),
        (lambda: strategy.first_failing_link({"dev": 1}, {}), "errors: .*with a target; got 'dev'"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_only_numpy_is_needed():
    allowed = {"numpy", "dlcourse.strategy", "dataclasses", "math", "numbers", "importlib"}
    for path in Path(strategy.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        modules |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        foreign = {m for m in modules if m not in allowed and not m.startswith("dlcourse.strategy")}
        assert foreign == set(), path.name
