"""Exercises of c2w3: look closer where it is good."""

import numpy as np
import pytest

from dlcourse.exercises.c2w3.search_surfaces import (
    SPACE,
    bowl,
    check_inside,
    check_trials,
    median_regret,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import hyperparameter_search

__all__ = ["CoarseToFine", "ZoomIn"]

_search = hyperparameter_search.random_search
_zoom = hyperparameter_search.zoom_in


def shrunk(space, center, share, bounds_of, cut=True):
    """A zoom for the mistakes: `bounds_of(low, high, middle, share)` is what differs."""
    nearer = {}
    for name, (low, high, scale) in space.items():
        middle = center[name]
        if scale == "log":
            low, high, middle = np.log10(low), np.log10(high), np.log10(middle)
        new_low, new_high = bounds_of(low, high, middle, share)
        if cut:
            new_low, new_high = max(low, new_low), min(high, new_high)
        pair = (10**new_low, 10**new_high) if scale == "log" else (new_low, new_high)
        nearer[name] = (float(pair[0]), float(pair[1]), scale)
    return nearer


def around(low, high, middle, share):
    reach = share * (high - low) / 2
    return middle - reach, middle + reach


@exercise(points=2, reference=hyperparameter_search.zoom_in)
class ZoomIn:
    """A smaller space around a point, each range on its own scale."""

    hints = (
        "How wide is the new range, and how far does it reach from its middle? On which scale?",
        "On the range's own scale (log₁₀ or the number itself): reach = share · (high − low) / 2, "
        "from max(low, center − reach) to min(high, center + reach); then back by 10^.",
        "for a log range: `low, high, c = np.log10([low, high, center[name]])`, `reach = share * "
        "(high - low) / 2`, `(10 ** max(low, c - reach), 10 ** min(high, c + reach), scale)`",
    )

    def test_linear(self, zoom_in):
        """Half of 0 to 0.5 around 0.2 is 0.075 to 0.325."""
        found = zoom_in({"dropout": (0.0, 0.5, "linear")}, {"dropout": 0.2}, 0.5)
        assert_close(found, {"dropout": (0.075, 0.325, "linear")}, "the new space")

    def test_log(self, zoom_in):
        """Half of 0.0001 to 1, four orders of magnitude, around 0.01 is 0.001 to 0.1."""
        found = zoom_in({"learning_rate": (1e-4, 1.0, "log")}, {"learning_rate": 1e-2}, 0.5)
        assert_close(found, {"learning_rate": (1e-3, 0.1, "log")}, "the new space")

    @pytest.mark.parametrize(
        ("rate", "dropout", "expected"),
        [
            (0.5, 0.02, ((0.5 / 10**0.4, 1.0), (0.0, 0.07))),
            (1.5e-4, 0.49, ((1e-4, 1.5e-4 * 10**0.4), (0.44, 0.5))),
        ],
    )
    def test_near_a_bound(self, zoom_in, rate, dropout, expected):
        """Where the new range would reach beyond the old one it is cut there, on that side only."""
        center = {"learning_rate": rate, "dropout": dropout}
        found = zoom_in(dict(SPACE), center, 0.2)
        (low, high), (low_2, high_2) = expected
        space = {"learning_rate": (low, high, "log"), "dropout": (low_2, high_2, "linear")}
        assert_close(found, space, "the new space")

    @mistake('The scale is not used: shrink a range marked "log" between its logarithms.')
    def linear_only(space, center, share):
        plain = {name: (*bounds[:2], "linear") for name, bounds in space.items()}
        nearer = shrunk(plain, center, share, around)
        return {name: (*nearer[name][:2], space[name][2]) for name in space}

    @mistake("The new range reaches beyond the old bounds. Cut it there.")
    def not_cut(space, center, share):
        return shrunk(space, center, share, around, cut=False)

    @mistake("The new range is twice as wide: half of its width lies on each side of the center.")
    def twice_as_wide(space, center, share):
        return shrunk(space, center, share, lambda low, high, c, s: around(low, high, c, 2 * s))

    @mistake("The range shrinks around its own middle. Its middle should be the given center.")
    def around_the_old_middle(space, center, share):
        return shrunk(
            space, center, share, lambda low, high, c, s: around(low, high, (low + high) / 2, s)
        )

    @mistake(
        "Near a bound the range is moved inside and keeps its width. It should be cut: beyond the "
        "center nothing better was found."
    )
    def moved_inside(space, center, share):
        def moved(low, high, c, s):
            reach = s * (high - low) / 2
            c = min(max(c, low + reach), high - reach)
            return c - reach, c + reach

        return shrunk(space, center, share, moved)

    @mistake("The bounds are (1 ± share) times the center. The width comes from the old range.")
    def share_of_the_center(space, center, share):
        return {
            name: (
                max(low, center[name] * (1 - share)),
                min(high, center[name] * (1 + share)),
                scale,
            )
            for name, (low, high, scale) in space.items()
        }


def halves(objective, space, n_trials, rng, share, coarse_trials, choose=min, zoom=_zoom):
    """Coarse to fine for the mistakes, with what they get wrong as arguments."""
    coarse = _search(objective, space, coarse_trials, rng)
    best, _ = choose(coarse, key=lambda trial: trial[1])
    return coarse + _search(objective, zoom(space, best, share), n_trials - coarse_trials, rng)


@exercise(points=3, reference=hyperparameter_search.coarse_to_fine)
class CoarseToFine:
    """Half of the trials everywhere, the others around the best of them."""

    hints = (
        "You have random_search and zoom_in already. Which space does each half search?",
        "coarse = n_trials // 2 random trials in the space; best = its lowest loss; fine = the "
        "other n_trials − n_trials // 2 in zoom_in(space, best, share); return coarse + fine.",
        "`best, _ = min(coarse, key=lambda trial: trial[1])`, then `return coarse + random_search("
        "objective, zoom_in(space, best, share), n_trials - len(coarse), rng)`",
    )

    @pytest.mark.parametrize(("n_trials", "share"), [(40, 0.25), (31, 0.1)])
    def test_two_halves(self, coarse_to_fine, rng, n_trials, share):
        """The first half is spread over the space, the second lies around the best of the first."""
        trials = coarse_to_fine(bowl, dict(SPACE), n_trials, rng, share)
        check_trials(trials, bowl, SPACE)
        assert len(trials) == n_trials, f"{len(trials)} trials, expected {n_trials}"
        coarse, fine = trials[: n_trials // 2], trials[n_trials // 2 :]
        check_inside(coarse, SPACE, "some trials")
        rates = np.log10([c["learning_rate"] for c, _ in coarse])
        assert np.ptp(rates) > 4 / 2, "the first half is not spread over all learning rates"
        best = min(coarse, key=lambda trial: trial[1])[0]
        nearer = shrunk(SPACE, best, share, around)
        check_inside(fine, nearer, "some trials of the second half")
        ptp = np.ptp(np.log10([c["learning_rate"] for c, _ in fine]))
        # even where the best lies at a bound and half of the range is cut off
        assert ptp > 4 * share / 6, "the second half does not fill the smaller space"

    def test_default_share(self, coarse_to_fine, rng):
        """Unless told otherwise, the second half searches a quarter of each range."""
        trials = coarse_to_fine(bowl, dict(SPACE), 60, rng)
        best = min(trials[:30], key=lambda trial: trial[1])[0]
        check_inside(trials[30:], shrunk(SPACE, best, 0.25, around), "some of the second half")

    def test_regret(self, coarse_to_fine, rng):
        """Of 60 trials the best is usually very near the lowest loss (regret below 0.0015)."""
        regret = median_regret(coarse_to_fine, bowl, 60, 41, rng)
        assert regret < 0.0015, (
            f"the median regret of 60 trials is {regret:.4f}, expected below 0.0015 (a random "
            "search has about 0.004)"
        )

    @mistake("All trials are spread over the whole space. The second half should look closer.")
    def never_finer(objective, space, n_trials, rng, share=0.25):
        return _search(objective, space, n_trials, rng)

    @mistake("The second half lies around the worst trial. Losses are better when they are lower.")
    def around_the_worst(objective, space, n_trials, rng, share=0.25):
        return halves(objective, space, n_trials, rng, share, n_trials // 2, choose=max)

    @mistake("There are twice as many trials as asked for: both halves share the budget.")
    def twice_the_budget(objective, space, n_trials, rng, share=0.25):
        return halves(objective, space, 2 * n_trials, rng, share, n_trials)

    @mistake("Only the fine trials are returned. The coarse ones were paid for too.")
    def fine_only(objective, space, n_trials, rng, share=0.25):
        return halves(objective, space, n_trials, rng, share, n_trials // 2)[n_trials // 2 :]

    @mistake("The range shrinks to a quarter, whatever the share that is given. Use the argument.")
    def share_not_used(objective, space, n_trials, rng, share=0.25):
        return halves(objective, space, n_trials, rng, 0.25, n_trials // 2)

    @mistake("The fine half is one trial short when n_trials is odd: it gets all that are left.")
    def odd_trial_lost(objective, space, n_trials, rng, share=0.25):
        half = n_trials // 2
        return halves(objective, space, 2 * half, rng, share, half)

    @mistake(
        "The second half is a quarter of the old ranges around their middle, not around the best."
    )
    def around_the_middle(objective, space, n_trials, rng, share=0.25):
        def zoom(space, best, share):
            return shrunk(
                space, best, share, lambda low, high, c, s: around(low, high, (low + high) / 2, s)
            )

        return halves(objective, space, n_trials, rng, share, n_trials // 2, zoom=zoom)
