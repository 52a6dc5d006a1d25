"""Dates as people write them in seven languages, and as ISO 8601 writes them."""

import datetime
import re
from typing import NamedTuple

import numpy as np

from dlcourse.datasets.date_forms import LANGUAGES, TWO_DIGITS_FROM, write
from dlcourse.vocabulary.numbering import EOS, PAD, UNK, Vocabulary
from dlcourse.vocabulary.tokens import normalized

__all__ = [
    "START",
    "WRITTEN_LENGTH",
    "Dates",
    "date_vocabularies",
    "encode_iso_dates",
    "encode_written_dates",
    "generate_dates",
]

START = "<start>"
FIRST, LAST = datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)
WRITTEN_LENGTH = 35  # characters of "miércoles, 28 de septiembre de 2005", the longest


class Dates(NamedTuple):
    """Written dates and what they mean.

    Args:
        train_written: tuple of str, such as "le 1er mars 2003".
        train_iso: tuple of as many str, such as "2003-03-01".
        test_written: as train_written, other dates.
        test_iso: as train_iso.
    """

    train_written: tuple
    train_iso: tuple
    test_written: tuple
    test_iso: tuple


def generate_dates(train=20000, test=1000, seed=0):
    """Write dates from 1950 to 2049, each in a language and a form that are drawn at random.

    No date is in both parts, in whatever form. In the training part a date may come several
    times, as long as there are more examples than days; in the test part it comes once.

    Every written form means one date: of numbers alone the first one with one or two digits is the
    day, and years of two digits are 1969 to 2068 (years before are written in full).

    Args:
        train: number of training examples, >= 1.
        test: number of dates to set apart, from 1 to 36524 (one day is left for training).
        seed: whole number; equal seeds, equal dates.

    Returns:
        Dates.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        The task, in English: deeplearning.ai, Sequence Models, week 3. ISO 8601, §5.2.2 "Calendar
        date"; the pivot year 1969 is that of POSIX `strptime`.

    Example:
        >>> dates = generate_dates(train=3, test=1, seed=4)
        >>> dates.train_written[1], dates.train_iso[1]
        ('le 26 novembre 1982', '1982-11-26')
    """
    days = (LAST - FIRST).days + 1
    if train < 1:
        raise ValueError(f"train: expected at least 1, got {train}")
    if not 1 <= test < days:
        raise ValueError(
            f"test: expected 1 to {days - 1}, so that one of the {days} days from {FIRST} to "
            f"{LAST} is left for training; got {test}"
        )
    rng = np.random.default_rng(seed)
    shuffled = rng.permutation(days)
    seen, unseen = shuffled[test:], shuffled[:test]
    return Dates(*_examples(rng.choice(seen, train), rng), *_examples(unseen, rng))


def _examples(days, rng):
    """Written forms and ISO forms of days that are counted from FIRST."""
    dates = [FIRST + datetime.timedelta(int(day)) for day in days]
    languages = rng.integers(len(LANGUAGES), size=len(dates))
    shares = rng.random(len(dates))  # where in the list of templates
    table = list(LANGUAGES.values())
    written = (
        _write(date, table[language], share)
        for date, language, share in zip(dates, languages, shares, strict=True)
    )
    return tuple(written), tuple(date.isoformat() for date in dates)


def _write(date, language, share):
    templates = language.templates
    if not TWO_DIGITS_FROM <= date.year < TWO_DIGITS_FROM + 100:
        templates = [template for template in templates if "{yy}" not in template]
    return write(date, language, templates[int(share * len(templates))])


def date_vocabularies():
    """The characters of written dates (in lower case) and of ISO dates, with PAD at 0.

    Returns:
        (written, iso), two Vocabulary. The first has PAD and UNK, the second PAD, START (what a
        decoder is given before the first character) and EOS.

    Example:
        >>> written, iso = date_vocabularies()
        >>> len(written), iso.words[3:]
        (50, ('-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))
    """
    written = "0123456789"
    for language in LANGUAGES.values():
        around_fields = re.sub(r"{\w+}", "", "".join(language.templates))
        ordinals = "".join(map(language.ordinal, range(1, 32)))
        written += "".join([*language[:3], around_fields, ordinals])
    letters = sorted(set(normalized(written)))
    return Vocabulary([PAD, UNK, *letters]), Vocabulary([PAD, START, EOS, *"-0123456789"])


def encode_written_dates(written, vocabulary):
    """Write dates as numbers, one for each character.

    Args:
        written: sequence of m str.
        vocabulary: the first of `date_vocabularies`.

    Returns:
        int32 array (m, WRITTEN_LENGTH): longer ones are cut, behind shorter ones is PAD.

    Example:
        >>> encode_written_dates(["1. Mai"], date_vocabularies()[0])[0, :7].tolist()
        [8, 5, 2, 29, 17, 25, 0]
    """
    return np.stack([vocabulary.encode([*normalized(text)], WRITTEN_LENGTH) for text in written])


def encode_iso_dates(iso, vocabulary):
    """Write ISO dates as what a decoder is given and what it is to answer.

    Args:
        iso: sequence of m str, "yyyy-mm-dd".
        vocabulary: the second of `date_vocabularies`.

    Returns:
        (given, wanted), int32 arrays (m, 11): START and the ten characters, and the ten
        characters and EOS.

    Example:
        >>> given, wanted = encode_iso_dates(["2003-03-01"], date_vocabularies()[1])
        >>> given[0].tolist(), wanted[0].tolist()
        ([1, 6, 4, 4, 7, 3, 4, 7, 3, 4, 5], [6, 4, 4, 7, 3, 4, 7, 3, 4, 5, 2])
    """
    given = np.stack([vocabulary.encode([START, *text]) for text in iso])
    return given, np.stack([vocabulary.encode([*text], end=True) for text in iso])
