"""Words with their vectors, and the two file formats of the word2vec program."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["WordVectors", "load_binary", "load_text", "save_binary", "save_text"]

_BLANK = (" ", "\n")


class WordVectors(NamedTuple):
    """Words and their vectors, the result of training.

    Attributes:
        words: tuple of V str.
        vectors: float32 (V, n).
    """

    words: tuple
    vectors: np.ndarray


def save_text(word_vectors, path):
    r"""Write words and vectors as text: a line "V n", then a line for each word.

    Args:
        word_vectors: WordVectors.
        path: the file; overwritten.

    Raises:
        ValueError: there is not one vector for each word, or a word holds a blank.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "vectors.txt"
        ...     save_text(WordVectors(("a",), np.array([[0.5, -1.0]], np.float32)), path)
        ...     path.read_text(encoding="utf-8")
        '1 2\na 0.5 -1.0\n'
    """
    words, vectors = _checked(word_vectors)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{len(words)} {vectors.shape[1]}\n")
        for word, vector in zip(words, vectors, strict=True):
            # str of a float32, not of a float64: the shortest that is read back as the same
            file.write(f"{word} {' '.join(map(str, vector))}\n")


def load_text(path):
    """Read what `save_text`, gensim or the word2vec program wrote as text.

    Args:
        path: the file, in UTF-8.

    Returns:
        WordVectors.

    Raises:
        ValueError: the file is not of this format, is cut off, or is not UTF-8.
    """
    with open(path, "rb") as file:
        n_words, n = _header(path, file)
        words, vectors = [], np.empty((n_words, n), np.float32)
        for number in range(n_words):
            word, *values = file.readline().rstrip(b" \r\n").split(b" ")
            words.append(_decoded(path, word))
            if len(values) != n:
                raise _broken(
                    path, f"word {number + 1} of {n_words} has {len(values)} of {n} values"
                )
            try:
                vectors[number] = [float(value) for value in values]
            except ValueError:
                raise _broken(path, f"a value of word {number + 1} is not a number") from None
    return WordVectors(tuple(words), vectors)


def save_binary(word_vectors, path):
    """Write words and vectors as bytes: a third of the text's size, and exact.

    Args:
        word_vectors: WordVectors.
        path: the file; overwritten.

    Raises:
        ValueError: there is not one vector for each word, or a word holds a blank.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "vectors.bin"
        ...     save_binary(WordVectors(("a",), np.array([[0.5, -1.0]], np.float32)), path)
        ...     load_binary(path).vectors.tolist()
        [[0.5, -1.0]]
    """
    words, vectors = _checked(word_vectors)
    with open(path, "wb") as file:
        file.write(f"{len(words)} {vectors.shape[1]}\n".encode())
        for word, vector in zip(words, vectors.astype("<f4"), strict=True):
            file.write(word.encode() + b" " + vector.tobytes() + b"\n")


def load_binary(path):
    """Read what `save_binary`, gensim or the word2vec program wrote as bytes.

    Args:
        path: the file.

    Returns:
        WordVectors.

    Raises:
        ValueError: the file is not of this format, is cut off, or a word is not UTF-8.
    """
    with open(path, "rb") as file:
        n_words, n = _header(path, file)
        content = file.read()
    words, vectors, place = [], np.empty((n_words, n), np.float32), 0
    for number in range(n_words):
        blank = content.find(b" ", place)
        end = blank + 1 + 4 * n
        if blank < 0 or end > len(content):
            raise _broken(path, f"it ends in word {number + 1} of {n_words}")
        # some programs end each vector with a line break, some do not
        words.append(_decoded(path, content[place:blank].lstrip(b"\n")))
        vectors[number] = np.frombuffer(content, "<f4", n, blank + 1)
        place = end
    return WordVectors(tuple(words), vectors)


def _checked(word_vectors):
    words, vectors = word_vectors
    vectors = np.asarray(vectors, np.float32)
    if vectors.ndim != 2 or len(vectors) != len(words):
        raise ValueError(f"vectors: expected shape ({len(words)}, n), got {vectors.shape}")
    for word in words:
        if not word or any(blank in word for blank in _BLANK):
            raise ValueError(f"words: the format knows no blanks in words; got {word!r}")
    return words, vectors


def _header(path, file):
    try:
        n_words, n = map(int, file.readline(100).split())
    except ValueError:
        raise _broken(path, "its first line is not the two numbers V and n") from None
    size = Path(path).stat().st_size
    # a word needs a letter, a blank and at least 2 bytes a value: what does not fit is not read
    if n_words < 0 or n < 1 or n_words * 2 * n > size:
        raise _broken(path, f"{n_words} words with {n} values do not fit into {size} bytes")
    return n_words, n


def _decoded(path, word):
    try:
        return word.decode("utf-8")
    except UnicodeDecodeError:
        raise _broken(path, f"the word {word[:40]!r} is not UTF-8") from None


def _broken(path, reason):
    return ValueError(f"{path}: expected a file of word vectors in the word2vec format; {reason}")
