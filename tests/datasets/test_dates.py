"""Written dates: one meaning each, none in both parts, and numbers for their characters."""

import datetime
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.datasets.date_forms import LANGUAGES, write
from dlcourse.datasets.dates import (
    WRITTEN_LENGTH,
    date_vocabularies,
    encode_iso_dates,
    encode_written_dates,
    generate_dates,
)
from dlcourse.vocabulary import UNK, normalized


def forms(date):
    """Everything that a date may be written as."""
    return {
        write(date, language, template)
        for language in LANGUAGES.values()
        for template in language.templates
        if "{yy}" not in template or 1969 <= date.year <= 2068
    }


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=5)
def test_no_date_is_in_both_parts_and_each_form_is_one_of_its_date(seed):
    dates = generate_dates(train=300, test=200, seed=seed)
    assert not set(dates.train_iso) & set(dates.test_iso)
    assert len(set(dates.test_iso)) == len(dates.test_written) == 200
    assert len(dates.train_written) == len(dates.train_iso) == 300
    for written, iso in zip(dates.train_written, dates.train_iso, strict=True):
        date = datetime.date.fromisoformat(iso)
        assert 1950 <= date.year <= 2049 and written in forms(date)


def test_every_form_means_one_date():
    first, meaning = datetime.date(1950, 1, 1), {}
    for day in itertools.chain(range(366), range(0, 36524, 97), range(18_000, 18_366)):
        date = first + datetime.timedelta(day)
        for written in forms(date):
            assert meaning.setdefault(normalized(written), date) == date, written


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2003-03-01", "March 1st, 2003"),
        ("1912-11-13", "13th of November 1912"),
        ("1998-05-23", "Saturday, May 23, 1998"),
        ("2003-03-01", "1. März 2003"),
        ("2003-03-01", "Samstag, den 1. März 2003"),
        ("2003-03-01", "le 1er mars 2003"),
        ("2003-03-02", "2 de marzo de 2003"),
        ("2003-03-01", "sabato 1º marzo 2003"),
        ("2005-09-28", "miércoles, 28 de septiembre de 2005"),
        ("2003-04-09", "09/04/2003"),
        ("2003-04-09", "9.4.03"),
        ("1969-04-09", "9/4/69"),
        ("2003-04-09", "20030409"),
    ],
)
def test_forms_by_hand(iso, written):
    assert written in forms(datetime.date.fromisoformat(iso))


def test_two_digits_are_left_to_the_hundred_years_that_they_can_mean():
    assert "9/4/68" not in forms(datetime.date(1968, 4, 9))
    assert "9/4/68" in forms(datetime.date(2068, 4, 9))


def test_a_seed_decides_everything():
    assert generate_dates(50, 20, seed=3) == generate_dates(50, 20, seed=3)
    assert generate_dates(50, 20, seed=3) != generate_dates(50, 20, seed=4)


def test_every_language_and_template_is_drawn():
    dates = generate_dates(4000, 1, seed=1)
    days = zip(dates.train_written, map(datetime.date.fromisoformat, dates.train_iso), strict=True)
    drawn = {
        (name, template)
        for written, date in days
        for name, language in LANGUAGES.items()
        for template in language.templates
        if write(date, language, template) == written
    }
    assert drawn == {(n, template) for n, one in LANGUAGES.items() for template in one.templates}


def test_nothing_is_unknown_or_too_long():
    characters, _ = date_vocabularies()
    days = (datetime.date(2005, month, day) for month in range(1, 13) for day in range(1, 29))
    written = [form for date in days for form in forms(date)]
    assert max(map(len, written)) == WRITTEN_LENGTH
    assert {letter for text in written for letter in normalized(text)} == set(characters.words[2:])
    numbers = encode_written_dates(["1. MÄRZ 2003", "?"], characters)
    assert "".join(characters.decode(numbers[0])) == "1. märz 2003"
    assert numbers[1, 0] == characters[UNK] and not numbers[:, 12:].any()


def test_what_is_given_is_what_is_wanted_one_step_later():
    _, digits = date_vocabularies()
    given, wanted = encode_iso_dates(["2003-03-01", "1999-12-31"], digits)
    np.testing.assert_array_equal(given[:, 1:], wanted[:, :-1])
    assert "".join(digits.decode(wanted[1])) == "1999-12-31"
    assert {digits.words[n] for n in given[:, 0]} == {"<start>"}


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((0, 5), "train: expected at least 1, got 0"),
        ((5, 0), "test: expected 1 to 36524, .* got 0"),
        ((5, 36525), "test: expected 1 to 36524, .* got 36525"),
    ],
)
def test_bad_sizes_are_explained(sizes, message):
    with pytest.raises(ValueError, match=message):
        generate_dates(*sizes)
