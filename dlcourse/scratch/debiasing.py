"""Word vectors and prejudice: the direction of gender, and two ways to take it out.

Words that should not tell a gender (doctor) are neutralized: they lose their component along the
direction. Pairs that differ only in gender (actor, actress) are equalized: they become mirror
images, equally far from every neutral word.
"""

import numpy as np

from dlcourse.scratch.named_arrays import parameter_array
from dlcourse.scratch.word_similarity import word_vector

__all__ = ["equalize", "gender_direction", "neutralize"]


def gender_direction(pairs, word_to_vec_map):
    """Average of the differences of word pairs, such as e_woman - e_man and e_she - e_he.

    Args:
        pairs: pairs of words such as ("woman", "man"), at least one, always in the same order.
        word_to_vec_map: dictionary from words to vectors (n,).

    Returns:
        Array (n,), from the second words to the first.

    Raises:
        ValueError: there is no pair, or a word is not in the map.

    Example:
        >>> words = {"woman": [1.0, 2.0], "man": [1.0, -2.0], "she": [0.0, 1.0], "he": [0.0, -1.0]}
        >>> gender_direction([("woman", "man"), ("she", "he")], words).tolist()
        [0.0, 3.0]
    """
    if not pairs:
        raise ValueError("pairs: expected at least one pair of words; got none")
    vectors = [[word_vector("pairs", word, word_to_vec_map) for word in pair] for pair in pairs]
    return np.mean([first - second for first, second in vectors], axis=0)


def neutralize(word, g, word_to_vec_map):
    """Vector of a word without its component along g.

    Args:
        word: a word of the map, such as "doctor".
        g: direction of the bias, shape (n,), not all zeros; its length does not matter.
        word_to_vec_map: dictionary from words to vectors (n,); stays as it is.

    Returns:
        Array (n,), orthogonal to g.

    Raises:
        ValueError: the word is not in the map, or g is zero, holds NaN or has another size.

    Reference:
        Bolukbasi et al., "Man is to Computer Programmer as Woman is to Homemaker? Debiasing Word
        Embeddings", 2016, §6.

    Example:
        >>> neutralize("doctor", [0.0, 2.0], {"doctor": [3.0, 0.5]}).tolist()
        [3.0, 0.0]
    """
    e = word_vector("word", word, word_to_vec_map)
    return e - _along(e, _direction("g", g, len(e)))


def equalize(pair, bias_axis, word_to_vec_map):
    """Vectors of two words that differ along the bias axis only, by the same amount either way.

    Args:
        pair: two words of the map, such as ("actor", "actress").
        bias_axis: direction of the bias, shape (n,), not all zeros; its length does not matter.
        word_to_vec_map: dictionary from words to vectors (n,); stays as it is.

    Returns:
        Two arrays (n,). Vectors of length 1, as in the paper, keep this length; longer ones, which
        the paper excludes, are kept defined by an absolute value under the root.

    Raises:
        ValueError: a word is not in the map, bias_axis is zero, holds NaN or has another size, or
            the words do not differ along it.

    Reference:
        Bolukbasi et al., "Man is to Computer Programmer as Woman is to Homemaker? Debiasing Word
        Embeddings", 2016, §6.

    Example:
        >>> words = {"actor": [0.6, 0.8], "actress": [0.8, -0.6]}
        >>> [e.round(3).tolist() for e in equalize(("actor", "actress"), [0.0, 1.0], words)]
        [[0.7, 0.714], [0.7, -0.714]]
    """
    first, second = (word_vector("pair", word, word_to_vec_map) for word in pair)
    axis = _direction("bias_axis", bias_axis, len(first))
    middle = (first + second) / 2
    shared = middle - _along(middle, axis)
    apart = _along(first - second, axis)
    length = np.sqrt(np.sum(apart**2))
    if length == 0:
        raise ValueError(f"pair: expected two words that differ along bias_axis; got {pair!r}")
    side = np.sqrt(np.abs(1 - np.sum(shared**2))) * apart / length
    return shared + side, shared - side


def _direction(name, vector, n):
    vector = parameter_array(name, vector, (n,))
    length = np.sqrt(np.sum(vector**2))
    if length == 0:
        raise ValueError(f"{name}: expected a direction; got a vector of zeros")
    return vector / length


def _along(vector, direction):
    return np.sum(vector * direction) * direction
