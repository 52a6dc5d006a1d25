"""Every race can be run, stays in its picture, and goes downhill."""

import numpy as np
import pytest

from dlcourse.scratch.optimizers import OPTIMIZERS
from dlcourse.scratch.races import RACES
from dlcourse.scratch.surfaces import SURFACES
from dlcourse.scratch.trajectories import trajectory

STEPS = 150


def run(name, optimizer):
    race = RACES[name]
    return trajectory(name, optimizer, race.start, STEPS, **race.hyperparameters[optimizer])


def test_every_optimizer_races_on_every_surface():
    assert list(RACES) == list(SURFACES)
    for race in RACES.values():
        assert set(race.hyperparameters) == set(OPTIMIZERS)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("name", RACES)
def test_it_ends_lower_than_it_began_and_within_the_picture(name, optimizer):
    race, path = RACES[name], run(name, optimizer)
    heights = SURFACES[name].height(*path.T)
    assert heights[-1] < heights[0] - 0.1
    x, y = path[-1]
    assert race.x_range[0] < x < race.x_range[1]
    assert race.y_range[0] < y < race.y_range[1]


def test_pictures_show_the_minima_that_they_are_about():
    for name, race in RACES.items():
        seen = [race.x_range[0] < x < race.x_range[1] and race.y_range[0] < y < race.y_range[1]
                for x, y in SURFACES[name].minima]  # fmt: skip
        assert any(seen), name


def test_scaled_steps_leave_the_saddle_first():
    """What the notebook says about the picture."""
    heights = {o: SURFACES["saddle"].height(*run("saddle", o).T) for o in OPTIMIZERS}
    slow = min(np.argmax(heights[o] < -0.4) for o in ("sgd", "momentum", "nesterov"))
    fast = max(np.argmax(heights[o] < -0.4) for o in ("adagrad", "rmsprop", "adam", "adadelta"))
    assert 0 < fast < slow


def test_momentum_gets_furthest_along_the_banana():
    ends = {o: SURFACES["rosenbrock"].height(*run("rosenbrock", o)[-1]) for o in OPTIMIZERS}
    assert sorted(ends, key=ends.get)[:2] == ["momentum", "nesterov"]
