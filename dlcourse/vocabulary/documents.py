"""Documents as counts: bag of words and n-grams."""

from collections import Counter

import numpy as np
from scipy import sparse

from dlcourse.vocabulary.text_file import checked_sentence

__all__ = ["bag_of_words", "n_grams"]


def n_grams(tokens, shortest=1, longest=2):
    """Runs of neighbouring tokens, joined by spaces: "not good" is more than "not" and "good".

    Args:
        tokens: list of str.
        shortest: fewest tokens in a run, at least 1.
        longest: most tokens in a run, at least `shortest`.

    Returns:
        List of str, the shorter runs first; none that is longer than the list of tokens.

    Raises:
        TypeError: tokens is a str; take its `characters` for n-grams of letters.
        ValueError: the lengths are out of order.

    Example:
        >>> n_grams(["not", "so", "good"])
        ['not', 'so', 'good', 'not so', 'so good']
    """
    if not 1 <= shortest <= longest:
        raise ValueError(
            f"shortest, longest: expected 1 or more, in order; got {(shortest, longest)}"
        )
    tokens = list(checked_sentence(tokens))
    return [
        " ".join(tokens[start : start + n])
        for n in range(shortest, longest + 1)
        for start in range(len(tokens) - n + 1)
    ]


def bag_of_words(documents, vocabulary):
    """Count the tokens of each document; their order is lost.

    Args:
        documents: iterable of lists of str, read one at a time.
        vocabulary: Vocabulary. Unknown tokens count as UNK, or not at all where there is no UNK.

    Returns:
        SciPy's csr_array of float64, (documents, V).

    Raises:
        TypeError: a document is a str.

    Example:
        >>> from dlcourse.vocabulary import Vocabulary
        >>> bag_of_words([["b", "a", "b"], ["c"]], Vocabulary(["a", "b"])).toarray().tolist()
        [[1.0, 2.0], [0.0, 0.0]]
    """
    columns, values, starts = [], [], [0]
    for tokens in documents:
        counts = Counter(vocabulary.encode(tokens).tolist())
        for column in sorted(counts):
            columns.append(column)
            values.append(counts[column])
        starts.append(len(columns))
    values = np.array(values, np.float64)
    parts = values, np.array(columns, np.intp), np.array(starts, np.intp)
    return sparse.csr_array(parts, shape=(len(starts) - 1, len(vocabulary)))
