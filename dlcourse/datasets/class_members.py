"""Random members of classes, for many draws at a time."""

import numpy as np

__all__ = ["ClassMembers"]


class ClassMembers:
    """Who belongs to which class, laid out so that drawing takes no loop.

    Args:
        images: anything with one entry per label.
        labels: whole numbers (m,), at least two classes, each with at least two images.

    Attributes:
        numbers: int64 (m,), the class of every image, counted from 0 in the order of the labels.
        sizes: int64 (classes,), number of images of each.

    Raises:
        ValueError: labels with too few classes or images, or of another number than the images.

    Example:
        >>> members = ClassMembers("abcd", [7, 9, 7, 9])
        >>> members.of_the_same(np.array([0, 1, 2]), np.random.default_rng(0)).tolist()
        [2, 3, 0]
    """

    def __init__(self, images, labels):
        labels = np.asarray(labels)
        if labels.ndim != 1 or len(images) != len(labels):
            raise ValueError(
                f"labels: expected one whole number per image, shape ({len(images)},); got shape "
                f"{labels.shape}"
            )
        _, self.numbers, self.sizes = np.unique(labels, return_inverse=True, return_counts=True)
        if len(self.sizes) < 2 or self.sizes.min() < 2:
            raise ValueError(
                "labels: expected at least two classes with at least two images each, got "
                f"{len(self.sizes)} classes, the smallest of {min(self.sizes, default=0)}"
            )
        # one class after the other, and where each begins
        self._order = np.argsort(self.numbers, kind="stable")
        self._start = np.cumsum(self.sizes) - self.sizes
        place = np.empty_like(self._order)
        place[self._order] = np.arange(len(labels))
        self._rank = place - self._start[self.numbers]

    def any(self, count, rng):
        """Draw images (count,), all classes equally often."""
        return self.of_class(rng.integers(len(self.sizes), size=count), rng)

    def of_class(self, classes, rng):
        """Draw an image of each of the given classes, an integer array of any shape."""
        return self._order[self._start[classes] + rng.integers(self.sizes[classes])]

    def of_the_same(self, images, rng):
        """Draw, for each of the given images, another of its class."""
        classes = self.numbers[images]
        size = self.sizes[classes]
        step = rng.integers(1, size)
        return self._order[self._start[classes] + (self._rank[images] + step) % size]

    def of_another(self, images, rng):
        """Draw, for each of the given images, one of another class, all equally often."""
        step = rng.integers(1, len(self.sizes), size=np.shape(images))
        return self.of_class((self.numbers[images] + step) % len(self.sizes), rng)
