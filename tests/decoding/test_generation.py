"""Greedy search, drawing and forced decoding, and how the drawing restricts itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from dlcourse.decoding import (
    TokenSampler,
    attribute_errors,
    greedy_search,
    keep_top_k,
    keep_top_p,
    length_normalized,
    sample_sequences,
    sequence_log_probabilities,
)
from tests.decoding.trees import Tree, plain

SEEDS = st.integers(0, 10**6)
DRAWS = 4000


def uniform_step(tokens, state):
    return ops.log(ops.ones((len(tokens), 4)) / 4), state


def scores(seed, size, forbidden=0.3):
    rng = np.random.default_rng(seed)
    log_p = rng.normal(scale=2, size=(5, size)).astype(np.float32)
    log_p[rng.random(log_p.shape) < forbidden] = -np.inf
    log_p[:, 0] = 0.5
    return log_p


@settings(max_examples=30)
@given(SEEDS, st.integers(1, 4), st.sets(st.integers(0, 3)))
def test_greedy_search_takes_the_likeliest(seed, size, ends):
    ends = tuple(end for end in ends if end < size)
    tree = Tree(seed, 3, size, 4)
    found = greedy_search(tree.step, *tree.start(), 4, ends)
    for example in range(3):
        node, total, words = 0, 0.0, []
        while len(words) < 4 and not (words and words[-1] in ends):
            row = tree.table[example, node]
            words.append(int(np.argmax(row)))
            total += row[words[-1]]
            node = node * size + words[-1] + 1
        tokens, log_p = plain(found, example)
        assert tokens == tuple(words) and log_p == pytest.approx(float(total), rel=1e-5, abs=1e-6)
        behind = ops.convert_to_numpy(found.tokens)[example, len(words) :]
        assert set(behind.tolist()) <= {words[-1]}


def test_forced_decoding_stops_counting_at_the_end_token():
    scored = sequence_log_probabilities(uniform_step, [0, 0], None, [[1, 3, 2], [2, 2, 2]], 3)
    np.testing.assert_allclose(scored.log_probabilities, np.log(0.25) * np.array([2, 3]), rtol=1e-6)
    assert np.array(scored.lengths).tolist() == [2, 3]
    assert np.array(scored.tokens)[0].tolist() == [1, 3, 3]


def test_generation_stops_when_all_have_ended():
    calls = []

    def step(tokens, state):
        calls.append(1)
        return uniform_step(tokens, state)

    found = greedy_search(step, [1, 2], None, 9, 0)
    assert len(calls) == 1 and found.tokens.shape == (2, 9) and not np.any(found.tokens)


def test_nothing_to_generate():
    for function in (greedy_search, lambda *a: sample_sequences(*a, TokenSampler())):
        assert function(uniform_step, [1, 2], None, 0, 3).tokens.shape == (2, 0)
        none = function(uniform_step, [], None, 5, 3)
        assert none.tokens.shape == (0, 5) and none.log_probabilities.shape == (0,)


def test_a_forbidden_vocabulary_gives_probability_0():
    def step(tokens, state):
        return ops.log(ops.zeros((2, 3))), state

    for found in (
        greedy_search(step, [0, 0], None, 2, 1),
        sample_sequences(step, [0, 0], None, 2, 1, TokenSampler(0.5, 2, 0.5, seed=0)),
    ):
        assert np.isneginf(found.log_probabilities).all()


@settings(max_examples=40)
@given(SEEDS, st.integers(1, 8), st.integers(1, 9))
def test_top_k_equals_numpy(seed, size, k):
    log_p = scores(seed, size)
    expected = np.full_like(log_p, -np.inf)
    for row, kept in zip(log_p, expected, strict=True):
        best = np.argsort(-row)[:k]
        kept[best] = row[best]
    np.testing.assert_array_equal(keep_top_k(log_p, k), expected)


@settings(max_examples=40)
@given(SEEDS, st.integers(1, 8), st.floats(0.01, 1))
def test_top_p_equals_numpy(seed, size, p):
    log_p = scores(seed, size)
    expected = np.full_like(log_p, -np.inf)
    for row, kept in zip(log_p, expected, strict=True):
        shares = np.exp(row.astype(np.float64))
        total = 0.0
        for best in np.argsort(-row, kind="stable"):
            if total < p * shares.sum():
                kept[best] = row[best]
            total += shares[best]
    np.testing.assert_array_equal(keep_top_p(log_p, p), expected)


def test_of_equals_all_stay_and_one_always_does():
    np.testing.assert_array_equal(keep_top_k([0.0, -1.0, 0.0], 1), [0.0, -np.inf, 0.0])
    np.testing.assert_array_equal(keep_top_p([-1.0, -1.0, -5.0], 0.1), [-1.0, -1.0, -np.inf])
    halves = np.log2([0.5, 0.25, 0.25]) * np.log(2)
    np.testing.assert_array_equal(np.isfinite(keep_top_p(halves, 0.5)), [True, False, False])
    np.testing.assert_array_equal(keep_top_p([-9.0, -1.0], 1e-9), [-np.inf, -1.0])


@pytest.mark.parametrize(
    "settings_",
    [{}, {"temperature": 0.5}, {"temperature": 2, "top_k": 3}, {"top_k": 4, "top_p": 0.7}],
    ids=str,
)
def test_frequencies_are_the_probabilities(settings_):
    log_p = np.log([0.4, 0.05, 0.3, 0.15, 0.1, 1]).astype(np.float32) + 3
    log_p[5] = -np.inf
    sampler = TokenSampler(**settings_, seed=1)
    drawn = np.array(sampler(np.tile(log_p, (DRAWS, 1))))
    scaled = log_p / settings_.get("temperature", 1)
    if "top_k" in settings_:
        scaled = np.array(keep_top_k(scaled, settings_["top_k"]))
    if "top_p" in settings_:
        scaled = np.array(keep_top_p(scaled, settings_["top_p"]))
    p = np.exp(scaled) / np.exp(scaled).sum()
    found = np.bincount(drawn, minlength=6) / DRAWS
    assert (np.abs(found - p) <= 4 * np.sqrt(p * (1 - p) / DRAWS)).all()


def test_a_seed_decides_what_is_drawn():
    log_p = np.zeros((50, 9), np.float32)
    first, again, other = (np.array(TokenSampler(seed=s)(log_p)) for s in (1, 1, 2))
    assert (first == again).all() and (first != other).any()
    sampler = TokenSampler(seed=1)
    assert (np.array(sampler(log_p)) != np.array(sampler(log_p))).any()


def test_tiny_temperature_is_greedy():
    log_p = scores(3, 6)
    np.testing.assert_array_equal(TokenSampler(1e-30)(log_p), log_p.argmax(-1))


def test_length_normalization_by_hand():
    np.testing.assert_allclose(length_normalized([-4.0, -4.0, 0.0], [4, 1, 0], 0.5), [-2, -4, 0])


def test_attribution_follows_the_scores():
    blame = attribute_errors([[1, 2], [3], [4], [5]], [[1, 2], [1], [2], [7]],
                             [-1, -2, -3, -4], [-1, -3, -2, -4])  # fmt: skip
    assert blame.at_fault == (None, "search", "model", "model")
    assert blame.shares == {"search": 1 / 3, "model": 2 / 3}
    assert len(str(blame).splitlines()) == 6
    assert attribute_errors(["a"], ["a"], [-1], [-1]).shares == {"search": 0, "model": 0}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: TokenSampler(-1), "temperature: expected a number of at least 0"),
        (lambda: TokenSampler(float("nan")), "temperature: expected a number of at least 0"),
        (lambda: TokenSampler(top_k=0), "top_k: expected a whole number of at least 1"),
        (lambda: TokenSampler(top_p=0), r"top_p: expected a number in \(0, 1\]"),
        (lambda: keep_top_k([1.0], 0), "k: expected a whole number"),
        (lambda: keep_top_p([1.0], 1.5), r"p: expected a number in \(0, 1\]"),
        (lambda: length_normalized([-1.0], [1], -1), "alpha: expected"),
        (lambda: attribute_errors([], [], [], []), "and at least one; got 0 and 0"),
        (lambda: attribute_errors(["a"], [], [-1], [-1]), "predictions: expected one for each"),
        (lambda: attribute_errors(["a"], ["b"], [np.nan], [-1]), "reference_scores: expected 1"),
        (
            lambda: sequence_log_probabilities(uniform_step, [0], None, [[1, 4]], 3),
            "sequences: expected tokens from 0 to 3; got 4 to 4",
        ),
        (
            lambda: sequence_log_probabilities(uniform_step, [0], None, [[1], [1]], 3),
            r"sequences: expected shape \(1, T\)",
        ),
        (
            lambda: greedy_search(lambda t, s: (ops.ones((1, 3)), s), [0], None, 2, 1),
            "step: expected log-probabilities",
        ),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
