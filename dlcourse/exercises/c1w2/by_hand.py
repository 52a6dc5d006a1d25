"""Logistic regression without the library: what the tests and the mistakes compute with."""

import math

import numpy as np

__all__ = [
    "clouds",
    "cost",
    "cross_entropy",
    "descent",
    "measured_gradients",
    "pass_with",
    "probabilities",
]


def clouds(rng, m=12):
    """Two overlapping clouds of two features: w, b, X (2, m), Y (1, m)."""
    Y = (np.arange(m) % 2).reshape(1, m).astype(float)
    return rng.normal(size=(2, 1)), 0.4, rng.normal(size=(2, m)) + Y, Y


def cost(w, b, X, Y):
    """The cost, example by example, with nothing but math."""
    total = 0.0
    for x, y in zip(X.T.tolist(), Y[0].tolist(), strict=True):
        z = sum(p * q for p, q in zip(w.ravel().tolist(), x, strict=True)) + b
        total += math.log1p(math.exp(-z if y else z))
    return total / Y.size


def descent(w, b, X, Y, steps, rate):
    """Gradient descent in its textbook form: params, last grads, costs."""
    costs, grads = [], {}
    for _ in range(steps):
        costs.append(cost(w, b, X, Y))
        error = 1 / (1 + np.exp(-(w.T @ X + b))) - Y
        grads = {"dw": X @ error.T / Y.size, "db": float(error.mean())}
        w, b = w - rate * grads["dw"], b - rate * grads["db"]
    return {"w": w, "b": b}, grads, costs


def measured_gradients(w, b, X, Y, h=1e-5):
    """The gradients as central differences of the cost."""
    steps = np.eye(len(w))[:, :, np.newaxis] * h
    up_and_down = [cost(w + s, b, X, Y) - cost(w - s, b, X, Y) for s in steps]
    db = (cost(w, b + h, X, Y) - cost(w, b - h, X, Y)) / (2 * h)
    return {"dw": np.array(up_and_down).reshape(-1, 1) / (2 * h), "db": db}


def probabilities(w, b, X):
    """Probabilities for the mistakes, whose fault lies elsewhere."""
    return 1 / (1 + np.exp(-(w.T @ X + b)))


def cross_entropy(A, Y):
    """The plain formula, which is NaN where a is exactly 0 or 1."""
    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]


def pass_with(dZ, A, X, Y):
    """A pass over the data whose only fault is the given dZ."""
    m = X.shape[1]
    return {"dw": X @ dZ.T / m, "db": np.sum(dZ) / m}, cross_entropy(A, Y)
