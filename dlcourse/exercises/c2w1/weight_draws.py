"""One matrix of weights: uniform by fan-in, Glorot normal and uniform, He uniform."""

import numpy as np

from dlcourse.exercises.c2w1.draws import assert_generator_decides, assert_normal, assert_uniform
from dlcourse.grading import exercise, mistake
from dlcourse.scratch import initializers

__all__ = ["GlorotNormal", "GlorotUniform", "HeUniform", "UniformByFanIn"]

# many inputs and few units, and the other way round: fan_in and fan_out cannot be confused
WIDE, TALL = (20, 150), (150, 20)


def _even(limit, shape, rng):
    return rng.uniform(-limit, limit, shape)


@exercise(points=1, reference=initializers.uniform_by_fan_in)
class UniformByFanIn:
    """Even draws from ±1/√fan_in."""

    hints = (
        "Which of the two numbers in shape says how many inputs a unit adds up?",
        "W ~ U(−1/√fan_in, 1/√fan_in) with fan_in = n_prev, the number of columns.",
        "limit = 1 / np.sqrt(shape[1]); return rng.uniform(-limit, limit, shape)",
    )

    def test_many_inputs(self, uniform_by_fan_in, rng):
        """20 units with 150 inputs: even between ±1/√150 = ±0.082."""
        assert_uniform(uniform_by_fan_in(WIDE, rng), WIDE, 1 / np.sqrt(150), "W")

    def test_few_inputs(self, uniform_by_fan_in, rng):
        """150 units with 20 inputs: even between ±1/√20 = ±0.224."""
        assert_uniform(uniform_by_fan_in(TALL, rng), TALL, 1 / np.sqrt(20), "W")

    def test_generator(self, uniform_by_fan_in):
        """The numbers come from rng: equal generators, equal weights."""
        assert_generator_decides(lambda rng: uniform_by_fan_in((3, 4), rng))

    @mistake("fan_in counts the inputs of a unit: the columns of W, shape[1], not its rows.")
    def counts_the_units(shape, rng):
        return _even(1 / np.sqrt(shape[0]), shape, rng)

    @mistake("All your weights are positive. The interval goes from −1/√fan_in to 1/√fan_in.")
    def only_positive(shape, rng):
        return rng.uniform(0, 1 / np.sqrt(shape[1]), shape)

    @mistake("The limit is 1/fan_in. It takes the square root: 1/√fan_in.")
    def root_forgotten(shape, rng):
        return _even(1 / shape[1], shape, rng)

    @mistake(
        "These are normal draws; many lie beyond 1/√fan_in. Draw evenly, with rng.uniform between "
        "the two limits."
    )
    def normal(shape, rng):
        return rng.standard_normal(shape) / np.sqrt(shape[1])

    @mistake("You divide by √(inputs · units). Only the inputs of a unit count here.")
    def by_the_number_of_weights(shape, rng):
        return _even(1 / np.sqrt(shape[0] * shape[1]), shape, rng)

    @mistake("np.random draws from a generator that everybody shares. Draw from rng.")
    def global_generator(shape, rng):
        return (2 * np.random.rand(*shape) - 1) / np.sqrt(shape[1])


@exercise(points=1, reference=initializers.glorot_normal)
class GlorotNormal:
    """Glorot (Xavier) normal: variance 2/(fan_in + fan_out)."""

    hints = (
        "The variance is given, and you scale draws that have the standard deviation 1. What is "
        "the step from one to the other?",
        "W = √(2 / (fan_in + fan_out)) · N(0, 1).",
        "return np.sqrt(2 / (shape[0] + shape[1])) * rng.standard_normal(shape)",
    )

    def test_many_inputs(self, glorot_normal, rng):
        """20 units with 150 inputs: normal with the variance 2/170."""
        assert_normal(glorot_normal(WIDE, rng), WIDE, np.sqrt(2 / 170), "W")

    def test_other_sizes(self, glorot_normal, rng):
        """60 units with 30 inputs: normal with the variance 2/90."""
        assert_normal(glorot_normal((60, 30), rng), (60, 30), np.sqrt(2 / 90), "W")

    def test_square(self, glorot_normal, rng):
        """As many units as inputs, n: the variance is 1/n."""
        assert_normal(glorot_normal((50, 50), rng), (50, 50), np.sqrt(1 / 50), "W")

    def test_generator(self, glorot_normal):
        """The numbers come from rng: equal generators, equal weights."""
        assert_generator_decides(lambda rng: glorot_normal((3, 4), rng))

    @mistake("You multiply by the variance. Multiply by its square root, the standard deviation.")
    def scaled_by_the_variance(shape, rng):
        return 2 / sum(shape) * rng.standard_normal(shape)

    @mistake("2/fan_in is He's variance. Glorot's takes both sides: 2/(fan_in + fan_out).")
    def he(shape, rng):
        return np.sqrt(2 / shape[1]) * rng.standard_normal(shape)

    @mistake(
        "The variance is 1/(fan_in + fan_out), half of what it should be: the compromise is one "
        "over the *mean* of the two, which puts a 2 on top."
    )
    def two_forgotten(shape, rng):
        return np.sqrt(1 / sum(shape)) * rng.standard_normal(shape)

    @mistake("You draw from 0 to 1, all positive. Take rng.standard_normal, centred at 0.")
    def positive(shape, rng):
        return np.sqrt(2 / sum(shape)) * rng.random(shape)

    @mistake("That is the even version. This one is normal: √(2/(fan_in + fan_out)) · N(0, 1).")
    def uniform(shape, rng):
        return _even(np.sqrt(6 / sum(shape)), shape, rng)

    @mistake("np.random draws from a generator that everybody shares. Draw from rng.")
    def global_generator(shape, rng):
        return np.sqrt(2 / sum(shape)) * np.random.randn(*shape)


@exercise(points=1, reference=initializers.glorot_uniform)
class GlorotUniform:
    """Glorot (Xavier) uniform: even draws with the same variance."""

    hints = (
        "Even draws from ±c have the variance c²/3. Which c gives 2/(fan_in + fan_out)?",
        "W ~ U(−c, c) with c = √(6 / (fan_in + fan_out)).",
        "c = np.sqrt(6 / (shape[0] + shape[1])); return rng.uniform(-c, c, shape)",
    )

    def test_many_inputs(self, glorot_uniform, rng):
        """20 units with 150 inputs: even between ±√(6/170) = ±0.188."""
        assert_uniform(glorot_uniform(WIDE, rng), WIDE, np.sqrt(6 / 170), "W")

    def test_other_sizes(self, glorot_uniform, rng):
        """60 units with 30 inputs: even between ±√(6/90) = ±0.258."""
        assert_uniform(glorot_uniform((60, 30), rng), (60, 30), np.sqrt(6 / 90), "W")

    def test_generator(self, glorot_uniform):
        """The numbers come from rng: equal generators, equal weights."""
        assert_generator_decides(lambda rng: glorot_uniform((3, 4), rng))

    @mistake(
        "The limit is the standard deviation. Even draws from ±c have the variance c²/3, so c is "
        "√3 times as large: √(6/(fan_in + fan_out))."
    )
    def limit_is_the_deviation(shape, rng):
        return _even(np.sqrt(2 / sum(shape)), shape, rng)

    @mistake("√(6/fan_in) is He's limit. Glorot's takes both sides: fan_in + fan_out.")
    def he(shape, rng):
        return _even(np.sqrt(6 / shape[1]), shape, rng)

    @mistake("The root is missing: the limit is √(6/(fan_in + fan_out)).")
    def root_forgotten(shape, rng):
        return _even(6 / sum(shape), shape, rng)

    @mistake("All your weights are positive. The interval goes from −c to c.")
    def only_positive(shape, rng):
        return rng.uniform(0, np.sqrt(6 / sum(shape)), shape)

    @mistake("That is the normal version, which has tails. Draw evenly, with rng.uniform.")
    def normal(shape, rng):
        return np.sqrt(2 / sum(shape)) * rng.standard_normal(shape)


@exercise(points=1, reference=initializers.he_uniform)
class HeUniform:
    """He uniform: even draws with the variance 2/fan_in."""

    hints = (
        "Even draws from ±c have the variance c²/3. Which c gives He's variance?",
        "W ~ U(−c, c) with c = √(6 / fan_in).",
        "c = np.sqrt(6 / shape[1]); return rng.uniform(-c, c, shape)",
    )

    def test_many_inputs(self, he_uniform, rng):
        """20 units with 150 inputs: even between ±√(6/150) = ±0.2."""
        assert_uniform(he_uniform(WIDE, rng), WIDE, 0.2, "W")

    def test_few_inputs(self, he_uniform, rng):
        """150 units with 20 inputs: even between ±√(6/20) = ±0.548."""
        assert_uniform(he_uniform(TALL, rng), TALL, np.sqrt(6 / 20), "W")

    def test_generator(self, he_uniform):
        """The numbers come from rng: equal generators, equal weights."""
        assert_generator_decides(lambda rng: he_uniform((3, 4), rng))

    @mistake("√(6/(fan_in + fan_out)) is Glorot's limit. For ReLU only fan_in counts.")
    def glorot(shape, rng):
        return _even(np.sqrt(6 / sum(shape)), shape, rng)

    @mistake(
        "The limit is the standard deviation √(2/fan_in). Even draws from ±c have the variance "
        "c²/3, so c is √3 times as large."
    )
    def limit_is_the_deviation(shape, rng):
        return _even(np.sqrt(2 / shape[1]), shape, rng)

    @mistake("fan_in is the number of columns of W, shape[1]; you take its rows.")
    def counts_the_units(shape, rng):
        return _even(np.sqrt(6 / shape[0]), shape, rng)

    @mistake(
        "√(3/fan_in) keeps the signal of a linear layer. ReLU throws half of it away, so the "
        "variance has to be doubled: √(6/fan_in)."
    )
    def without_the_two_of_relu(shape, rng):
        return _even(np.sqrt(3 / shape[1]), shape, rng)

    @mistake("All your weights are positive. The interval goes from −c to c.")
    def only_positive(shape, rng):
        return rng.uniform(0, np.sqrt(6 / shape[1]), shape)
