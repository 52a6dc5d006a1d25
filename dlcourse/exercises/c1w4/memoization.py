"""Exercises of c1w4 about memoization: multiplications with and without the cache."""

from itertools import pairwise

import pytest

from dlcourse.exercises.c1w4.oracle import multiplications_by_doing
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import memoization


def _errors(layer_dims):
    return sum(n * (n_next + 1) for n, n_next in pairwise(layer_dims))


def _weights(layer_dims):
    return sum(n * n_prev for n_prev, n in pairwise(layer_dims))


@exercise(points=1, reference=memoization.multiplications_with_cache)
class MultiplicationsWithCache:
    """How many multiplications one example costs when every result is kept."""

    hints = (
        "Count three things apart: going forward, the errors of the hidden units, and dW.",
        "Σ n[l] n[l-1] forward, as much again for dW, and n[l] (n[l+1] + 1) for each hidden layer.",
        "2 * sum(n * p for p, n in zip(dims, dims[1:])) "
        "+ sum(n * (q + 1) for n, q in zip(dims[1:], dims[2:]))",
    )

    def test_by_hand(self, multiplications_with_cache):
        """A 2-3-1 network takes 9 forward, 9 for dW and 3·(1 + 1) for the hidden errors: 24."""
        assert_close(multiplications_with_cache([2, 3, 1]), 24, "the number for [2, 3, 1]")

    def test_no_hidden_layer(self, multiplications_with_cache):
        """Logistic regression has no hidden errors: 5 inputs take 5 forward and 5 for dW."""
        assert_close(multiplications_with_cache([5, 1]), 10, "the number for [5, 1]")

    @pytest.mark.parametrize("layer_dims", [[2, 2, 1], [3, 4, 2, 1], [2, 3, 3, 2, 1]])
    def test_counted_by_doing(self, multiplications_with_cache, layer_dims):
        """The formula agrees with a program that really asks, remembers and counts."""
        expected = multiplications_by_doing(layer_dims, remember=True)
        assert_close(multiplications_with_cache(layer_dims), expected, f"for {layer_dims}")

    @mistake(
        "One multiplication for each weight is missing. There are two: W a on the way forward, "
        "and δ · a for dW on the way back."
    )
    def weights_once(layer_dims):
        return _weights(layer_dims) + _errors(layer_dims[1:])

    @mistake(
        "You also propagate the error to the inputs. Nobody asks for the gradient of the "
        "data: errors are needed for the hidden layers only."
    )
    def errors_of_inputs(layer_dims):
        return 2 * _weights(layer_dims) + _errors(layer_dims)

    @mistake(
        "Each hidden error is multiplied with the slope g'(z) at the end: one more for each "
        "hidden unit."
    )
    def without_slopes(layer_dims):
        return 2 * _weights(layer_dims) + _weights(layer_dims[1:])

    @mistake("Biases are added, not multiplied: they do not count here.")
    def biases_count(layer_dims):
        return 2 * _weights(layer_dims) + _errors(layer_dims[1:]) + sum(layer_dims[1:])


def _uncached(layer_dims, output=1, slope=1, bias=1, activation=1):
    """The right count, or one without the part whose factor is 0."""
    L, z = len(layer_dims) - 1, [0]
    for n_prev in layer_dims[:-1]:
        z.append(n_prev * (z[-1] + 1))
    error, total = output * z[L], 0
    for k in range(L, 0, -1):
        n_prev, n = layer_dims[k - 1], layer_dims[k]
        total += n * (n_prev * (error + activation * z[k - 1] + 1) + bias * error)
        error = n * (error + 1) + slope * (z[k - 1] + 1)
    return total


@exercise(points=2, reference=memoization.multiplications_without_cache)
class MultiplicationsWithoutCache:
    """How many multiplications the bare chain rule takes when nothing is kept."""

    hints = (
        "Start at the small end: what does one activation of layer 1 cost, and one of layer 2, "
        "which asks for all of layer 1 once more?",
        "z[0] = 0, z[l] = n[l-1] (z[l-1] + 1); e[L] = z[L], e[l] = n[l+1] (e[l+1] + 1) + z[l] + 1; "
        "total = Σ n[l] (n[l-1] (e[l] + z[l-1] + 1) + e[l]).",
        "for l in range(L, 0, -1): total += n[l] * (n[l-1] * (e + z[l-1] + 1) + e), then "
        "e = n[l] * (e + 1) + z[l-1] + 1, which is the error of layer l - 1",
    )

    def test_by_hand(self, multiplications_without_cache):
        """A 2-1 network takes 2·(2 + 0 + 1) for dW and 2 for db: 8; a 2-3-1 network takes 168."""
        assert_close(multiplications_without_cache([2, 1]), 8, "the number for [2, 1]")
        assert_close(multiplications_without_cache([2, 3, 1]), 168, "the number for [2, 3, 1]")

    @pytest.mark.parametrize("layer_dims", [[3, 2, 1], [2, 3, 2, 1], [2, 2, 2, 2, 1]])
    def test_counted_by_doing(self, multiplications_without_cache, layer_dims):
        """The recursion agrees with a program that really asks for everything anew."""
        expected = multiplications_by_doing(layer_dims, remember=False)
        assert_close(multiplications_without_cache(layer_dims), expected, f"for {layer_dims}")

    def test_image_classifier(self, multiplications_without_cache):
        """The 64-20-7-5-1 network takes 2 541 427 352 instead of 3 132."""
        number = multiplications_without_cache([64, 20, 7, 5, 1])
        assert_close(number, 2_541_427_352, "the number", 1e-15)

    @mistake(
        "This is the count with a cache. Without one, each unit that needs an activation or "
        "an error pays for it again in full."
    )
    def with_cache(layer_dims):
        return 2 * _weights(layer_dims) + _errors(layer_dims[1:])

    @mistake(
        "The error of the output, a - y, is not free: without a cache the whole forward pass "
        "is run to get a. Start with e[L] = z[L]."
    )
    def output_error_for_free(layer_dims):
        return _uncached(layer_dims, output=0)

    @mistake(
        "To get the slope g'(z) of a hidden unit its z is computed anew, and then multiplied: "
        "add z[l] + 1 to e[l]."
    )
    def slope_for_free(layer_dims):
        return _uncached(layer_dims, slope=0)

    @mistake(
        "db needs no product, but it needs the error, which is computed anew: add e[l] for "
        "each unit."
    )
    def bias_gradient_for_free(layer_dims):
        return _uncached(layer_dims, bias=0)

    @mistake(
        "Each entry of dW needs an activation of the layer before, which is computed anew: "
        "add z[l-1]."
    )
    def activation_for_free(layer_dims):
        return _uncached(layer_dims, activation=0)
