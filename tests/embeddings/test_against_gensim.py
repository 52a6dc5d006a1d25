"""Neighbours, analogies and word pairs against gensim, on random vectors."""

import numpy as np
import pytest
from gensim.models import KeyedVectors

from dlcourse.embeddings import WordSpace, analogy_accuracy, evaluate_similarity, solve_analogies
from dlcourse.word2vec import WordVectors

WORDS = [f"w{i}" for i in range(200)]
VECTORS = np.random.default_rng(0).normal(size=(200, 8)).astype(np.float32)


@pytest.fixture(scope="module")
def theirs():
    vectors = KeyedVectors(8)
    vectors.add_vectors(WORDS, VECTORS)
    return vectors


@pytest.fixture(scope="module")
def space():
    return WordSpace(*WordVectors(tuple(WORDS), VECTORS))


def check_equal(ours, expected):
    assert [word for word, _ in ours] == [word for word, _ in expected]
    np.testing.assert_allclose(
        [score for _, score in ours], [score for _, score in expected], rtol=1e-5, atol=1e-6
    )


def test_most_similar(space, theirs):
    for word, ours in zip(WORDS, space.most_similar(WORDS, 10), strict=True):
        check_equal(ours, theirs.most_similar(word, topn=10))


def test_similarity(space, theirs):
    expected = [theirs.similarity(a, b) for a, b in zip(WORDS[:50], WORDS[50:100], strict=True)]
    np.testing.assert_allclose(space.similarity(WORDS[:50], WORDS[50:100]), expected, atol=1e-6)


@pytest.mark.filterwarnings("ignore:Call to deprecated:DeprecationWarning")  # gensim's own
@pytest.mark.parametrize("method", ["add", "multiply"])
def test_analogies(space, theirs, method):
    questions = np.random.default_rng(1).choice(WORDS, (600, 3)).tolist()  # some words twice
    solve = theirs.most_similar if method == "add" else theirs.most_similar_cosmul
    for question, ours in list(
        zip(questions, solve_analogies(space, questions, method, 5), strict=True)
    )[::7]:
        a, b, c = question
        if len(set(question)) == 3:
            check_equal(ours, solve(positive=[b, c], negative=[a], topn=5))
        assert not set(question) & {word for word, _ in ours}


def test_accuracy(space, theirs, tmp_path):
    rng = np.random.default_rng(2)
    questions = [tuple(rng.choice(WORDS, 3, replace=False)) for _ in range(40)]
    right = [answer[0][0] for answer in solve_analogies(space, questions)]
    pairs = zip(questions, right, strict=True)
    # every other one is right; one has a word that nobody knows
    asked = [(*q, d if i % 2 else WORDS[i]) for i, (q, d) in enumerate(pairs)]
    asked.append(("w1", "w2", "nobody", "w3"))
    file = tmp_path / "questions.txt"
    file.write_text(": all\n" + "\n".join(map(" ".join, asked)), encoding="utf-8")
    expected, _ = theirs.evaluate_word_analogies(file, case_insensitive=False)
    ours = analogy_accuracy(space, asked)
    assert ours.accuracy == pytest.approx(expected)
    assert ours.asked == 40 and ours.missing == ("nobody",)
    assert len(ours.mistakes) == round(40 * (1 - expected))
    assert all(mistake[:4] in asked and mistake[4] != mistake[3] for mistake in ours.mistakes)


def test_word_pairs(space, theirs, tmp_path):
    rng = np.random.default_rng(3)
    pairs = [(*rng.choice(WORDS, 2), float(rng.integers(0, 11))) for _ in range(60)]
    pairs.append(("w1", "unknown", 4.0))
    file = tmp_path / "pairs.tsv"
    file.write_text("\n".join("\t".join(map(str, pair)) for pair in pairs), encoding="utf-8")
    _, spearman, _ = theirs.evaluate_word_pairs(file, case_insensitive=False)
    ours = evaluate_similarity(space, pairs)
    assert ours.correlation == pytest.approx(spearman.statistic, abs=1e-6)
    assert ours.used == 60 and ours.missing == ("unknown",)
