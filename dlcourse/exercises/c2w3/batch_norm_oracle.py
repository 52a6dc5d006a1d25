"""What the tests of batch normalization compare with: one number after the other, and slopes."""

import math

import numpy as np


def normalized(Z, gamma, beta, epsilon):
    """The outputs, the means and the variances of a batch, written without arrays.

    Args:
        Z: outputs of a layer, shape (m, n).
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        epsilon: what is added to the variances.

    Returns:
        Three arrays of shapes (m, n), (n,) and (n,).
    """
    out, means, variances = np.zeros(Z.shape), [], []
    for j, column in enumerate(Z.T.tolist()):
        mean = math.fsum(column) / len(column)
        variance = math.fsum([(z - mean) ** 2 for z in column]) / len(column)
        for i, z in enumerate(column):
            out[i, j] = gamma[j] * (z - mean) / math.sqrt(variance + epsilon) + beta[j]
        means.append(mean)
        variances.append(variance)
    return out, np.array(means), np.array(variances)


def slopes(function, X, h=1e-5):
    """Central differences of a function from an array to a number, for every entry of the array."""
    gradient = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        step = np.zeros(X.shape)
        step[place] = h
        gradient[place] = (function(X + step) - function(X - step)) / (2 * h)
    return gradient
