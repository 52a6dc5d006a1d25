"""Handwritten digits as points of the plane: real data that one straight line cannot separate."""

import numpy as np

from dlcourse.datasets.digit_images import BRIGHTEST, BinaryTask, digits

__all__ = ["digits_in_the_plane"]


def digits_in_the_plane(zeros=(0, 7), ones=(3, 4), seed=0):
    """Project images of some digits onto the two directions in which digits vary most.

    With the default digits the four groups lie around the origin like the four corners of
    exclusive or: 0 below, 7 above, 3 on the left and 4 on the right.

    Args:
        zeros: digits that form class 0.
        ones: digits that form class 1, none of them in zeros.
        seed: seed of the split into training and test images, as in `digits`.

    Returns:
        BinaryTask with two inputs: the first two principal components, found on the training
        images of all ten digits and scaled to standard deviation 1 there.

    Raises:
        ValueError: a class is empty, a digit is in both, or one is not a digit.

    Reference:
        Pearson, "On lines and planes of closest fit to systems of points in space", 1901.

    Example:
        >>> task = digits_in_the_plane()
        >>> task.train_x.shape, task.train_y.shape, task.test_x.shape
        ((2, 540), (1, 540), (2, 181))
    """
    _check_classes(zeros, ones)
    data = digits(seed=seed)
    train, test = _columns(data.train_images), _columns(data.test_images)
    # everything that is measured, mean, directions and scale, comes from the training images only
    mean = train.mean(axis=1, keepdims=True)
    directions = _principal_directions(train - mean)
    scale = (directions.T @ (train - mean)).std(axis=1, keepdims=True)
    parts = []
    for X, labels in ((train, data.train_labels), (test, data.test_labels)):
        chosen = np.isin(labels, [*zeros, *ones])
        parts.append(directions.T @ (X[:, chosen] - mean) / scale)
        parts.append(np.isin(labels[chosen], ones).astype(np.int64)[None, :])
    return BinaryTask(*parts)


def _columns(images):
    return images.reshape(len(images), -1).T / BRIGHTEST


def _principal_directions(centred, count=2):
    directions = np.linalg.svd(centred, full_matrices=False)[0][:, :count]
    # a direction is known up to its sign, which differs between linear-algebra libraries
    largest = np.abs(directions).argmax(axis=0)
    return directions * np.sign(directions[largest, np.arange(count)])


def _check_classes(zeros, ones):
    for argument, chosen in (("zeros", zeros), ("ones", ones)):
        if not chosen or not set(chosen) <= set(range(10)):
            raise ValueError(
                f"{argument}: expected at least one of the digits 0 to 9, got {chosen!r}"
            )
    if set(zeros) & set(ones):
        raise ValueError(f"ones: expected digits that are not in zeros, got {ones!r} and {zeros!r}")
