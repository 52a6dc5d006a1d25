"""Words as points: rare cases, bias against the derivations, and pictures."""

import numpy as np
import pytest

from dlcourse.embeddings import (
    OUR_PAIRS,
    WordSpace,
    analogy_accuracy,
    equalize,
    evaluate_similarity,
    gender_direction,
    neutralize,
    project,
    solve_analogies,
)
from dlcourse.scratch import debiasing, word_similarity
from dlcourse.vocabulary import Vocabulary

WORDS = "she he doctor actor actress queen king".split()
VECTORS = np.random.default_rng(0).normal(size=(7, 4))
SPACE = WordSpace(WORDS, VECTORS)
KNOWN = dict(zip(WORDS, SPACE.directions, strict=True))
PAIRS = [("she", "he"), ("queen", "king")]


def test_neighbours_are_those_of_the_derivation():
    ours = SPACE.most_similar(WORDS, 20)
    for word, found in zip(WORDS, ours, strict=True):
        expected = word_similarity.nearest_words(KNOWN[word], KNOWN, 20, [word])
        assert [w for w, _ in found] == [w for w, _ in expected]
        np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], rtol=1e-7)


def test_more_queries_than_fit_into_a_block():
    directions = np.random.default_rng(1).normal(size=(1100, 4))
    found = SPACE.nearest(directions, count=1)
    assert len(found) == 1100
    expected = np.argmax(directions @ SPACE.directions.T, axis=1)
    assert [words[0][0] for words in found] == [WORDS[i] for i in expected]


def test_zero_and_tiny_vectors():
    vectors = np.array([[0, 0], [1e-30, 1e-30], [1e30, 1e30]], np.float32)
    space = WordSpace(["zero", "tiny", "large"], vectors)
    near = space.similarity(["zero", "tiny"], ["large", "large"])
    np.testing.assert_allclose(near, [0, 1], rtol=1e-6)


def test_one_word_has_no_neighbours():
    space = WordSpace(Vocabulary(["one"]), [[1.0]])
    assert space.most_similar(["one"]) == [[]]
    assert solve_analogies(space, [("one", "one", "one")]) == [[]]
    assert space.most_similar([]) == []


def test_gender_direction_and_bias_are_those_of_the_derivation():
    direction = gender_direction(SPACE, PAIRS)
    np.testing.assert_allclose(direction, debiasing.gender_direction(PAIRS, KNOWN), rtol=1e-7)
    neutral = neutralize(SPACE, ["doctor", "actor"], direction)
    equal = equalize(SPACE, [("actor", "actress")], direction)
    for word in ("doctor", "actor"):
        expected = debiasing.neutralize(word, direction, KNOWN)
        np.testing.assert_allclose(neutral.vectors[WORDS.index(word)], expected, atol=1e-12)
        assert abs(neutral.vectors[WORDS.index(word)] @ direction) < 1e-12
    expected = debiasing.equalize(("actor", "actress"), direction, KNOWN)
    np.testing.assert_allclose(equal.vectors[[3, 4]], expected, rtol=1e-7)
    for space, changed in ((neutral, (2, 3)), (equal, (3, 4))):
        rest = [i for i in range(7) if i not in changed]
        np.testing.assert_array_equal(space.vectors[rest], SPACE.directions[rest])


def test_what_is_neutral_is_equally_far_from_both_of_a_pair():
    direction = gender_direction(SPACE, PAIRS)
    space = equalize(neutralize(SPACE, ["doctor"], direction), [("actor", "actress")], direction)
    near = space.similarity(["doctor", "doctor"], ["actor", "actress"])
    assert near[0] == pytest.approx(near[1])


@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_groups_stay_apart_in_the_plane(method):
    rng = np.random.default_rng(0)
    vectors = rng.normal(scale=0.05, size=(40, 10)) + np.repeat(rng.normal(size=(2, 10)), 20, 0)
    points = project(WordSpace([str(i) for i in range(40)], vectors), method=method)
    assert points.shape == (40, 2)
    middles = points[:20].mean(0), points[20:].mean(0)
    away = [np.linalg.norm(points - middle, axis=1) for middle in middles]
    assert ((away[0] < away[1]) == (np.arange(40) < 20)).all()


def test_few_words_or_dimensions_in_the_plane():
    assert project(SPACE, WORDS[:3], "tsne").shape == (3, 2)
    assert project(WordSpace("abc", [[1.0], [-1.0], [0.5]])).shape == (3, 2)


def test_our_pairs_are_in_order():
    assert len(set(OUR_PAIRS)) == len(OUR_PAIRS) >= 40
    assert len({frozenset(pair[:2]) for pair in OUR_PAIRS}) == len(OUR_PAIRS)
    assert all(0 <= judgement <= 10 and a != b for a, b, judgement in OUR_PAIRS)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: WordSpace([], np.zeros((0, 2))), "and at least one"),
        (lambda: WordSpace(["a"], [[1.0], [2.0]]), r"vectors: expected shape \(1, n\)"),
        (lambda: WordSpace(["a"], [[np.nan]]), "vectors: expected finite numbers"),
        (lambda: WordSpace(["a", "a"], [[1.0], [2.0]]), "words: expected different ones"),
        (lambda: SPACE.most_similar(["he", "nobody"]), r"\['nobody'\] are not"),
        (lambda: SPACE.most_similar("he"), "words: expected a list of words; got the str 'he'"),
        (lambda: SPACE.most_similar(["he"], 0), "count: expected a whole number"),
        (lambda: SPACE.similarity(["he"], []), "second: expected 1 words"),
        (lambda: SPACE.nearest(np.zeros(4)), r"directions: expected shape \(m, 4\)"),
        (lambda: solve_analogies(SPACE, [("he", "she")]), "questions: expected 3 words"),
        (lambda: solve_analogies(SPACE, [], "cosine"), "method: expected one of add, multiply"),
        (lambda: analogy_accuracy(SPACE, [("he", "she", "a", "b")]), "at least one of known words"),
        (lambda: evaluate_similarity(SPACE, [("he", "she", 5)]), "at least 3 of known words"),
        (lambda: evaluate_similarity(SPACE, [("he", "she")]), "pairs: expected .word, word"),
        (
            lambda: evaluate_similarity(SPACE, [("he", word, 5) for word in WORDS]),
            "the judgements of all 7 are the same",
        ),
        (lambda: gender_direction(SPACE, []), "pairs: expected at least one pair"),
        (lambda: gender_direction(SPACE), r"\['woman', 'man', 'her', 'his'\] are not"),
        (lambda: neutralize(SPACE, ["he"], np.zeros(4)), "direction: expected 4 finite numbers"),
        (lambda: neutralize(SPACE, ["he"], np.ones(3)), "direction: expected 4 finite numbers"),
        (lambda: equalize(SPACE, [("he", "he")], np.ones(4)), "pair: expected two words that"),
        (lambda: project(SPACE, ["he"]), "words: expected at least 3; got 1"),
        (lambda: project(SPACE, method="umap"), "method: expected pca or tsne"),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
