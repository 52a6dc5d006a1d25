"""Beam search against all sequences there are, and against greedy search."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from dlcourse.decoding import Beams, beam_search, greedy_search
from tests.decoding.trees import Tree, plain

SEEDS = st.integers(0, 10**6)
ENDS = st.sets(st.integers(0, 1), max_size=2).map(tuple)
ALPHAS = st.sampled_from([0, 0.7, 1])
FORBIDDEN = st.sampled_from([0, 0.4])


def search(tree, ends, width, n_best=None, alpha=0.7):
    beams = Beams(width, width if n_best is None else n_best, alpha)
    return beam_search(tree.step, *tree.start(), tree.depth, ends, beams)


def check_against_all(found, everything, n):
    """The n best of all sequences, sorted, no two alike."""
    expected = sorted((s for s in everything.values() if s > -np.inf), reverse=True)[:n]
    np.testing.assert_allclose([score for _, score in found], expected, rtol=1e-5)
    assert len({tokens for tokens, _ in found}) == len(found)
    for tokens, score in found:
        assert everything[tokens] == pytest.approx(score, rel=1e-5)


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 4), st.integers(1, 3), ENDS, ALPHAS, FORBIDDEN)
def test_equal_to_exhaustive_search(seed, size, depth, ends, alpha, forbidden):
    ends = tuple(end for end in ends if end < size)
    tree = Tree(seed, 2, size, depth, forbidden)
    width = size ** (depth - 1)
    found = search(tree, ends, width, alpha=alpha)
    for example in range(2):
        everything = tree.all_sequences(example, ends, alpha)
        check_against_all(plain(found, example), everything, width)


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 4), ENDS, ALPHAS, FORBIDDEN, st.booleans())
def test_never_below_greedy(seed, width, ends, alpha, forbidden, all_of_them):
    tree = Tree(seed, 4, 3, 4, forbidden)
    found = search(tree, ends, width, width if all_of_them else 1, alpha)
    greedy = greedy_search(tree.step, *tree.start(), tree.depth, ends)
    for example in range(4):
        everything = tree.all_sequences(example, ends, alpha)
        tokens, log_p = plain(greedy, example)
        sequences = plain(found, example)
        scores = [score for _, score in sequences]
        assert scores == sorted(scores, reverse=True)
        assert len({words for words, _ in sequences}) == len(sequences)
        for words, score in sequences:
            assert everything[words] == pytest.approx(score, rel=1e-5)
        if log_p > -np.inf:
            assert scores[0] >= log_p / len(tokens) ** alpha - 1e-6


def test_the_greedy_beginning_is_kept_where_it_is_not_among_the_best():
    # both children of 1 and of 2 are better beginnings than 0, 0, but nothing good follows them
    table = np.full((1, 40, 3), np.log(1 / 3), np.float32)
    table[0, 0] = np.log([0.4, 0.31, 0.29])
    table[0, 1] = np.log([0.34, 0.33, 0.33])
    table[0, 2] = table[0, 3] = np.log([0.5, 0.49, 0.01])
    table[0, 4] = np.log([1, 1e-9, 1e-9])
    tree = Tree(0, 1, 3, 4)
    tree.table = table
    (tokens, _), *_ = plain(search(tree, (), 2), 0)
    assert tokens[:3] == (0, 0, 0)


def test_the_last_step_keeps_no_place_for_the_greedy_beginning():
    # 0 is the likeliest beginning, but all that follows it is less likely than what follows others
    tree = Tree(0, 1, 3, 2)
    tree.table = np.log([[[0.36, 0.33, 0.31], [0.34, 0.33, 0.33], [0.98, 0.01, 0.01],
                          [0.5, 0.49, 0.01]]]).astype(np.float32)  # fmt: skip
    found = plain(search(tree, (), 3, alpha=0), 0)
    assert [tokens for tokens, _ in found] == [(1, 0), (2, 0), (2, 1)]


def test_width_1_is_greedy_search_where_nothing_ends():
    tree = Tree(3, 20, 4, 4)
    found = search(tree, (), 1)
    greedy = greedy_search(tree.step, *tree.start(), 4, None)
    np.testing.assert_array_equal(found.tokens[:, 0], greedy.tokens)
    np.testing.assert_array_equal(found.lengths[:, 0], greedy.lengths)
    np.testing.assert_allclose(found.log_probabilities[:, 0], greedy.log_probabilities, rtol=1e-6)


def test_sequences_of_a_batch_do_not_touch_each_other():
    tree = Tree(5, 6, 4, 4, forbidden=0.2)
    together = search(tree, (1,), 3)
    for example in range(6):
        alone = Tree(0, 1, 4, 4)
        alone.table = tree.table[example : example + 1]
        for ours, expected in zip(search(alone, (1,), 3), together, strict=True):
            np.testing.assert_array_equal(ours[0], expected[example])


def test_a_wide_beam_on_a_small_vocabulary():
    tree = Tree(2, 1, 2, 2)
    found = search(tree, (), 7, alpha=0)
    check_against_all(plain(found, 0), tree.all_sequences(0, ()), 4)  # there are no more
    assert ops.convert_to_numpy(found.lengths)[0].tolist() == [2] * 4 + [0] * 3
    assert np.isneginf(found.log_probabilities[0, 4:]).all()
    assert not np.any(found.tokens[0, 4:])


def test_every_token_ends():
    tree = Tree(2, 2, 3, 4)
    found = search(tree, (0, 1, 2), 3)
    for example in range(2):
        best = np.argsort(-tree.table[example, 0])
        assert [tokens for tokens, _ in plain(found, example)] == [(token,) for token in best]


def test_everything_is_forbidden():
    tree = Tree(2, 2, 3, 3, forbidden=1.0)
    found = search(tree, (1,), 2)
    assert plain(found, 0) == plain(found, 1) == []
    assert np.isneginf(found.scores).all() and not np.any(found.lengths)


def test_nothing_is_to_be_found():
    tree = Tree(2, 2, 3, 3)
    found = beam_search(tree.step, *tree.start(), 0, 1, Beams(3, 2))
    assert found.tokens.shape == (2, 2, 0)
    assert plain(found, 0) == [((), 0.0)]
    none = beam_search(tree.step, [], {"a": np.zeros((0, 2))}, 4, 1, Beams(3, 2))
    assert none.tokens.shape == (0, 2, 4) and none.scores.shape == (0, 2)


def test_search_stops_when_nothing_better_can_come():
    calls = []

    def step(tokens, state):
        calls.append(1)
        return np.log(np.array([[0.9, 0.05, 0.05]] * len(tokens), np.float32)), state

    found = beam_search(as_tensors(step), [1, 2], None, 50, 0, Beams(3, 1, 0.0))
    assert len(calls) == 1 and found.tokens.shape == (2, 1, 50)
    assert not np.any(found.tokens)  # the end token goes on


def test_what_is_incomplete_is_no_result():
    # the end is as likely as each of the others, and all sequences score the same
    def step(tokens, state):
        return np.log(np.array([[0.5, 0.5]] * len(tokens), np.float32)), state

    for width in (1, 2, 3):
        found = beam_search(as_tensors(step), [1], None, 9, 0, Beams(width, 1, 0.0))
        assert int(found.lengths[0, 0]) == 1 and int(found.tokens[0, 0, 0]) == 0


def as_tensors(step):
    def converted(tokens, state):
        log_p, state = step(tokens, state)
        return ops.convert_to_tensor(log_p), state

    return converted


BEAMS = Beams(2, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"beams": Beams(0)}, "width: expected a whole number of at least 1"),
        ({"beams": Beams(2, 3)}, "n_best: expected at most 2"),
        ({"beams": Beams(2, 1, -1)}, "alpha: expected a number of at least 0"),
        ({"max_length": -1}, "max_length: expected a whole number of at least 0"),
        ({"start_tokens": [[1]]}, r"start_tokens: expected whole numbers \(batch,\)"),
        ({"start_tokens": [0.5]}, r"start_tokens: .* got float32 \(1,\)"),
        ({"end_tokens": 9}, "end_tokens: expected tokens below 3"),
        ({"end_tokens": "a"}, "end_tokens: expected whole numbers"),
        ({"state": {"h": np.zeros((4, 2))}}, r"state\['h'\]: expected one row for each of the 1"),
        ({"step": lambda t, s: (ops.ones((2, 3)), s)}, "call 1 gave others.*log_softmax"),
        ({"step": lambda t, s: (ops.ones((2, 3)) * np.nan, s)}, "none NaN"),
        ({"step": lambda t, s: (ops.zeros((1, 3)), s)}, r"step: expected .*\(2, V\)"),
        ({"step": lambda t, s: (ops.zeros((2, 1, 3)), s)}, r"step: expected .*\(2, V\)"),
    ],
)
def test_bad_input(arguments, message):
    tree = Tree(0)
    right = dict(step=lambda t, s: (tree.step(t, tree.start()[1])[0], s), start_tokens=[0])
    right |= dict(state=None, max_length=3, end_tokens=1, beams=BEAMS)
    if "step" not in arguments:
        right["step"] = lambda t, s: (ops.zeros((len(t), 3)), s)
    with pytest.raises(ValueError, match=message):
        beam_search(**{**right, **arguments})
