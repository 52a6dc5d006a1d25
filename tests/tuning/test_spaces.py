"""Spaces mean the same to scikit-learn, to keras-tuner and on a grid."""

import keras_tuner
import numpy as np
import pytest
from scipy import stats

from dlcourse.tuning import Choice, LogUniform, Uniform, distributions, grid

RANGES = [Uniform(-1.0, 3.0), LogUniform(1e-4, 1.0), LogUniform(2.0, 5.0)]


@pytest.mark.parametrize("part", RANGES, ids=repr)
def test_both_libraries_draw_from_one_distribution(part):
    ours = part.distribution().rvs(400, random_state=0)
    hp = keras_tuner.HyperParameters()
    part.declare(hp, "value")
    theirs = [hp.space[0].random_sample(seed) for seed in range(400)]
    by_share = [part.at(share) for share in np.linspace(0, 1, 400, endpoint=False)]
    for drawn in (ours, theirs):
        assert stats.ks_2samp(drawn, by_share).pvalue > 1e-5


@pytest.mark.parametrize("part", RANGES, ids=repr)
def test_a_grid_includes_the_bounds_at_equal_steps(part):
    values = part.spread(5)
    assert values[0] == pytest.approx(part.low)
    assert values[-1] == pytest.approx(part.high)
    steps = np.diff(np.log(values) if isinstance(part, LogUniform) else values)
    np.testing.assert_allclose(steps, steps[0])


def test_a_choice_is_a_list_everywhere():
    space = {"units": Choice(np.array([8, 16])), "activation": Choice(["relu"])}
    assert grid(space) == distributions(space) == {"units": [8, 16], "activation": ["relu"]}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Choice([]), "values: expected at least one"),
        (lambda: Uniform(1.0, 1.0), "high: expected a number above low, 1.0; got 1.0"),
        (lambda: LogUniform(0.0, 1.0), "low: expected a number above 0 on a log scale; got 0.0"),
        (lambda: LogUniform(2.0, 1.0), "high: expected a number above low"),
    ],
)
def test_impossible_ranges_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
