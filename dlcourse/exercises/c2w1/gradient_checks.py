"""Many parameters: the gradient as differences, and the component that is wrong."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, helper, mistake
from dlcourse.scratch import classic_gradient_check

__all__ = ["GradientCheckN", "WorstComponent"]


@helper
def coupled(theta):
    """Σ k θ_k³ + θ_1 θ_n: curved, and its first and last parameter depend on each other."""
    import numpy as np  # noqa: PLC0415 - a helper travels as source

    factors = np.arange(1, len(theta) + 1)[:, np.newaxis]
    return float(np.sum(factors * theta**3) + theta[0, 0] * theta[-1, 0])


@helper
def flat(theta):
    """A function that never changes."""
    return 4.0


def _slopes(theta):
    slopes = 3 * np.arange(1, len(theta) + 1)[:, np.newaxis] * theta**2
    slopes[0] += theta[-1]
    slopes[-1] += theta[0]
    return slopes


def _length(v):
    return math.sqrt(math.fsum(x * x for x in np.ravel(v).tolist()))


@exercise(points=2, reference=classic_gradient_check.gradient_check_n)
class GradientCheckN:
    """Is the gradient with respect to n parameters right?"""

    hints = (
        "Each parameter is nudged alone, up and down, while the others stay. How do you put it "
        "back?",
        "d_i = (f(θ + ε e_i) − f(θ − ε e_i)) / 2ε for every i; then ‖d − g‖ / (‖d‖ + ‖g‖), 0 if "
        "both are 0.",
        "for i in range(len(theta)): step = np.zeros_like(theta); step[i] = epsilon; d[i] = "
        "(f(theta + step) - f(theta - step)) / (2 * epsilon); then the ratio of norms",
    )

    def test_right_gradient(self, gradient_check_n, rng):
        """A right gradient with respect to four parameters has a ratio of less than 1e-7."""
        theta = rng.uniform(0.5, 1.5, (4, 1))
        assert_close(gradient_check_n(coupled, theta, _slopes(theta)), 0.0, "the ratio")

    def test_wrong_component(self, gradient_check_n, rng):
        """One wrong component gives the ratio that its gap has to the lengths."""
        theta = rng.uniform(0.5, 1.5, (4, 1))
        right = _slopes(theta)
        for i in range(4):
            wrong = right.copy()
            wrong[i] += 0.5
            expected = 0.5 / (_length(right) + _length(wrong))
            assert_close(gradient_check_n(coupled, theta, wrong), expected, "the ratio", 1e-6)

    def test_wrong_sign(self, gradient_check_n, rng):
        """The negative of the gradient has the ratio 1."""
        theta = rng.uniform(0.5, 1.5, (3, 1))
        assert_close(gradient_check_n(coupled, theta, -_slopes(theta)), 1.0, "the ratio")

    def test_nothing_changes(self, gradient_check_n):
        """For a constant function and a gradient of zeros the ratio is 0, not NaN."""
        ratio = gradient_check_n(flat, np.ones((2, 1)), np.zeros((2, 1)))
        assert_close(ratio, 0.0, "the ratio")

    @mistake("You nudge all parameters at once: the result is the same for all of them. One alone!")
    def all_at_once(f, theta, gradient, epsilon=1e-5):
        d = (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)
        return _ratio(np.full(theta.shape, d), gradient)

    @mistake("You measure from one side only: take f(θ + ε e_i) − f(θ − ε e_i) over 2ε.")
    def one_sided(f, theta, gradient, epsilon=1e-5):
        return _ratio(_measured(f, theta, epsilon, lambda s: (s, 0 * s), epsilon), gradient)

    @mistake("The two points are 2ε apart, but you divide by ε.")
    def divided_by_epsilon(f, theta, gradient, epsilon=1e-5):
        return _ratio(_measured(f, theta, epsilon, lambda s: (s, -s), epsilon), gradient)

    @mistake("That is the distance of the two. Divide it by the sum of their lengths.")
    def absolute_distance(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon, lambda s: (s, -s), 2 * epsilon)
        return float(np.linalg.norm(d - gradient))

    @mistake("Below stands the sum of the two lengths, not the length of the sum.")
    def length_of_the_sum(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon, lambda s: (s, -s), 2 * epsilon)
        return float(np.linalg.norm(d - gradient) / (np.linalg.norm(d + gradient) + 1e-300))

    @mistake("The norms are squared. Take the roots: np.linalg.norm does.")
    def squared_norms(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon, lambda s: (s, -s), 2 * epsilon)
        return float(np.sum((d - gradient) ** 2) / max(np.sum(d**2) + np.sum(gradient**2), 1e-300))

    @mistake("For two gradients of zeros you divide 0 by 0. They do not differ: give 0.")
    def zero_by_zero(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon, lambda s: (s, -s), 2 * epsilon)
        size = np.linalg.norm(d) + np.linalg.norm(gradient)
        return float(np.linalg.norm(d - gradient) / size) if size else float("nan")


def _measured(f, theta, epsilon, sides, distance):
    d = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = epsilon
        up, down = sides(step)
        d[i] = (f(theta + up) - f(theta + down)) / distance
    return d


def _ratio(d, gradient):
    size = np.linalg.norm(d) + np.linalg.norm(gradient)
    return float(np.linalg.norm(d - gradient) / size) if size else 0.0


def _networks(rng, name, index, gap):
    """Measured and backpropagated gradients that differ by `gap` in one place."""
    numeric = {
        "dW1": rng.normal(size=(3, 4)),
        "db1": rng.normal(size=(3, 1)),
        "dW2": rng.normal(size=(2, 3)),
    }
    gradients = {k: v + rng.uniform(-1e-3, 1e-3, v.shape) for k, v in numeric.items()}
    gradients[name][index] += gap
    return numeric, gradients


@exercise(points=2, reference=classic_gradient_check.worst_component)
class WorstComponent:
    """Which component of which gradient is wrong?"""

    hints = (
        "Where is the gap of one array largest, and which array has the largest of these?",
        "Take |numeric − gradient| for every name; np.argmax counts along the flattened array, and "
        "np.unravel_index turns that into row and column.",
        "gaps = {name: np.abs(numeric[name] - gradients[name]) for name in numeric}; name = "
        "max(gaps, key=lambda n: gaps[n].max()); then np.unravel_index(gaps[name].argmax(), "
        "gaps[name].shape)",
    )

    def test_each_array(self, worst_component, rng):
        """A wrong component is found in the first array, in a bias, and in the last array."""
        for name, index in (("dW1", (2, 1)), ("db1", (1, 0)), ("dW2", (1, 2))):
            for gap in (0.2, -0.2):
                _assert_found(worst_component(*_networks(rng, name, index, gap)), name, index)

    def test_small_component(self, worst_component):
        """The largest gap counts, not the largest component or the largest ratio."""
        numeric = {"dW1": np.array([[100.0, 1.0, 0.001]]), "db1": np.array([[5.0]])}
        gradients = {"dW1": np.array([[100.01, 1.5, 0.004]]), "db1": np.array([[5.1]])}
        _assert_found(worst_component(numeric, gradients), "dW1", (0, 1))

    def test_two_wrong_components(self, worst_component, rng):
        """Of a gap of −0.9 and one of 0.5 it is the first."""
        numeric, gradients = _networks(rng, "dW1", (0, 2), 0.5)
        gradients["dW2"][0, 1] -= 0.9
        _assert_found(worst_component(numeric, gradients), "dW2", (0, 1))

    @mistake("You forget the absolute value: a gap of −0.9 is larger than one of 0.5.")
    def signed_gap(numeric, gradients):
        return _worst({k: gradients[k] - numeric[k] for k in numeric})

    @mistake("argmax counts along the flattened array. Turn it into (row, column).")
    def flat_index(numeric, gradients):
        gaps = {k: np.abs(gradients[k] - numeric[k]) for k in numeric}
        name, _ = _worst(gaps)
        return name, (int(gaps[name].argmax()),)

    @mistake("You find the component that agrees best. Take the largest gap.")
    def smallest_gap(numeric, gradients):
        return _worst({k: -np.abs(gradients[k] - numeric[k]) for k in numeric})

    @mistake("You search in the first array only.")
    def only_the_first(numeric, gradients):
        first = next(iter(numeric))
        return _worst({first: np.abs(gradients[first] - numeric[first])})

    @mistake("You take the largest gradient. The wrong one may be small: take the largest gap.")
    def largest_gradient(numeric, gradients):
        return _worst({k: np.abs(gradients[k]) for k in numeric})

    @mistake("You divide the gap by the component, so tiny components with tiny gaps win.")
    def relative_gap(numeric, gradients):
        return _worst({k: np.abs((gradients[k] - numeric[k]) / numeric[k]) for k in numeric})


def _worst(gaps):
    name = max(gaps, key=lambda k: gaps[k].max())
    index = np.unravel_index(np.argmax(gaps[name]), gaps[name].shape)
    return name, tuple(int(i) for i in index)


def _assert_found(found, name, index):
    assert isinstance(found, tuple) and len(found) == 2, "return a tuple (name, index)"
    assert isinstance(found[0], str), f"the name should be a string such as 'dW1', not {found[0]!r}"
    assert found[0] == name, f"the wrong component is in {name}, not in {found[0]}"
    assert_close(found[1], index, f"the place of the wrong component in {name}")
