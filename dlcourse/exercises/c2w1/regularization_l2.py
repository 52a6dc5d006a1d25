"""Exercises of c2w1 on L2: the penalty in the cost, in the gradients, and as weight decay."""

import math

import numpy as np

from dlcourse.exercises.c2w1.regularization_oracle import (
    cost,
    gradients,
    plain_cache,
    random_network,
    run,
    slopes,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_regularization, regularization

__all__ = [
    "BackwardPropagationWithRegularization",
    "ComputeCostWithRegularization",
    "WeightDecayUpdate",
]

LAYERS = ("W1", "W2", "W3")


def _task(rng, m=5):
    return random_network(rng), rng.standard_normal((2, m)), (np.arange(m) % 2.0)[np.newaxis]


def _cross_entropy(A, Y):
    return float(-np.sum(np.log(np.where(Y == 1, A, 1 - A))) / Y.shape[1])


def _squares(parameters, names=LAYERS):
    return sum(float(np.sum(parameters[name] ** 2)) for name in names)


@exercise(points=2, reference=classic_regularization.compute_cost_with_regularization)
class ComputeCostWithRegularization:
    """The cross-entropy plus the L2 penalty on all weights."""

    hints = (
        "The cost gets a second term, which is large where the weights are large. Which parameters "
        "belong in it, and which do not?",
        "cost = cross-entropy + λ/(2m) Σ_l ‖W[l]‖²; the squared Frobenius norm is the sum of the "
        "squares of all entries.",
        "penalty = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + "
        "np.sum(np.square(W3)))",
    )

    def test_by_hand(self, compute_cost_with_regularization):
        """Two undecided examples and a handful of weights agree with a calculation by hand."""
        parameters = {
            "W1": np.array([[1.0, -2.0], [0.0, 3.0]]), "b1": np.array([[5.0], [7.0]]),
            "W2": np.array([[2.0, -1.0]]), "b2": np.array([[4.0]]),
            "W3": np.array([[-1.0]]), "b3": np.array([[6.0]]),
        }  # fmt: skip
        A3, Y = np.full((1, 2), 0.5), np.array([[0.0, 1.0]])
        actual = compute_cost_with_regularization(A3, Y, parameters, 0.8)
        assert_close(actual, math.log(2) + 0.8 * 20 / 4, "the cost")  # 14 + 5 + 1 squares

    def test_against_loops(self, compute_cost_with_regularization, rng):
        """A random network: the sum over single examples and single weights."""
        parameters, X, Y = _task(rng)
        A3 = run(X, parameters)[-1]
        pairs = zip(A3[0].tolist(), Y[0].tolist(), strict=True)
        loss = math.fsum(-math.log(a if y else 1 - a) for a, y in pairs)
        squares = math.fsum(w * w for name in LAYERS for w in parameters[name].ravel().tolist())
        actual = compute_cost_with_regularization(A3, Y, parameters, 0.7)
        assert_close(actual, (loss + 0.35 * squares) / 5, "the cost")

    def test_without(self, compute_cost_with_regularization, rng):
        """With λ = 0 the cost is the cross-entropy alone."""
        parameters, X, Y = _task(rng, 7)
        actual = compute_cost_with_regularization(run(X, parameters)[-1], Y, parameters, 0.0)
        assert_close(actual, float(cost(X, Y, parameters)), "the cost")

    @mistake("The factor is λ/(2m): the ½ is there so that the gradient becomes λ/m · W.")
    def half_forgotten(A3, Y, parameters, lambd):
        return _cross_entropy(A3, Y) + lambd / Y.shape[1] * _squares(parameters)

    @mistake("The penalty is divided by the number of examples, too: λ/(2m).")
    def not_averaged(A3, Y, parameters, lambd):
        return _cross_entropy(A3, Y) + lambd / 2 * _squares(parameters)

    @mistake(
        "The biases are in your sum. They do not multiply an input and are few: only W1, W2 and "
        "W3 are penalised."
    )
    def biases_too(A3, Y, parameters, lambd):
        squares = _squares(parameters, tuple(parameters))
        return _cross_entropy(A3, Y) + lambd / (2 * Y.shape[1]) * squares

    @mistake("np.linalg.norm takes a square root. The penalty uses the *squared* norm of each W.")
    def norm_not_squared(A3, Y, parameters, lambd):
        norms = sum(float(np.linalg.norm(parameters[name])) for name in LAYERS)
        return _cross_entropy(A3, Y) + lambd / (2 * Y.shape[1]) * norms

    @mistake("You sum first and square then, so weights of opposite sign cancel. Square first.")
    def square_of_the_sum(A3, Y, parameters, lambd):
        squares = sum(float(np.sum(parameters[name])) ** 2 for name in LAYERS)
        return _cross_entropy(A3, Y) + lambd / (2 * Y.shape[1]) * squares

    @mistake("Only the last layer is penalised. Sum over the weights of all layers.")
    def last_layer_only(A3, Y, parameters, lambd):
        squares = _squares(parameters, ("W3",))
        return _cross_entropy(A3, Y) + lambd / (2 * Y.shape[1]) * squares

    @mistake("This is the penalty alone. Add it to the cross-entropy.")
    def penalty_alone(A3, Y, parameters, lambd):
        return lambd / (2 * Y.shape[1]) * _squares(parameters)


def _plain(X, Y, cache):
    return gradients(X, Y, cache, lambda dA: dA * (cache[4] > 0), lambda dA: dA * (cache[0] > 0))


def _with_pull(X, Y, cache, pull):
    """Right gradients without penalty, plus a pull on the weights of layer 1, 2, 3."""
    grads = _plain(X, Y, cache)
    for layer, W in ((1, cache[2]), (2, cache[6]), (3, cache[10])):
        grads[f"dW{layer}"] = grads[f"dW{layer}"] + pull(layer, W)
    return grads


@exercise(points=3, reference=classic_regularization.backward_propagation_with_regularization)
class BackwardPropagationWithRegularization:
    """The gradients of the cost with its L2 penalty."""

    hints = (
        "The cost is a sum of two terms, so the gradient is a sum of two terms. Which of the six "
        "gradients change at all?",
        "dW[l] = 1/m dZ[l] A[l-1]ᵀ + λ/m W[l]; db[l] and dZ[l] stay as they were.",
        "dW3 = dZ3 @ A2.T / m + lambd / m * W3, and so on for dW2 and dW1",
    )

    def test_against_slopes(self, backward_propagation_with_regularization, rng):
        """Each gradient is the slope of the cost with its penalty."""
        parameters, X, Y = _task(rng)
        grads = backward_propagation_with_regularization(X, Y, plain_cache(X, parameters), 0.7)
        expected = slopes(lambda moved: cost(X, Y, moved, 0.7), parameters)
        assert_close(grads, expected, "grads")

    def test_without(self, backward_propagation_with_regularization, rng):
        """With λ = 0 they are the gradients of the cross-entropy."""
        parameters, X, Y = _task(rng, 4)
        grads = backward_propagation_with_regularization(X, Y, plain_cache(X, parameters), 0.0)
        assert_close(grads, slopes(lambda moved: cost(X, Y, moved), parameters), "grads")

    def test_pull(self, backward_propagation_with_regularization, rng):
        """A larger λ adds to every dW in proportion to W and leaves every db alone."""
        parameters, X, Y = _task(rng, 8)
        cache = plain_cache(X, parameters)
        weak = backward_propagation_with_regularization(X, Y, cache, 1.0)
        strong = backward_propagation_with_regularization(X, Y, cache, 5.0)
        for layer in (1, 2, 3):
            name = f"dW{layer}"
            assert_close(
                strong[name] - weak[name], parameters[f"W{layer}"] / 2, f"growth of {name}"
            )
            assert_close(strong[f"db{layer}"], weak[f"db{layer}"], f"db{layer} of the larger λ")

    @mistake("Your gradients leave the penalty out. Every dW gets λ/m · W on top.")
    def penalty_forgotten(X, Y, cache, lambd):
        return _plain(X, Y, cache)

    @mistake("The slope of λ/(2m) · w² is λ/m · w: the 2 cancels.")
    def half_the_pull(X, Y, cache, lambd):
        return _with_pull(X, Y, cache, lambda _, W: lambd / (2 * X.shape[1]) * W)

    @mistake("The pull is divided by the number of examples, as the penalty is: λ/m · W.")
    def pull_not_averaged(X, Y, cache, lambd):
        return _with_pull(X, Y, cache, lambda _, W: lambd * W)

    @mistake(
        "Your sign drives the weights away from zero. The gradient of the penalty is *added*; the "
        "update subtracts it later."
    )
    def wrong_sign(X, Y, cache, lambd):
        return _with_pull(X, Y, cache, lambda _, W: -lambd / X.shape[1] * W)

    @mistake("Only dW3 has its pull. The penalty sums over all layers, so dW1 and dW2 get theirs.")
    def last_layer_only(X, Y, cache, lambd):
        return _with_pull(X, Y, cache, lambda layer, W: (layer == 3) * lambd / X.shape[1] * W)

    @mistake(
        "You add the penalty itself, one number, to every entry. What belongs there is its slope "
        "in each weight: λ/m · W."
    )
    def value_instead_of_slope(X, Y, cache, lambd):
        return _with_pull(X, Y, cache, lambda _, W: lambd * np.sum(W**2) / (2 * X.shape[1]))

    @mistake("The biases are not in the penalty: every db stays what it was without.")
    def biases_pulled(X, Y, cache, lambd):
        grads = _with_pull(X, Y, cache, lambda _, W: lambd / X.shape[1] * W)
        for layer, b in ((1, cache[3]), (2, cache[7]), (3, cache[11])):
            grads[f"db{layer}"] = grads[f"db{layer}"] + lambd / X.shape[1] * b
        return grads


def _decayed(parameters, grads, learning_rate, shrink, counts=lambda name: name[0] == "W"):
    return {
        name: (shrink if counts(name) else 1.0) * value - learning_rate * grads[f"d{name}"]
        for name, value in parameters.items()
    }


@exercise(points=1, reference=regularization.weight_decay_update)
class WeightDecayUpdate:
    """One step of gradient descent with L2, written as a decay of the weights."""

    hints = (
        "Put dW + λ/m · W into the step of gradient descent and sort by W. With what is W "
        "multiplied?",
        "W ← W (1 - αλ/m) - α dW;  b ← b - α db.",
        'new = {}; for name, value: shrink = 1 - learning_rate * lambd / m if name starts with "W" '
        'else 1; new[name] = shrink * value - learning_rate * grads["d" + name]',
    )

    def test_by_hand(self, weight_decay_update):
        """A weight of 2 and a bias of 3 agree with a calculation by hand."""
        parameters = {"W1": np.array([[2.0]]), "b1": np.array([[3.0]])}
        grads = {"dW1": np.array([[4.0]]), "db1": np.array([[1.0]])}
        expected = {"W1": np.array([[-0.1]]), "b1": np.array([[2.5]])}  # 2 (1 - 0.05) - 2
        assert_close(weight_decay_update(parameters, grads, 0.5, 0.8, 8), expected, "parameters")

    def test_no_gradient(self, weight_decay_update, rng):
        """Without any gradient, ten steps shrink W by (1 - αλ/m)¹⁰ and leave b alone."""
        parameters = start = random_network(rng)
        grads = {f"d{name}": np.zeros(value.shape) for name, value in start.items()}
        for _ in range(10):
            parameters = weight_decay_update(parameters, grads, 0.5, 3.0, 10)
        expected = {n: v * (0.85**10 if n[0] == "W" else 1.0) for n, v in start.items()}
        assert_close(parameters, expected, "the parameters after ten steps")

    def test_is_descent_on_the_whole_cost(self, weight_decay_update, rng):
        """It is plain descent along the gradient of cost and penalty together."""
        parameters, X, Y = _task(rng)
        grads = slopes(lambda moved: cost(X, Y, moved), parameters)
        whole = slopes(lambda moved: cost(X, Y, moved, 0.9), parameters)
        expected = {name: v - 0.2 * whole[f"d{name}"] for name, v in parameters.items()}
        actual = weight_decay_update(parameters, grads, 0.2, 0.9, 5)
        assert_close(actual, expected, "the parameters after one step")

    @mistake("The biases decay, too. Only names that begin with W are in the penalty.")
    def biases_decay(parameters, grads, learning_rate, lambd, m):
        shrink = 1 - learning_rate * lambd / m
        return _decayed(parameters, grads, learning_rate, shrink, lambda name: True)

    @mistake("The decay lacks the learning rate: the factor is 1 - αλ/m.")
    def decay_without_rate(parameters, grads, learning_rate, lambd, m):
        return _decayed(parameters, grads, learning_rate, 1 - lambd / m)

    @mistake("The decay is divided by the number of examples: 1 - αλ/m.")
    def decay_not_averaged(parameters, grads, learning_rate, lambd, m):
        return _decayed(parameters, grads, learning_rate, 1 - learning_rate * lambd)

    @mistake("The 2 of λ/(2m) is gone in the gradient: the factor is 1 - αλ/m.")
    def half_the_decay(parameters, grads, learning_rate, lambd, m):
        return _decayed(parameters, grads, learning_rate, 1 - learning_rate * lambd / (2 * m))

    @mistake("Your weights grow: the factor must be below one, 1 - αλ/m.")
    def weights_grow(parameters, grads, learning_rate, lambd, m):
        return _decayed(parameters, grads, learning_rate, 1 + learning_rate * lambd / m)

    @mistake("This is the step without penalty: W has to be multiplied by 1 - αλ/m first.")
    def no_decay(parameters, grads, learning_rate, lambd, m):
        return _decayed(parameters, grads, learning_rate, 1.0)

    @mistake(
        "You take the step and shrink the result, so the gradient is shrunk with it. Only the old "
        "W is multiplied by 1 - αλ/m."
    )
    def step_shrunk_too(parameters, grads, learning_rate, lambd, m):
        stepped = _decayed(parameters, grads, learning_rate, 1.0)
        shrink = 1 - learning_rate * lambd / m
        return {name: v * (shrink if name[0] == "W" else 1.0) for name, v in stepped.items()}
