"""Exercises of c1w1 about the perceptron: its learning rule, and learning until all is right."""

import numpy as np
import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import perceptron

BITS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


def step(z):
    """The step activation, for the wrong implementations below."""
    return np.heaviside(z, 1.0)


@exercise(points=2, reference=perceptron.perceptron_update)
class PerceptronUpdate:
    """The perceptron learning rule for one example."""

    hints = (
        "First let the perceptron answer. What should happen when the answer is right? And in "
        "which direction must w move when it missed a 1?",
        "ŷ = 1 where w·x + b ≥ 0, else 0;  w ← w + α(y − ŷ)x  and  b ← b + α(y − ŷ).",
        "`y_hat = float((w.T @ x + b).item() >= 0)`, `correction = learning_rate * (y - y_hat)`, "
        "`return w + correction * x, b + correction`.",
    )

    @pytest.mark.parametrize(("x", "y"), [([[3.0], [1.0]], 1), ([[-1.0], [2.0]], 0)])
    def test_right_answers(self, perceptron_update, x, y):
        """An example that is already right changes nothing."""
        w, b = np.array([[1.0], [-2.0]]), 0.5
        expected = (np.array([[1.0], [-2.0]]), 0.5)
        assert_close(perceptron_update(w, b, np.array(x), y, 0.1), expected, "(w, b)")

    def test_false_alarm(self, perceptron_update):
        """An example of class 0 that was called 1 pushes the weights away."""
        w, x = np.array([[1.0], [-2.0]]), np.array([[3.0], [1.0]])  # z = 1.5
        expected = (np.array([[-0.2], [-2.4]]), 0.1)
        assert_close(perceptron_update(w, 0.5, x, 0, 0.4), expected, "(w, b)")

    def test_missed_example(self, perceptron_update):
        """An example of class 1 that was called 0 pulls the weights towards it."""
        w, x = np.array([[1.0], [-2.0]]), np.array([[1.0], [3.0]])  # z = -4.5
        expected = (np.array([[1.25], [-1.25]]), 0.75)
        assert_close(perceptron_update(w, 0.5, x, 1, 0.25), expected, "(w, b)")

    def test_on_the_line(self, perceptron_update, rng):
        """The first example ever (all weights zero) counts as called 1."""
        x = rng.normal(size=(3, 1))
        w, b = perceptron_update(np.zeros((3, 1)), 0.0, x, 1, 0.5)
        assert_close((w, b), (np.zeros((3, 1)), 0.0), "(w, b) after an example of class 1")
        w, b = perceptron_update(np.zeros((3, 1)), 0.0, x, 0, 0.5)
        assert_close((w, b), (-x / 2, -0.5), "(w, b) after an example of class 0")

    def test_arguments_stay(self, perceptron_update):
        """The arrays that were given stay as they were: the new weights are a new array."""
        w, x = np.array([[1.0], [-2.0]]), np.array([[3.0], [1.0]])
        perceptron_update(w, 0.5, x, 0, 0.4)
        assert_close(w, np.array([[1.0], [-2.0]]), "the w that was given, after the call")
        assert_close(x, np.array([[3.0], [1.0]]), "the x that was given, after the call")

    @mistake("The weights move the wrong way: the correction is y − ŷ, not ŷ − y.")
    def moves_the_wrong_way(w, b, x, y, learning_rate):
        wrong = learning_rate * (float((w.T @ x + b).item() >= 0) - y)
        return w + wrong * x, b + wrong

    @mistake(
        "The bias never learns. Treat it as one more weight whose input is always 1: b + α(y − ŷ)."
    )
    def never_moves_the_bias(w, b, x, y, learning_rate):
        y_hat = float((w.T @ x + b).item() >= 0)
        return w + learning_rate * (y - y_hat) * x, b

    @mistake("The learning rate is not used: multiply the correction by it.")
    def ignores_the_learning_rate(w, b, x, y, learning_rate):
        correction = y - float((w.T @ x + b).item() >= 0)
        return w + correction * x, b + correction

    @mistake(
        "You correct even when the answer was right. The error y − ŷ is 0 then, and so must be the "
        "correction."
    )
    def corrects_right_answers_too(w, b, x, y, learning_rate):
        correction = learning_rate * (2 * y - 1.0)
        return w + correction * x, b + correction

    @mistake(
        "You use y alone as the error, so examples of class 0 teach nothing and those of class 1 "
        "pull for ever. Use y − ŷ."
    )
    def uses_the_label_as_error(w, b, x, y, learning_rate):
        return w + learning_rate * y * x, float(b + learning_rate * y)

    @mistake(
        "You compare y with z = w·x + b itself. The perceptron's answer is the step of z, 0 or 1 "
        "(with z you get another rule, Adaline's)."
    )
    def forgets_the_step(w, b, x, y, learning_rate):
        correction = learning_rate * (y - (w.T @ x + b).item())
        return w + correction * x, b + correction

    @mistake("An example exactly on the line counts as called 1: compare with >=, not >.")
    def calls_the_line_class_0(w, b, x, y, learning_rate):
        correction = learning_rate * (y - float((w.T @ x + b).item() > 0))
        return w + correction * x, b + correction

    @mistake(
        "Your new bias is an array of shape (1, 1), because w.T @ x is one. Take the number out "
        "with .item()."
    )
    def turns_the_bias_into_an_array(w, b, x, y, learning_rate):
        correction = learning_rate * (y - step(w.T @ x + b))
        return w + correction * x, b + correction

    @mistake(
        "w += … changes the array that the caller gave you. Write w = w + …, which makes a new one."
    )
    def changes_its_argument(w, b, x, y, learning_rate):
        correction = learning_rate * (y - float((w.T @ x + b).item() >= 0))
        w += correction * x
        return w, b + correction


def two_clouds(rng):
    """Points on both sides of a line, none close to it."""
    angle = rng.uniform(0, 2 * np.pi)
    direction = np.array([[np.cos(angle)], [np.sin(angle)]])
    X = rng.uniform(-3, 3, (2, 200))
    distance = direction.T @ X - 0.5
    far = np.abs(distance[0]) > 1
    return X[:, far], (distance[:, far] > 0).astype(int)


@exercise(points=3, reference=perceptron.Perceptron)
class LearningPerceptron:
    """A perceptron that starts at zero and learns until a whole pass is right."""

    hints = (
        "`fit` is two loops: passes over the data, and examples within a pass. What must you "
        "count, and when may you stop?",
        "Per example: count it if ŷ ≠ y, then apply the learning rule. After each pass append the "
        "count; stop when it is 0 or after `epochs` passes.",
        "`for i in range(X.shape[1]): count += int(self.predict(X[:, [i]]).item() != Y[0, i]); "
        "self.w, self.b = perceptron_update(self.w, self.b, X[:, [i]], Y[0, i], "
        "self.learning_rate)`.",
    )

    def test_it_starts_at_zero(self, Perceptron, rng):
        """A new perceptron has zero weights and calls everything 1."""
        perceptron = Perceptron(n_x=3)
        assert_close(perceptron.w, np.zeros((3, 1)), "w")
        assert_close(perceptron.b, 0, "b")
        assert_close(
            perceptron.predict(rng.normal(size=(3, 4))), np.ones((1, 4), int), "predict(X)"
        )

    def test_by_hand(self, Perceptron):
        """Two examples with one feature: corrections, weight and bias agree with a run by hand."""
        perceptron = Perceptron(n_x=1, learning_rate=0.5)
        corrections = perceptron.fit(np.array([[2.0, -1.0]]), np.array([[0, 1]]))
        assert_close(corrections, [1, 0], "fit(X, Y)")
        assert_close(perceptron.w, np.array([[-1.0]]), "w")
        assert_close(perceptron.b, -0.5, "b")

    @pytest.mark.parametrize(
        ("labels", "corrections"),
        [([0, 0, 0, 1], [2, 3, 3, 2, 1, 0]), ([0, 1, 1, 1], [2, 2, 1, 0])],
        ids=["and", "or"],
    )
    def test_and_or(self, Perceptron, labels, corrections):
        """It learns AND and OR, with as many corrections in each pass as a run by hand."""
        perceptron = Perceptron(n_x=2)
        assert_close(perceptron.fit(BITS, np.array([labels])), corrections, "fit(X, Y)")
        assert_close(perceptron.predict(BITS), np.array([labels]), "predict(X)")

    def test_separable_classes(self, Perceptron, rng):
        """Where a line exists it finds one, and then no example is wrong."""
        X, Y = two_clouds(rng)
        perceptron = Perceptron(n_x=2)
        corrections = perceptron.fit(X, Y, epochs=100)
        assert corrections[-1] == 0, "the last pass should have needed no correction"
        assert_close(perceptron.predict(X), Y, "predict(X)")

    def test_xor(self, Perceptron):
        """For XOR no line exists: it goes on correcting until the passes are used up."""
        corrections = Perceptron(n_x=2).fit(BITS, np.array([[0, 1, 1, 0]]), epochs=7)
        assert len(corrections) == 7, "fit should give one count per pass, here 7"
        assert min(corrections) > 0, "no pass over XOR can be free of corrections"

    def test_it_goes_on(self, Perceptron):
        """Calling fit again goes on from the weights it has, instead of starting anew."""
        perceptron, Y = Perceptron(n_x=2), np.array([[0, 0, 0, 1]])
        passes = [perceptron.fit(BITS, Y, epochs=1), perceptron.fit(BITS, Y, epochs=2)]
        assert_close(passes, [[2], [3, 3]], "fit with epochs=1 and then with epochs=2")

    def test_learning_rate(self, Perceptron):
        """Half the learning rate: as many corrections for AND, and weights half as large."""
        perceptron = Perceptron(n_x=2, learning_rate=0.5)
        assert_close(
            perceptron.fit(BITS, np.array([[0, 0, 0, 1]])), [2, 3, 3, 2, 1, 0], "fit(X, Y)"
        )
        assert_close(perceptron.w, np.array([[1.0], [0.5]]), "w")
        assert_close(perceptron.b, -1.5, "b")

    @mistake(
        "You correct once per pass, with all examples together. The perceptron learns after every "
        "single example, so the next one already meets the new weights."
    )
    class CorrectsOncePerPass(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            corrections = []
            for _ in range(epochs):
                error = Y - self.predict(X)
                corrections.append(int(np.abs(error).sum()))
                if corrections[-1] == 0:
                    break
                self.w = self.w + self.learning_rate * X @ error.T
                self.b = float(self.b + self.learning_rate * error.sum())
            return corrections

    @mistake(
        "You make one pass only. Go on until a pass is free of corrections, or epochs are over."
    )
    class MakesOnePass(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            return super().fit(X, Y, epochs=1)

    @mistake("You make all passes even when the last one was free of corrections: stop at a 0.")
    class NeverStops(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            corrections = super().fit(X, Y, epochs)
            return corrections + [0] * (epochs - len(corrections))

    @mistake("You stop before recording the pass without corrections: its 0 belongs in the list.")
    class OmitsTheLastZero(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            return [count for count in super().fit(X, Y, epochs) if count > 0]

    @mistake("Your count goes on from pass to pass. Set it back to 0 when a new pass begins.")
    class NeverResetsTheCount(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            return [int(c) for c in np.cumsum(super().fit(X, Y, epochs))]

    @mistake(
        "Every pass starts again from zero weights, so nothing is remembered. Set them to zero "
        "once, in __init__."
    )
    class ForgetsAfterEveryPass(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            corrections = []
            for _ in range(epochs):
                self.w, self.b = np.zeros_like(self.w), 0.0
                corrections += super().fit(X, Y, epochs=1)
                if corrections[-1] == 0:
                    break
            return corrections

    @mistake(
        "fit begins by setting the weights to zero, so calling it again starts anew. Do that in "
        "__init__; fit goes on from the weights it finds."
    )
    class StartsAnewInFit(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            self.w, self.b = np.zeros_like(self.w), 0.0
            return super().fit(X, Y, epochs)

    @mistake("predict gives w·x + b itself. Its step, 0 or 1, is the perceptron's answer.")
    class PredictsWithoutTheStep(perceptron.Perceptron):
        def predict(self, X):
            return self.w.T @ X + self.b

    @mistake("Your predict calls points on the line (z = 0) class 0: compare with >=, not >.")
    class CallsTheLineClass0(perceptron.Perceptron):
        def predict(self, X):
            return (self.w.T @ X + self.b > 0).astype(float)

    @mistake("The learning rate given to the constructor is not used: every correction has size 1.")
    class IgnoresTheLearningRate(perceptron.Perceptron):
        def __init__(self, n_x, learning_rate=1.0):
            super().__init__(n_x)

    @mistake(
        "The bias never learns, so the line is tied to the origin: add α(y − ŷ) to it as well."
    )
    class NeverMovesTheBias(perceptron.Perceptron):
        def fit(self, X, Y, epochs=100):
            corrections = []
            for _ in range(epochs):
                before = self.w
                corrections.append(0)
                for i in range(X.shape[1]):
                    error = Y[0, i] - step(self.w.T @ X[:, [i]]).item()
                    corrections[-1] += int(error != 0)
                    self.w = self.w + self.learning_rate * error * X[:, [i]]
                if self.w is before or corrections[-1] == 0:
                    break
            return corrections
