"""The vocabulary: which words there are, how often, and the number of each."""

from collections import Counter

import numpy as np

from dlcourse.vocabulary.text_file import checked_sentence

__all__ = ["EOS", "PAD", "UNK", "Vocabulary", "build_vocabulary", "count_tokens"]

PAD, UNK, EOS = "<pad>", "<unk>", "<eos>"


class Vocabulary:
    """Words with their numbers, 0 to V-1, and counts.

    Args:
        words: sequence of V different str; a word's place is its number. PAD belongs at 0, where
            Keras's masks look for it.
        counts: how often each occurs, V whole numbers ≥ 0; all 1 unless given.

    Raises:
        ValueError: a word comes twice, or there are not as many counts as words.

    Example:
        >>> vocabulary = Vocabulary([PAD, UNK, EOS, "sit", "cat"])
        >>> vocabulary.encode(["cat", "sat"], length=4).tolist()
        [4, 1, 0, 0]
        >>> vocabulary.decode([4, 3])
        ['cat', 'sit']
    """

    def __init__(self, words, counts=None):
        self.words = tuple(words)
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self.counts = np.asarray(np.ones(len(self.words)) if counts is None else counts, np.int64)
        if len(self.numbers) < len(self.words):
            raise ValueError(f"words: expected different ones, {_repeated(self.words)!r} repeats")
        if self.counts.shape != (len(self.words),):
            raise ValueError(
                f"counts: expected one for each of the {len(self.words)} words; got shape "
                f"{self.counts.shape}"
            )

    def __len__(self):
        return len(self.words)

    def __contains__(self, word):
        return word in self.numbers

    def __getitem__(self, word):
        """Number of a word; of UNK for an unknown one.

        Raises:
            KeyError: the word is unknown, and so is UNK.
        """
        if word in self.numbers:
            return self.numbers[word]
        if UNK in self.numbers:
            return self.numbers[UNK]
        raise KeyError(f"{word!r} is not among the {len(self)} words, and there is no {UNK}")

    def encode(self, tokens, length=None, end=False):
        """Write tokens as numbers; unknown ones as UNK, or not at all where there is no UNK.

        Args:
            tokens: list of str.
            length: how many numbers to return: cut behind, or filled up with PAD.
            end: whether EOS is to stand behind the last token (it is not cut off).

        Returns:
            int32 array.

        Raises:
            ValueError: length or end is asked for, and there is no PAD or EOS.
        """
        unknown = self.numbers.get(UNK, -1)
        numbers = [self.numbers.get(token, unknown) for token in checked_sentence(tokens)]
        numbers = [number for number in numbers if number >= 0]
        tail = [self._special(EOS, "end")] if end else []
        if length is not None:
            padding = self._special(PAD, "length")
            numbers = numbers[: max(length - len(tail), 0)]
            tail = (tail + [padding] * length)[: length - len(numbers)]
        return np.array(numbers + tail, np.int32)

    def decode(self, numbers):
        """Write numbers as words, up to the first EOS and without PAD.

        Args:
            numbers: integers, each in 0..V-1.

        Returns:
            List of str.

        Raises:
            ValueError: a number is of no word.
        """
        numbers = np.asarray(numbers, np.int64).ravel()
        if len(numbers) and not 0 <= numbers.min() <= numbers.max() < len(self):
            raise ValueError(
                f"numbers: expected 0 to {len(self) - 1}; got {numbers.min()} to {numbers.max()}"
            )
        words = [self.words[number] for number in numbers]
        words = words[: words.index(EOS)] if EOS in words else words
        return [word for word in words if word != PAD]

    def _special(self, word, argument):
        if word not in self.numbers:
            raise ValueError(f"{argument}: needs {word} in the vocabulary; name it in `specials`")
        return self.numbers[word]


def count_tokens(sentences):
    """Count the tokens of sentences, which are read one at a time.

    Args:
        sentences: iterable of lists of str.

    Returns:
        collections.Counter.

    Raises:
        TypeError: a sentence is a str.

    Example:
        >>> count_tokens([["to", "be"], ["or", "not", "to", "be"]])["be"]
        2
    """
    counts = Counter()
    for sentence in sentences:
        counts.update(checked_sentence(sentence))
    return counts


def build_vocabulary(sentences, min_count=1, max_size=None, specials=()):
    """Number the tokens of a corpus, the most frequent first, equally frequent ones by alphabet.

    Args:
        sentences: iterable of lists of str, read once.
        min_count: what is rarer is left out.
        max_size: most tokens to keep, without the special ones; None keeps all.
        specials: tokens that come first, such as (PAD, UNK, EOS). UNK's count is how many
            tokens were left out.

    Returns:
        Vocabulary.

    Raises:
        TypeError: a sentence is a str.
        ValueError: the corpus is empty, or all its tokens are rarer than min_count.

    Example:
        >>> vocabulary = build_vocabulary([["b", "a", "b"]], specials=(PAD, UNK))
        >>> vocabulary.words, vocabulary.counts.tolist()
        (('<pad>', '<unk>', 'b', 'a'), [0, 0, 2, 1])
    """
    counts = count_tokens(sentences)
    if not counts:
        raise ValueError("sentences: expected at least one token; the corpus is empty")
    of_specials = {token: counts.pop(token, 0) for token in specials}
    kept = sorted((-n, token) for token, n in counts.items() if n >= min_count)[:max_size]
    if not kept:
        most = max(counts.values(), default=0)
        raise ValueError(
            f"min_count: expected at most {most}, how often the most frequent of the {len(counts)} "
            f"different tokens occurs; got {min_count}, and none is left"
        )
    left_out = counts.total() + sum(n for n, _ in kept)
    if UNK in of_specials:
        of_specials[UNK] += left_out
    words = [*of_specials, *(token for _, token in kept)]
    return Vocabulary(words, [*of_specials.values(), *(-n for n, _ in kept)])


def _repeated(words):
    return next(word for word, times in Counter(words).items() if times > 1)
