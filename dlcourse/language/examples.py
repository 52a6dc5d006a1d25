"""Texts as arrays of numbers, from which language models and classifiers learn."""

import numpy as np

from dlcourse.vocabulary import PAD, UNK, tokenise

__all__ = ["character_numbers", "next_token_examples", "padded_texts", "text_windows"]

_PADDINGS = ("post", "pre")


def character_numbers(text, vocabulary):
    """Number the characters of a text.

    Args:
        text: str.
        vocabulary: Vocabulary whose words are characters.

    Returns:
        int32 array (t,).

    Raises:
        ValueError: the text is empty, or has characters that are not in the vocabulary, while there
            is no UNK.

    Example:
        >>> from dlcourse.vocabulary import Vocabulary
        >>> character_numbers("abba", Vocabulary("ab")).tolist()
        [0, 1, 1, 0]
    """
    if not text:
        raise ValueError("text: expected at least one character; it is empty")
    unknown = sorted(set(text) - set(vocabulary.words))
    if unknown and UNK not in vocabulary:
        raise ValueError(
            f"text: expected characters of the vocabulary; {''.join(unknown)[:20]!r} are not among "
            f"them. Leave them out, or build the vocabulary with {UNK} among its specials"
        )
    return vocabulary.encode(list(text))


def text_windows(numbers, length):
    """Cut one long text into windows; at each place, the token that follows is to be predicted.

    Args:
        numbers: integers (t,).
        length: of a window, at least 1. What is left behind the last whole window is not used.

    Returns:
        (x, y): int32 (m, length) each; y is x one place further.

    Raises:
        ValueError: length is below 1, the text is not longer than a window, or its tokens are no
            whole numbers.

    Example:
        >>> x, y = text_windows([1, 2, 3, 4, 5, 6], length=2)
        >>> x.tolist(), y.tolist()
        ([[1, 2], [3, 4]], [[2, 3], [4, 5]])
    """
    numbers = np.asarray(numbers)
    if length < 1:
        raise ValueError(f"length: expected at least 1, got {length}")
    if numbers.ndim != 1 or len(numbers) <= length:
        raise ValueError(
            f"numbers: expected one row of more than length = {length} tokens, so that each of a "
            f"window has one behind it; got shape {numbers.shape}. Choose shorter windows"
        )
    if not np.issubdtype(numbers.dtype, np.integer):
        raise ValueError(f"numbers: expected whole numbers, got {numbers.dtype.name}")
    numbers = numbers.astype(np.int32)
    m = (len(numbers) - 1) // length
    return tuple(part[: m * length].reshape(m, length) for part in (numbers, numbers[1:]))


def next_token_examples(sequences, end):
    """Let each token of short sequences be predicted from those before it, and their end too.

    Args:
        sequences: list of sequences of integers above 0; 0 is PAD.
        end: number of EOS. It also stands at the beginning of every input: what ends one name
            begins the next.

    Returns:
        (x, y): int32 (m, t) each, filled up with 0 behind, where t is the longest's length + 1.

    Raises:
        ValueError: there is no sequence, or a number is not above 0.

    Example:
        >>> x, y = next_token_examples([[5, 6], [7]], end=1)
        >>> x.tolist(), y.tolist()
        ([[1, 5, 6], [1, 7, 0]], [[5, 6, 1], [7, 1, 0]])
    """
    rows = [[*sequence, end] for sequence in sequences]
    if not rows:
        raise ValueError("sequences: expected at least one; the corpus is empty")
    if min(map(min, rows)) < 1:
        raise ValueError("sequences, end: expected numbers above 0, which is PAD")
    y = _filled_up(rows, max(map(len, rows)), "post")
    x = np.where(y > 0, np.roll(y, 1, axis=1), 0)
    x[:, 0] = end
    return x, y


def padded_texts(texts, vocabulary, length, padding="post"):
    """Number the words of texts in classes, all to the same length.

    Args:
        texts: list of str.
        vocabulary: Vocabulary with PAD at 0, and UNK.
        length: how many words to keep of each text, at least 1: the first ones.
        padding: where PAD fills up, "post" (behind) or "pre" (in front). With a mask it makes no
            difference, but some fast kernels for GPUs know only "post".

    Returns:
        int32 array (m, length). A text without words is one UNK, so that no row is empty.

    Raises:
        ValueError: there is no text, length is below 1, padding is another word, or the vocabulary
            lacks one of the two.

    Example:
        >>> from dlcourse.vocabulary import Vocabulary
        >>> vocabulary = Vocabulary([PAD, UNK, "good", "not"])
        >>> padded_texts(["Not so good!", "Good."], vocabulary, 4, "pre").tolist()
        [[0, 3, 1, 2], [0, 0, 0, 2]]
    """
    if length < 1 or padding not in _PADDINGS:
        raise ValueError(
            f"length, padding: expected at least 1 and one of {', '.join(_PADDINGS)}; got "
            f"{length} and {padding!r}"
        )
    if vocabulary.words[:1] != (PAD,) or UNK not in vocabulary:
        raise ValueError(
            f"vocabulary: expected {PAD} at 0, and {UNK}; got {vocabulary.words[:3]} … Build it "
            "with specials=(PAD, UNK)"
        )
    if isinstance(texts, str) or not len(texts):
        raise ValueError(f"texts: expected a list of at least one text, got {texts!r}")
    rows = [vocabulary.encode((tokenise(text) or [UNK])[:length]) for text in texts]
    return _filled_up(rows, length, padding)


def _filled_up(rows, length, padding):
    """Rows of different lengths as one int32 array (m, length), with 0 behind or in front."""
    filled = np.zeros((len(rows), length), np.int32)
    real = np.arange(length) < np.array([len(row) for row in rows])[:, None]
    filled[real if padding == "post" else real[:, ::-1]] = np.concatenate(rows)
    return filled
