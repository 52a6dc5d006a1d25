"""Pairs, triplets, tasks and invented classes of the digits: who may appear with whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse import datasets
from dlcourse.datasets.class_members import ClassMembers

SEED = st.integers(0, 2**32 - 1)
LABELS = np.array([7, 3, 3, 9, 7, 9, 3, 9, 9])
PLACES = np.arange(len(LABELS))  # images that say which they are


def test_held_out_classes_are_held_out():
    data = datasets.digits_with_held_out_classes((2, 7))
    assert set(data.unseen_labels) == {2, 7}
    assert set(data.seen_labels) == {0, 1, 3, 4, 5, 6, 8, 9}
    assert len(data.seen_images) + len(data.unseen_images) == 1797
    assert data.seen_images.shape[1:] == (8, 8, 1) and data.seen_images.dtype == np.float32
    assert data.unseen_images.min() == 0 and data.unseen_images.max() == 1


@given(SEED, st.integers(1, 60))
def test_pairs(seed, count):
    rng = np.random.default_rng(seed)
    left, right, same = datasets.sample_pairs(PLACES, LABELS, count, rng)
    assert len(left) == len(right) == count and same.sum() == count // 2
    assert np.array_equal(LABELS[left] == LABELS[right], same == 1)
    assert np.all(left != right)


@given(SEED)
def test_triplets(seed):
    rng = np.random.default_rng(seed)
    a, p, n = datasets.sample_triplets(PLACES, LABELS, 40, rng)
    assert np.all(LABELS[a] == LABELS[p]) and np.all(a != p) and np.all(LABELS[a] != LABELS[n])


@given(SEED)
def test_one_shot_tasks(seed):
    rng = np.random.default_rng(seed)
    support, query, answer = datasets.sample_one_shot_tasks(PLACES, LABELS, 30, rng)
    assert np.array_equal(LABELS[support], np.tile([3, 7, 9], (30, 1)))
    assert np.array_equal(np.array([3, 7, 9])[answer], LABELS[query])
    assert not np.any(support == query[:, None])


def test_everything_that_may_be_drawn_is_drawn_equally_often():
    rng, count = np.random.default_rng(0), 30_000
    members = ClassMembers(PLACES, LABELS)
    drawn = {
        "class": (members.numbers[members.any(count, rng)], range(3)),
        "member": (members.of_class(np.full(count, 2), rng), np.flatnonzero(LABELS == 9)),
        "same": (members.of_the_same(np.full(count, 1), rng), [2, 6]),
        "other": (members.numbers[members.of_another(np.full(count, 1), rng)], [1, 2]),
    }
    for what, (found, expected) in drawn.items():
        values, times = np.unique(found, return_counts=True)
        share = 1 / len(values)
        error = np.sqrt(share * (1 - share) / count)
        assert values.tolist() == list(expected), what
        assert np.all(np.abs(times / count - share) < 5 * error), what


@given(SEED)
def test_balanced_batches(seed):
    places = datasets.balanced_batch(LABELS, 2, 2, np.random.default_rng(seed))
    assert len(set(places)) == 4
    classes, times = np.unique(LABELS[places], return_counts=True)
    assert len(classes) == 2 and np.all(times == 2)


def test_samplers_repeat_themselves_with_the_same_seed():
    def draw(seed):
        return datasets.sample_triplets(PLACES, LABELS, 9, np.random.default_rng(seed))

    assert np.array_equal(draw(1), draw(1)) and not np.array_equal(draw(1), draw(2))


@given(SEED)
def test_invented_classes_are_turned_or_mixed_old_ones(seed):
    rng = np.random.default_rng(seed)
    # every pixel says from which class it is and where it was
    old = 100 * LABELS[:, None, None] + np.arange(16).reshape(4, 4)
    images, labels = datasets.invent_classes(old[..., None], LABELS, rng)
    assert len(images) == (8 + 2) * len(LABELS) and set(labels) == set(range(8 * 3 + 3 * 2))
    assert np.array_equal(images[: len(LABELS), ..., 0], old)
    prototypes = {tuple(images[labels == k][0].ravel()) for k in set(labels)}
    assert len(prototypes) == 30  # no two classes look alike
    for k in set(labels):
        assert np.all(images[labels == k] == images[labels == k][0])
    mixed = images[labels >= 24, ..., 0] // 100
    upper, lower = mixed[:, :2], mixed[:, 2:]
    assert np.all(upper == upper[:, :1, :1]) and np.all(lower == lower[:, :1, :1])
    assert not np.any(upper == lower)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: datasets.digits_with_held_out_classes(()), "unseen: expected 1 to 8"),
        (lambda rng: datasets.digits_with_held_out_classes(range(9)), "unseen: expected 1 to 8"),
        (lambda rng: datasets.digits_with_held_out_classes([12]), "unseen: expected 1 to 8"),
        (lambda rng: datasets.sample_pairs([1, 2], [0, 0], 1, rng), "at least two classes"),
        (lambda rng: datasets.sample_pairs([1, 2, 3], [0, 0, 1], 1, rng), "the smallest of 1"),
        (lambda rng: datasets.sample_triplets([1, 2], [0], 1, rng), r"shape \(2,\); got .* \(1,\)"),
        (lambda rng: datasets.balanced_batch(LABELS, 4, 2, rng), "classes: expected 1 to 3"),
        (lambda rng: datasets.balanced_batch(LABELS, 2, 3, rng), "per_class: expected 1 to 2"),
        (lambda rng: datasets.invent_classes(np.ones((2, 3, 4, 1)), [0, 1], rng), "square"),
    ],
)
def test_impossible_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(np.random.default_rng(0))
