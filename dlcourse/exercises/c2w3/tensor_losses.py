"""Exercises of c2w3: the loss of a batch in TensorFlow, its gradients and a step."""

import math

import numpy as np

from dlcourse.exercises.c2w3.batch_norm_oracle import slopes
from dlcourse.grading import FLOAT32, assert_close, exercise, helper, mistake

__all__ = ["ComputeGradients", "ComputeTotalLoss", "UpdateParameters"]


@helper
def with_variables(compute, X, Y, parameters):
    """Cost and gradients where the parameters are variables."""
    import keras  # noqa: PLC0415 - a helper travels as source

    variables = {name: keras.Variable(value).value for name, value in parameters.items()}
    return compute(X, Y, variables)


@helper
def moved(update, parameters, grads, rates):
    """What update gives, and the same variables after steps with these rates."""
    import keras  # noqa: PLC0415

    variables = {name: keras.Variable(value).value for name, value in parameters.items()}
    tensors = {name: keras.ops.convert_to_tensor(value) for name, value in grads.items()}
    same = dict(variables)
    for rate in rates:
        update(variables, tensors, rate)
    return {name: variable.numpy() for name, variable in same.items()}


def _losses(logits, labels):
    """One loss for each column, for scores that do no harm."""
    return [
        math.log(math.fsum([math.exp(z) for z in column])) - float(column @ label)
        for column, label in zip(logits.T, labels.T, strict=True)
    ]


def _cost(X, Y, W1, b1, W2, b2):
    return math.fsum(_losses(W2 @ np.maximum(W1 @ X + b1, 0) + b2, Y)) / X.shape[1]


def _total(logits, labels, axis=0, from_logits=True):
    """Sum of the losses with keras.ops, for the mistakes."""
    import keras  # noqa: PLC0415 - TensorFlow takes seconds

    ops = keras.ops
    losses = ops.categorical_crossentropy(labels, logits, from_logits=from_logits, axis=axis)
    return ops.sum(losses)


def _by_hand():
    from dlcourse.kernels import tensorflow_by_hand  # noqa: PLC0415

    return tensorflow_by_hand


@exercise(points=2, reference="dlcourse.kernels.tensorflow_by_hand:compute_total_loss")
class ComputeTotalLoss:
    """The sum of the losses of a batch, from its scores."""

    hints = (
        "TensorFlow's losses have the classes along the last axis. Where are they in your arrays? "
        "And are your logits probabilities already?",
        "Σ over the examples of −Σ_c y log softmax(z): transpose both, from_logits=True, sum.",
        "`losses = tf.nn.softmax_cross_entropy_with_logits(labels=tf.transpose(labels), "
        "logits=tf.transpose(logits))`, `return tf.reduce_sum(losses)`",
    )

    def test_nothing_known(self, compute_total_loss):
        """Equal scores of C classes cost log C for each example."""
        for C, m in ((6, 2), (3, 5)):
            labels = np.eye(C, dtype="float32")[:, np.arange(m) % C]
            found = compute_total_loss(np.zeros((C, m), np.float32), labels)
            assert_close(found, np.float32(m * math.log(C)), "the total loss", FLOAT32)

    def test_against_numpy(self, compute_total_loss, rng):
        """As many examples as classes, with all kinds of scores."""
        logits = rng.normal(0, 2, size=(4, 4)).astype("float32")
        labels = np.eye(4, dtype="float32")[:, [2, 0, 2, 1]]
        expected = np.float32(math.fsum(_losses(logits.astype("float64"), labels)))
        found = compute_total_loss(logits, labels)
        assert_close(found, expected, "the total loss", 10 * FLOAT32)

    def test_hopeless(self, compute_total_loss):
        """A score 200 below the best costs 200."""
        logits = np.array([[100, 0], [-100, 0]], np.float32)
        labels = np.array([[0, 1], [1, 0]], np.float32)
        expected = np.float32(200 + math.log(2))
        assert_close(compute_total_loss(logits, labels), expected, "the total loss", FLOAT32)

    @mistake(
        "The softmax goes along the examples. TensorFlow wants the classes last: transpose the "
        "logits and the labels."
    )
    def not_transposed(logits, labels):
        return _total(logits, labels, axis=-1)

    @mistake("That is the mean. The total is asked for, the sum over the examples.")
    def averaged(logits, labels):
        return _total(logits, labels) / logits.shape[1]

    @mistake("Scores are taken for probabilities. Say from_logits=True.")
    def scores_as_probabilities(logits, labels):
        return _total(logits, labels, from_logits=False)

    @mistake("Softmax is applied twice: from_logits=True does it already.")
    def softmax_twice(logits, labels):
        import keras  # noqa: PLC0415

        # written out: Keras notices a softmax before the loss, and undoes it
        powers = keras.ops.exp(logits - keras.ops.max(logits, axis=0))
        return _total(powers / keras.ops.sum(powers, axis=0), labels)

    @mistake("Logits and labels have changed places.")
    def swapped(logits, labels):
        return _total(labels, logits)

    @mistake("One loss for each example comes back. Add them up with tf.reduce_sum.")
    def not_summed(logits, labels):
        import keras  # noqa: PLC0415

        return keras.ops.categorical_crossentropy(labels, logits, from_logits=True, axis=0)

    @mistake("That is a sigmoid for each class. One class excludes the others: softmax.")
    def sigmoids(logits, labels):
        import keras  # noqa: PLC0415

        return keras.ops.sum(keras.ops.binary_crossentropy(labels, logits, from_logits=True))


@exercise(
    points=3,
    reference="dlcourse.kernels.tensorflow_by_hand:compute_gradients",
    # its parameters are variables, which helpers of the tests make
    may_be=("returns_its_input", "returns_a_constant"),
)
class ComputeGradients:
    """The cost of a batch and its gradients, by a tape."""

    hints = (
        "What must happen while the tape runs, so that it knows the way from the parameters to the "
        "cost? And whose gradients are you asking for?",
        "cost = total loss / m, computed within the tape; dW = tape.gradient(cost, W) for every "
        "parameter.",
        "within `with tf.GradientTape() as tape:` put `cost = compute_total_loss("
        "forward_propagation(X, parameters), Y) / X.shape[1]`; then `tape.gradient(cost, "
        'parameters)`, a dictionary; return cost and `{"d" + name: …}`',
    )

    @staticmethod
    def batch(rng, m):
        """Examples, labels and a network whose hidden units are not at their corner."""
        shapes = {"W1": (4, 3), "b1": (4, 1), "W2": (2, 4), "b2": (2, 1)}
        parameters = {n: rng.normal(size=s).astype("float32") for n, s in shapes.items()}
        while True:
            X = rng.normal(size=(3, m)).astype("float32")
            if np.abs(parameters["W1"] @ X + parameters["b1"]).min() > 1e-3:
                break
        return X, np.eye(2, dtype="float32")[:, rng.permutation(m) % 2], parameters

    def test_cost(self, compute_gradients, rng):
        """The cost is the mean of the losses."""
        for m in (4, 7):
            X, Y, parameters = self.batch(rng, m)
            result = with_variables(compute_gradients, X, Y, parameters)
            assert isinstance(result, tuple | list) and len(result) == 2, "return (cost, grads)"
            expected = np.float32(_cost(X, Y, *parameters.values()))
            assert_close(result[0], expected, f"the cost of {m} examples", 10 * FLOAT32)

    def test_gradients(self, compute_gradients, rng):
        """The gradients agree with central differences."""
        X, Y, parameters = self.batch(rng, 5)
        result = with_variables(compute_gradients, X, Y, parameters)
        assert isinstance(result, tuple | list) and len(result) == 2, "return (cost, grads)"
        exact = {name: value.astype("float64") for name, value in parameters.items()}
        expected = {}
        for name, value in exact.items():

            def cost(array, name=name):
                return _cost(X, Y, *(exact | {name: array}).values())

            expected[f"d{name}"] = slopes(cost, value).astype("float32")
        assert_close(result[1], expected, "grads", tolerance=1e-4)

    @mistake("The total is not divided by the number of examples: cost = total loss / m.")
    def total(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        m = X.shape[1]
        return cost * m, {name: m * grad for name, grad in grads.items()}

    @mistake(
        "The gradients are those of the total, the cost is the mean: divide by m while the tape is "
        "running."
    )
    def divided_after_the_tape(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        return cost, {name: X.shape[1] * grad for name, grad in grads.items()}

    @mistake(
        "All gradients are None: the cost was computed outside of the tape, or with NumPy on the "
        "way. Everything from the parameters to the cost belongs into the with block."
    )
    def nothing_recorded(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        return cost, dict.fromkeys(grads)

    @mistake('The keys are those of the parameters. The gradients are called "dW1", "db1", …')
    def names_of_the_parameters(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        return cost, {name[1:]: grad for name, grad in grads.items()}

    @mistake("Only the weights have gradients. Ask the tape for all parameters.")
    def biases_forgotten(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        return cost, {name: grad for name, grad in grads.items() if name[1] == "W"}

    @mistake("The signs are wrong. The gradient is returned as it is; the step subtracts it.")
    def negative(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        return cost, {name: -grad for name, grad in grads.items()}

    @mistake("The result is a list in the order of the parameters. Return a dictionary.")
    def as_a_list(X, Y, parameters):
        cost, grads = _by_hand().compute_gradients(X, Y, parameters)
        return cost, list(grads.values())


@exercise(
    points=1,
    reference="dlcourse.kernels.tensorflow_by_hand:update_parameters",
    may_be=("returns_its_input", "returns_a_constant"),
)
class UpdateParameters:
    """One step of gradient descent, in place."""

    hints = (
        "After the step the *same* variables must hold other numbers. What does `W = W - …` make "
        "of a variable?",
        "W ← W − α dW by assign_sub, for every parameter.",
        '`for name, variable in parameters.items(): variable.assign_sub(learning_rate * grads["d" '
        "+ name])`",
    )

    @staticmethod
    def network(rng):
        """Parameters and gradients of two layers."""
        shapes = {"W1": (2, 3), "b1": (2, 1), "W2": (1, 2), "b2": (1, 1)}
        parameters = {n: rng.normal(size=s).astype("float32") for n, s in shapes.items()}
        grads = {f"d{n}": rng.normal(size=s).astype("float32") for n, s in shapes.items()}
        return parameters, grads

    def test_one_step(self, update_parameters, rng):
        """The variables that were passed in have moved, each by its own gradient."""
        for rate in (0.5, 0.1):
            parameters, grads = self.network(rng)
            expected = {n: w - np.float32(rate) * grads[f"d{n}"] for n, w in parameters.items()}
            found = moved(update_parameters, parameters, grads, [rate])
            assert_close(found, expected, "the parameters", FLOAT32)

    def test_two_steps(self, update_parameters, rng):
        """The second step goes on where the first has ended."""
        parameters, grads = self.network(rng)
        expected = {n: w - np.float32(0.3) * grads[f"d{n}"] for n, w in parameters.items()}
        found = moved(update_parameters, parameters, grads, [0.2, 0.1])
        assert_close(found, expected, "the parameters", 10 * FLOAT32)

    @mistake(
        "The variables are as before: `W = W - …` makes a new tensor and leaves the variable "
        "alone. Use assign_sub."
    )
    def new_tensors(parameters, grads, learning_rate):
        return {n: w - learning_rate * grads[f"d{n}"] for n, w in parameters.items()}

    @mistake("The parameters climb. Subtract the gradients: assign_sub.")
    def added(parameters, grads, learning_rate):
        for name, variable in parameters.items():
            variable.assign_add(learning_rate * grads[f"d{name}"])

    @mistake("The learning rate is missing.")
    def without_rate(parameters, grads, learning_rate):
        for name, variable in parameters.items():
            variable.assign_sub(grads[f"d{name}"])

    @mistake("Only the weights have moved. The biases learn as well.")
    def only_weights(parameters, grads, learning_rate):
        for name, variable in parameters.items():
            if name[0] == "W":
                variable.assign_sub(learning_rate * grads[f"d{name}"])

    @mistake("assign puts the step in the place of the parameter. Subtract it: assign_sub.")
    def step_assigned(parameters, grads, learning_rate):
        for name, variable in parameters.items():
            variable.assign(-learning_rate * grads[f"d{name}"])
