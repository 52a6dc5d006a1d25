"""The three miners as three nested loops over all triplets: slow, plain, and independent."""

import numpy as np

__all__ = ["LOOPS", "distances_one_by_one"]


def distances_one_by_one(x, squared):
    x = np.asarray(x, float)
    squares = [[np.sum((a - b) ** 2) for b in x] for a in x]
    return np.array(squares).reshape(len(x), len(x)) ** (1 if squared else 0.5)


def partners(y, a):
    positives = [b for b in range(len(y)) if b != a and y[b] == y[a]]
    return positives, [b for b in range(len(y)) if y[b] != y[a]]


def batch_hard(y, d, margin):
    costs = []
    for a in range(len(y)):
        positives, negatives = partners(y, a)
        if positives and negatives:
            hardest = max(d[a, p] for p in positives) - min(d[a, n] for n in negatives)
            costs.append(max(0, hardest + margin))
    return np.mean(costs) if costs else 0.0


def semi_hard(y, d, margin):
    costs = []
    for a in range(len(y)):
        positives, negatives = partners(y, a)
        for p in positives if negatives else []:
            farther = [d[a, n] for n in negatives if d[a, n] > d[a, p]]
            nearest = min(farther) if farther else max(d[a, n] for n in negatives)
            costs.append(max(0, d[a, p] - nearest + margin))
    return np.mean(costs) if costs else 0.0


def batch_all(y, d, margin, average="active"):
    costs = []
    for a in range(len(y)):
        positives, negatives = partners(y, a)
        costs += [max(0, d[a, p] - d[a, n] + margin) for p in positives for n in negatives]
    costs = np.array(costs)
    count = np.sum(costs > 0) if average == "active" else len(costs)
    return costs.sum() / max(count, 1)


LOOPS = {"hard": batch_hard, "semi-hard": semi_hard, "all": batch_all}
