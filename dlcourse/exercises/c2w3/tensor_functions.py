"""Exercises of c2w3: first functions of tensors."""

import numpy as np

from dlcourse.grading import FLOAT32, assert_close, exercise, mistake

__all__ = ["LinearFunction", "OneHotMatrix", "Sigmoid"]


def _ops():
    import keras  # noqa: PLC0415 - TensorFlow takes seconds

    return keras.ops


def _arrays(rng, *shapes):
    return [rng.normal(size=shape).astype("float32") for shape in shapes]


@exercise(points=1, reference="dlcourse.kernels.tensorflow_by_hand:linear_function")
class LinearFunction:
    """W X + b with tensors."""

    hints = (
        "Is it the product of each number with its partner, or of rows with columns?",
        "Y = W X + b: a matrix product, and b is added to every column.",
        "`return tf.matmul(W, X) + b`",
    )

    def test_by_hand(self, linear_function):
        """A row times a column: 1 · 3 + 2 · 4 + ½ = 11.5."""
        W, X, b = (np.array(a, np.float32) for a in ([[1, 2]], [[3], [4]], [[0.5]]))
        assert_close(linear_function(W, X, b), np.array([[11.5]], np.float32), "W X + b", FLOAT32)

    def test_matrices(self, linear_function, rng):
        """Every entry is the sum over a row of W and a column of X, for any number of examples."""
        for m in (3, 5):
            W, X, b = _arrays(rng, (3, 3), (3, m), (3, 1))
            expected = np.array(
                [[sum(W[i] * X[:, j]) + b[i, 0] for j in range(m)] for i in range(3)]
            )
            assert_close(linear_function(W, X, b), expected, "W X + b", 10 * FLOAT32)

    @mistake("`*` multiplies entry by entry. The matrix product is tf.matmul, or @.")
    def entry_by_entry(W, X, b):
        return _ops().multiply(W, X) + b

    @mistake("X W is another product. The weights stand on the left: W X.")
    def the_other_way_round(W, X, b):
        return _ops().matmul(X, W) + b

    @mistake("The biases are missing: W X + b.")
    def without_b(W, X, b):
        return _ops().matmul(W, X)

    @mistake("W is transposed. Its rows belong to the units already: W X.")
    def transposed(W, X, b):
        return _ops().matmul(_ops().transpose(W), X) + b

    @mistake("b is added along the examples. It is a column (n, 1): leave it as it is.")
    def b_along_the_examples(W, X, b):
        return _ops().matmul(W, X) + _ops().transpose(b)


@exercise(points=1, reference="dlcourse.kernels.tensorflow_by_hand:sigmoid")
class Sigmoid:
    """The sigmoid of a tensor, in single precision."""

    hints = (
        "TensorFlow never changes a type by itself. Which type has tf.constant(0), and what does "
        "tf.sigmoid say to it?",
        "Cast to float32 first; then 1 / (1 + e^−z), which TensorFlow has.",
        "`return tf.sigmoid(tf.cast(z, tf.float32))`",
    )

    def test_whole_numbers(self, sigmoid):
        """Whole numbers are taken too: σ(0) = ½, and three of them at once."""
        assert_close(sigmoid(0), np.float32(0.5), "the sigmoid of 0", FLOAT32)
        expected = (1 / (1 + np.exp([1.0, -2.0, 0.0]))).astype("float32")
        assert_close(sigmoid(np.array([-1, 2, 0])), expected, "the sigmoid", FLOAT32)

    def test_single_precision(self, sigmoid, rng):
        """Whatever comes in, float32 comes out."""
        z = rng.normal(0, 3, size=(2, 4))
        found = sigmoid(z)
        assert getattr(found, "dtype", None) == np.float32, (
            f"the result is {getattr(found, 'dtype', type(found))}, expected float32"
        )
        assert_close(found, (1 / (1 + np.exp(-z))).astype("float32"), "the sigmoid", FLOAT32)

    def test_far_out(self, sigmoid):
        """Far from 0 it is 0 or 1 and no NaN."""
        expected = np.array([0.0, 1.0], np.float32)
        assert_close(sigmoid(np.array([-1000.0, 1000.0])), expected, "the sigmoid", FLOAT32)

    @mistake("e^z / (1 + e^z) is ∞ / ∞ for large z. Use tf.sigmoid, or e^−z.")
    def overflows(z):
        power = _ops().exp(_ops().cast(z, "float32"))
        return power / (1 + power)

    @mistake("The sign of the exponent is wrong: 1 / (1 + e^−z).")
    def mirrored(z):
        return _ops().sigmoid(-_ops().cast(z, "float32"))

    @mistake("That is tanh, from −1 to 1. The sigmoid goes from 0 to 1.")
    def hyperbolic(z):
        return _ops().tanh(_ops().cast(z, "float32"))

    @mistake("That is the derivative of the sigmoid: return σ(z) itself.")
    def derivative(z):
        s = _ops().sigmoid(_ops().cast(z, "float32"))
        return s * (1 - s)

    @mistake("Double precision comes out. Cast to tf.float32.")
    def double_precision(z):
        return _ops().sigmoid(_ops().cast(z, "float64"))

    @mistake("ReLU is no sigmoid: 1 / (1 + e^−z).")
    def rectified(z):
        return _ops().relu(_ops().cast(z, "float32"))


@exercise(points=1, reference="dlcourse.kernels.tensorflow_by_hand:one_hot_matrix")
class OneHotMatrix:
    """One-hot columns of labels."""

    hints = (
        "Each label becomes a column here. Along which axis do the classes lie?",
        "Entry [c, i] is 1 where labels[i] = c, else 0; shape (depth, m).",
        "`return tf.one_hot(labels, depth, axis=0)`",
    )

    def test_by_hand(self, one_hot_matrix):
        """The labels 1, 0, 3 of four classes."""
        expected = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1]], np.float32)
        found = one_hot_matrix(np.array([1, 0, 3]), 4)
        assert_close(found, expected, "the columns", FLOAT32)

    def test_as_many_labels_as_classes(self, one_hot_matrix, rng):
        """Column i belongs to label i, in a square matrix too, or where a class does not occur."""
        for depth in (5, 7):
            labels = np.array([2, 0, 4, 1, 0])
            expected = np.zeros((depth, 5), np.float32)
            for i, label in enumerate(labels):
                expected[label, i] = 1
            assert_close(one_hot_matrix(labels, depth), expected, "the columns", FLOAT32)

    @mistake("The labels lie along the rows. Here examples are columns: axis=0.")
    def rows(labels, depth):
        return _ops().one_hot(labels, depth)

    @mistake("Whole numbers come out. A loss needs float32.")
    def whole_numbers(labels, depth):
        return _ops().transpose(_ops().one_hot(labels, depth, dtype="int32"))

    @mistake("The classes are counted from 1. Label 0 has its 1 in the first row.")
    def counted_from_one(labels, depth):
        return _ops().transpose(_ops().one_hot(labels - 1, depth))

    @mistake(
        "There are as many rows as the largest label asks for. A class may be missing in a batch: "
        "use depth."
    )
    def depth_guessed(labels, depth):
        return _ops().transpose(_ops().one_hot(labels, int(labels.max()) + 1))

    @mistake("0 and 1 have changed places.")
    def one_cold(labels, depth):
        return 1 - _ops().transpose(_ops().one_hot(labels, depth))
