"""Exercises of c2w3: grid search and random search."""

import itertools

import numpy as np

from dlcourse.exercises.c2w3.search_surfaces import (
    SPACE,
    check_inside,
    check_trials,
    median_regret,
    positions,
    valley,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import hyperparameter_search

__all__ = ["GridSearch", "RandomSearch"]

GRID = {"learning_rate": [0.001, 0.01, 0.1], "dropout": [0.0, 0.4]}


def draw(low, high, scale, rng):
    if scale == "log":
        return float(10 ** rng.uniform(np.log10(low), np.log10(high)))
    return float(rng.uniform(low, high))


@exercise(points=1, reference=hyperparameter_search.grid_search)
class GridSearch:
    """Every combination of some values."""

    hints = (
        "How many combinations do 3 rates and 2 dropout rates have? Look at itertools.product.",
        "For every element of the product of the lists: a dictionary from the names to its values, "
        "and the loss of that dictionary.",
        "`for values in itertools.product(*grid.values()): configuration = dict(zip(grid, values))`"
        ", then append `(configuration, objective(configuration))`",
    )

    def test_every_combination(self, grid_search):
        """Three rates and two dropout rates make six trials, each combination once."""
        trials = grid_search(valley, {name: list(values) for name, values in GRID.items()})
        check_trials(trials, valley, GRID)
        found = sorted((c["learning_rate"], c["dropout"]) for c, _ in trials)
        assert_close(found, sorted(itertools.product(*GRID.values())), "the combinations")

    def test_one_value_each(self, grid_search):
        """A grid with one value per name is one trial."""
        trials = grid_search(valley, {"dropout": [0.25], "learning_rate": [0.5]})
        check_trials(trials, valley, GRID)
        assert_close([c for c, _ in trials], [{"dropout": 0.25, "learning_rate": 0.5}], "the trial")

    @mistake("The lists are walked in step. Every value of one goes with every value of the other.")
    def in_step(objective, grid):
        configurations = [dict(zip(grid, values)) for values in zip(*grid.values())]
        return [(c, objective(c)) for c in configurations]

    @mistake("One hyper-parameter is varied at a time. A grid tries all combinations.")
    def one_at_a_time(objective, grid):
        first = {name: values[0] for name, values in grid.items()}
        configurations = [first]
        for name, values in grid.items():
            configurations += [first | {name: value} for value in values[1:]]
        return [(c, objective(c)) for c in configurations]

    @mistake(
        "All trials share one dictionary, which in the end holds the last combination. Make a new "
        "one for every trial."
    )
    def one_dictionary(objective, grid):
        trials, configuration = [], {}
        for values in itertools.product(*grid.values()):
            configuration.update(zip(grid, values))
            trials.append((configuration, objective(configuration)))
        return trials

    @mistake("Only the best trial is returned. Return all of them.")
    def only_the_best(objective, grid):
        configurations = [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
        return [min(((c, objective(c)) for c in configurations), key=lambda trial: trial[1])]

    @mistake("The pairs are the wrong way round: (configuration, loss).")
    def loss_first(objective, grid):
        configurations = [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
        return [(objective(c), c) for c in configurations]

    @mistake("The values lie in a tuple. Make a dictionary from the names to the values.")
    def without_names(objective, grid):
        combinations = list(itertools.product(*grid.values()))
        return [(values, objective(dict(zip(grid, values)))) for values in combinations]


@exercise(points=3, reference=hyperparameter_search.random_search)
class RandomSearch:
    """Configurations drawn at random, each value on its own scale."""

    hints = (
        "What must be drawn anew in every trial? And on which scale is each range drawn?",
        "For each trial and each name: log_uniform(low, high, 1, rng)[0] where the scale is "
        '"log", else uniform from low to high.',
        "`for name, (low, high, scale) in space.items(): configuration[name] = …`, with "
        '`float(log_uniform(low, high, 1, rng)[0]) if scale == "log" else '
        "float(rng.uniform(low, high))`; then append `(configuration, objective(configuration))`",
    )

    def test_trials(self, random_search, rng):
        """As many trials as asked for, in the space, each with the loss of its configuration."""
        for n_trials in (1, 7):
            trials = random_search(valley, dict(SPACE), n_trials, rng)
            check_trials(trials, valley, SPACE)
            assert len(trials) == n_trials, f"{len(trials)} trials, expected {n_trials}"
            check_inside(trials, SPACE, "some trials")

    def test_spread(self, random_search, rng):
        """Each value fills its range evenly on its own scale, and no value tells another."""
        trials = random_search(valley, dict(SPACE), 800, rng)
        where = positions([configuration for configuration, _ in trials], SPACE)
        for column, name in zip(where.T, SPACE):
            distinct = len(np.unique(column))
            assert distinct == 800, f"{distinct} values of {name} in 800 trials: draw anew"
            quarters = np.histogram(column, bins=4, range=(0, 1))[0] / 800
            assert np.all(np.abs(quarters - 0.25) < 5 * np.sqrt(0.25 * 0.75 / 800)), (
                f"{name}: the quarters of its range got the shares {quarters.round(2)} of the "
                "trials, each should have about 0.25 on its own scale"
            )
        together = abs(np.corrcoef(where.T)[0, 1])
        assert together < 5 / np.sqrt(800), "the values of a trial depend on each other"

    def test_regret(self, random_search, rng):
        """Of 25 trials the best is usually near the lowest loss (regret below 0.15)."""
        regret = median_regret(random_search, valley, 25, 15, rng)
        assert regret < 0.15, f"the median regret of 25 trials is {regret:.3f}, expected below 0.15"

    def test_drawn_from_rng(self, random_search):
        """The draws come from rng and from nothing else."""
        answers = [
            random_search(valley, dict(SPACE), 5, np.random.default_rng(s)) for s in (3, 3, 4)
        ]
        assert_close(answers[1], answers[0], "with an equal generator, the second answer")
        assert answers[2][0][0] != answers[0][0][0], "another generator gives the same trials"

    @mistake('The scale is not used: a range marked "log" is drawn on the log scale.')
    def linear_only(objective, space, n_trials, rng):
        trials = []
        for _ in range(n_trials):
            c = {name: float(rng.uniform(low, high)) for name, (low, high, _) in space.items()}
            trials.append((c, objective(c)))
        return trials

    @mistake("One configuration is drawn and tried again and again. Draw inside the loop.")
    def drawn_once(objective, space, n_trials, rng):
        c = {name: draw(*bounds, rng) for name, bounds in space.items()}
        return [(dict(c), objective(c)) for _ in range(n_trials)]

    @mistake(
        "Each trial draws one number and uses it for every range, so that only a diagonal of the "
        "space is searched. Draw for every name."
    )
    def on_the_diagonal(objective, space, n_trials, rng):
        trials = []
        for _ in range(n_trials):
            share, c = rng.uniform(), {}
            for name, (low, high, scale) in space.items():
                c[name] = (
                    low * (high / low) ** share if scale == "log" else low + share * (high - low)
                )
            trials.append((c, objective(c)))
        return trials

    @mistake(
        "All trials share one dictionary, which in the end holds the last draw. Make a new one for "
        "every trial."
    )
    def one_dictionary(objective, space, n_trials, rng):
        trials, c = [], {}
        for _ in range(n_trials):
            for name, bounds in space.items():
                c[name] = draw(*bounds, rng)
            trials.append((c, objective(c)))
        return trials

    @mistake("Only the best trial is returned. Return all of them.")
    def only_the_best(objective, space, n_trials, rng):
        drawn = [{n: draw(*b, rng) for n, b in space.items()} for _ in range(n_trials)]
        return [min(((c, objective(c)) for c in drawn), key=lambda trial: trial[1])]

    @mistake("The pairs are the wrong way round: (configuration, loss).")
    def loss_first(objective, space, n_trials, rng):
        drawn = [{n: draw(*b, rng) for n, b in space.items()} for _ in range(n_trials)]
        return [(objective(c), c) for c in drawn]

    @mistake("The generator has a seed of its own, so every search tries the same. Use rng.")
    def own_seed(objective, space, n_trials, rng):
        rng = np.random.default_rng(0)
        drawn = [{n: draw(*b, rng) for n, b in space.items()} for _ in range(n_trials)]
        return [(c, objective(c)) for c in drawn]

    @mistake(
        "Dropout is drawn on the log scale too, which it has not: use the scale of each range."
    )
    def log_for_all(objective, space, n_trials, rng):
        drawn = [
            {n: draw(max(low, 1e-3), high, "log", rng) for n, (low, high, _) in space.items()}
            for _ in range(n_trials)
        ]
        return [(c, objective(c)) for c in drawn]
