"""Names, melodies and short sentences: they keep the rules that are written beside them."""

import re

import numpy as np
import pytest

from dlcourse.datasets import (
    TUNES,
    composed_melodies,
    emoji_sentences,
    first_names,
    invented_names,
)
from dlcourse.datasets.short_sentences import EMOJI

CHORDS = {"C": "CEG", "F": "FAC", "G": "GBD", "Am": "ACE"}
SCALE = "C4 D4 E4 F4 G4 A4 B4 C5 D5 E5".split()


def test_short_sentences():
    data = emoji_sentences()
    sentences = data.train_texts + data.test_texts
    assert len(sentences) >= 300 and len(set(sentences)) == len(sentences)
    assert all(re.fullmatch(r"[a-z]+( [a-z]+)+", sentence) for sentence in sentences)
    assert np.bincount(data.train_labels).tolist() == [50] * 5
    assert np.bincount(data.test_labels).tolist() == [16] * 5
    assert data.class_names == ("love", "ball", "smile", "sad", "food") == tuple(EMOJI)
    assert len(set(EMOJI.values())) == 5


def test_each_test_sentence_has_a_new_word():
    data = emoji_sentences()
    known = {word for sentence in data.train_texts for word in sentence.split()}
    assert [s for s in data.test_texts if set(s.split()) <= known] == []


@pytest.mark.parametrize(("load", "count"), [(first_names, 638), (invented_names, 1500)])
def test_names_are_different_and_split(load, count):
    names = load()
    together = names.train + names.validation + names.test
    assert len(set(together)) == len(together) == count
    assert len(names.validation) == len(names.test) == count // 10
    assert all(re.fullmatch("[a-z]{2,12}", name) for name in together)
    assert load(seed=0) == names != load(seed=1)


def test_invented_names_follow_their_rule():
    for name in invented_names(300).train:
        assert re.fullmatch(r"([bdgklmnrstvz][aou]){2,4}.|([bdgklmnrstvz][ei]){2,4}.", name)
        assert name[-1] == name[0]


def bars_of(melody):
    text = " ".join(melody)
    parts = re.findall(r"\b(C|F|G|Am)((?: [A-G]\d:\d)+)", text)
    assert " ".join(chord + notes for chord, notes in parts) == text
    return [(chord, re.findall(r"([A-G]\d):(\d)", notes)) for chord, notes in parts]


def test_melodies_follow_their_grammar():
    melodies = composed_melodies(100)
    assert len(set(melodies)) == 100
    for melody in melodies:
        bars = bars_of(melody)
        assert len(bars) == 8 and bars[:3] == bars[4:7]
        assert bars[0][0] == "C" and bars[3][0] == "G"
        assert bars[7] in [("C", [("C4", "4")]), ("C", [("C5", "4")])]
        for chord, notes in bars:
            assert sum(int(quarters) for _, quarters in notes) == 4
            assert notes[0][0][0] in CHORDS[chord]
            assert np.abs(np.diff([SCALE.index(note) for note, _ in notes])).max(initial=0) <= 1


def test_tunes_fill_their_bars():
    for tune in TUNES.values():
        assert sum(int(note[-1]) for note in tune) % 4 == 0
        assert all(note[:2] in SCALE for note in tune)


@pytest.mark.parametrize("make", [invented_names, composed_melodies])
@pytest.mark.parametrize("count", [0, 10_001])
def test_counts_out_of_range(make, count):
    with pytest.raises(ValueError, match=f"count: expected .* got {count}"):
        make(count)
