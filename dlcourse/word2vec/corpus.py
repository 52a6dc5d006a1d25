"""A corpus as numbers: in memory, or in a file that is larger than memory."""

import hashlib
from itertools import repeat
from typing import NamedTuple

import numpy as np

from dlcourse.vocabulary.text_file import checked_sentence

__all__ = ["END", "Chunk", "EncodedCorpus", "encode", "encode_to_file"]

END = -1  # stands after each sentence
_BUFFERED = 1 << 20
_SAMPLED = 1 << 12


class Chunk(NamedTuple):
    """A piece of a corpus.

    Attributes:
        ids: int32 (m,), the words.
        sentences: int32 (m,), number of each word's sentence, from 0, not decreasing.
        next_start: place in the corpus where the next piece begins.
    """

    ids: np.ndarray
    sentences: np.ndarray
    next_start: int


class EncodedCorpus:
    """Sentences as one row of numbers, each sentence followed by END.

    Args:
        numbers: int32 (m,), an array or a memory map, of which only pieces are read at a time.

    Attributes:
        n_words: number of words.
        has_neighbours: whether any sentence has two words.
        largest: the largest number of a word.

    Raises:
        ValueError: there is no word in it.

    Example:
        >>> corpus = EncodedCorpus(np.array([3, 1, END, 2, END], np.int32))
        >>> corpus.n_words
        3
        >>> corpus.chunk(0, 100).sentences.tolist()
        [0, 0, 1]
    """

    def __init__(self, numbers):
        self.numbers = numbers
        self.n_words, self.has_neighbours, self.largest = 0, False, END
        for begin in range(0, len(numbers), _BUFFERED):
            # one place more, for neighbours on both sides of the cut
            piece = np.asarray(numbers[begin : begin + _BUFFERED + 1])
            is_word = piece != END
            self.largest = max(self.largest, int(piece.max()))
            self.n_words += int(np.count_nonzero(is_word[:_BUFFERED]))
            self.has_neighbours |= bool(np.any(is_word[1:] & is_word[:-1]))
        if self.n_words == 0:
            raise ValueError(
                "corpus: expected at least one word of the vocabulary; there is none. Is the "
                "corpus empty, already used up (an iterator), or in another script or case?"
            )

    def __len__(self):
        return len(self.numbers)

    def chunk(self, start, size):
        """Read a piece, up to the end of the last sentence that fits.

        Args:
            start: place where it begins, from 0 to len(self) - 1.
            size: most places that it may take, at least 1; only a longer sentence is cut.

        Returns:
            Chunk.
        """
        piece = np.asarray(self.numbers[start : start + size])
        ends = np.flatnonzero(piece == END)
        if len(ends) and start + len(piece) < len(self.numbers):
            piece = piece[: ends[-1] + 1]
        is_word = piece != END
        sentences = np.cumsum(~is_word, dtype=np.int32)
        return Chunk(piece[is_word], sentences[is_word], start + len(piece))

    def fingerprint(self):
        """Tell corpora apart by their length and a sample of their words: str."""
        step = max(1, len(self.numbers) // _SAMPLED)
        sample = np.ascontiguousarray(self.numbers[::step])
        return f"{len(self.numbers)}-{hashlib.sha256(sample.tobytes()).hexdigest()[:16]}"


def encode(sentences, vocabulary):
    """Write sentences as numbers, in memory. Words outside the vocabulary are left out.

    Args:
        sentences: iterable of lists of str.
        vocabulary: Vocabulary.

    Returns:
        EncodedCorpus.

    Raises:
        TypeError: a sentence is a str, whose "words" would be letters.
        ValueError: no word is of the vocabulary.

    Example:
        >>> from dlcourse.vocabulary import build_vocabulary
        >>> sentences = [["to", "be"], ["or", "be"]]
        >>> encode(sentences, build_vocabulary(sentences)).numbers.tolist()
        [2, 0, -1, 1, 0, -1]
    """
    return EncodedCorpus(np.concatenate([np.zeros(0, np.int32), *_blocks(sentences, vocabulary)]))


def encode_to_file(sentences, vocabulary, path):
    """Write sentences as numbers into a file, with little memory, and open it as a memory map.

    Args:
        sentences: as for `encode`.
        vocabulary: as for `encode`.
        path: the file, 4 bytes a word; overwritten.

    Returns:
        EncodedCorpus that reads from the file.

    Raises:
        TypeError: a sentence is a str.
        ValueError: no word is of the vocabulary.
    """
    total = 0
    with open(path, "wb") as file:
        for block in _blocks(sentences, vocabulary):
            file.write(block.tobytes())
            total += len(block)
    # an empty file cannot be mapped
    return EncodedCorpus(np.memmap(path, np.int32, "r") if total else np.zeros(0, np.int32))


def _blocks(sentences, vocabulary):
    number = vocabulary.numbers.get
    pending = []
    for sentence in sentences:
        # -2 marks what is unknown; left out below, because here speed counts
        pending.extend(map(number, checked_sentence(sentence), repeat(-2)))
        pending.append(END)
        if len(pending) >= _BUFFERED:
            yield _known(pending)
            pending = []
    if pending:
        yield _known(pending)


def _known(pending):
    block = np.array(pending, np.int32)
    return block[block != -2]
