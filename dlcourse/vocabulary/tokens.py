"""Text cut into tokens: words, or single characters."""

import re
import unicodedata

__all__ = ["characters", "normalized", "tokenise"]

# letters of any alphabet, and an apostrophe only between two of them: don't, l'eau
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def normalized(text):
    r"""Write the same text in the same way: composed letters, lower case, straight apostrophes.

    Args:
        text: str.

    Returns:
        str.

    Example:
        >>> normalized("Cafe\u0301 Don\u2019t")
        "café don't"
    """
    return unicodedata.normalize("NFC", text).replace("\u2019", "'").lower()


def tokenise(text):
    """Cut a text into its words, in lower case, without digits and punctuation.

    Args:
        text: str.

    Returns:
        List of str.

    Raises:
        TypeError: text is not a str: bytes must be decoded first.

    Example:
        >>> tokenise("Don't panic: 42 is the answer-to-be.")
        ["don't", 'panic', 'is', 'the', 'answer', 'to', 'be']
    """
    return _WORD.findall(normalized(_checked(text)))


def characters(text):
    r"""Cut a text into its characters, all of them, as a character model reads it.

    Args:
        text: str.

    Returns:
        List of str of length 1.

    Raises:
        TypeError: text is not a str.

    Example:
        >>> characters("a b\n")
        ['a', ' ', 'b', '\n']
    """
    return list(_checked(text))


def _checked(text):
    if not isinstance(text, str):
        raise TypeError(
            f"text: expected a str, got {type(text).__name__}; bytes become text with "
            '.decode("utf-8"), files are read with dlcourse.vocabulary.TextFile'
        )
    return text
