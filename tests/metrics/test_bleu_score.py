"""BLEU against sacrebleu, on text that is divided into tokens."""

import numpy as np
import pytest
from sacrebleu.metrics import BLEU

from dlcourse.metrics import corpus_bleu, sentence_bleu

SMOOTHING = [("none", None), ("exp", None), ("floor", None), ("floor", 0.3), ("add-k", None),
             ("add-k", 2)]  # fmt: skip
WORDS = np.array(["a", "b", "the", "cat", ",", "Über", "x.y"])


def some_pairs(seed, m, n_references=3):
    """Predictions that share something with their references, some empty or short."""
    rng = np.random.default_rng(seed)
    references = [
        [rng.choice(WORDS, rng.integers(1, 12)).tolist() for _ in range(n_references)]
        for _ in range(m)
    ]
    predictions = []
    for of_one in references:
        others = rng.choice([*WORDS, "new"], len(of_one[0]))
        # left out, replaced or kept
        kinds = rng.choice(3, len(others), p=[0.15, 0.25, 0.6])
        kept = [(other, word)[kind - 1] for other, word, kind in
                zip(others, of_one[0], kinds, strict=True) if kind]  # fmt: skip
        kept += rng.choice(WORDS, rng.integers(0, 3)).tolist()
        predictions.append(kept[:1] if rng.random() < 0.05 else kept)
    return predictions, references


def theirs(smoothing, value, order, shorter):
    return BLEU(
        tokenize="none",
        force=True,
        smooth_method=smoothing,
        smooth_value=value,
        max_ngram_order=order,
        effective_order=shorter,
    )


def text(tokens):
    return " ".join(tokens)


def check_equal(ours, expected):
    assert ours.score == pytest.approx(expected.score, rel=1e-9, abs=1e-9)
    assert ours.brevity_penalty == pytest.approx(expected.bp, rel=1e-12)
    assert (ours.length, ours.reference_length) == (expected.sys_len, expected.ref_len)
    np.testing.assert_allclose(ours.precisions, expected.precisions, rtol=1e-9)


@pytest.mark.parametrize(("smoothing", "value"), SMOOTHING)
def test_200_sentences_equal_sacrebleu(smoothing, value):
    for seed, order in enumerate((4, 4, 2, 1)):
        oracle = theirs(smoothing, value, order, True)
        for prediction, references in zip(*some_pairs(seed, 50), strict=True):
            ours = sentence_bleu(prediction, references, order, smoothing, value)
            check_equal(ours, oracle.sentence_score(text(prediction), list(map(text, references))))


@pytest.mark.parametrize(("smoothing", "value"), SMOOTHING)
@pytest.mark.parametrize("m", [1, 30])
def test_corpora_equal_sacrebleu(smoothing, value, m):
    for seed in range(10):
        predictions, references = some_pairs(seed, m)
        streams = [list(map(text, stream)) for stream in zip(*references, strict=True)]
        expected = theirs(smoothing, value, 4, False).corpus_score(
            list(map(text, predictions)), streams
        )
        check_equal(corpus_bleu(predictions, references, 4, smoothing, value), expected)


def test_by_hand():
    # both unigrams and the bigram are right; the reference has two tokens more
    found = corpus_bleu([["a", "b"]], [[["a", "b", "c", "d"]]], order=2)
    assert found.precisions == (100, 100)
    assert found.score == pytest.approx(100 * np.exp(1 - 4 / 2))


def test_what_is_empty_or_wrong_scores_0():
    for prediction in ([], ["z"]):
        assert sentence_bleu(prediction, [["a", "b"]]).score == 0
    assert corpus_bleu([["a"]], [[[]]]).score == 0
    assert corpus_bleu([["a"] * 9], [[["a"] * 9]]).score == pytest.approx(100)


def test_tokens_may_be_numbers():
    assert sentence_bleu([1, 2, 3], [[1, 2, 3], [4]]).score == pytest.approx(100)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda: corpus_bleu([], []), ValueError, "and at least one; got 0 for 0"),
        (lambda: corpus_bleu([["a"]], []), ValueError, "got 0 for 1 predictions"),
        (lambda: corpus_bleu([["a"]], [[]]), ValueError, "references: expected at least one"),
        (lambda: sentence_bleu("a b", [["a"]]), TypeError, "list of tokens; got the str 'a b'"),
        (lambda: sentence_bleu(["a"], ["a"]), TypeError, "list of tokens; got the str 'a'"),
        (lambda: sentence_bleu(["a"], [["a"]], 0), ValueError, "order: expected a whole number"),
        (lambda: sentence_bleu(["a"], [["a"]], 4, "add"), ValueError, "smoothing: expected one of"),
        (
            lambda: sentence_bleu(["a"], [["a"]], 4, "floor", 0),
            ValueError,
            "smoothing_value: expected a number above 0",
        ),
    ],
)
def test_bad_input(wrong, error, message):
    with pytest.raises(error, match=message):
        wrong()
