"""What the tests of c1w4 compare with: a network spelled out, its slopes, and a count by doing.

Slopes are taken with an imaginary step: the cost at θ + ih has the imaginary part h · dcost/dθ, to
the last digit, since nothing is subtracted. It cannot trip over ReLU's kink either.
"""

from itertools import pairwise

import numpy as np

STEP = 1e-30


def random_network(rng, layer_dims):
    """Parameters of which none is zero, large enough for every unit to matter."""
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(layer_dims), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((n, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = 0.5 * rng.standard_normal((n, 1))
    return parameters


def random_task(rng, n_x, n_y, m):
    """Data (n_x, m) and labels (n_y, m): 0 or 1 in one row, one-hot columns in several."""
    X = rng.standard_normal((n_x, m))
    if n_y == 1:
        return X, (np.arange(m) % 2).astype(float)[np.newaxis]
    return X, np.eye(n_y)[:, np.arange(m) % n_y]


def activate(Z, activation):
    """ReLU, sigmoid or softmax; of complex Z too."""
    if activation == "relu":
        return np.where(Z.real > 0, Z, 0)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-Z))
    return np.exp(Z) / np.exp(Z).sum(axis=0, keepdims=True)


def run_network(X, parameters):
    """The probabilities, and for every layer ((A_prev, W, b), Z)."""
    A, caches, L = X, [], len(parameters) // 2
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.einsum("ij,jk->ik", W, A) + b
        caches.append(((A, W, b), Z))
        output = "sigmoid" if len(W) == 1 else "softmax"
        A = activate(Z, "relu" if layer < L else output)
    return A, caches


def network_cost(X, Y, parameters):
    """The cross-entropy of the network's answers, averaged over the examples."""
    P, _ = run_network(X, parameters)
    if len(P) == 1:
        return -np.mean(np.where(Y == 1, np.log(P), np.log(1 - P)))
    return -np.mean(np.log(np.sum(P * Y, axis=0)))  # of each column the true class


def slopes(cost, x):
    """The slope of cost(x) with respect to every entry of x."""
    result = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * STEP
        result[index] = np.imag(cost(moved)) / STEP
    return result


def network_slopes(X, Y, parameters):
    """The slope of the cost with respect to every parameter, as {"dW1": …, "db1": …}."""
    return {
        f"d{name}": slopes(lambda v, n=name: network_cost(X, Y, {**parameters, n: v}), value)
        for name, value in parameters.items()
    }


def multiplications_by_doing(layer_dims, remember):
    """Ask for every gradient as the chain rule says, unit by unit, and count as it happens."""
    L, known, count = len(layer_dims) - 1, set(), 0

    def ask(what, layer, unit):
        nonlocal count
        if layer == 0 or (what, layer, unit) in known:
            return
        if remember:
            known.add((what, layer, unit))
        if what == "activation":
            for i in range(layer_dims[layer - 1]):
                ask("activation", layer - 1, i)
                count += 1  # weight times activation
        elif layer == L:
            ask("activation", L, unit)
        else:
            for k in range(layer_dims[layer + 1]):
                ask("error", layer + 1, k)
                count += 1  # weight times error
            ask("activation", layer, unit)  # for z, where the slope of g is taken
            count += 1

    for layer in range(1, L + 1):
        for j in range(layer_dims[layer]):
            for i in range(layer_dims[layer - 1]):
                ask("error", layer, j)
                ask("activation", layer - 1, i)
                count += 1  # dW[j, i]
            ask("error", layer, j)  # db[j]
    return count
