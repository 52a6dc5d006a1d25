"""The perceptron rule by hand, and Novikoff's promise that it ends when a line exists."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Perceptron as SklearnPerceptron

from dlcourse.scratch.perceptron import Perceptron, perceptron_update

BITS = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]])
W, B, ONE_EXAMPLE = np.array([[1.0], [-2.0]]), 0.5, np.array([[3.0], [1.0]])


def separable(seed, margin=0.2, m=40):
    """Points in [-1, 1]² that keep a distance from a random line."""
    rng = np.random.default_rng(seed)
    direction = rng.normal(size=(2, 1))
    direction /= np.linalg.norm(direction)
    offset = rng.uniform(-0.4, 0.4)
    X = rng.uniform(-1, 1, (2, 4 * m))
    distance = direction.T @ X + offset
    far = np.abs(distance[0]) > margin
    return X[:, far], (distance[:, far] > 0).astype(int), direction, offset


def test_right_answers_change_nothing():
    w, b = perceptron_update(W, B, ONE_EXAMPLE, 1, 0.1)  # 3 - 2 + 0.5 >= 0: says 1
    assert w.tolist() == W.tolist() and b == B


def test_missed_example_pulls_and_false_alarm_pushes():
    w, b = perceptron_update(W, B, ONE_EXAMPLE, 0, 0.5)
    assert w.tolist() == [[-0.5], [-2.5]] and b == 0.0
    w, b = perceptron_update(W, B, -ONE_EXAMPLE, 1, 0.5)  # -3 + 2 + 0.5 < 0: says 0
    assert w.tolist() == [[-0.5], [-2.5]] and b == 1.0


def test_update_leaves_its_arguments_alone():
    w = W.copy()
    perceptron_update(w, B, ONE_EXAMPLE, 0, 0.5)
    assert w.tolist() == W.tolist()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_it_ends_within_novikoffs_bound(seed):
    X, Y, direction, offset = separable(seed)
    perceptron = Perceptron(n_x=2)
    corrections = perceptron.fit(X, Y, epochs=2000)
    assert corrections[-1] == 0
    assert (perceptron.predict(X) == Y).all()
    # with the bias as one more feature that is always 1
    longest = np.sqrt((X**2).sum(axis=0) + 1).max()
    margin = np.abs(direction.T @ X + offset).min() / np.sqrt(1 + offset**2)
    assert sum(corrections) <= (longest / margin) ** 2


def test_agrees_with_scikit_learn():
    X, Y, _, _ = separable(seed=1)
    # theirs corrects a score of exactly 0 in either class, ours only in class 0; scores are 0
    # only before the first correction, so begin with an example of class 0
    order = np.argsort(Y[0], kind="stable")
    order = np.concatenate([order[:1], np.setdiff1d(np.arange(Y.size), order[:1])])
    X, Y = X[:, order], Y[:, order]
    ours = Perceptron(n_x=2)
    ours.fit(X, Y, epochs=3)
    theirs = SklearnPerceptron(shuffle=False, max_iter=3, tol=None).fit(X.T, Y[0])
    np.testing.assert_allclose(ours.w.T, theirs.coef_, atol=1e-12)
    np.testing.assert_allclose(ours.b, theirs.intercept_[0])


def test_xor_never_ends():
    corrections = Perceptron(n_x=2).fit(BITS, np.array([[0, 1, 1, 0]]), epochs=50)
    assert len(corrections) == 50 and min(corrections) > 0


def test_learning_rate_scales_the_weights_only():
    Y = np.array([[0, 1, 1, 1]])
    slow, fast = Perceptron(2, learning_rate=0.25), Perceptron(2, learning_rate=4.0)
    assert slow.fit(BITS, Y) == fast.fit(BITS, Y)
    np.testing.assert_allclose(16 * slow.w, fast.w)


def test_errors_say_what_was_expected():
    with pytest.raises(ValueError, match="learning_rate: expected a number above 0; got 0"):
        Perceptron(2, learning_rate=0)
    with pytest.raises(ValueError, match=r"Y: expected shape \(1, 4\).*got \(4,\)"):
        Perceptron(2).fit(BITS, np.array([0, 1, 1, 1]))
    with pytest.raises(ValueError, match=r"Y: expected labels 0 and 1, got \[-1, 1\]"):
        Perceptron(2).fit(BITS, np.array([[-1, 1, 1, 1]]))
