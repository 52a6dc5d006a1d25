"""Exercises of c2w1 on inverted dropout, forward and backward."""

import numpy as np

from dlcourse.exercises.c2w1.regularization_oracle import (
    NAMES,
    cost,
    gradients,
    plain_cache,
    random_network,
    run,
    slopes,
)
from dlcourse.grading import assert_close, assert_shape, exercise, mistake, standard_error
from dlcourse.scratch import classic_regularization

__all__ = ["BackwardPropagationWithDropout", "ForwardPropagationWithDropout"]

CACHE = ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")


def _named(cache):
    assert isinstance(cache, list | tuple) and len(cache) == len(CACHE), (
        f"The cache should be the tuple ({', '.join(CACHE)})."
    )
    return dict(zip(CACHE, cache, strict=True))


def _positive(rng, sizes=(2, 4, 3, 1)):
    """A network whose hidden units are all active on positive inputs."""
    return {name: np.abs(value) + 0.1 for name, value in random_network(rng, sizes).items()}


def _forward(X, parameters, drop1, drop2):
    """A forward pass for the mistakes: `drop1` and `drop2` turn A into (A after dropout, D)."""
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    Z1 = W1 @ X + b1
    A1, D1 = drop1(np.maximum(Z1, 0))
    Z2 = W2 @ A1 + b2
    A2, D2 = drop2(np.maximum(Z2, 0))
    Z3 = W3 @ A2 + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def _dropped(A, D, scale):
    return A * D * scale, D


@exercise(points=3, reference=classic_regularization.forward_propagation_with_dropout)
class ForwardPropagationWithDropout:
    """The forward pass of training, in which hidden units are switched off at random."""

    hints = (
        "After each hidden activation: draw a number for every entry, compare it with keep_prob, "
        "switch off. And what must happen to the survivors so that the next layer still gets as "
        "much as before, on average?",
        "D = (U < keep_prob) with U uniform in [0, 1) of the shape of A; A ← A · D / keep_prob. "
        "Only for A1 and A2.",
        "D1 = rng.random(A1.shape) < keep_prob;  A1 = A1 * D1 / keep_prob;  the same for A2",
    )

    def test_keep_everything(self, forward_propagation_with_dropout, rng):
        """With keep_prob = 1 it is the ordinary forward pass."""
        parameters, X = random_network(rng), rng.standard_normal((2, 6))
        A3, cache = forward_propagation_with_dropout(X, parameters, 1.0, rng)
        Z1, A1, Z2, A2, Z3, expected = run(X, parameters)
        assert_close(A3, expected, "A3")
        named = _named(cache)
        actual = {name: named[name] for name in ("Z1", "A1", "Z2", "A2", "Z3", "A3")}
        whole = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": expected}
        assert_close(actual, whole, "the cache")
        assert_close({n: named[n] for n in NAMES}, parameters, "the parameters in the cache")

    def test_follows_its_own_masks(self, forward_propagation_with_dropout, rng):
        """What the masks keep is divided by keep_prob, the rest is 0, and A3 follows from it."""
        parameters, X = _positive(rng), rng.uniform(0.1, 1.0, (2, 40))
        A3, cache = forward_propagation_with_dropout(X, parameters, 0.6, rng)
        named = _named(cache)
        assert_shape(named["D1"], (4, 40), "D1")
        assert_shape(named["D2"], (3, 40), "D2")
        assert np.isin(named["D1"], (0, 1)).all() and np.isin(named["D2"], (0, 1)).all(), (
            "A mask holds only True and False (or 1 and 0)."
        )
        scales = named["D1"].astype(float) / 0.6, named["D2"].astype(float) / 0.6
        Z1, A1, Z2, A2, Z3, expected = run(X, parameters, scales)
        actual = tuple(named[n] for n in ("Z1", "A1", "Z2", "A2", "Z3", "A3"))
        assert_close(actual, (Z1, A1, Z2, A2, Z3, expected), "(Z1, A1, Z2, A2, Z3, A3) of cache")
        assert_close(A3, expected, "A3")

    def test_share_that_stays(self, forward_propagation_with_dropout, rng):
        """A share of keep_prob of the entries of A1 and of A2 stays."""
        parameters, X = _positive(rng, (2, 10, 8, 1)), rng.uniform(0.1, 1.0, (2, 400))
        _, cache = forward_propagation_with_dropout(X, parameters, 0.8, rng)
        for name in ("A1", "A2"):
            kept = _named(cache)[name] != 0
            assert_shape(kept, (10 if name == "A1" else 8, 400), name)
            slack = standard_error(0.4, kept.size)  # √(0.8 · 0.2)
            assert abs(kept.mean() - 0.8) < slack, (
                f"keep_prob is 0.8, but {kept.mean():.3f} of the entries of {name} are not 0."
            )
            assert kept.any(axis=1).all(), f"A whole unit of {name} is 0 for all 400 examples."
            assert (~kept).any(axis=1).all(), f"A unit of {name} stays for all 400 examples."

    def test_expectation_is_kept(self, forward_propagation_with_dropout, rng):
        """Over many examples that are equal, Z2 and Z3 have the mean that they have without."""
        parameters, m = _positive(rng), 4000
        X = np.tile(rng.uniform(0.5, 1.0, (2, 1)), (1, m))
        _, cache = forward_propagation_with_dropout(X, parameters, 0.5, rng)
        whole, named = run(X[:, :1], parameters), _named(cache)
        scales = (rng.random((4, m)) < 0.5) * 2.0, (rng.random((3, m)) < 0.5) * 2.0
        spread = run(X, parameters, scales)  # tells how far a mean over m examples may be off
        for name, i in (("Z2", 2), ("Z3", 4)):
            assert_shape(named[name], whole[i].shape[:1] + (m,), name)
            means, expected = named[name].mean(axis=1), whole[i][:, 0]
            slack = standard_error(1.0, m) * spread[i].std(axis=1)
            assert np.all(np.abs(means - expected) < slack), (
                f"The units of {name} have the means {means.round(3)} with dropout and "
                f"{expected.round(3)} without."
            )

    def test_new_masks(self, forward_propagation_with_dropout, rng):
        """Every call draws new masks, from the generator that is passed in."""
        parameters, X = _positive(rng), rng.uniform(0.1, 1.0, (2, 30))
        first, second, again = (
            forward_propagation_with_dropout(X, parameters, 0.5, generator)[0]
            for generator in [np.random.default_rng(seed) for seed in (1, 2, 1)]
        )
        assert np.any(first != second), "Two generators give the same masks. Draw from rng."
        assert_close(again, first, "A3 with a generator of the same seed")

    @mistake(
        "The survivors are not scaled up, so the next layer gets less in training than later in "
        "prediction. Divide by keep_prob."
    )
    def not_scaled(X, parameters, keep_prob, rng):
        def drop(A):
            return _dropped(A, rng.random(A.shape) < keep_prob, 1.0)

        return _forward(X, parameters, drop, drop)

    @mistake("keep_prob is the probability to *stay*: the mask is True where U < keep_prob.")
    def dropped_with_keep_prob(X, parameters, keep_prob, rng):
        def drop(A):
            return _dropped(A, rng.random(A.shape) >= keep_prob, 1 / keep_prob)

        return _forward(X, parameters, drop, drop)

    @mistake(
        "You multiply by keep_prob. What is lost is made good by *dividing*: A · D / keep_prob."
    )
    def multiplied_by_keep_prob(X, parameters, keep_prob, rng):
        def drop(A):
            return _dropped(A, rng.random(A.shape) < keep_prob, keep_prob)

        return _forward(X, parameters, drop, drop)

    @mistake(
        "All examples lose the same units. Draw a number for every entry of A, so that each "
        "example has a thinned network of its own: rng.random(A.shape)."
    )
    def one_mask_for_all_examples(X, parameters, keep_prob, rng):
        def drop(A):
            mask = rng.random((A.shape[0], 1)) < keep_prob
            return _dropped(A, np.tile(mask, (1, A.shape[1])), 1 / keep_prob)

        return _forward(X, parameters, drop, drop)

    @mistake("Only the first hidden layer has dropout. A2 needs a mask D2 of its own.")
    def second_layer_forgotten(X, parameters, keep_prob, rng):
        return _forward(
            X,
            parameters,
            lambda A: _dropped(A, rng.random(A.shape) < keep_prob, 1 / keep_prob),
            lambda A: (A, np.ones(A.shape, dtype=bool)),
        )

    @mistake("The output is dropped, too. A network must always answer: only A1 and A2 are masked.")
    def output_dropped(X, parameters, keep_prob, rng):
        def drop(A):
            return _dropped(A, rng.random(A.shape) < keep_prob, 1 / keep_prob)

        A3, cache = _forward(X, parameters, drop, drop)
        A3 = A3 * (rng.random(A3.shape) < keep_prob) / keep_prob
        return A3, (*cache[:11], A3, *cache[12:])

    @mistake(
        "A generator made inside the function draws the same masks in every call. Use the rng "
        "that is passed in."
    )
    def own_generator(X, parameters, keep_prob, rng):
        mine = np.random.default_rng(1)

        def drop(A):
            return _dropped(A, mine.random(A.shape) < keep_prob, 1 / keep_prob)

        return _forward(X, parameters, drop, drop)

    @mistake("The masks are drawn but never applied: A1 and A2 have to be multiplied by D1 and D2.")
    def masks_not_applied(X, parameters, keep_prob, rng):
        def drop(A):
            return A, rng.random(A.shape) < keep_prob

        return _forward(X, parameters, drop, drop)


def _task(rng, keep_prob, m=6):
    """Parameters, X, Y, masks, and the cache that a forward pass with these masks leaves."""
    parameters, X = random_network(rng, (2, 5, 4, 1)), rng.standard_normal((2, m))
    D1, D2 = rng.random((5, m)) < keep_prob, rng.random((4, m)) < keep_prob
    scales = D1 / keep_prob, D2 / keep_prob
    Z1, A1, Z2, A2, Z3, A3 = run(X, parameters, scales)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return parameters, X, (np.arange(m) % 2.0)[np.newaxis], scales, cache


def _back(X, Y, cache, scale2, scale1, gate=True):
    """A backward pass for the mistakes, with what multiplies dA2 and dA1."""
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    gate2, gate1 = (Z2 > 0, Z1 > 0) if gate else (1.0, 1.0)
    plain = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return gradients(X, Y, plain, lambda dA: dA * scale2 * gate2, lambda dA: dA * scale1 * gate1)


@exercise(points=3, reference=classic_regularization.backward_propagation_with_dropout)
class BackwardPropagationWithDropout:
    """The gradients of the thinned network: back through the units that stayed."""

    hints = (
        "The forward pass did A · D / keep_prob. What does the chain rule make of this step?",
        "dA2 = W3ᵀ dZ3 · D2 / keep_prob, then dZ2 = dA2 · (Z2 > 0); the same for the first layer.",
        "dA2 = (W3.T @ dZ3) * D2 / keep_prob;  dZ2 = dA2 * (Z2 > 0);  dW2 = dZ2 @ A1.T / m",
    )

    def test_against_slopes(self, backward_propagation_with_dropout, rng):
        """Each gradient is the slope of the cost while the masks stay as they are."""
        for keep_prob in (0.7, 0.5):
            parameters, X, Y, scales, cache = _task(rng, keep_prob)
            grads = backward_propagation_with_dropout(X, Y, cache, keep_prob)
            expected = slopes(lambda p: cost(X, Y, p, 0.0, scales), parameters)  # noqa: B023
            assert_close(grads, expected, "grads")

    def test_keep_everything(self, backward_propagation_with_dropout, rng):
        """With keep_prob = 1 they are the ordinary gradients."""
        parameters, X, Y, _, cache = _task(rng, 1.0, 4)
        grads = backward_propagation_with_dropout(X, Y, cache, 1.0)
        assert_close(grads, slopes(lambda p: cost(X, Y, p), parameters), "grads")

    def test_dropped_units_learn_nothing(self, backward_propagation_with_dropout, rng):
        """A unit that is switched off for every example gets no gradient."""
        parameters, X = _positive(rng), rng.uniform(0.1, 1.0, (2, 5))
        D1, D2 = np.ones((4, 5), dtype=bool), np.ones((3, 5), dtype=bool)
        D1[1], D2[2] = False, False
        Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = plain_cache(X, parameters)
        Z1, A1, Z2, A2, Z3, A3 = run(X, parameters, (D1 / 0.9, D2 / 0.9))
        cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
        grads = backward_propagation_with_dropout(X, np.ones((1, 5)), cache, 0.9)
        expected = slopes(
            lambda p: cost(X, np.ones((1, 5)), p, 0.0, (D1 / 0.9, D2 / 0.9)), parameters
        )
        assert_close(grads, expected, "grads")
        assert_close(grads["dW1"][1], np.zeros(2), "dW1 of the unit that is switched off")
        assert_close(grads["db2"][2], np.zeros(1), "db2 of the unit that is switched off")

    @mistake(
        "Units that were switched off get a gradient here. Multiply dA2 by D2 and dA1 by D1, the "
        "masks of the forward pass."
    )
    def masks_forgotten(X, Y, cache, keep_prob):
        return _back(X, Y, cache, 1 / keep_prob, 1 / keep_prob)

    @mistake("The forward pass divided by keep_prob, so the backward pass divides by it as well.")
    def not_scaled(X, Y, cache, keep_prob):
        return _back(X, Y, cache, cache[6], cache[1])

    @mistake("This is the backward pass without dropout: dA2 and dA1 need mask and scale.")
    def no_dropout(X, Y, cache, keep_prob):
        return _back(X, Y, cache, 1.0, 1.0)

    @mistake("You multiply by keep_prob where the forward pass divided by it.")
    def multiplied_by_keep_prob(X, Y, cache, keep_prob):
        return _back(X, Y, cache, cache[6] * keep_prob, cache[1] * keep_prob)

    @mistake("dA1 comes through dropout as dA2 does: multiply it by D1 / keep_prob.")
    def first_layer_forgotten(X, Y, cache, keep_prob):
        return _back(X, Y, cache, cache[6] / keep_prob, 1.0)

    @mistake(
        "The mask does not replace the slope of ReLU. A unit may have stayed and be inactive: "
        "multiply by (Z > 0), too."
    )
    def slope_forgotten(X, Y, cache, keep_prob):
        return _back(X, Y, cache, cache[6] / keep_prob, cache[1] / keep_prob, gate=False)

    @mistake("dW and db are means over the examples: divide by m = X.shape[1].")
    def not_averaged(X, Y, cache, keep_prob):
        grads = _back(X, Y, cache, cache[6] / keep_prob, cache[1] / keep_prob)
        return {name: grad * X.shape[1] for name, grad in grads.items()}
