"""English prose without a network: what is written in the docstrings of scientific packages."""

import hashlib
import os
import shutil
import zipfile
from collections import Counter
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from dlcourse.datasets.cache import cache_folder
from dlcourse.datasets.docstrings import docstrings, prose_of
from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.source import load_from
from dlcourse.vocabulary.text_file import TextFile
from dlcourse.vocabulary.tokens import tokenise

__all__ = ["PACKAGES", "DocstringProse", "TextCorpus", "TextFigures", "figures", "load_prose"]

# how a package is imported -> under what name it is installed
PACKAGES = {
    "numpy": "numpy",
    "scipy": "scipy",
    "sklearn": "scikit-learn",
    "matplotlib": "matplotlib",
    "keras": "keras",
    "joblib": "joblib",
}
TEXT8 = RemoteFile(
    "text8.zip",
    "http://mattmahoney.net/dc/text8.zip",
    "a6640522afe85d1963ad56c05b0ede0a0c000dddc9671758a6cc09b7a38e5232",
)
_TEXT8_BYTES = 100_000_000
_FEWEST_WORDS = 4  # in a sentence; what is shorter is mostly a label
_RULES = 1  # counts up when the cleaning changes, so that what was cached is not used any more


class TextCorpus(NamedTuple):
    """Sentences, and where they are from.

    Attributes:
        sentences: iterable of lists of str; can be gone through again and again, and is not in
            memory as a whole.
        origin: str.
    """

    sentences: object
    origin: str


class TextFigures(NamedTuple):
    """The size of a corpus.

    Attributes:
        sentences: how many.
        words: how many in all.
        different_words: how many different ones.
        most_frequent: the twenty most frequent with their counts, ((str, int), …).
    """

    sentences: int
    words: int
    different_words: int
    most_frequent: tuple


def load_prose(source="auto"):
    """Load the text8 corpus, or the prose of the installed packages' docstrings in its place.

    Args:
        source: as in `load_mnist`; text8, the first 100 MB of a cleaned English Wikipedia of 2006,
            is a download of 31 MB. It has no sentences: they are pieces of 1000 words.

    Returns:
        TextCorpus of lower-case words without digits and punctuation: 17 million words, or about
        800 thousand, the same ones wherever the same versions are installed.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and text8 cannot be had.

    Reference:
        Mahoney, "About the test data", mattmahoney.net/dc/textdata.html.

    Example:
        >>> load_prose("embedded").origin[:26]
        'docstrings of numpy 2.4.6,'
    """
    return load_from(source, full=_text8, embedded=_embedded)


def figures(sentences):
    """Count sentences and words, one sentence in memory at a time.

    Args:
        sentences: iterable of lists of str.

    Returns:
        TextFigures.

    Example:
        >>> figures([["to", "be"], ["or", "not", "to", "be"]])[:3]
        (2, 6, 4)
    """
    counts, n_sentences = Counter(), 0
    for sentence in sentences:
        counts.update(sentence)
        n_sentences += 1
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:20]
    return TextFigures(n_sentences, counts.total(), len(counts), tuple(most))


class DocstringProse:
    """The different English sentences in the docstrings of installed packages.

    The sources are parsed and not run. What was found is kept as a text file in the cache folder,
    one sentence a line, because parsing takes many seconds.

    Args:
        packages: names of packages, as they are imported; PACKAGES unless given. Those that are
            not installed are left out.

    Raises:
        ModuleNotFoundError: none is installed.

    Example:
        >>> next(iter(DocstringProse(["joblib"])))[:5]
        ['joblib', 'is', 'a', 'set', 'of']
    """

    def __init__(self, packages=tuple(PACKAGES)):
        self.packages = [name for name in packages if PathFinder.find_spec(name)]
        if not self.packages:
            raise ModuleNotFoundError(f"packages: expected one that is installed, got {packages}")

    @property
    def versions(self):
        """Names and versions, such as "numpy 2.4.6, scipy 1.17.1"."""
        return ", ".join(f"{name} {_version(name)}" for name in self.packages)

    def __iter__(self):
        digest = hashlib.sha256(f"{_RULES}: {self.versions}".encode()).hexdigest()[:16]
        path = cache_folder() / f"prose-{digest}.txt"
        if not path.exists():
            try:
                self._write(path)
            except OSError:  # a cache that cannot be written only costs time
                yield from self._sentences()
                return
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield line.split()

    def _write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        with open(part, "w", encoding="utf-8") as file:
            file.writelines(f"{' '.join(words)}\n" for words in self._sentences())
        os.replace(part, path)

    def _sentences(self):
        seen = set()  # the same argument is described in the same words in many places
        for package in self.packages:
            for docstring in docstrings(package):
                for sentence in prose_of(docstring):
                    words = tokenise(sentence)
                    line = " ".join(words)
                    if len(words) >= _FEWEST_WORDS and line not in seen:
                        seen.add(line)
                        yield words


def _version(package):
    try:
        return version(PACKAGES.get(package, package))
    except PackageNotFoundError:
        return "of unknown version"


def _embedded():
    prose = DocstringProse()
    return TextCorpus(prose, f"docstrings of {prose.versions}")


def _text8():
    archive = fetch(TEXT8)
    path = archive.with_name("text8")
    if not path.is_file() or path.stat().st_size != _TEXT8_BYTES:
        part = archive.with_name(f".text8.{os.getpid()}.part")
        with zipfile.ZipFile(archive) as content, content.open("text8") as inside:
            with open(part, "wb") as outside:
                shutil.copyfileobj(inside, outside)
        os.replace(part, path)
    return TextCorpus(TextFile(path), "text8")
