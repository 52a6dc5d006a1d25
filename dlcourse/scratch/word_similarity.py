"""How alike two words are: the cosine of the angle between their vectors, and analogies.

The cosine is 1 for the same direction, 0 at 90° and -1 for opposite directions. It ignores how
long the vectors are; the squared distance does not.
"""

import numpy as np

from dlcourse.scratch.named_arrays import float_array, parameter_array
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "complete_analogy",
    "cosine_similarity",
    "nearest_words",
    "squared_distance",
    "word_vector",
]


def cosine_similarity(u, v):
    """Cosine of the angle between two vectors: their product over the product of their lengths.

    Args:
        u: vector (n,), or an array (..., n) of vectors.
        v: vector (n,), or an array (..., n) that broadcasts against u.

    Returns:
        Number in [-1, 1] for each pair of vectors; 0 where one of them is all zeros, because
        what has no direction is like nothing.

    Raises:
        ValueError: the vectors are empty, differ in size, or hold NaN.

    Example:
        >>> right_angle = cosine_similarity([1.0, 0.0], [0.0, 1.0])
        >>> float(right_angle), float(cosine_similarity([3.0, 4.0], [-6.0, -8.0]))
        (0.0, -1.0)
    """
    u, v = _pair(u, v)
    cosine = np.sum(_direction(u) * _direction(v), axis=-1)
    return np.clip(cosine, -1, 1)  # rounding may lead out by 1e-16, where arccos has no value


def squared_distance(u, v):
    """Square of the length of u - v: small for words that are alike, 0 for the same vector.

    Args:
        u: vector (n,), or an array (..., n) of vectors.
        v: vector (n,), or an array (..., n) that broadcasts against u.

    Returns:
        Number ≥ 0 for each pair of vectors; 2 - 2 cos for vectors of length 1.

    Raises:
        ValueError: the vectors are empty, differ in size, or hold NaN.

    Example:
        >>> float(squared_distance([1.0, 0.0], [0.0, 1.0]))
        2.0
    """
    u, v = _pair(u, v)
    return np.sum((u - v) ** 2, axis=-1)


def word_vector(name, word, word_to_vec_map):
    """Look a word up, or say which argument held a word without a vector.

    Args:
        name: of the argument that holds the word, for the message.
        word: the word.
        word_to_vec_map: dictionary from words to vectors (n,).

    Returns:
        The vector, a float array (n,).

    Raises:
        ValueError: the word is not in the map, or what the map holds is not a vector.

    Example:
        >>> word_vector("word_a", "Rome", {"rome": [1.0, 2.0]})
        Traceback (most recent call last):
            ...
        ValueError: word_a: expected one of the 1 words of word_to_vec_map; got 'Rome'
    """
    if word not in word_to_vec_map:
        count = len(word_to_vec_map)
        raise ValueError(
            f"{name}: expected one of the {count} words of word_to_vec_map; got {word!r}"
        )
    return parameter_array(f"word_to_vec_map[{word!r}]", word_to_vec_map[word], ("n",))


def nearest_words(vector, word_to_vec_map, count, excluded=()):
    """The words whose vectors have the largest cosine with a given vector.

    Args:
        vector: what to compare with, shape (n,).
        word_to_vec_map: dictionary from words to vectors (n,).
        count: how many words, at least 1; fewer come back where the map is smaller.
        excluded: words that do not take part.

    Returns:
        List of pairs (word, cosine), the most similar first; equals in the order of the map.

    Raises:
        ValueError: count is below 1, no word is left, or the sizes differ.

    Example:
        >>> words = {"up": np.array([0.0, 1.0]), "right": np.array([2.0, 0.0])}
        >>> nearest_words([3.0, 0.1], words, count=1)[0][0]
        'right'
    """
    count = whole_number("count", count, least=1)
    words, vectors = _candidates(word_to_vec_map, excluded)
    cosines = cosine_similarity(vectors, float_array("vector", vector, ("n",)))
    best = np.argsort(-cosines, kind="stable")[:count]
    return [(words[i], float(cosines[i])) for i in best]


def complete_analogy(word_a, word_b, word_c, word_to_vec_map):
    """Answer "a is to b as c is to …": the word d for which e_d - e_c points like e_b - e_a.

    Args:
        word_a: a word of the map, such as "man".
        word_b: a word of the map, such as "woman".
        word_c: a word of the map, such as "king".
        word_to_vec_map: dictionary from words to vectors (n,).

    Returns:
        The word with the largest cosine between e_b - e_a and e_d - e_c, none of the three given.

    Raises:
        ValueError: a word is not in the map, or the map holds no other word.

    Reference:
        Mikolov, Yih and Zweig, "Linguistic Regularities in Continuous Space Word
        Representations", NAACL 2013.

    Example:
        >>> words = {"man": [0.0, 0.0], "woman": [0.0, 1.0], "king": [1.0, 0.0],
        ...          "queen": [1.0, 1.0], "crown": [2.0, 0.1]}
        >>> complete_analogy("man", "woman", "king", words)
        'queen'
    """
    named = {"word_a": word_a, "word_b": word_b, "word_c": word_c}
    e_a, e_b, e_c = (word_vector(name, word, word_to_vec_map) for name, word in named.items())
    words, vectors = _candidates(word_to_vec_map, named.values())
    return words[int(np.argmax(cosine_similarity(vectors - e_c, e_b - e_a)))]


def _pair(u, v):
    sizes = {}
    u, v = np.atleast_1d(u), np.atleast_1d(v)
    return (
        parameter_array("u", u, (*u.shape[:-1], "n"), sizes),
        parameter_array("v", v, (*v.shape[:-1], "n"), sizes),
    )


def _direction(vectors):
    """Vectors of length 1; the zero vector stays."""
    # divided by the largest entry first: the square of 1e200 overflows, that of 1e-200 vanishes
    vectors = _divided(vectors, np.max(np.abs(vectors), axis=-1, keepdims=True))
    return _divided(vectors, np.sqrt(np.sum(vectors**2, axis=-1, keepdims=True)))


def _divided(vectors, lengths):
    return vectors / np.where(lengths == 0, lengths.dtype.type(1), lengths)


def _candidates(word_to_vec_map, excluded):
    excluded = set(excluded)
    words = [word for word in word_to_vec_map if word not in excluded]
    if not words:
        raise ValueError(
            f"word_to_vec_map: expected a word besides {sorted(excluded)}; "
            f"got {len(word_to_vec_map)} words"
        )
    return words, np.stack([word_to_vec_map[word] for word in words])
