"""Exercises of c2w3: cross-validation by hand, and how far its numbers can be believed."""

import numpy as np
import pytest

from dlcourse.grading import assert_close, assert_shape, exercise, helper, mistake
from dlcourse.scratch import cross_validation

__all__ = ["CrossValidate", "ReadCv"]


@helper
def who_is_where(X_train, y_train, X_test, y_test):
    """Examples as bits: which of them are trained on, and (plus 1/2) which are tested on."""
    return float(X_train[:, 0].sum()), float(X_test[:, 0].sum()) + 0.5


@helper
def labels_match(X_train, y_train, X_test, y_test):
    """Share of examples that still have their own label, in both parts."""
    import numpy as np  # noqa: PLC0415 - a helper travels as source

    right = [np.mean(X[:, 1] == y) for X, y in ((X_train, y_train), (X_test, y_test))]
    return float(right[0]) + len(y_train) / 1000, float(right[1]) + len(y_test) / 100


def examples(m):
    """Example i has the features 2^i and 3i + 1, and the label 3i + 1."""
    number = np.arange(m)
    return np.stack([2.0**number, 3.0 * number + 1], axis=1), 3 * number + 1


def members(masks):
    """Which examples each number stands for, one set for each."""
    return [{i for i in range(53) if int(mask) >> i & 1} for mask in masks]


def run_folds(fit_and_score, X, y, folds):
    everybody = np.arange(len(X))
    scores = []
    for test in folds:
        train = np.setdiff1d(everybody, test)
        scores.append(fit_and_score(X[train], y[train], X[test], y[test]))
    return tuple(np.array(scores, float).T)


@exercise(points=3, reference=cross_validation.cross_validate)
class CrossValidate:
    """k trainings, each without one of k parts, which then judges."""

    hints = (
        "Draw one order of the examples and cut it into k parts. What is trained on while a part "
        "judges?",
        "folds = np.array_split(rng.permutation(m), k); for each: test on it, train on all others.",
        "`train = np.setdiff1d(np.arange(len(X)), test)`, then "
        "`fit_and_score(X[train], y[train], X[test], y[test])`",
    )

    @pytest.mark.parametrize(("m", "k"), [(12, 3), (14, 4), (5, 5)])
    def test_parts(self, cross_validate, rng, m, k):
        """Every example judges once, in parts of equal size (or one more), and trains elsewhere."""
        train, test = cross_validate(who_is_where, *examples(m), k, rng)
        assert_shape(train, (k,), "the scores in training")
        assert_shape(test, (k,), "the scores in testing")
        tested, trained = members(test), members(train)
        for number, (inside, outside) in enumerate(zip(trained, tested)):
            both = sorted(inside & outside)
            assert not both, f"part {number}: the examples {both} are trained on and tested on"
            assert len(inside) + len(outside) == m, f"part {number}: some examples are in no part"
        sizes = sorted((len(part) for part in tested), reverse=True)
        expected = sorted((len(part) for part in np.array_split(np.arange(m), k)), reverse=True)
        assert sizes == expected, f"the sizes of the parts are {sizes}, expected {expected}"
        assert set().union(*tested) == set(range(m)), "some examples are never tested on"

    def test_labels_go_along(self, cross_validate, rng):
        """Every example keeps its own label, in training and in testing."""
        train, test = cross_validate(labels_match, *examples(20), 4, rng)
        assert_close(train, np.full(4, 1.015), "1 (all labels right) + 15 examples / 1000")
        assert_close(test, np.full(4, 1.05), "1 (all labels right) + 5 examples / 100")

    def test_order_is_drawn(self, cross_validate, rng):
        """Which examples are together is drawn from rng, and from nothing else."""
        X, y = examples(30)
        answers = [
            cross_validate(who_is_where, X, y, 3, np.random.default_rng(seed)) for seed in (1, 1, 2)
        ]
        assert_close(answers[1], answers[0], "with an equal generator, the second answer")
        parts = [sorted(map(sorted, members(answer[1]))) for answer in answers]
        assert parts[2] != parts[0], "another generator gives the same parts"
        assert [len(part) for part in parts[0]] == [10] * 3, "three parts of ten"
        assert any(np.ptp(part) > 9 for part in parts[0]), "the examples are still in their order"

    @mistake("The scores of training and testing have changed places. The training's come first.")
    def swapped(fit_and_score, X, y, k, rng):
        folds = np.array_split(rng.permutation(len(X)), k)
        return run_folds(fit_and_score, X, y, folds)[::-1]

    @mistake(
        "Every model is trained on all examples, so it has seen those that judge it. Leave them "
        "out."
    )
    def trained_on_everything(fit_and_score, X, y, k, rng):
        folds = np.array_split(rng.permutation(len(X)), k)
        return tuple(np.array([fit_and_score(X, y, X[t], y[t]) for t in folds], float).T)

    @mistake("The roles are reversed: one part trains and the k − 1 others judge.")
    def roles_reversed(fit_and_score, X, y, k, rng):
        folds = np.array_split(rng.permutation(len(X)), k)
        rest = [np.setdiff1d(np.arange(len(X)), fold) for fold in folds]
        return run_folds(fit_and_score, X, y, rest)

    @mistake(
        "The examples are not shuffled. Data often come sorted, and then a part is a class that "
        "was never seen."
    )
    def not_shuffled(fit_and_score, X, y, k, rng):
        return run_folds(fit_and_score, X, y, np.array_split(np.arange(len(X)), k))

    @mistake("X is shuffled, y is not: nearly every example gets the label of another.")
    def labels_stay(fit_and_score, X, y, k, rng):
        X = X[rng.permutation(len(X))]
        return run_folds(fit_and_score, X, y, np.array_split(np.arange(len(X)), k))

    @mistake("Where k does not divide m, the examples that are left never judge. Spread them.")
    def remainder_lost(fit_and_score, X, y, k, rng):
        order = rng.permutation(len(X))
        size = len(X) // k
        return run_folds(fit_and_score, X, y, [order[i * size : (i + 1) * size] for i in range(k)])

    @mistake(
        "Each part is drawn anew, so that some examples judge twice and others never. Cut one "
        "order into k parts."
    )
    def drawn_every_time(fit_and_score, X, y, k, rng):
        sizes = [len(part) for part in np.array_split(np.arange(len(X)), k)]
        return run_folds(fit_and_score, X, y, [rng.permutation(len(X))[:size] for size in sizes])

    @mistake("You return the means. Return all k scores: their spread is worth as much.")
    def means(fit_and_score, X, y, k, rng):
        folds = np.array_split(rng.permutation(len(X)), k)
        return tuple(float(s.mean()) for s in run_folds(fit_and_score, X, y, folds))


NOTES = {"h1": ([0.99, 0.99, 0.99], [0.86, 0.855, 0.865]), "h2": ([0.87] * 3, [0.84, 0.835, 0.845])}
NOISY = {"h1": ([0.99, 0.98, 1.0], [0.80, 0.92, 0.86]), "h2": ([0.87] * 3, [0.84, 0.86, 0.82])}
CLOSE = {
    "wide": ([0.99, 0.98, 0.99, 0.98], [0.90, 0.92, 0.91, 0.91]),
    "tall": ([0.96, 0.97, 0.96, 0.95], [0.902, 0.906, 0.904, 0.904]),
    "thin": ([0.93, 0.92, 0.93, 0.92], [0.90, 0.91, 0.906, 0.904]),
    "huge": ([1.0, 1.0, 1.0, 1.0], [0.88, 0.89, 0.88, 0.89]),
    "tiny": ([0.80, 0.80, 0.79, 0.81], [0.79, 0.80, 0.80, 0.79]),
}


def read(results, among=max, error=None, ddof=1, gap=None, allowed=None):
    """Read the results for the mistakes, with what they get wrong as arguments."""
    error = error or (lambda scores: np.std(scores, ddof=ddof) / np.sqrt(len(scores)))
    gap = gap or (lambda train, cv: np.mean(train) - np.mean(cv))
    summary = {
        name: {"cv": float(np.mean(cv)), "error": float(error(cv)), "gap": float(gap(train, cv))}
        for name, (train, cv) in results.items()
    }
    best = max(summary.values(), key=lambda row: row["cv"])
    limit = best["cv"] - best["error"] * (1 if allowed is None else allowed)
    good = [name for name, row in summary.items() if row["cv"] >= limit]
    return min(good, key=lambda name: summary[name]["gap"]), summary


@exercise(points=2, reference=cross_validation.read_cv)
class ReadCv:
    """Choose by cross-validation without believing more digits than there are."""

    hints = (
        "How much would the mean change if the parts were cut differently? Which models are, then, "
        "as good as the best?",
        "cv = mean; error = standard deviation with k − 1, over √k; gap = mean train − mean cv. "
        "Choose the smallest gap among those with cv ≥ (best cv − error of the best).",
        "`error = np.std(cv, ddof=1) / np.sqrt(len(cv))`, `good = [n for n, row in summary.items() "
        'if row["cv"] >= best["cv"] - best["error"]]`, then `min(good, key=…)` by their gaps',
    )

    def test_h1_and_h2(self, read_cv):
        """h1 (train 99, cv 86) against h2 (87, 84), the parts agree: h1, in spite of its gap."""
        chosen, summary = read_cv(dict(NOTES))
        error = 0.005 / 3**0.5
        expected = {
            "h1": {"cv": 0.86, "error": error, "gap": 0.13},
            "h2": {"cv": 0.84, "error": error, "gap": 0.03},
        }
        assert_close(summary, expected, "the summary")
        assert chosen == "h1", f"{chosen} is chosen: 86 % is clearly more than 84 % here"

    def test_noise(self, read_cv):
        """The same means, but the parts disagree: the lead of h1 may be luck, so h2."""
        chosen, summary = read_cv(dict(NOISY))
        expected = {
            "h1": {"cv": 0.86, "error": 0.06 / 3**0.5, "gap": 0.13},
            "h2": {"cv": 0.84, "error": 0.02 / 3**0.5, "gap": 0.03},
        }
        assert_close(summary, expected, "the summary")
        assert chosen == "h2", f"{chosen} is chosen, though its lead of 2 % is within its error"

    def test_five_models(self, read_cv):
        """Of five models only those within one standard error of the best count."""
        chosen, summary = read_cv(dict(CLOSE))
        error = (2 * 0.01**2 / 3) ** 0.5 / 2
        wide = {"cv": 0.91, "error": error, "gap": 0.075}
        assert_close(summary["wide"], wide, 'summary["wide"]')
        assert list(summary) == list(CLOSE), "the summary should have all five models"
        assert chosen == "wide", f"{chosen} is chosen: no other is within {error:.4f} of 0.91"

    @mistake("The highest mean is chosen, even when its lead is smaller than its error.")
    def highest_mean(results):
        return read(results, allowed=0)

    @mistake(
        "The smallest gap is chosen, however bad the score. A model that learns nothing has no gap."
    )
    def smallest_gap(results):
        return read(results, allowed=1e9)

    @mistake("The error is the standard deviation of the scores. That of their mean is over √k.")
    def deviation_for_error(results):
        return read(results, error=lambda scores: np.std(scores, ddof=1))

    @mistake("The standard deviation is over k. With so few scores, divide by k − 1: ddof=1.")
    def divided_by_k(results):
        return read(results, ddof=0)

    @mistake("The gap is cv minus train. Overfitting makes train minus cv large.")
    def gap_reversed(results):
        return read(results, gap=lambda train, cv: np.mean(cv) - np.mean(train))

    @mistake("The gap is between the best scores. Take the means of both.")
    def gap_of_the_best(results):
        return read(results, gap=lambda train, cv: np.max(train) - np.max(cv))

    @mistake("Scores of training decide. Nobody has the labels of tomorrow's examples to train on.")
    def by_training(results):
        chosen = max(results, key=lambda name: np.mean(results[name][0]))
        return chosen, read(results)[1]
