"""Activations against Keras, central differences and their own algebra."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dlcourse.scratch import activations
from dlcourse.scratch.activations import ELEMENTWISE

FLOAT64 = 1e-7
FLOAT32 = 1e-5
EXTREME = np.array([-1e4, -800.0, -50.0, -1e-8, 0.0, 1e-8, 50.0, 800.0, 1e4])
SMOOTH = ("linear", "sigmoid", "tanh", "softplus")
KERAS = {
    "linear": keras.activations.linear,
    "sigmoid": keras.activations.sigmoid,
    "tanh": keras.activations.tanh,
    "relu": keras.activations.relu,
    "leaky_relu": lambda z: keras.activations.leaky_relu(z, negative_slope=0.01),
    "elu": keras.activations.elu,
    "softplus": keras.activations.softplus,
}

finite = st.floats(-1e4, 1e4, allow_nan=False)
vectors = hnp.arrays(np.float64, st.integers(1, 8), elements=finite)
matrices = hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2), elements=finite)


def differences(function, z, epsilon=1e-6):
    return (function(z + epsilon) - function(z - epsilon)) / (2 * epsilon)


@pytest.fixture(autouse=True)
def no_floating_point_warning():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield


@pytest.mark.parametrize("name", KERAS)
def test_elementwise_equals_keras(name):
    z = np.concatenate([np.linspace(-6, 6, 25), EXTREME]).astype(np.float32)
    actual = ELEMENTWISE[name][0](z)
    assert actual.dtype == np.float32
    expected = keras.ops.convert_to_numpy(KERAS[name](keras.ops.convert_to_tensor(z)))
    np.testing.assert_allclose(actual, expected, rtol=FLOAT32, atol=FLOAT32)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivative_equals_central_differences(name):
    function, derivative = ELEMENTWISE[name]
    # a grid without 0, where step and the rectifiers have a kink
    z = np.linspace(-5, 5, 40)
    approximation = differences(function, z)
    exact = derivative(z)
    size = np.linalg.norm(approximation) + np.linalg.norm(exact)
    assert np.linalg.norm(approximation - exact) <= 1e-7 * size


@pytest.mark.parametrize(
    ("name", "value", "slope"),
    [
        ("step", 1.0, 0.0),
        ("linear", 0.0, 1.0),
        ("sigmoid", 0.5, 0.25),
        ("tanh", 0.0, 1.0),
        ("relu", 0.0, 0.0),
        ("leaky_relu", 0.0, 0.01),
        ("elu", 0.0, 1.0),
        ("softplus", np.log(2), 0.5),
    ],
)
def test_conventions_at_zero(name, value, slope):
    function, derivative = ELEMENTWISE[name]
    assert float(function(0.0)) == pytest.approx(value, abs=1e-15)
    assert float(derivative(0.0)) == pytest.approx(slope, abs=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_extreme_inputs_stay_finite_and_keep_dtype_and_shape(name, dtype):
    z = EXTREME.astype(dtype).reshape(3, 3)
    before = z.copy()
    for function in ELEMENTWISE[name]:
        result = function(z)
        assert np.isfinite(result).all()
        assert result.dtype == dtype
        assert result.shape == z.shape
        assert not np.shares_memory(result, z)
    assert np.array_equal(z, before)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_integers_become_float64(name):
    for function in ELEMENTWISE[name]:
        assert function(np.array([-2, 0, 3])).dtype == np.float64


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_not_a_number_is_never_hidden_by_the_function(name):
    with np.errstate(invalid="ignore"):
        assert np.isnan(ELEMENTWISE[name][0](np.array([np.nan]))).all()


@given(vectors)
def test_tanh_is_a_rescaled_sigmoid(z):
    np.testing.assert_allclose(
        activations.tanh(z), 2 * activations.sigmoid(2 * z) - 1, atol=FLOAT64
    )


@given(vectors)
def test_sigmoid_is_symmetric_about_one_half(z):
    total = activations.sigmoid(z) + activations.sigmoid(-z)
    np.testing.assert_allclose(total, 1.0, atol=1e-15)


def test_sigmoid_derivative_keeps_its_digits_in_both_tails():
    # exp(-40) (1 + O(exp(-40))): s (1 - s) computed naively gives 0 on the right
    slopes = activations.sigmoid_derivative(np.array([-40.0, 40.0]))
    np.testing.assert_allclose(slopes, np.exp(-40.0), rtol=1e-12)


@given(vectors)
def test_sigmoid_derivative_is_s_times_one_minus_s_and_at_most_a_quarter(z):
    s = activations.sigmoid(z)
    slopes = activations.sigmoid_derivative(z)
    np.testing.assert_allclose(slopes, s * (1 - s), atol=1e-15)
    assert (slopes <= 0.25).all()


@given(vectors)
def test_softplus_lies_above_relu_by_at_most_log_two(z):
    gap = activations.softplus(z) - activations.relu(z)
    assert (gap >= 0).all()
    assert (gap <= np.log(2) + 1e-12).all()


@pytest.mark.parametrize("name", sorted(set(ELEMENTWISE) - {"step"}))
@given(z=vectors)
def test_no_activation_ever_decreases(name, z):
    z = np.sort(z)
    assert (np.diff(ELEMENTWISE[name][0](z)) >= -1e-11).all()


@pytest.mark.parametrize("slope", [0.0, 0.2])
def test_slopes_other_than_the_default(slope):
    z = np.array([-2.0, 3.0])
    assert activations.leaky_relu(z, slope).tolist() == [-2 * slope, 3.0]
    assert activations.leaky_relu_derivative(z, slope).tolist() == [slope, 1.0]
    np.testing.assert_allclose(
        activations.elu_derivative(z, alpha=slope),
        differences(lambda v: activations.elu(v, alpha=slope), z),
        atol=FLOAT64,
    )


# --- softmax and hardmax -------------------------------------------------------------------------


@given(matrices, st.sampled_from([0, 1]))
def test_softmax_is_a_distribution(z, axis):
    probabilities = activations.softmax(z, axis=axis)
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=axis), 1.0, atol=1e-12)


@given(matrices, st.floats(-100, 100))
def test_softmax_ignores_a_common_shift(z, shift):
    # z + shift itself rounds by about 1e-12 here, hence not an exact comparison
    np.testing.assert_allclose(activations.softmax(z + shift), activations.softmax(z), atol=FLOAT64)


@pytest.mark.parametrize("axis", [0, 1])
def test_softmax_equals_keras(axis):
    z = np.random.default_rng(0).normal(scale=5, size=(4, 6))
    expected = keras.ops.softmax(keras.ops.convert_to_tensor(z), axis=axis)
    np.testing.assert_allclose(activations.softmax(z, axis=axis), expected, atol=FLOAT32)


def test_softmax_golden_numbers():
    probabilities = activations.softmax(np.array([[5.0], [2.0], [-1.0], [3.0]]))
    assert probabilities.round(3).ravel().tolist() == [0.842, 0.042, 0.002, 0.114]


def test_softmax_of_extreme_and_masked_scores():
    z = np.array([[1e4, -np.inf], [-1e4, 2.0], [0.0, -np.inf]])
    expected = [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    assert activations.softmax(z).tolist() == expected
    assert activations.softmax(z.astype(np.float32)).dtype == np.float32


@given(vectors)
def test_softmax_of_two_classes_is_the_sigmoid_of_the_difference(z):
    pair = np.stack([z, np.zeros_like(z)])
    np.testing.assert_allclose(activations.softmax(pair)[0], activations.sigmoid(z), atol=1e-12)


def test_softmax_jacobian_equals_central_differences():
    z = np.random.default_rng(1).normal(size=5)
    columns = [
        differences(lambda t, j=j: activations.softmax(z + t * np.eye(5)[j]), 0.0) for j in range(5)
    ]
    np.testing.assert_allclose(activations.softmax_jacobian(z), np.stack(columns, 1), atol=1e-9)


@pytest.mark.parametrize("axis", [0, 1])
def test_softmax_vjp_is_the_product_with_the_jacobian(axis):
    rng = np.random.default_rng(2)
    z, upstream = rng.normal(size=(2, 4, 4))
    actual = activations.softmax_vjp(z, upstream, axis=axis)
    for k in range(4):
        jacobian = activations.softmax_jacobian(np.take(z, k, axis=axis ^ 1))
        expected = jacobian.T @ np.take(upstream, k, axis=axis ^ 1)
        np.testing.assert_allclose(np.take(actual, k, axis=axis ^ 1), expected, atol=1e-12)


def test_cross_entropy_through_softmax_gives_probabilities_minus_labels():
    rng = np.random.default_rng(3)
    z = rng.normal(size=(4, 3))
    Y = np.eye(4)[:, [2, 0, 2]]
    probabilities = activations.softmax(z)
    dz = activations.softmax_vjp(z, -Y / probabilities)
    np.testing.assert_allclose(dz, probabilities - Y, atol=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: activations.softmax_jacobian(np.zeros((2, 1))), r"z: expected .* \(2, 1\)"),
        (
            lambda: activations.softmax_vjp(np.zeros((2, 1)), np.zeros(2)),
            r"upstream: expected .*\(2, 1\); got \(2,\)",
        ),
    ],
)
def test_wrong_shapes_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@given(matrices, st.sampled_from([0, 1]))
def test_hardmax_marks_one_largest_score(z, axis):
    chosen = activations.hardmax(z, axis=axis)
    assert set(np.unique(chosen)) <= {0.0, 1.0}
    assert (chosen.sum(axis=axis) == 1).all()
    np.testing.assert_array_equal((chosen * z).sum(axis=axis), z.max(axis=axis))


def test_hardmax_of_a_tie_takes_the_first():
    assert activations.hardmax(np.array([1, 7, 7])).tolist() == [0.0, 1.0, 0.0]


def test_hardmax_is_softmax_in_the_cold_limit_and_has_no_gradient():
    z = np.array([[0.3, 2.0], [0.1, 5.0], [0.2, -1.0]])
    np.testing.assert_allclose(activations.softmax(1e4 * z), activations.hardmax(z), atol=1e-12)
    assert (activations.hardmax_derivative(z) == 0).all()
    assert activations.hardmax_derivative(z).shape == z.shape


def test_every_public_name_can_be_imported_from_activations():
    for name in activations.__all__:
        assert hasattr(activations, name)
