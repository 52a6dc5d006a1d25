"""Reviews of films, good or bad: IMDB's, or composed ones in their place."""

import tarfile

import numpy as np

from dlcourse.datasets.composed_reviews import composed_reviews
from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.labelled_texts import LabelledTexts
from dlcourse.datasets.source import load_from

__all__ = ["load_reviews"]

# keras.datasets.imdb takes a pickled file of numbers: reading it runs what it says. This is the
# text itself, from its makers' page; the checksum is the one that other libraries' loaders state.
FILE = RemoteFile(
    "aclImdb_v1.tar.gz",
    "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
    "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
)
_LABELS = {"neg": 0, "pos": 1}
_LINE_BREAK = "<br />"


def load_reviews(source="auto"):
    """Load the IMDB reviews, or short composed ones in their place.

    Args:
        source: as in `load_mnist`; the full set is 84 MB. The stand-in is composed by a grammar
            with some hundred words, see `composed_reviews`.

    Returns:
        LabelledTexts: 25000 reviews for training and 25000 for testing, or 3000 and 600; half of
        them are good ones, which are label 1.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the data cannot be had.

    Reference:
        Maas et al., "Learning word vectors for sentiment analysis", ACL 2011. Its page states no
        licence; it asks for the paper to be cited.

    Example:
        >>> reviews = load_reviews("embedded")
        >>> len(reviews.train_texts), reviews.class_names
        (3000, ('negative', 'positive'))
    """
    return load_from(source, full=_full, embedded=composed_reviews)


def _full():
    found = {"train": {}, "test": {}}
    # one pass from front to back: in a compressed archive, going back means to begin anew
    with tarfile.open(fetch(FILE), "r|gz") as archive:
        for member in archive:
            # aclImdb/train/pos/0_9.txt; beside them are reviews without a label and counts
            _, part, kind, name = ["", "", "", *member.name.split("/")][-4:]
            if part in found and kind in _LABELS and name.endswith(".txt"):
                text = archive.extractfile(member).read().decode("utf-8")
                found[part][kind, name] = text.replace(_LINE_BREAK, "\n")
    parts = (_in_order(found[part]) for part in ("train", "test"))
    (train_texts, train_labels), (test_texts, test_labels) = parts
    classes = "negative", "positive"
    return LabelledTexts(train_texts, train_labels, test_texts, test_labels, classes, "IMDB")


def _in_order(texts):
    """By name, whatever the order in the archive; as in the archive, the labels are not mixed."""
    keys = sorted(texts)
    labels = np.array([_LABELS[kind] for kind, _ in keys], np.int64)
    return tuple(texts[key] for key in keys), labels
