"""Whole-array operations against their loops, against NumPy and against sums by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dlcourse.scratch import vectorization as v

FLOAT64 = 1e-7
NUMBERS = st.floats(-1e3, 1e3)
MATRICES = hnp.arrays(float, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5), elements=NUMBERS)
POSITIVE = hnp.arrays(
    float, hnp.array_shapes(min_dims=2, max_dims=2, max_side=5), elements=st.floats(0.01, 1e3)
)
PAIRS = hnp.array_shapes(min_dims=1, max_dims=1, max_side=20).flatmap(
    lambda shape: st.tuples(*[hnp.arrays(float, shape, elements=NUMBERS)] * 2)
)


@given(st.floats(-700, 700))
def test_basic_sigmoid_is_the_logistic_function(x):
    assert v.basic_sigmoid(x) == pytest.approx((1 + math.tanh(x / 2)) / 2, abs=1e-12)


@given(PAIRS)
def test_dot_and_its_loop_agree_with_an_exact_sum(pair):
    a, b = pair
    exact = math.fsum(x * y for x, y in zip(a.tolist(), b.tolist(), strict=True))
    for compute in (v.dot, v.dot_loops):
        assert compute(a, b) == pytest.approx(exact, rel=FLOAT64, abs=1e-6)


@pytest.mark.parametrize("compute", [v.dot, v.dot_loops])
def test_dot_takes_vectors_of_any_layout(compute):
    a = np.array([1.0, 2.0, 3.0])
    assert compute(a.reshape(3, 1), a.reshape(1, 3)) == compute(a, a.tolist()) == 14.0


@pytest.mark.parametrize("compute", [v.dot, v.dot_loops])
def test_dot_refuses_vectors_of_different_length(compute):
    with pytest.raises(ValueError, match="b: expected 3 numbers as in a, received 2"):
        compute([1, 2, 3], [1, 2])


@given(MATRICES)
def test_multiply_loops_is_the_elementwise_product(a):
    np.testing.assert_allclose(v.multiply_loops(a, a + 1), a * (a + 1), rtol=FLOAT64)


@given(PAIRS)
def test_outer_and_its_loop_are_all_products(pair):
    a, b = pair[0], pair[1][:3]
    np.testing.assert_allclose(v.outer(a, b), np.multiply.outer(a, b), rtol=FLOAT64)
    np.testing.assert_allclose(v.outer_loops(a, b), np.multiply.outer(a, b), rtol=FLOAT64)


def test_image2vector_keeps_rows_together_and_channels_innermost():
    image = np.arange(12).reshape(2, 3, 2)
    column = v.image2vector(image)
    assert column.shape == (12, 1)
    assert column[:2, 0].tolist() == image[0, 0].tolist()
    assert column[6, 0] == image[1, 0, 0]


@given(POSITIVE)
def test_normalized_rows_have_length_one_and_keep_their_direction(x):
    rows = v.normalize_rows(x)
    np.testing.assert_allclose((rows**2).sum(axis=1), 1, rtol=FLOAT64)
    np.testing.assert_allclose(rows * x[:, :1], rows[:, :1] * x, rtol=FLOAT64)


@given(POSITIVE)
def test_percentages_sum_to_one_hundred_down_every_column(table):
    percent = v.percent_of_total(table)
    np.testing.assert_allclose(percent.sum(axis=0), 100, rtol=FLOAT64)
    np.testing.assert_allclose(percent * table[0], percent[0] * table, rtol=FLOAT64)


def test_carbohydrates_of_apples():
    calories = np.array([[56, 0, 4.4, 68], [1.2, 104, 52, 8], [1.8, 135, 99, 0.9]])
    carbohydrates = v.percent_of_total(calories)[0]
    np.testing.assert_allclose(carbohydrates, [94.9, 0.0, 2.8, 88.4], atol=0.05)


@given(PAIRS)
def test_losses_are_sums_over_the_differences(pair):
    yhat, y = pair
    differences = [p - q for p, q in zip(y.tolist(), yhat.tolist(), strict=True)]
    assert v.l1(yhat, y) == pytest.approx(math.fsum(map(abs, differences)), rel=FLOAT64)
    assert v.l2(yhat, y) == pytest.approx(math.fsum(d * d for d in differences), rel=FLOAT64)


@pytest.mark.parametrize("vector", [[1, 2, 3], np.ones(3), np.ones((3, 1)), np.ones((1, 3))])
def test_any_layout_becomes_a_column(vector):
    assert v.as_column(vector).shape == (3, 1)


def test_a_matrix_is_no_column():
    with pytest.raises(ValueError, match=r"v: expected shape .* received \(2, 3\)"):
        v.as_column(np.ones((2, 3)))


def test_the_pitfall_of_a_rank_one_array():
    a = np.arange(5.0)
    assert a.T.shape == (5,)
    assert (a + v.as_column(a)).shape == (5, 5) == v.broadcast_shape((5,), (5, 1))


@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, min_side=0, max_side=4))
def test_broadcast_shape_is_what_numpy_makes(shapes):
    assert v.broadcast_shape(*shapes.input_shapes) == shapes.result_shape


@pytest.mark.parametrize(("a", "b"), [((3, 4), (3,)), ((2,), (3,)), ((2, 3), (4, 2, 2))])
def test_shapes_that_do_not_fit_are_refused(a, b):
    with pytest.raises(ValueError, match="shape_b: expected a shape that fits"):
        v.broadcast_shape(a, b)
