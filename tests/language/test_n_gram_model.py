"""N-grams: probabilities that sum to 1, counted by hand, and the choice of an order."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.language import NGramModel, choose_n_gram_model

FLOAT64 = 1e-7
SEQUENCES = st.lists(st.lists(st.integers(0, 4), max_size=12), min_size=1, max_size=4).filter(any)


def by_hand(sequences, order, strength, history, token):
    """The formula with one counter of lists and recursion, for five tokens and 2 as the start."""
    if order == 0:
        return 1 / 5
    follows, n = Counter(), order - 1
    history = ([2] * n + list(history))[-n:] if n else []
    for sequence in sequences:
        padded = [2] * n + list(sequence)
        for place in range(n, len(padded)):
            if padded[place - n : place] == history:
                follows[padded[place]] += 1
    lower = by_hand(sequences, order - 1, strength, history, token)
    if not follows:
        return lower
    trust = strength * len(follows)
    return (follows[token] + trust * lower) / (follows.total() + trust)


@given(
    SEQUENCES,
    st.integers(1, 4),
    st.floats(0.1, 5),
    st.lists(st.integers(0, 4), max_size=6),
)
def test_probabilities_are_the_formula_and_sum_to_one(sequences, order, strength, history):
    model = NGramModel(sequences, 5, order, start=2, strength=strength)
    p = model.probabilities(history)
    assert p.min() > 0 and p.sum() == pytest.approx(1, abs=FLOAT64)
    expected = [by_hand(sequences, order, strength, history, token) for token in range(5)]
    np.testing.assert_allclose(p, expected, rtol=FLOAT64)


@given(SEQUENCES, st.integers(1, 4), st.lists(st.integers(0, 4), max_size=6))
def test_a_sequence_is_the_product_of_its_steps(sequences, order, sequence):
    model = NGramModel(sequences, 5, order, start=1)
    steps = [model.probabilities(sequence[:n])[token] for n, token in enumerate(sequence)]
    np.testing.assert_allclose(np.exp(model.log_probabilities(sequence)), steps, rtol=FLOAT64)


def test_steps_of_writing_are_the_probabilities():
    model, state = NGramModel([[1, 2, 3, 1, 2, 0]], 4, order=3), None
    for token, seen in ((0, []), (1, [1]), (2, [1, 2]), (3, [1, 2, 3])):
        scores, state = model.step(token, state)
        np.testing.assert_allclose(np.exp(scores), model.probabilities(seen))


def test_the_order_of_the_source_is_chosen():
    """A text in which each token depends on the two before it."""
    rng = np.random.default_rng(0)
    text = [0, 1]
    for _ in range(6000):
        certain = (text[-1] + 2 * text[-2]) % 4
        text.append(certain if rng.random() < 0.8 else int(rng.integers(4)))
    chosen = choose_n_gram_model([text[:4000]], [text[4000:]], 4)
    assert chosen.order == 3
    entropy = -0.85 * np.log(0.85) - 3 * 0.05 * np.log(0.05)
    assert -chosen.log_probabilities(text[4000:]).mean() == pytest.approx(entropy, abs=0.06)


def test_nothing_is_better_on_validation_than_what_is_chosen():
    rng = np.random.default_rng(1)
    train, validation = rng.integers(3, size=(2, 1, 60))
    chosen = choose_n_gram_model(train, validation, 3)
    scores = [
        NGramModel(train, 3, order, strength=s).log_probabilities(validation[0]).sum()
        for order in (1, 2, 3, 4)
        for s in (0.25, 0.5, 1, 2, 4)
    ]
    assert chosen.log_probabilities(validation[0]).sum() == pytest.approx(max(scores))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: NGramModel([], 3, 2), "the corpus is empty"),
        (lambda: NGramModel([[], []], 3, 2), "the corpus is empty"),
        (lambda: NGramModel([[0, 0]], 1, 2), "with 1 there is nothing to predict"),
        (lambda: NGramModel([[1]], 3, 0), "order: expected 1 or a little more, got 0"),
        (lambda: NGramModel([[1]], 100, 10), "order: expected 1 or a little more, got 10"),
        (lambda: NGramModel([[1]], 3, 2, strength=0), "strength: expected .* got 0"),
        (lambda: NGramModel([[1, 3]], 3, 2), "numbers from 0 to 2, got 1 to 3"),
        (lambda: NGramModel([[1]], 3, 2).probabilities([-1]), "from 0 to 2, got -1"),
        (lambda: choose_n_gram_model([[1]], [[]], 3), "validation: expected at least one token"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
