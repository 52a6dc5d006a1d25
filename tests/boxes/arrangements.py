"""Boxes for the tests of suppression: random ones, and those that a clever algorithm gets wrong."""

import numpy as np

__all__ = ["arrangements", "clustered", "pyramid_chain", "uniform"]


def uniform(n, rng, size=0.1):
    """Boxes of any size up to `size`, anywhere in the unit square."""
    middle, extent = rng.random((n, 2)), rng.random((n, 2)) * size + 0.01
    return np.concatenate([middle - extent / 2, middle + extent / 2], axis=1).astype(np.float32)


def clustered(n, rng, per_cluster=50):
    """Many boxes of nearly one size around each of a few places."""
    places = rng.random((max(1, n // per_cluster), 2))
    middle = places[rng.integers(len(places), size=n)] + 0.01 * rng.normal(size=(n, 2))
    extent = 0.1 + 0.01 * rng.normal(size=(n, 2))
    return np.concatenate([middle - extent / 2, middle + extent / 2], axis=1).astype(np.float32)


def pyramid_chain(n):
    """Each box covers the next one only: every second survives, and one decides over all."""
    left = 0.25 * np.arange(n)  # shares 3/5 with the next, 1/3 with the one after
    zero = np.zeros(n)
    return np.stack([left, zero, left + 1, zero + 1], axis=1).astype(np.float32)


def arrangements(n, rng):
    """(name, boxes (n, 4), scores (n,)) of every kind."""
    scores = rng.random(n).astype(np.float32)
    falling = np.linspace(1, 0, n, dtype=np.float32)
    few_scores = rng.integers(0, 3, n).astype(np.float32)
    whole = rng.integers(0, 4, (n, 4)).astype(np.float32)  # degenerate, inverted and equal ones
    same = np.tile(np.float32([[0, 0, 1, 1]]), (n, 1))
    odd = few_scores.copy()
    odd[::3], odd[1::5], odd[2::7] = np.nan, -np.inf, np.inf
    return [
        ("uniform", uniform(n, rng), scores),
        ("uniform, large", uniform(n, rng, 1.0), scores),
        ("clustered", clustered(n, rng), scores),
        ("ties", clustered(n, rng), few_scores),
        ("signed zeros", clustered(n, rng), np.where(scores > 0.5, 0.0, -0.0).astype(np.float32)),
        ("whole numbers: IoU exactly at the threshold, no area, corners swapped", whole, scores),
        ("whole numbers and ties", whole, few_scores),
        ("all the same", same, few_scores),
        ("no area", np.repeat(whole[:, :2], 2, axis=1)[:, [0, 2, 1, 3]], scores),
        ("chain", pyramid_chain(n), falling),
        ("chain backwards", pyramid_chain(n), falling[::-1].copy()),
        ("chain in disorder", pyramid_chain(n), scores),
        ("one column", uniform(n, rng) * np.float32([0, 1, 0, 1]) + [0, 0, 0.1, 0], scores),
        ("far away", uniform(n, rng) + 1000, scores),
        ("negative", uniform(n, rng) * 100 - 5000, scores),
        ("one huge", np.concatenate([[[0, 0, 1, 1]], uniform(n, rng)])[:n], scores),
        ("not a number, infinite scores", clustered(n, rng), odd),
    ]
