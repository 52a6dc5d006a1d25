import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.vocabulary import characters, normalized, tokenise


@given(st.text())
def test_words_are_runs_of_letters_in_the_order_of_the_text(text):
    words = tokenise(text)
    assert all(re.fullmatch(r"[^\W\d_]+('[^\W\d_]+)*", word) for word in words)
    place, plain = 0, normalized(text)
    for word in words:
        place = plain.index(word, place) + len(word)


@given(st.text(alphabet="abcxyz ,.'-0123\n"))
def test_no_letter_is_lost(text):
    letters = [letter for letter in text if letter.isalpha()]
    assert [letter for letter in "".join(tokenise(text)) if letter != "'"] == letters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("12 + 3_4 = ?", []),
        ("Don’t, don't!", ["don't", "don't"]),
        ("'quoted' rock'n'roll", ["quoted", "rock'n'roll"]),
        ("Zürich ÅNGSTRÖM Привет", ["zürich", "ångström", "привет"]),
        ("state-of-the-art snake_case", ["state", "of", "the", "art", "snake", "case"]),
    ],
)
def test_words(text, words):
    assert tokenise(text) == words


def test_equal_looking_texts_are_equal():
    assert tokenise("cafe\u0301") == tokenise("caf\u00e9") == ["café"]


@given(st.text())
def test_characters_are_the_text(text):
    assert "".join(characters(text)) == text


@pytest.mark.parametrize("cut", [tokenise, characters])
def test_bytes_are_refused(cut):
    with pytest.raises(TypeError, match=r"text: expected a str, got bytes.*decode"):
        cut(b"caf\xe9")
