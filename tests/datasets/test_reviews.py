"""Reviews: the full set from a made-up archive, and what the grammar composes."""

import io
import re
import socket
import tarfile
from collections import Counter

import numpy as np
import pytest

from dlcourse import datasets
from dlcourse.datasets import reviews
from dlcourse.datasets.composed_reviews import composed_reviews, negation_reviews
from dlcourse.datasets.fetch import DownloadError
from dlcourse.vocabulary import tokenise
from tests.datasets.file_server import serving
from tests.datasets.test_full_sets import served

PRAISE = set(
    "good lively gripping clever pretty strong fast elegant funny deep moving fresh".split()
)
BLAME = set("bad dull boring silly ugly weak slow clumsy tedious shallow noisy stale".split())
CUES = {"not", "never", "nobody", "anything"}


def archive_of(files):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"aclImdb/{name}")
            content = text.encode()
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def test_the_full_set_is_what_stands_in_the_archive(monkeypatch):
    files = {
        "imdbEr.txt": "3.5",
        "test/neg/0_2.txt": "Bad.",
        "test/pos/0_10.txt": "Très bien.",
        "train/labeledBow.feat": "9 0:1",
        "train/unsup/0_0.txt": "Nobody knows.",
        "train/pos/1_8.txt": "Good,<br /><br />really.",
        "train/pos/0_9.txt": "Great.",
        "train/neg/0_3.txt": "Dull.",
        "train/urls_pos.txt": "http://…",
    }
    with serving({}) as server:
        monkeypatch.setattr(reviews, "FILE", served(server, reviews.FILE, archive_of(files)))
        data = datasets.load_reviews("full")
    assert data.train_texts == ("Dull.", "Great.", "Good,\n\nreally.")
    assert data.test_texts == ("Bad.", "Très bien.")
    assert data.train_labels.tolist() == [0, 1, 1] and data.test_labels.tolist() == [0, 1]
    assert data.train_labels.dtype == np.int64
    assert data.origin == "IMDB" and data.class_names[1] == "positive"


def test_without_a_network(monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}/x"
        monkeypatch.setattr(reviews, "FILE", reviews.FILE._replace(url=nowhere))
        with pytest.raises(DownloadError, match="aclImdb_v1.tar.gz could not be downloaded"):
            datasets.load_reviews("full")
        monkeypatch.setenv("DLCOURSE_SCALE", "full")
        with pytest.warns(UserWarning, match="stand-in is used"):
            assert datasets.load_reviews().origin == composed_reviews().origin


def test_the_stand_in_has_the_layout_of_the_full_set():
    data = datasets.load_reviews("embedded")
    assert (len(data.train_texts), len(data.test_texts)) == (3000, 600)
    assert data.train_labels.dtype == data.test_labels.dtype == np.int64
    assert data.train_labels.mean() == data.test_labels.mean() == 0.5
    assert all(isinstance(text, str) for text in data.train_texts)


def reading(text):
    """What a review says about the film, read clause by clause: 1 or 0."""
    words = tokenise(text)
    found = [(place, word in PRAISE) for place, word in enumerate(words) if word in PRAISE | BLAME]
    if "although" in words:  # the other clause decides
        comes_first = words.index("although") < found[0][0]
        return int(found[-1 if comes_first else 0][1])
    if "only" in words:
        return int(found[0][1])
    if "but" in words and "anything" not in words:
        return int(found[-1][1])
    if words[-2] == "not" and len(found) == 2:  # "strong, not weak"
        return int(found[0][1])
    if "it" in words[found[0][0] :]:  # "not weak, it is strong"
        return int(found[-1][1])
    negated = any(word in CUES for word in words[: found[0][0]])
    return int(found[0][1] != negated)


def test_labels_are_what_a_reader_understands():
    data = composed_reviews()
    for texts, labels in (data[:2], data[2:4], negation_reviews()):
        wrong = [t for t, y in zip(texts, labels, strict=True) if reading(t) != y]
        assert wrong == []


def test_other_words_and_phrases_are_for_testing():
    data = composed_reviews()
    known = Counter(word for text in data.train_texts for word in tokenise(text))
    unseen = [not set(tokenise(text)) <= set(known) for text in data.test_texts]
    assert np.mean(unseen) > 0.95
    assert not set(data.train_texts) & set(data.test_texts)
    assert all(known[word] > 30 for word in PRAISE | BLAME)
    assert min(known.values()) < 60  # so that UNK can be learned


def frames(texts):
    """Texts without their openings, their nouns made equal: turn of phrase and adjective."""
    nouns = "|".join(
        "plot story acting music dialogue camera cast script hero villain beginning finale opening "
        "narrator sound costume stage lighting title prologue film movie drama sequel western "
        "musical cartoon remake".split()
    )
    texts = (re.sub(rf"\b({nouns})\b", "X", re.split(r"[.:] ", text)[-1]) for text in texts)
    return {text for text in texts if set(tokenise(text)) & CUES and "only" not in text}


def test_negated_adjectives_are_new_in_their_turn_of_phrase():
    seen, asked = frames(composed_reviews().train_texts), frames(negation_reviews()[0])
    assert len(asked) > 50 and len(seen) > 100
    assert not seen & asked


def test_words_alone_do_not_tell_the_reviews_of_a_pair_apart():
    texts, labels = negation_reviews(100)
    assert len(texts) == 200 and labels.tolist() == [1, 0] * 100
    bags = [sorted(tokenise(text)) for text in texts]
    same = [good == bad for good, bad in zip(bags[::2], bags[1::2], strict=True)]
    assert sum(same) == 50


def test_seeds_decide():
    assert composed_reviews(9, 2, seed=3)[0] == composed_reviews(9, 2, seed=3)[0]
    assert composed_reviews(9, 2, seed=3)[0] != composed_reviews(9, 2, seed=4)[0]
    assert negation_reviews(5, seed=3)[0] != negation_reviews(5, seed=4)[0]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: composed_reviews(1, 5), "train, test: expected at least 2"),
        (lambda: negation_reviews(0), "pairs: expected at least 1, got 0"),
        (lambda: datasets.load_reviews("web"), "source: expected one of auto"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
