"""What the tests of c1w3 compare with: the network spelled out, and slopes of any formula.

Slopes are taken with an imaginary step: f(x + ih) has the imaginary part h · f'(x), to the last
digit, since nothing is subtracted.
"""

import numpy as np

STEP = 1e-30
NAMES = ("W1", "b1", "W2", "b2")


def slope(function, x):
    """The derivative of a function that works on each entry of x by itself."""
    return np.imag(function(x + 1j * STEP)) / STEP


def random_network(rng, n_x=3, n_h=4):
    """Parameters of which none is zero, large enough for every unit to matter."""
    return {
        "W1": rng.standard_normal((n_h, n_x)),
        "b1": 0.5 * rng.standard_normal((n_h, 1)),
        "W2": rng.standard_normal((1, n_h)),
        "b2": 0.5 * rng.standard_normal((1, 1)),
    }


def random_task(rng, n_x=3, m=7):
    """Examples (n_x, m) and labels (1, m), of which neither class is missing."""
    return rng.standard_normal((n_x, m)), (np.arange(m) % 2).astype(float)[np.newaxis]


def run_network(X, parameters):
    """The probabilities and the cache (Z1, A1, Z2, A2); of complex parameters too."""
    W1, b1, W2, b2 = (parameters[name] for name in NAMES)
    Z1 = np.einsum("ij,jk->ik", W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.einsum("ij,jk->ik", W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, (Z1, A1, Z2, A2)


def network_cost(X, Y, parameters):
    """The mean of -log(probability of the label that is true)."""
    A2, _ = run_network(X, parameters)
    return -np.mean(np.where(Y == 1, np.log(A2), np.log(1 - A2)))


def network_slopes(X, Y, parameters):
    """The slope of the cost with respect to every parameter, as {"dW1": …, "db1": …}."""
    grads = {}
    for name in NAMES:
        grads[f"d{name}"] = np.zeros(parameters[name].shape)
        for index in np.ndindex(parameters[name].shape):
            moved = parameters[name].astype(complex)
            moved[index] += 1j * STEP
            cost = network_cost(X, Y, {**parameters, name: moved})
            grads[f"d{name}"][index] = np.imag(cost) / STEP
    return grads


def descend(X, Y, parameters, steps, learning_rate):
    """Gradient descent by those slopes: the last parameters, and the cost before each step."""
    costs = []
    for _ in range(steps):
        costs.append(float(network_cost(X, Y, parameters)))
        grads = network_slopes(X, Y, parameters)
        parameters = {n: parameters[n] - learning_rate * grads[f"d{n}"] for n in NAMES}
    return parameters, costs


def curved_task():
    """A grid of points, in class 1 above a parabola: learnt fast, but not by a straight line."""
    side = np.linspace(-2, 2, 13)
    X = np.array(np.meshgrid(side, side)).reshape(2, -1)
    return X, (X[[1]] > X[[0]] ** 2 - 1).astype(float)
