"""How large are the activations of every layer, and how large the gradients?"""

import math
from itertools import pairwise

import numpy as np
import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import signal_propagation

__all__ = ["GradientSizes", "SignalSizes"]

WIDTHS = (4, 3, 3, 2)
CLEAR = 1e-3  # how far from 0 every z is
APPLY = {"linear": lambda z: z, "relu": lambda z: np.maximum(0, z), "tanh": np.tanh}
# slopes by the value that the activation has there
SLOPE = {"linear": np.ones_like, "relu": lambda a: (a > 0) * 1.0, "tanh": lambda a: 1 - a * a}


def _root_mean_square(A):
    return math.sqrt(math.fsum(x * x for x in np.ravel(A).tolist()) / A.size)


def _forward(X, weights, activation):
    activations = [X]
    for W in weights:
        activations.append(APPLY[activation](W @ activations[-1]))
    return activations


def _backward(activations, weights, slope, dA):
    """Gradients dA[0], …, dA[L] with the given slope(a)."""
    gradients = [dA]
    for layer in reversed(range(len(weights))):
        dZ = gradients[-1] * slope(activations[layer + 1])
        gradients.append(weights[layer].T @ dZ)
    return gradients[::-1]


def _sizes(arrays):
    return np.array([_root_mean_square(A) for A in arrays])


def _network(rng, widths=WIDTHS, m=5):
    """Examples and weights; no z is at the kink of ReLU, where differences measure no slope."""
    while True:
        X = rng.normal(0.4, 1, (widths[0], m))
        weights = [rng.normal(0.2, 1, (n, n_prev)) for n_prev, n in pairwise(widths)]
        inputs = _forward(X, weights, "relu")[:-1]
        if min(np.abs(W @ A).min() for W, A in zip(weights, inputs, strict=True)) > CLEAR:
            return X, weights


def _measured(A, weights, activation, dA, h=1e-6):
    """Gradient of the sum of dA · A[L] with respect to A, by central differences."""
    gradient = np.zeros_like(A)
    for place in np.ndindex(A.shape):
        step = np.zeros_like(A)
        step[place] = h
        up, down = (_forward(A + s, weights, activation)[-1] for s in (step, -step))
        gradient[place] = np.sum(dA * (up - down)) / (2 * h)
    return gradient


@exercise(points=2, reference=signal_propagation.signal_sizes)
class SignalSizes:
    """The root mean square of the activations of every layer."""

    hints = (
        "Go through the layers as in a forward pass. What do you note down about every A, and what "
        "about the input?",
        "A[0] = X, A[l] = g(W[l] A[l−1]); the size of A is √(mean of a²).",
        "A, sizes = X, [np.sqrt(np.mean(X**2))]; for W in weights: A = activate(W @ A, "
        "activation), append its size; return np.array(sizes)",
    )

    @pytest.mark.parametrize(("factor", "last"), [(1.5, 1.5**50), (0.5, 0.5**50)])
    def test_fifty_layers(self, signal_sizes, factor, last):
        """Fifty linear layers that multiply by 1.5 make 6·10⁸ of 1; by 0.5, 9·10⁻¹⁶."""
        X = np.array([[1.0, -1.0], [-1.0, 1.0]])
        sizes = signal_sizes(X, [factor * np.eye(2)] * 50, "linear")
        expected = np.array([factor**layer for layer in range(51)])
        assert_close(sizes / expected, np.ones(51), f"the sizes, divided by {factor}^l")
        assert_close(sizes[-1] / last, 1.0, f"the last size, divided by {factor}^50")

    def test_by_hand(self, signal_sizes):
        """One ReLU layer of two units, two examples."""
        X, W = np.array([[3.0, 1.0]]), np.array([[2.0], [-1.0]])
        expected = np.array([math.sqrt(5.0), math.sqrt((36 + 4) / 4)])
        assert_close(signal_sizes(X, [W], "relu"), expected, "the sizes")

    @pytest.mark.parametrize("activation", ["relu", "tanh", "linear"])
    def test_layers_of_different_sizes(self, signal_sizes, rng, activation):
        """Layers of 4, 3, 3 and 2 units: one size for the input and one for every layer."""
        X, weights = _network(rng)
        expected = _sizes(_forward(X, weights, activation))
        assert_close(signal_sizes(X, weights, activation), expected, "the sizes")

    @mistake("The input is a signal, too: begin the list with the size of A[0] = X.")
    def input_missing(X, weights, activation):
        return _sizes(_forward(X, weights, activation)[1:])

    @mistake(
        "That is the standard deviation. What the next layer's variance depends on is the mean of "
        "a², and behind ReLU the mean is not 0: do not subtract it."
    )
    def standard_deviation(X, weights, activation):
        return np.array([A.std() for A in _forward(X, weights, activation)])

    @mistake("You average the absolute values. Average the squares, and take the root.")
    def mean_of_absolute_values(X, weights, activation):
        return np.array([np.abs(A).mean() for A in _forward(X, weights, activation)])

    @mistake(
        "That is the norm, the root of the *sum* of squares, which grows with the number of units "
        "and examples. Take the mean of the squares."
    )
    def norm(X, weights, activation):
        return np.array([np.linalg.norm(A) for A in _forward(X, weights, activation)])

    @mistake("The root is missing: √(mean of a²).")
    def root_forgotten(X, weights, activation):
        return _sizes(_forward(X, weights, activation)) ** 2

    @mistake("You measure Z, before the activation. Measure A.")
    def before_the_activation(X, weights, activation):
        activations = _forward(X, weights, activation)
        pairs = zip(weights, activations, strict=False)
        return _sizes([X, *(W @ A for W, A in pairs)])

    @mistake("The activation is not applied between the layers, so the network is linear.")
    def without_activation(X, weights, activation):
        return _sizes(_forward(X, weights, "linear"))


@exercise(points=3, reference=signal_propagation.gradient_sizes)
class GradientSizes:
    """The root mean square of the gradient with respect to the activations of every layer."""

    hints = (
        "You need the activations of the forward pass. Then go through the layers from the last to "
        "the first: what happens at the activation, what at the weights?",
        "dZ[l] = dA[l] · g′ and dA[l−1] = W[l]ᵀ dZ[l], starting with dA[L]; the size of dA is "
        "√(mean of its squares).",
        "for W, A in zip(weights[::-1], activations[:0:-1]): dA = W.T @ (dA * slope(A, "
        "activation)), append its size; at the end turn the list round",
    )

    @pytest.mark.parametrize("factor", [1.5, 0.5])
    def test_fifty_layers(self, gradient_sizes, factor):
        """Fifty linear layers do to the gradient, on its way back, what they do to the signal."""
        one = np.array([[1.0, -1.0], [1.0, 1.0]])
        sizes = gradient_sizes(one, [factor * np.eye(2)] * 50, "linear", 2 * one)
        expected = np.array([2 * factor ** (50 - layer) for layer in range(51)])
        assert_close(sizes / expected, np.ones(51), f"the sizes, divided by 2·{factor}^(L−l)")

    def test_by_hand(self, gradient_sizes):
        """Two ReLU units, of which one is silent and passes no gradient on."""
        X, W = np.array([[2.0, 1.0]]), np.array([[3.0], [-1.0]])
        dA = np.array([[1.0, 2.0], [5.0, 5.0]])
        expected = np.array([math.sqrt((9 + 36) / 2), math.sqrt(55 / 4)])
        assert_close(gradient_sizes(X, [W], "relu", dA), expected, "the sizes")

    @pytest.mark.parametrize("activation", ["tanh", "relu", "linear"])
    def test_against_differences(self, gradient_sizes, rng, activation):
        """In a network of 4, 3, 3 and 2 units the gradients agree with measured ones."""
        X, weights = _network(rng)
        dA = rng.normal(size=(2, 5))
        activations = _forward(X, weights, activation)
        gradients = [
            _measured(A, weights[layer:], activation, dA) for layer, A in enumerate(activations)
        ]
        actual = gradient_sizes(X, weights, activation, dA)
        assert_close(actual, _sizes(gradients), "the sizes", 1e-6)

    @mistake("The sizes are in the order in which you computed them. Turn them round: dA[0] first.")
    def last_layer_first(X, weights, activation, dA_last):
        return _right(X, weights, activation, dA_last)[::-1]

    @mistake("The slope of the activation is missing: dZ = dA · g′, and only then Wᵀ dZ.")
    def slope_forgotten(X, weights, activation, dA_last):
        activations = _forward(X, weights, activation)
        return _sizes(_backward(activations, weights, np.ones_like, dA_last))

    @mistake(
        "You put a into the derivative of z, as in 1 − tanh(a)². With a = tanh(z) at hand, the "
        "slope of tanh is 1 − a²."
    )
    def activation_applied_twice(X, weights, activation, dA_last):
        activations = _forward(X, weights, activation)
        again = APPLY[activation]
        return _sizes(
            _backward(activations, weights, lambda a: SLOPE[activation](again(a)), dA_last)
        )

    @mistake("The gradient of the output itself is missing: the list ends with the size of dA[L].")
    def output_missing(X, weights, activation, dA_last):
        return _right(X, weights, activation, dA_last)[:-1]

    @mistake(
        "You stop at the first hidden layer. Go back to the input: the list begins with dA[0]."
    )
    def input_missing(X, weights, activation, dA_last):
        return _right(X, weights, activation, dA_last)[1:]

    @mistake("Do not divide by m: dA_last says per example how the cost changes, and so does dA.")
    def divided_by_the_examples(X, weights, activation, dA_last):
        sizes = _right(X, weights, activation, dA_last)
        m = float(X.shape[1])
        return sizes / m ** np.arange(len(weights), -1, -1)

    @mistake(
        "That is the norm, the root of the *sum* of squares. Take the mean of the squares, so that "
        "layers of different width can be compared."
    )
    def norm(X, weights, activation, dA_last):
        activations = _forward(X, weights, activation)
        gradients = _backward(activations, weights, SLOPE[activation], dA_last)
        return np.array([np.linalg.norm(dA) for dA in gradients])


def _right(X, weights, activation, dA_last):
    activations = _forward(X, weights, activation)
    return _sizes(_backward(activations, weights, SLOPE[activation], dA_last))
