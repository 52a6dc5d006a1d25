"""One-shot tasks: recognise a class of which only a single image is known."""

from typing import NamedTuple

import numpy as np

from dlcourse.datasets.class_members import ClassMembers

__all__ = ["OneShotTasks", "sample_one_shot_tasks"]


class OneShotTasks(NamedTuple):
    """Which of K classes is it, given one image of each?

    Args:
        support: (n, K, ...) one image of every class, in the order of the classes.
        query: (n, ...) another image of one of them.
        answer: int64 (n,), from 0 to K - 1.
    """

    support: np.ndarray
    query: np.ndarray
    answer: np.ndarray


def sample_one_shot_tasks(images, labels, count, rng):
    """Draw tasks: one image of each class, and another image to be recognised.

    Args:
        images: (m, ...) anything with one entry per label.
        labels: whole numbers (m,), at least two classes, each with at least two images.
        count: number of tasks, >= 1.
        rng: `numpy.random.Generator`.

    Returns:
        OneShotTasks with K = number of different labels; chance is right in 1 of K.

    Raises:
        ValueError: labels with too few classes or images, or of another number than the images.

    Reference:
        Lake, Salakhutdinov, Gross and Tenenbaum, "One shot learning of simple visual concepts",
        2011 (the task; there with 20 classes).

    Example:
        >>> rng = np.random.default_rng(0)
        >>> tasks = sample_one_shot_tasks(np.arange(6), [0, 0, 0, 1, 1, 1], 5, rng)
        >>> tasks.support.shape, bool(np.all(tasks.query // 3 == tasks.answer))
        ((5, 2), True)
    """
    images, members = np.asarray(images), ClassMembers(images, labels)
    query = members.any(count, rng)
    answer = members.numbers[query]
    classes = np.arange(len(members.sizes))
    support = members.of_class(np.broadcast_to(classes, (count, len(classes))), rng)
    # nothing supports itself
    support[np.arange(count), answer] = members.of_the_same(query, rng)
    return OneShotTasks(images[support], images[query], answer)
