"""Words as points: their directions, how alike two are, and which are nearest."""

import numpy as np

from dlcourse.scratch.ranges import whole_number

__all__ = ["WordSpace"]

_AT_ONCE = 512  # queries, so that their products with all words take little memory


class WordSpace:
    """Words, their vectors, and these at length 1.

    Args:
        words: V different str, or a Vocabulary; `WordSpace(*word_vectors)` takes WordVectors.
        vectors: finite numbers (V, n).

    Attributes:
        words: tuple of str.
        vectors: float32 or float64 (V, n), as given.
        directions: the same at length 1; zeros for a vector of zeros, which is like nothing.

    Raises:
        ValueError: there is no word, one comes twice, there is not one vector each, or a number is
            not finite.

    Example:
        >>> space = WordSpace(["cat", "dog", "sum"], [[3.0, 1.0], [1.0, 0.5], [-1.0, 4.0]])
        >>> [word for word, _ in space.most_similar(["cat"])[0]]
        ['dog', 'sum']
        >>> space.similarity(["cat"], ["dog"]).round(2).tolist()
        [0.99]
    """

    def __init__(self, words, vectors):
        self.words = tuple(getattr(words, "words", words))
        self.vectors = np.asarray(vectors)
        if self.vectors.dtype != np.float64:
            self.vectors = self.vectors.astype(np.float32)
        if self.vectors.ndim != 2 or len(self.vectors) != len(self.words) or not self.words:
            raise ValueError(
                f"vectors: expected shape ({len(self.words)}, n), a row for each word, and at least"
                f" one; got {self.vectors.shape}"
            )
        if not np.isfinite(self.vectors).all():
            raise ValueError("vectors: expected finite numbers; got NaN or infinity")
        self._numbers = {word: number for number, word in enumerate(self.words)}
        if len(self._numbers) < len(self.words):
            raise ValueError("words: expected different ones; some come twice")
        self.directions = at_length_1(self.vectors)

    def __len__(self):
        return len(self.words)

    def __contains__(self, word):
        return word in self._numbers

    def numbers(self, words):
        """Places of words among all: integers (m,).

        Raises:
            ValueError: some are unknown, which are named, or words is a str.
        """
        if isinstance(words, str):
            raise ValueError(f"words: expected a list of words; got the str {words!r}")
        words = list(words)
        missing = [word for word in words if word not in self._numbers]
        if missing:
            raise ValueError(
                f"words: expected some of the {len(self)} known ones; {missing[:5]} are not"
            )
        return np.array([self._numbers[word] for word in words], np.int64)

    def similarity(self, first, second):
        """Cosines of pairs of words.

        Args:
            first: m words.
            second: m words.

        Returns:
            Array (m,).

        Raises:
            ValueError: a word is unknown, or they are not as many.
        """
        a, b = self.directions[self.numbers(first)], self.directions[self.numbers(second)]
        if len(a) != len(b):
            raise ValueError(f"second: expected {len(a)} words, as many as first; got {len(b)}")
        return np.sum(a * b, axis=1)

    def most_similar(self, words, count=10):
        """The words with the largest cosines with each of some words, which are left out.

        Args:
            words: m words.
            count: how many for each, at least 1; fewer come back where there are no more.

        Returns:
            List of m lists of pairs (word, cosine), the most similar first.

        Raises:
            ValueError: a word is unknown, or count is below 1.
        """
        numbers = self.numbers(words)
        return self.nearest(self.directions[numbers], numbers[:, None], count)

    def nearest(self, directions, excluded=None, count=10):
        """The words with the largest cosines with each of some directions.

        Args:
            directions: (m, n), of any length but 0.
            excluded: integers (m, k), numbers of words that do not count; None for none.
            count: how many for each, at least 1; fewer come back where there are no more.

        Returns:
            List of m lists of pairs (word, cosine), the most similar first.

        Raises:
            ValueError: the directions have another shape, or count is below 1.
        """
        directions = np.asarray(directions, self.vectors.dtype)
        if directions.ndim != 2 or directions.shape[1] != self.vectors.shape[1]:
            raise ValueError(
                f"directions: expected shape (m, {self.vectors.shape[1]}); got {directions.shape}"
            )
        directions = at_length_1(directions)
        return self.ranked(lambda some: directions[some] @ self.directions.T, len(directions),
                           excluded, count)  # fmt: skip

    def ranked(self, scores_of, m, excluded, count):
        """The words with the largest scores, a block of queries at a time.

        Args:
            scores_of: function of a slice of the m queries -> scores (…, V).
            m: number of queries.
            excluded: integers (m, k), or None.
            count: at least 1.

        Returns:
            List of m lists of pairs (word, score).
        """
        count = whole_number("count", count, least=1)
        found = []
        for begin in range(0, m, _AT_ONCE):
            some = slice(begin, min(begin + _AT_ONCE, m))
            scores = scores_of(some)
            left = len(self)
            if excluded is not None:
                np.put_along_axis(scores, excluded[some], -np.inf, axis=1)
                left -= excluded.shape[1]
            best = largest(scores, min(count, max(left, 0)))
            values = np.take_along_axis(scores, best, axis=1).tolist()
            found += [
                [(self.words[i], score) for i, score in zip(row, of_row, strict=True)]
                for row, of_row in zip(best.tolist(), values, strict=True)
            ]
        return found


def at_length_1(vectors):
    """Vectors over their lengths; zeros stay."""
    # over the largest entry first: the square of 1e-30 would vanish
    largest_entry = np.max(np.abs(vectors), axis=-1, keepdims=True, initial=0)
    vectors = vectors / np.where(largest_entry == 0, 1, largest_entry)
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths == 0, 1, lengths)


def largest(scores, count):
    """Places of the `count` largest scores of each row, the largest first."""
    if count == 0:
        return np.zeros((len(scores), 0), np.int64)
    some = np.argpartition(scores, -count, axis=1)[:, -count:]
    order = np.argsort(-np.take_along_axis(scores, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)
