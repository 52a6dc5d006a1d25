"""Exercise of c2w3: Adam as an optimizer of Keras."""

import numpy as np

from dlcourse.grading import assert_close, exercise, helper, mistake

__all__ = ["Adam"]


@helper
def path(optimizer, start, gradients):
    """The variables after every step; gradients is a list of steps, each a list of arrays."""
    import keras  # noqa: PLC0415 - a helper travels as source

    variables = [keras.Variable(array) for array in start]
    points = []
    for step in gradients:
        optimizer.apply([keras.ops.array(gradient) for gradient in step], variables)
        # rounded: the same formula in another order is another last digit
        points.append([variable.numpy().round(3) for variable in variables])
    return points


@helper
def rebuilt(optimizer, start, gradients):
    """Where a copy made from the configuration goes."""
    import keras  # noqa: PLC0415

    copy = type(optimizer).from_config(optimizer.get_config())
    variable = keras.Variable(start)
    for gradient in gradients:
        copy.apply([keras.ops.array(gradient)], [variable])
    return variable.numpy().round(3)


@helper
def remembered(optimizer, start):
    """Shapes of all variables of an optimizer that has made one step."""
    import keras  # noqa: PLC0415

    optimizer.apply([keras.ops.ones(start.shape)], [keras.Variable(start)])
    return [tuple(variable.shape) for variable in optimizer.variables]


def _adam(settings, options, **changed):
    """An optimizer for the mistakes, in which one thing is different."""
    import keras  # noqa: PLC0415 - TensorFlow takes seconds

    ops = keras.ops
    correct = changed.get("correct", lambda beta, t: 1 - ops.power(beta, t))

    class Adam(keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **options):
            super().__init__(learning_rate=learning_rate, **options)
            self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

        def build(self, variables):
            super().build(variables)
            new = changed.get("new", self.add_variable_from_reference)
            self.v = [new(w, "v") for w in variables]
            self.s = [new(w, "s") for w in variables]

        def update_step(self, gradient, variable, learning_rate):
            i = changed.get("index", self._get_variable_index)(variable)
            t = ops.cast(self.iterations + changed.get("first", 1), "float32")
            v, s = self.v[i], self.s[i]
            square = gradient if changed.get("not_squared") else ops.square(gradient)
            v_now = self.beta_1 * v + (1 - self.beta_1) * gradient
            s_now = self.beta_2 * s + (1 - self.beta_2) * square
            if changed.get("plain"):
                self.v[i], self.s[i] = v_now, s_now
            elif not changed.get("forgets"):
                v.assign(v_now)
                s.assign(s_now)
            v_hat = v_now / correct(self.beta_1, t)
            s_hat = s_now / correct(self.beta_2, t)
            root = changed.get("root", lambda s: ops.sqrt(ops.abs(s)))
            rate = changed.get("rate", learning_rate)
            step = rate * v_hat / (root(s_hat) + self.epsilon)
            variable.assign(variable + changed.get("sign", -1) * step)

        def get_config(self):
            own = {"beta_1": self.beta_1, "beta_2": self.beta_2, "epsilon": self.epsilon}
            return {**super().get_config(), **changed.get("config", own)}

    return Adam(*settings, **options)


def _expected(start, gradients, rate, beta_1, beta_2):
    """Adam in NumPy, for one variable: all points."""
    w, v, s, points = np.array(start, float), 0.0, 0.0, []
    for t, gradient in enumerate(gradients, start=1):
        v = beta_1 * v + (1 - beta_1) * gradient
        s = beta_2 * s + (1 - beta_2) * np.square(gradient)
        w = w - rate * v / (1 - beta_1**t) / (np.sqrt(s / (1 - beta_2**t)) + 1e-7)
        points.append(w)
    return points


@exercise(
    points=4,
    reference="dlcourse.optimizers.adam:Adam",
    returns_objects=True,
)
class Adam:
    """Adam as an optimizer of Keras."""

    hints = (
        "What has to be remembered for every variable, and where, so that a compiled training "
        "keeps it? And which step is it, if self.iterations is 0 during the first?",
        "v ← β₁ v + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², t = iterations + 1, "
        "w ← w − α · v/(1 − β₁ᵗ) / (√(s/(1 − β₂ᵗ)) + ε).",
        "in build: `super().build(variables)` and a list of `self.add_variable_from_reference(w, "
        '"v")`; in update_step: `i = self._get_variable_index(variable)`, `self.v[i].assign(…)`, '
        "`t = keras.ops.cast(self.iterations + 1, variable.dtype)`, and "
        "`variable.assign_sub(learning_rate * v_hat / (keras.ops.sqrt(s_hat) + self.epsilon))`",
    )

    def test_first_steps(self, Adam):
        """On a steady slope, steep or flat, every step is one learning rate long."""
        start, gradient = np.array([1.0, 1.0], "float32"), np.array([300.0, -0.5], "float32")
        for rate in (0.5, 0.125):
            found = path(Adam(rate), [start], [[gradient]] * 3)
            expected = [[start + rate * k * np.array([-1, 1])] for k in (1, 2, 3)]
            assert_close(found, expected, "the points", tolerance=1e-3)

    def test_twenty_steps(self, Adam, rng):
        """Twenty random gradients for two variables: the same points as by the formula."""
        start = [rng.normal(size=s).astype("float32") for s in ((2, 3), (4,))]
        many = [[rng.normal(size=a.shape).astype("float32") for a in start] for _ in range(20)]
        for betas, gradients in (((0.9, 0.999), many), ((0.6, 0.95), many[:4])):
            found = path(Adam(0.1, *betas), start, gradients)
            each = [
                _expected(array, [step[i] for step in gradients], 0.1, *betas)
                for i, array in enumerate(start)
            ]
            expected = [list(points) for points in zip(*each, strict=True)]
            assert_close(found, expected, "the points", tolerance=1e-3)

    def test_no_slope(self, Adam):
        """A variable that never had a gradient stays where it is, and is no NaN."""
        zero = np.zeros(2, "float32")
        found = path(Adam(0.1), [zero + 3], [[zero]] * 2)
        assert_close(found, [[zero + 3]] * 2, "the points", tolerance=1e-5)

    def test_configuration(self, Adam, rng):
        """A copy made from get_config goes the same way."""
        gradients = [rng.normal(size=3).astype("float32") for _ in range(4)]
        start = np.zeros(3, "float32")
        found = rebuilt(Adam(0.2, beta_1=0.5, beta_2=0.7), start, gradients)
        expected = _expected(start, gradients, 0.2, 0.5, 0.7)[-1]
        assert_close(found, expected, "the point after four steps", tolerance=1e-3)

    def test_memory(self, Adam):
        """What it remembers lies in variables, so that a compiled training keeps it."""
        for size in (3, 5):
            shapes = remembered(Adam(0.1), np.zeros((size, 2), "float32"))
            assert shapes.count((size, 2)) >= 2, (
                f"after a step on a ({size}, 2) variable the optimizer has variables of the "
                f"shapes {shapes}; v and s should be among them"
            )

    @mistake("Nothing is corrected: divide v by 1 − β₁ᵗ and s by 1 − β₂ᵗ.")
    def no_correction(*settings, **options):
        return _adam(settings, options, correct=lambda beta, t: 1.0)

    @mistake("The corrections are 1 − β, and do not fade. They are 1 − βᵗ.")
    def power_forgotten(*settings, **options):
        return _adam(settings, options, correct=lambda beta, t: 1 - beta)

    @mistake("self.iterations is 0 during the first step, so 1 − β⁰ divides by 0: t is one more.")
    def counted_from_zero(*settings, **options):
        return _adam(settings, options, first=0)

    @mistake("t is one too large: it is self.iterations + 1.")
    def counted_from_two(*settings, **options):
        return _adam(settings, options, first=2)

    @mistake("s averages the squares of the gradients. The square is missing.")
    def not_squared(*settings, **options):
        return _adam(settings, options, not_squared=True)

    @mistake("The root is missing: the divisor is √ŝ + ε.")
    def no_root(*settings, **options):
        return _adam(settings, options, root=lambda s: s)

    @mistake("The step goes uphill. Subtract it.")
    def uphill(*settings, **options):
        return _adam(settings, options, sign=1)

    @mistake(
        "All variables share one memory. Each has its own: self.v[self._get_variable_index("
        "variable)]."
    )
    def one_memory(*settings, **options):
        return _adam(settings, options, index=lambda variable: 0)

    @mistake("v and s are forgotten after the step. Assign the new averages to the variables.")
    def forgets(*settings, **options):
        return _adam(settings, options, forgets=True)

    @mistake(
        "v and s are tensors and no variables. A compiled training forgets them, and they are not "
        "saved: make them with self.add_variable_from_reference, and assign."
    )
    def memory_of_its_own(*settings, **options):
        import keras  # noqa: PLC0415

        def new(variable, name):
            return keras.ops.zeros_like(variable.value)

        return _adam(settings, options, new=new, plain=True)

    @mistake("The learning rate of the argument is not used.")
    def rate_ignored(*settings, **options):
        return _adam(settings, options, rate=0.001)

    @mistake("get_config does not tell beta_1, beta_2 and epsilon: add them to super()'s.")
    def config_forgets(*settings, **options):
        return _adam(settings, options, config={})
