"""More classes than there are: for learning to compare, the number of classes counts."""

import numpy as np

__all__ = ["invent_classes"]


def invent_classes(images, labels, rng):
    """Make new classes from the pictures of old ones, by turning them and by mixing halves.

    A 4 turned on its side looks like no digit, but all such fours look alike: to a network that
    learns to compare they are one more class. So are pictures with the upper half of a 4 and the
    lower half of a 7. With n classes of digits there are 8 n turned and mirrored ones (the n old
    ones among them) and n (n - 1) mixed ones.

    A turned 6 is a 9, and a mirrored 2 is nearly a 5: whoever holds out one of such a pair for the
    test must hold out both.

    Args:
        images: (m, side, side, channels).
        labels: whole numbers (m,).
        rng: `numpy.random.Generator`, which decides what is mixed with what.

    Returns:
        Tuple (images, labels): (m', side, side, channels) of the dtype of images, and int64 (m',)
        from 0 on, the old classes first, in the order of their labels.

    Raises:
        ValueError: images that are not square, or not as many as labels.

    Reference:
        Santoro, Bartunov, Botvinick, Wierstra and Lillicrap, "Meta-learning with memory-augmented
        neural networks", 2016, section 4.1 (turned characters as new classes).

    Example:
        >>> images = np.zeros((4, 2, 2, 1))
        >>> more, labels = invent_classes(images, [3, 3, 9, 9], np.random.default_rng(0))
        >>> more.shape, len(set(labels.tolist()))
        ((36, 2, 2, 1), 18)
    """
    images, labels = np.asarray(images), np.asarray(labels)
    if images.ndim != 4 or images.shape[1] != images.shape[2] or labels.shape != images.shape[:1]:
        raise ValueError(
            "images, labels: expected square pictures (m, side, side, channels) and m labels; got "
            f"shapes {images.shape} and {labels.shape}"
        )
    names, classes = np.unique(labels, return_inverse=True)
    n = len(names)
    turned = [np.rot90(images, k, axes=(1, 2)) for k in range(4)]
    turned += [pictures[:, :, ::-1] for pictures in turned]
    mixed, codes = _halves(images, classes, rng)
    new = np.concatenate([*turned, mixed])
    return new, np.concatenate([classes + k * n for k in range(8)] + [codes + 8 * n])


def _halves(images, classes, rng):
    """Every picture's upper half on the lower half of a random one of each other class."""
    n = classes.max() + 1
    upper = np.repeat(np.arange(len(images)), n - 1)
    other = (classes[upper] + np.tile(np.arange(1, n), len(images))) % n
    # among the pictures sorted by class, a random one of each other class
    order, sizes = np.argsort(classes, kind="stable"), np.bincount(classes)
    lower = order[(np.cumsum(sizes) - sizes)[other] + rng.integers(sizes[other])]
    half = images.shape[1] // 2
    mixed = np.concatenate([images[upper, :half], images[lower, half:]], axis=1)
    return mixed, classes[upper] * (n - 1) + (other - classes[upper]) % n - 1
