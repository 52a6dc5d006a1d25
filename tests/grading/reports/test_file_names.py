import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.grading.reports.file_names import safe_names

NAMES = st.lists(st.text() | st.sampled_from(["a", "A", "a-2", "a b", "a-b", "ｋ", "K", "", "."]))


@given(NAMES)
def test_no_two_names_fall_together_on_any_file_system(names):
    found = [unicodedata.normalize("NFKC", n).casefold() for n in safe_names(names)]
    assert len(set(found)) == len(names)


@given(NAMES)
def test_names_stay_in_their_folder(names):
    for name in safe_names(names):
        assert name
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert not name.startswith(".")
        assert not name.endswith((".", " "))
        assert len(name.encode()) <= 130


@pytest.mark.parametrize("name", ["ann", "Zoë-Müller", "李雷", "v1.2_final", "Иван"])
def test_a_fit_name_stays_as_it_is(name):
    assert safe_names([name]) == [name]


@pytest.mark.parametrize("name", ["CON", "nul.txt", "com1"])
def test_devices_of_windows_are_avoided(name):
    assert safe_names([name]) == [f"_{name}"]


def test_the_order_decides_nothing_between_different_names():
    there, back = safe_names(["Ann", "ann", "bo"]), safe_names(["bo", "ann", "Ann"])
    assert there == back[::-1]


def test_the_same_name_twice():
    first, second = safe_names(["ann", "ann"])
    assert second == f"{first}-2"


def test_a_very_long_name_is_cut_between_characters():
    (name,) = safe_names(["李" * 300])
    assert set(name) == {"李"}
