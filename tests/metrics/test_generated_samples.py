"""The judge of generated samples: sure of them, and of how many classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.metrics import check_samples


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_certain_samples_are_counted(labels):
    check = check_samples(np.eye(5)[labels], enough=1e-3)
    assert check.confident_share == 1
    assert check.classes_found == len(set(labels))
    np.testing.assert_allclose(check.class_shares, np.bincount(labels, minlength=5) / len(labels))
    assert 1 - 1e-9 <= check.effective_classes <= check.classes_found + 1e-9
    assert check.is_collapsed == (check.classes_found < 3)


def test_equally_frequent_classes_are_all_effective():
    assert check_samples(np.eye(10)).effective_classes == pytest.approx(10)


def test_unsure_samples_do_not_count_for_a_class():
    check = check_samples([[0.95, 0.05], [0.6, 0.4], [0.5, 0.5], [0.9, 0.1]])
    assert (check.confident_share, check.classes_found) == (0.5, 1)
    nothing = check_samples([[0.6, 0.4]])
    assert (nothing.confident_share, nothing.classes_found, nothing.effective_classes) == (0, 0, 0)
    assert nothing.is_collapsed


def test_a_single_stray_sample_is_no_class():
    labels = [0] * 99 + [1]
    assert check_samples(np.eye(2)[labels]).classes_found == 1
    assert check_samples(np.eye(2)[labels], enough=0.02).classes_found == 2


def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match=r"expected \(samples, classes\); got shape \(3,\)"):
        check_samples([0.1, 0.2, 0.7])
    with pytest.raises(ValueError, match="apply softmax"):
        check_samples([[2.0, 1.0]])
    with pytest.raises(ValueError, match=r"confidence: expected a number in \(0, 1\]; got 0"):
        check_samples(np.eye(2), confidence=0)
    with pytest.raises(ValueError, match=r"enough: expected .* got 2"):
        check_samples(np.eye(2), enough=2)
