"""What the tests on regularization compare with: three layers spelled out, and their slopes.

Slopes are taken with an imaginary step: the cost at θ + ih has the imaginary part h · dcost/dθ, to
the last digit, and it cannot trip over ReLU's kink.
"""

import numpy as np

__all__ = ["NAMES", "cost", "gradients", "plain_cache", "random_network", "run", "slopes"]

STEP = 1e-30
NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")


def random_network(rng, sizes=(2, 4, 3, 1)):
    """Parameters of three layers, none of them zero, that saturate no output."""
    values = [
        rng.standard_normal(shape) / np.sqrt(n_prev)
        for n_prev, n in zip(sizes[:-1], sizes[1:], strict=True)
        for shape in ((n, n_prev), (n, 1))
    ]
    return dict(zip(NAMES, values, strict=True))


def run(X, parameters, scales=(1.0, 1.0)):
    """Z1, A1, Z2, A2, Z3, A3, with each hidden activation multiplied by its scale (a mask)."""
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    Z1 = W1 @ X + b1
    A1 = np.where(Z1.real > 0, Z1, 0) * scales[0]
    Z2 = W2 @ A1 + b2
    A2 = np.where(Z2.real > 0, Z2, 0) * scales[1]
    Z3 = W3 @ A2 + b3
    return Z1, A1, Z2, A2, Z3, 1 / (1 + np.exp(-Z3))


def plain_cache(X, parameters):
    """The cache of a forward pass without dropout."""
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    Z1, A1, Z2, A2, Z3, A3 = run(X, parameters)
    return Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3


def cost(X, Y, parameters, lambd=0.0, scales=(1.0, 1.0)):
    """Cross-entropy and L2 penalty; of complex parameters too."""
    Z3 = run(X, parameters, scales)[4]
    squares = sum(np.sum(parameters[name] ** 2) for name in ("W1", "W2", "W3"))
    m = Y.shape[1]
    losses = np.log(1 + np.exp(np.where(Y == 1, -Z3, Z3)))  # 1 - A3 would lose digits
    return np.sum(losses) / m + lambd * squares / (2 * m)


def slopes(cost_of, parameters):
    """Slope of a cost in every entry of every parameter: {"dW1": …, "db1": …, …}."""
    grads = {}
    for name, value in parameters.items():
        grad = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            moved = value.astype(complex)
            moved[index] += STEP * 1j
            grad[index] = cost_of({**parameters, name: moved}).imag / STEP
        grads[f"d{name}"] = grad
    return grads


def gradients(X, Y, cache, back2, back1):
    """A backward pass for the mistakes: `back2` and `back1` turn dA2 and dA1 into dZ2 and dZ1."""
    _, A1, _, _, _, A2, W2, _, _, A3, W3, _ = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = back2(W3.T @ dZ3)
    dZ1 = back1(W2.T @ dZ2)
    grads = {}
    for layer, dZ, A in ((1, dZ1, X), (2, dZ2, A1), (3, dZ3, A2)):
        grads[f"dW{layer}"] = dZ @ A.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
    return grads
