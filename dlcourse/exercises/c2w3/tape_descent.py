"""Exercise of c2w3: descent with the slopes of a tape."""

from dlcourse.grading import FLOAT32, assert_close, exercise, helper, mistake

__all__ = ["Minimize"]


@helper
def parabola(w):
    return w**2 - 10 * w + 25


@helper
def steep(w):
    return w**4 / 8 + 3 * w


def _descent(cost, start, steps, move, keep=lambda path, w: path.append(float(w.numpy()))):
    """Descent for the mistakes: `move` changes the variable w, given its slope."""
    import keras  # noqa: PLC0415 - TensorFlow takes seconds

    from dlcourse.kernels.tensorflow_by_hand import slope  # noqa: PLC0415

    w = keras.Variable(float(start)).value
    path = [float(w.numpy())]
    for _ in range(steps):
        move(w, slope(cost, w))
        keep(path, w)
    return path


@exercise(points=2, reference="dlcourse.kernels.tensorflow_by_hand:minimize")
class Minimize:
    """Gradient descent on a number, with the slope from a tape."""

    hints = (
        "The tape records what is computed from a *variable* while it runs. Does every step need a "
        "recording of its own?",
        "w ← w − α · dJ/dw, where dJ/dw = tape.gradient(J, w); note w before the first step and "
        "after each.",
        "`with tf.GradientTape() as tape: value = cost(w)`, then "
        "`w.assign_sub(learning_rate * tape.gradient(value, w))` and `path.append(float(w))`",
    )

    def test_parabola(self, minimize):
        """On w² − 10 w + 25 every step multiplies the distance to 5 by 1 − 2 α."""
        for start, rate in ((0.0, 0.1), (9.0, 0.3)):
            expected = [5 + (start - 5) * (1 - 2 * rate) ** k for k in range(7)]
            assert_close(minimize(parabola, start, rate, 6), expected, "the path", FLOAT32)

    def test_another_cost(self, minimize):
        """On w⁴/8 + 3 w each step subtracts α (w³/2 + 3)."""
        expected = [1.0]
        for _ in range(4):
            expected.append(expected[-1] - 0.2 * (expected[-1] ** 3 / 2 + 3))
        assert_close(minimize(steep, 1.0, 0.2, 4), expected, "the path", FLOAT32)

    def test_no_step(self, minimize):
        """Without a step the path is its start."""
        assert_close(minimize(parabola, -2.5, 0.1, 0), [-2.5], "the path", FLOAT32)

    @mistake("You climb. The gradient points uphill: subtract it.")
    def ascends(cost, start, learning_rate, steps):
        return _descent(cost, start, steps, lambda w, slope: w.assign_add(learning_rate * slope))

    @mistake("The step replaces w. It has to be subtracted from it: assign_sub.")
    def replaced(cost, start, learning_rate, steps):
        return _descent(cost, start, steps, lambda w, slope: w.assign(learning_rate * slope))

    @mistake("The learning rate is missing: w ← w − α · slope.")
    def rate_forgotten(cost, start, learning_rate, steps):
        return _descent(cost, start, steps, lambda w, slope: w.assign_sub(slope))

    @mistake(
        "The slope is that of the start in every step. Record again, with a new tape, within the "
        "loop."
    )
    def slope_of_the_start(cost, start, learning_rate, steps):
        first = []

        def move(w, slope):
            first.append(slope)
            w.assign_sub(learning_rate * first[0])

        return _descent(cost, start, steps, move)

    @mistake(
        "The tape watches variables, and tf.constant is none: the gradient is None. Make w a "
        "tf.Variable (or call tape.watch)."
    )
    def constant_not_watched(cost, start, learning_rate, steps):
        return _descent(cost, start, steps, lambda w, slope: w.assign_sub(learning_rate * None))

    @mistake("Only the last w comes back. The whole path is asked for, the start first.")
    def only_the_end(cost, start, learning_rate, steps):
        path = _descent(cost, start, steps, lambda w, slope: w.assign_sub(learning_rate * slope))
        return path[-1]

    @mistake("The start is missing: the path has steps + 1 entries.")
    def without_the_start(cost, start, learning_rate, steps):
        path = _descent(cost, start, steps, lambda w, slope: w.assign_sub(learning_rate * slope))
        return path[1:]

    @mistake("You note the cost at each step. The path is made of the w.")
    def costs_noted(cost, start, learning_rate, steps):
        path = _descent(cost, start, steps, lambda w, slope: w.assign_sub(learning_rate * slope))
        return [float(cost(w)) for w in path]
