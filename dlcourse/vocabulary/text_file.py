"""A text file as a stream of sentences, however large it is."""

import codecs
from pathlib import Path

from dlcourse.vocabulary.tokens import tokenise

__all__ = ["TextFile", "checked_sentence"]

_BLOCK = 1 << 20  # bytes read at a time
_LONGEST = 1000  # words; a longer line is cut, as the word2vec program does


class TextFile:
    r"""The sentences of a file, one a line, as lists of words.

    Only a piece of the file is in memory at any time, even if the whole file is one line. It can be
    iterated over again and again.

    Args:
        path: the file.
        encoding: how its bytes are to be read.

    Raises:
        FileNotFoundError: there is no such file.

    While it is read, ValueError names the first byte that is not of the encoding.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "hamlet.txt"
        ...     _ = path.write_text("To be,\n\nor not to be.\n", encoding="utf-8")
        ...     list(TextFile(path))
        [['to', 'be'], ['or', 'not', 'to', 'be']]
    """

    def __init__(self, path, encoding="utf-8"):
        self.path, self.encoding = Path(path), encoding
        if not self.path.is_file():
            raise FileNotFoundError(f"path: expected a text file, found none at {self.path}")

    def __iter__(self):
        unread = ""
        for text in self._decoded():
            *lines, unread = (unread + text).split("\n")
            for line in lines:
                yield from _sentences(tokenise(line))
            if len(unread) > _BLOCK:  # one endless line: what follows the last space waits
                begun, space, rest = unread.rpartition(" ")
                words = tokenise(begun if space else unread)  # without any space, it is cut here
                whole = len(words) - len(words) % _LONGEST if space else len(words)
                yield from _sentences(words[:whole])
                unread = " ".join(words[whole:]) + space + rest if space else ""
        yield from _sentences(tokenise(unread))

    def _decoded(self):
        decoder = codecs.getincrementaldecoder(self.encoding)()
        done = 0
        with open(self.path, "rb") as file:
            while block := file.read(_BLOCK):
                waiting = len(decoder.getstate()[0])
                yield self._text(decoder, block, done - waiting)
                done += len(block)
        yield self._text(decoder, b"", done - len(decoder.getstate()[0]))

    def _text(self, decoder, block, place):
        try:
            return decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise ValueError(
                f"{self.path}: expected {self.encoding} text; byte {place + error.start}, "
                f"0x{error.object[error.start]:02x}, is not. If the file is in another encoding, "
                f'say so: TextFile(path, encoding="latin-1")'
            ) from error


def checked_sentence(sentence):
    """Refuse a str in place of a list of words: its elements would be letters.

    Args:
        sentence: list of str.

    Returns:
        The same.

    Raises:
        TypeError: it is a str or bytes.

    Example:
        >>> checked_sentence(["to", "be"])
        ['to', 'be']
    """
    if isinstance(sentence, str | bytes):
        raise TypeError(
            f"sentences: expected lists of words, got {sentence[:40]!r}; cut it with "
            "dlcourse.vocabulary.tokenise first"
        )
    return sentence


def _sentences(words):
    for start in range(0, len(words), _LONGEST):
        yield words[start : start + _LONGEST]
