import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.vocabulary import TextFile, text_file, tokenise


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("texts") / "text.txt"


@pytest.fixture(scope="module", autouse=True)
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_file, "_BLOCK", 7)  # so that blocks end within words and characters
        patch.setattr(text_file, "_LONGEST", 3)
        yield


@given(text=st.text(alphabet="aäß€𝄞 bc\n"))
def test_all_words_come_in_order(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")
    sentences = list(TextFile(path))
    if max(map(len, text.split()), default=0) <= 7:
        assert [word for sentence in sentences for word in sentence] == tokenise(text)
    assert all(1 <= len(sentence) <= 3 for sentence in sentences)
    assert list(TextFile(path)) == sentences


def test_one_endless_line_is_cut_into_equal_pieces(path):
    words = ["to", "be", "or", "not"] * 25
    path.write_text(" ".join(words), encoding="utf-8")
    assert list(TextFile(path)) == [words[i : i + 3] for i in range(0, 100, 3)]


def test_what_has_no_spaces_is_not_collected(path, monkeypatch):
    path.write_text("x" * 1000, encoding="utf-8")
    seen = []
    monkeypatch.setattr(text_file, "tokenise", lambda text: seen.append(len(text)) or [text])
    assert sum(len(word) for (word,) in TextFile(path)) == 1000
    assert max(seen) < 30


@pytest.mark.parametrize("place", [0, 3, 6, 7, 13, 20])
def test_bytes_that_are_not_utf_8(path, place):
    path.write_bytes(b"a" * place + b"\xe9 rest of the text")
    with pytest.raises(ValueError, match=f"byte {place}, 0xe9, is not.*latin-1"):
        list(TextFile(path))
    # without a space, the seven bytes of a block are the longest word that is kept whole
    assert "é" in "".join("".join(words) for words in TextFile(path, encoding="latin-1"))


def test_a_character_that_is_cut_off(path):
    path.write_bytes("ab cd ef gh €".encode()[:-1])
    with pytest.raises(ValueError, match="byte 12, 0xe2"):
        list(TextFile(path))


def test_empty_and_missing(path, tmp_path):
    path.write_bytes(b"")
    assert list(TextFile(path)) == []
    with pytest.raises(FileNotFoundError, match="expected a text file"):
        TextFile(tmp_path / "missing.txt")
