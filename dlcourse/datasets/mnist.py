"""MNIST: 70000 handwritten digits."""

import numpy as np

from dlcourse.datasets.enlarged_digits import enlarged_digits
from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.labelled_images import LabelledImages
from dlcourse.datasets.source import load_from

__all__ = ["load_mnist"]

# the file that keras.datasets.mnist takes, with the checksum that Keras states
FILE = RemoteFile(
    "mnist.npz",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
    "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
)


def load_mnist(source="auto"):
    """Load MNIST, or the embedded digits in its place.

    Args:
        source: "full" demands MNIST (11 MB, fetched once); "embedded" takes 1797 digits of
            scikit-learn, enlarged; "auto" is "full" at the scale "full" (see `dlcourse.scale`)
            if it can be had, else "embedded".

    Returns:
        LabelledImages (m, 28, 28, 1): 60000 for training and 10000 for testing, or 1347 and 450.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the data cannot be had.

    Reference:
        LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
        recognition", 1998. Licence: CC BY-SA 3.0.

    Example:
        >>> data = load_mnist("embedded")
        >>> data.train_images.shape, data.train_images.dtype.name, data.class_names[7]
        ((1347, 28, 28, 1), 'uint8', '7')
    """
    return load_from(source, full=_full, embedded=enlarged_digits)


def _full():
    with np.load(fetch(FILE), allow_pickle=False) as arrays:
        return LabelledImages(
            arrays["x_train"][..., None],
            arrays["y_train"].astype(np.int64),
            arrays["x_test"][..., None],
            arrays["y_test"].astype(np.int64),
            tuple("0123456789"),
            "MNIST",
        )
