import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.vocabulary import build_vocabulary
from dlcourse.word2vec import EncodedCorpus, corpus, encode, encode_to_file
from dlcourse.word2vec.alias import AliasTable
from dlcourse.word2vec.batches import GROUP, prepare

SENTENCES = st.lists(st.lists(st.sampled_from("abc"), max_size=6), max_size=9).filter(any)


@given(SENTENCES, st.integers(1, 12))
def test_pieces_hold_all_words_in_order(sentences, size):
    vocabulary = build_vocabulary(sentences)
    whole = encode(sentences, vocabulary)
    start, words, cut = 0, [], 0
    while start < len(whole):
        chunk = whole.chunk(start, size)
        assert chunk.next_start > start and len(chunk.ids) <= size
        assert np.all(np.diff(chunk.sentences) >= 0)
        words += [vocabulary.words[number] for number in chunk.ids]
        cut += whole.numbers[chunk.next_start - 1] != corpus.END
        start = chunk.next_start
    assert words == [word for sentence in sentences for word in sentence]
    assert whole.n_words == len(words)
    assert whole.has_neighbours == any(len(sentence) > 1 for sentence in sentences)
    if size > 6:
        assert cut == 0  # sentences that fit stay whole


def test_sentences_are_told_apart():
    chunk = EncodedCorpus(np.array([0, 1, -1, -1, 2, -1], np.int32)).chunk(0, 99)
    assert chunk.ids.tolist() == [0, 1, 2]
    assert chunk.sentences[0] == chunk.sentences[1] < chunk.sentences[2]


def test_a_file_holds_the_same_as_memory(tmp_path, monkeypatch):
    sentences = [["a", "b", "z"], [], ["b"]] * 20
    vocabulary = build_vocabulary(sentences, min_count=1)
    in_memory = encode(sentences, vocabulary)
    monkeypatch.setattr(corpus, "_BUFFERED", 7)  # so that there are many blocks
    in_file = encode_to_file(iter(sentences), vocabulary, tmp_path / "corpus.bin")
    assert isinstance(in_file.numbers, np.memmap)
    np.testing.assert_array_equal(in_file.numbers, in_memory.numbers)
    assert in_file.fingerprint() == in_memory.fingerprint()
    assert (in_file.n_words, in_file.has_neighbours) == (in_memory.n_words, True)
    assert encode(sentences[:-1], vocabulary).fingerprint() != in_memory.fingerprint()


@pytest.mark.parametrize(
    ("numbers", "has"), [([0, 1, -1], True), ([-1, 0, 1], True), ([0, -1, 1], False)]
)
def test_neighbours_on_both_sides_of_a_cut_are_seen(numbers, has, monkeypatch):
    whole = EncodedCorpus(np.array(numbers, np.int32))
    monkeypatch.setattr(corpus, "_BUFFERED", 1)
    cut = EncodedCorpus(np.array(numbers, np.int32))
    assert cut.has_neighbours == whole.has_neighbours == has
    assert (cut.n_words, cut.largest) == (whole.n_words, whole.largest)


def test_unknown_words_are_left_out_before_windows_are_drawn():
    vocabulary = build_vocabulary([["a", "b"]])
    assert encode([["a", "?", "b"]], vocabulary).numbers.tolist() == [0, 1, -1]


@pytest.mark.parametrize("sentences", [[], [[]], [["unknown"]]])
def test_no_word_of_the_vocabulary(sentences, tmp_path):
    vocabulary = build_vocabulary([["a"]])
    with pytest.raises(ValueError, match="corpus: expected at least one word of the vocabulary"):
        encode(sentences, vocabulary)
    with pytest.raises(ValueError, match="expected at least one word"):
        encode_to_file([], vocabulary, tmp_path / "empty.bin")


def test_text_instead_of_words():
    with pytest.raises(TypeError, match="expected lists of words"):
        encode(["text"], build_vocabulary([["a"]]))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(1, 20), st.floats(0, 1))
def test_groups_hold_the_kept_words_and_their_windows(lengths, window, kept):
    numbers = np.concatenate([[*range(m), -1] for m in lengths]).astype(np.int32)
    chunk = EncodedCorpus(numbers).chunk(0, len(numbers))
    rng = np.random.default_rng(0)
    noise = AliasTable(np.ones(9))
    groups = prepare(chunk, np.full(9, kept, np.float32), noise, window, rng)
    assert groups.words.shape == groups.left.shape == groups.right.shape
    assert groups.band.shape == (len(groups.words), GROUP + 2 * window)
    assert groups.negatives.shape == groups.words.shape and groups.window == window
    np.testing.assert_array_equal(groups.band[:, window : window + GROUP], groups.words)
    if kept == 1:
        words = groups.words.ravel()
        np.testing.assert_array_equal(words[: len(chunk.ids)], chunk.ids)
        assert not words[len(chunk.ids) :].any() and groups.n_pairs <= 2 * window * len(chunk.ids)
    for place in zip(*np.nonzero(groups.left), strict=True):
        # words of these sentences count up, so the nearest to the left is smaller
        assert groups.band[place[0], place[1] + window - 1] < groups.words[place]
