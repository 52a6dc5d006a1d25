"""Gradients of the losses in float64 on every backend, against central differences."""

import functools

import numpy as np
import pytest

from tests.backends import BACKENDS, run_on
from tests.losses.losses_on_backends import MINERS, WAYS, central_differences
from tests.losses.mined_by_loops import LOOPS, distances_one_by_one

FLOAT64 = 1e-7
ROUNDING = 1e-6  # of central differences with their step of 1e-6


def mined_batches():
    """Random embeddings, squared distances and not; and each embedding twice."""
    x = np.random.default_rng(0).normal(size=(8, 3))
    labels = [0, 0, 0, 1, 1, 2, 2, 3]
    twice = np.concatenate([x[:4], x[:4]])
    batches = [(labels, x, True), (labels, x, False)]
    batches += [([0, 1, 0, 1, 0, 1, 2, 2], twice, False)]
    return [
        {"labels": labels, "x": x.tolist(), "margin": 1.0, "squared": squared}
        for labels, x, squared in batches
    ]


@functools.cache
def expected(miner, number):
    """Value and slopes of the loops."""
    batch = mined_batches()[number]

    def mean(x):
        distances = distances_one_by_one(x, batch["squared"])
        return LOOPS[miner](batch["labels"], distances, batch["margin"])

    x = np.array(batch["x"])
    return mean(x), central_differences(mean, x)


@functools.cache  # a fixture of the module would run anew for each change of another parameter
def found_on(backend):
    program = "tests.losses.losses_on_backends"
    return run_on(backend, program, mined_batches(), floatx="float64")


@pytest.fixture(params=BACKENDS)
def found(request):
    return found_on(request.param)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("miner", MINERS)
def test_mined_triplets(found, miner, way):
    for number, answers in enumerate(found["mined"]):
        value, gradient = answers[f"{miner}, {way}"]
        right, slopes = expected(miner, number)
        assert value == pytest.approx(right, rel=FLOAT64, abs=FLOAT64)
        assert np.all(np.isfinite(gradient))
        if number < 2:  # where embeddings are equal the distance has a corner
            np.testing.assert_allclose(gradient, slopes, rtol=ROUNDING, atol=ROUNDING)


@pytest.mark.parametrize("name", ["triplets", "squared", "pairs", "tasks", "dice", "iou"])
def test_losses_of_given_examples(found, name):
    gradient, slopes = found["given"][name]
    assert np.any(gradient)
    np.testing.assert_allclose(gradient, slopes, rtol=ROUNDING, atol=ROUNDING)


def test_false_alarms_on_an_empty_region_cost(found):
    for name in ("dice", "iou"):
        assert np.all(np.array(found["given"][name][0])[0] > 0)


def test_equal_embeddings_and_missing_labels_teach_nothing(found):
    assert not np.any(found["given"]["equal"][0])
    gradient = np.array(found["given"]["absurd"][0])
    assert np.all(np.isfinite(gradient)) and np.count_nonzero(gradient) == 7
