"""Exercise of c2w3: a compiled function that remembers."""

import numpy as np

from dlcourse.grading import assert_close, exercise, helper, mistake

__all__ = ["MakeAverager"]


@helper
def given(average, values):
    """What the function answers to one tensor after the other, and how often it was traced."""
    import keras  # noqa: PLC0415 - a helper travels as source

    # rounded: a compiled function may divide by multiplying, which is another last digit
    answers = [round(float(average(keras.ops.array(value, "float32"))), 3) for value in values]
    count = getattr(average, "experimental_get_tracing_count", None)
    return answers, None if count is None else count()


class _Average:
    """An average for the mistakes, in which `remember` or `answer` may be another function."""

    def __init__(self, beta, remember=None, answer=None, traced=lambda calls: 1):
        import keras  # noqa: PLC0415 - TensorFlow takes seconds

        self.beta, self.v, self.t, self.calls = beta, keras.ops.array(0.0), 0, 0
        self.remember = remember or (lambda self, v: self.beta * self.v + (1 - self.beta) * v)
        self.answer = answer or (lambda self: self.v / (1 - self.beta ** self._steps()))
        self.traced = traced

    def _steps(self):
        import keras  # noqa: PLC0415

        return keras.ops.array(float(self.t))

    def __call__(self, value):
        self.calls += 1
        self.t += 1
        self.v = self.remember(self, value)
        return self.answer(self)

    def experimental_get_tracing_count(self):
        return self.traced(self.calls)


def _expected(beta, values):
    """The averages by their weights."""
    answers = []
    for t in range(1, len(values) + 1):
        weights = beta ** np.arange(t - 1, -1, -1.0)
        answers.append(float(weights @ values[:t] / weights.sum()))
    return answers


@exercise(
    points=2,
    reference="dlcourse.kernels.tensorflow_by_hand:make_averager",
    returns_objects=True,
)
class MakeAverager:
    """A compiled function that remembers: a bias-corrected average."""

    hints = (
        "Python code inside of a tf.function runs once, when it is traced. What becomes of "
        "`t = t + 1` then, if t is a Python number?",
        "v and t as tf.Variable outside of the function; inside t.assign_add(1), v.assign(β v + "
        "(1 − β) value), return v / (1 − βᵗ).",
        "`v, t = tf.Variable(0.0), tf.Variable(0.0)`, then below `@tf.function` a function with "
        "`t.assign_add(1.0)`, `v.assign(beta * v + (1 - beta) * value)` and "
        "`return v / (1 - beta**t)`; return that function",
    )

    def test_averages(self, make_averager, rng):
        """Each answer is the average of all values so far, recent ones counting more."""
        values = rng.normal(5, 3, 6)
        answers, _ = given(make_averager(0.9), values)
        assert_close(answers, _expected(0.9, values), "the averages", tolerance=1e-3)

    def test_traced_once(self, make_averager, rng):
        """It is compiled: five calls, one trace."""
        _, count = given(make_averager(0.7), rng.normal(size=5))
        assert count is not None, "the function is not compiled: write @tf.function above it"
        assert count == 1, f"the function was traced {count} times for five tensors, expected once"

    def test_each_has_its_own_memory(self, make_averager):
        """A new average knows nothing of the one before."""
        first, second = make_averager(0.8), make_averager(0.8)
        answers = [given(first, [10.0])[0], given(second, [-4.0])[0], given(first, [10.0])[0]]
        assert_close(answers, [[10.0], [-4.0], [10.0]], "the answers", tolerance=1e-3)

    @mistake(
        "t is a Python number: it was 1 when the function was traced, and it stays 1 in the graph. "
        "Make it a tf.Variable and use assign_add."
    )
    def time_stands_still(beta):
        return _Average(beta, answer=lambda self: self.v / (1 - self.beta))

    @mistake("The function is not compiled. Write @tf.function above its definition.")
    def not_compiled(beta):
        average = _Average(beta)
        return lambda value: average(value)

    @mistake("The correction is missing: divide by 1 − βᵗ.")
    def not_corrected(beta):
        return _Average(beta, answer=lambda self: self.v)

    @mistake("The corrected average is fed back into the next one. Keep v as it is.")
    def corrected_kept(beta):
        def answer(self):
            self.v = self.v / (1 - self.beta ** self._steps())
            return self.v

        return _Average(beta, answer=answer)

    @mistake("The shares have changed places: β belongs to the old average.")
    def shares_swapped(beta):
        return _Average(beta, remember=lambda self, v: (1 - self.beta) * self.v + self.beta * v)

    @mistake(
        "Each call is traced again: the function is compiled anew within every call, or the tensor "
        "is made a Python number first."
    )
    def traced_every_time(beta):
        return _Average(beta, traced=lambda calls: calls)

    @mistake("v is a Python number, so that it begins at 0 in every call: make it a tf.Variable.")
    def forgets(beta):
        return _Average(beta, remember=lambda self, v: (1 - self.beta) * v)
