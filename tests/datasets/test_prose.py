import io
import sys
import zipfile
from pathlib import Path

import pytest

from dlcourse import datasets
from dlcourse.datasets import prose
from dlcourse.datasets.docstrings import docstrings, prose_of
from tests.datasets.file_server import serving
from tests.datasets.test_full_sets import served

STYLED = """Sum of array elements.  It is quick!

The ``axis`` of :func:`~numpy.sum`
goes on here: see `this <http://a.b>`_.

Parameters
----------
a : array_like, optional
    The elements to sum. Where :math:`x_i` is, add *it*.
axis, keepdims : int
    Not a sentence

.. versionadded:: 1.7
    Hidden words of the directive.

.. note:: Notes are prose.

Use it like this::

    Literal blocks are not prose.

After it. Args:
    units: Positive number. How many there are.

>>> print("Code is not prose.")
Output is not prose.

===  ===
a    b
===  ===
"""


def test_only_sentences_are_left():
    assert list(prose_of(STYLED)) == [
        "Sum of array elements.",
        "It is quick!",
        "The axis of numpy.sum goes on here: see this.",
        "The elements to sum.",
        "Where X is, add it.",
        "Notes are prose.",
        "After it.",
        "Positive number.",
        "How many there are.",
    ]


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "site" / "strange"
    (folder / "tests").mkdir(parents=True)
    (folder / "__init__.py").write_text(
        '"""One two three four."""\nraise SystemExit("this was run")\n'
    )
    (folder / "a.py").write_text(
        'class A:\n    """In a class it is."""\n    def f(self):\n'
        '        """One two three four."""\n        def g(): "But not in a value."; return 1\n'
    )
    (folder / "b.py").write_text("this is no Python\n")
    (folder / "c.py").write_bytes(b'"""Not UTF-8 at all \xe9."""\n')
    (folder / "tests" / "t.py").write_text('"""Tests are left out here."""')
    monkeypatch.setattr(sys, "path", [str(folder.parent), *sys.path])
    return folder


def test_sources_are_read_and_not_run(package):
    assert list(docstrings("strange")) == [
        "One two three four.",
        "In a class it is.",
        "One two three four.",
        "But not in a value.",
    ]
    assert "strange" not in sys.modules


def test_each_sentence_comes_once(package):
    corpus = prose.DocstringProse(["strange", "not_installed_at_all"])
    expected = ["one two three four", "in a class it is", "but not in a value"]
    assert [" ".join(words) for words in corpus] == expected
    assert corpus.versions == "strange of unknown version"


def test_the_second_time_it_comes_from_the_cache(package, cache):
    first = list(prose.DocstringProse(["strange"]))
    for file in package.rglob("*.py"):
        file.unlink()
    assert list(prose.DocstringProse(["strange"])) == first
    assert [path.suffix for path in cache.iterdir()] == [".txt"]


def test_without_a_cache_it_only_takes_longer(package, cache):
    cache.parent.mkdir(exist_ok=True)
    cache.write_text("a file where the folder should be")
    assert len(list(prose.DocstringProse(["strange"]))) == 3


def test_packages_that_are_not_there():
    with pytest.raises(ModuleNotFoundError, match="expected one that is installed"):
        prose.DocstringProse(["not_installed_at_all"])
    with pytest.raises(ModuleNotFoundError, match="not_installed_at_all"):
        next(docstrings("not_installed_at_all"))


def test_the_embedded_corpus_is_english_and_always_the_same():
    corpus = prose.DocstringProse(["joblib", "numpy"])
    figures = prose.figures(corpus)
    assert figures.words > 80_000 and figures.different_words > 4_000
    assert [word for word, _ in figures.most_frequent[:3]] == ["the", "of", "a"]
    again = list(prose.DocstringProse(["joblib", "numpy"])._sentences())
    assert again == list(corpus)
    assert datasets.load_prose("embedded").origin.startswith("docstrings of numpy")


def test_text8(monkeypatch, cache):
    text = b" anarchism originated as a term of abuse first used" * 100
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("text8", text)
    monkeypatch.setattr(prose, "_TEXT8_BYTES", len(text))
    with serving({}) as server:
        monkeypatch.setattr(prose, "TEXT8", served(server, prose.TEXT8, archive.getvalue()))
        corpus = datasets.load_prose("full")
        assert corpus.origin == "text8"
        assert [len(sentence) for sentence in corpus.sentences] == [900]
        assert prose.figures(corpus.sentences).different_words == 9
    assert Path(corpus.sentences.path).parent == cache
