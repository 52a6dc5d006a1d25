"""The mined losses beside those of pytorch-metric-learning, where it is installed."""

import pytest

from tests.backends import run_on

pytest.importorskip("torch", reason="PyTorch is not installed")
pytest.importorskip("pytorch_metric_learning", reason="pytorch-metric-learning is not installed")

# its semi-hard miner lists all triplets with d(a, p) < d(a, n) ≤ d(a, p) + margin: the nearest
# negative of each pair among them is ours, where there is any; pairs without one cost nothing here
# as long as every pair has a farther negative, which the spread of the classes provides
PROGRAM = """
import keras
import numpy as np
import torch
from pytorch_metric_learning import distances, losses, miners, reducers
from dlcourse.losses import (
    batch_all_triplet_loss, batch_hard_triplet_loss, semi_hard_triplet_loss,
)

rng = np.random.default_rng(0)
labels = np.repeat(np.arange(5), 4)
x = torch.tensor(rng.normal(size=(20, 6)) + 2 * rng.normal(size=(5, 6))[labels])
y = torch.tensor(labels)
result = []
for squared in (True, False):
    power = 2 if squared else 1
    distance = distances.LpDistance(normalize_embeddings=False, p=2, power=power)
    margin = 8.0 if squared else 2.0

    def loss(reducer):
        return losses.TripletMarginLoss(margin, distance=distance, reducer=reducer)

    def pair(miner, theirs):
        return [float(keras.ops.mean(miner(labels, x, margin, squared))), float(theirs)]

    every = reducers.MeanReducer()
    hard = loss(every)(x, y, miners.BatchHardMiner(distance=distance)(x, y))
    result.append(["hard", *pair(batch_hard_triplet_loss, hard)])
    active = loss(reducers.AvgNonZeroReducer())(x, y)
    result.append(["all", *pair(batch_all_triplet_loss, active)])
    miner = miners.TripletMarginMiner(margin, "semihard", distance=distance)
    a, p, n = (index.numpy() for index in miner(x, y))
    apart = np.linalg.norm(x.numpy()[:, None] - x.numpy(), axis=2) ** power
    assert all((apart[a, labels != c] > apart[a, labels == c].max()).any()
               for c in range(5) for a in np.flatnonzero(labels == c))
    costs = {}
    for triplet in zip(a, p, n):
        cost = apart[triplet[0], triplet[1]] - apart[triplet[0], triplet[2]] + margin
        costs[triplet[:2]] = max(cost, costs.get(triplet[:2], 0.0))
    theirs = sum(costs.values()) / (20 * 3)
    result.append(["semi-hard", *pair(semi_hard_triplet_loss, theirs)])
"""


def test_same_values_as_pytorch_metric_learning():
    answers = run_on("torch", PROGRAM, floatx="float64")
    assert len(answers) == 6
    for name, ours, theirs in answers:
        assert theirs > 0, name
        assert ours == pytest.approx(theirs, rel=1e-5), name
