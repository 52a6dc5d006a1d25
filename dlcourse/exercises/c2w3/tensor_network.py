"""Exercises of c2w3: variables of a network, and its forward pass."""

import numpy as np

from dlcourse.grading import FLOAT32, assert_close, assert_shape, exercise, helper, mistake
from dlcourse.grading import standard_error as slack_of

__all__ = ["ForwardPropagation", "InitializeParameters"]


@helper
def arrays_of_variables(initialize, sizes, seed):
    """Names of what is no variable, and all values as arrays."""
    parameters = initialize(sizes, seed)
    values = {name: variable.numpy() for name, variable in parameters.items()}
    return [name for name, v in parameters.items() if not hasattr(v, "assign_sub")], values


def _variables(sizes, seed, **changed):
    """Parameters for the mistakes: deviation, values or biases may be others."""
    import keras  # noqa: PLC0415 - TensorFlow takes seconds

    deviation = changed.get("deviation", lambda n_in, n_out: (2 / (n_in + n_out)) ** 0.5)
    rng = np.random.default_rng(changed.get("seed", seed))
    keep = changed.get("keep", lambda array: keras.Variable(array.astype("float32")).value)
    parameters = {}
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
        if changed.get("again"):
            rng = np.random.default_rng(seed)
        shape = (n_in, n_out) if changed.get("transposed") else (n_out, n_in)
        W = changed.get("draw", rng.normal)(0, deviation(n_in, n_out), shape)
        bias = changed.get("bias", (n_out, 1))
        parameters[f"W{layer}"] = keep(W)
        parameters[f"b{layer}"] = keep(np.zeros(bias if isinstance(bias, tuple) else n_out))
    return parameters


@exercise(
    points=2,
    reference="dlcourse.kernels.tensorflow_by_hand:initialize_parameters",
    # what comes back are variables: helpers of the tests look at them
    may_be=("returns_its_input", "returns_a_constant"),
    returns_objects=True,
)
class InitializeParameters:
    """The variables of a network: Glorot's weights, and biases of zero."""

    hints = (
        "What can gradient descent move, a constant or a variable? And do two layers of the same "
        "size begin with the same numbers in your network?",
        "W of shape (n_out, n_in), normal with σ = √(2 / (n_in + n_out)); b zeros (n_out, 1); both "
        "as tf.Variable of float32.",
        "`generator = tf.random.Generator.from_seed(seed)` before the loop, then "
        "`tf.Variable(generator.normal((n_out, n_in), stddev=(2 / (n_in + n_out)) ** 0.5))` and "
        "`tf.Variable(tf.zeros((n_out, 1)))`",
    )

    def test_shapes(self, initialize_parameters):
        """The weights are (n_out, n_in), the biases (n_out, 1) zeros, and all are variables."""
        for sizes in ([4, 3, 2], [2, 5, 3, 6]):
            no_variables, values = arrays_of_variables(initialize_parameters, sizes, 1)
            assert not no_variables, f"{', '.join(no_variables)} should be tf.Variable"
            names = [f"{kind}{layer}" for layer in range(1, len(sizes)) for kind in "Wb"]
            assert set(values) == set(names), f"expected the keys {', '.join(names)}"
            for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
                assert_shape(values[f"W{layer}"], (n_out, n_in), f"W{layer}")
                zeros = np.zeros((n_out, 1), np.float32)
                assert_close(values[f"b{layer}"], zeros, f"b{layer}", FLOAT32)

    def test_spread(self, initialize_parameters):
        """Weights have mean 0 and Glorot's deviation, √(2 / (n_in + n_out))."""
        _, values = arrays_of_variables(initialize_parameters, [40, 160, 90], 2)
        for name, n_in, n_out in (("W1", 40, 160), ("W2", 160, 90)):
            W, deviation = values[name], (2 / (n_in + n_out)) ** 0.5
            assert_shape(W, (n_out, n_in), name)
            assert W.dtype == np.float32, f"{name} is {W.dtype}, expected float32"
            assert abs(W.mean()) < slack_of(deviation, W.size), f"the mean of {name} is {W.mean()}"
            assert abs(W.std() / deviation - 1) < 0.05, (
                f"the standard deviation of {name} is {W.std():.4f}, expected {deviation:.4f}"
            )
            assert len(np.unique(W)) > W.size / 2, f"the numbers of {name} repeat"

    def test_seeds(self, initialize_parameters):
        """Equal seeds, equal weights; other seeds, others; and each layer draws its own."""
        first, again, other = (
            arrays_of_variables(initialize_parameters, [6, 6, 6], seed)[1] for seed in (3, 3, 4)
        )
        assert_close(again["W1"], first["W1"], "W1 with the same seed", FLOAT32)
        assert np.any(other["W1"] != first["W1"]), "another seed gives the same W1"
        assert np.any(first["W1"] != first["W2"]), "W1 and W2 hold the same numbers"

    @mistake("These are constants. Only a tf.Variable can be moved by training.")
    def constants(sizes, seed):
        import keras  # noqa: PLC0415

        return _variables(sizes, seed, keep=lambda a: keras.ops.array(a.astype("float32")))

    @mistake("The spread is 1 everywhere. Glorot's is √(2 / (n_in + n_out)).")
    def spread_of_one(sizes, seed):
        return _variables(sizes, seed, deviation=lambda n_in, n_out: 1.0)

    @mistake("√(2 / n_in) is He's spread. Glorot's looks at both sides: √(2 / (n_in + n_out)).")
    def he(sizes, seed):
        return _variables(sizes, seed, deviation=lambda n_in, n_out: (2 / n_in) ** 0.5)

    @mistake("The root is missing: 2 / (n_in + n_out) is the variance.")
    def variance_for_deviation(sizes, seed):
        return _variables(sizes, seed, deviation=lambda n_in, n_out: 2 / (n_in + n_out))

    @mistake(
        "Every layer draws with the same seed, so layers of one shape get the same numbers: make "
        "one generator before the loop."
    )
    def layers_alike(sizes, seed):
        return _variables(sizes, seed, again=True)

    @mistake("The seed is not used: equal seeds should give equal networks, others other ones.")
    def seed_ignored(sizes, seed):
        return _variables(sizes, seed, seed=0)

    @mistake("The weights are (n_in, n_out). For W X with examples as columns: (n_out, n_in).")
    def transposed(sizes, seed):
        return _variables(sizes, seed, transposed=True)

    @mistake("The biases have one axis. Make them columns, (n_out, 1).")
    def flat_biases(sizes, seed):
        return _variables(sizes, seed, bias=None)

    @mistake("All weights are 0, and so all units of a layer stay alike for ever.")
    def zeros(sizes, seed):
        return _variables(sizes, seed, draw=lambda mean, deviation, shape: np.zeros(shape))


def _forward(X, parameters, hidden, last=lambda Z: Z, biases=True):
    import keras  # noqa: PLC0415

    A, layers = keras.ops.array(X), len(parameters) // 2
    for layer in range(1, layers + 1):
        Z = keras.ops.matmul(parameters[f"W{layer}"], A)
        Z = Z + parameters[f"b{layer}"] if biases else Z
        A = hidden(Z)
    return last(Z)


def _relu(Z):
    import keras  # noqa: PLC0415

    return keras.ops.relu(Z)


@exercise(points=2, reference="dlcourse.kernels.tensorflow_by_hand:forward_propagation")
class ForwardPropagation:
    """The forward pass, up to the scores."""

    hints = (
        "Which layers get a ReLU, and which one does not? How many layers are there?",
        "A⁰ = X; Zˡ = Wˡ Aˡ⁻¹ + bˡ, Aˡ = relu(Zˡ); return the last Z, without ReLU and softmax.",
        'in a loop over 1 … len(parameters) // 2: `Z = tf.matmul(parameters[f"W{l}"], A) + '
        'parameters[f"b{l}"]`, `A = tf.nn.relu(Z)`; after it `return Z`',
    )

    def test_by_hand(self, forward_propagation):
        """2 and −3 become 3 and −2, relu 3 and 0, scores −2 and −5."""
        one, minus_five = np.ones((1, 1), np.float32), np.full((1, 1), -5, np.float32)
        parameters = {"W1": one, "b1": one, "W2": one, "b2": minus_five}
        found = forward_propagation(np.array([[2, -3]], np.float32), parameters)
        assert_close(found, np.array([[-2, -5]], np.float32), "the scores", FLOAT32)

    def test_any_depth(self, forward_propagation, rng):
        """Networks of one to four layers agree with NumPy."""
        for sizes in ([3, 2], [3, 4, 2], [2, 4, 3, 5, 4]):
            X, parameters = rng.normal(size=(sizes[0], 6)).astype("float32"), {}
            A = X
            for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
                W = rng.normal(size=(n_out, n_in)).astype("float32")
                b = rng.normal(size=(n_out, 1)).astype("float32")
                parameters |= {f"W{layer}": W, f"b{layer}": b}
                Z = W @ A + b
                A = np.maximum(Z, 0)
            found = forward_propagation(X, parameters)
            assert_close(found, Z, f"the scores of {len(sizes) - 1} layers", 10 * FLOAT32)

    @mistake("The scores went through ReLU as well: the last layer has no activation.")
    def relu_at_the_end(X, parameters):
        return _forward(X, parameters, _relu, last=_relu)

    @mistake("You return probabilities. The softmax belongs to the loss: return the scores Z.")
    def softmax_at_the_end(X, parameters):
        import keras  # noqa: PLC0415

        def last(Z):
            powers = keras.ops.exp(Z - keras.ops.max(Z, axis=0))
            return powers / keras.ops.sum(powers, axis=0)

        return _forward(X, parameters, _relu, last=last)

    @mistake("There is no activation in the hidden layers: all of them together are one layer.")
    def no_activation(X, parameters):
        return _forward(X, parameters, lambda Z: Z)

    @mistake("The hidden layers use a sigmoid. ReLU is asked for.")
    def sigmoid_inside(X, parameters):
        import keras  # noqa: PLC0415

        return _forward(X, parameters, keras.ops.sigmoid)

    @mistake("The biases are missing: Z = W A + b.")
    def without_biases(X, parameters):
        return _forward(X, parameters, _relu, biases=False)

    @mistake("You stop after two layers. The number of layers is len(parameters) // 2.")
    def two_layers(X, parameters):
        first = {name: parameters[name] for name in ("W1", "b1", "W2", "b2")}
        return _forward(X, first, _relu)
