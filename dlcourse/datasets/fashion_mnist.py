"""Fashion-MNIST: 70000 pictures of clothes, drop-in for MNIST and harder."""

import gzip

import numpy as np

from dlcourse.datasets.enlarged_digits import enlarged_digits
from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.labelled_images import LabelledImages
from dlcourse.datasets.source import load_from

__all__ = ["load_fashion_mnist"]

CLASS_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
# where keras.datasets.fashion_mnist takes them; Keras states no checksums, these are the ones
# that loaders of other libraries state for the files as their makers published them
_FOLDER = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_SHA256 = {
    "train-images-idx3": "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    "train-labels-idx1": "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    "t10k-images-idx3": "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    "t10k-labels-idx1": "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
}
# the original MNIST has files of the same names, hence the prefix in the cache
FILES = tuple(
    RemoteFile(f"fashion-{stem}-ubyte.gz", f"{_FOLDER}{stem}-ubyte.gz", sha256)
    for stem, sha256 in _SHA256.items()
)


def load_fashion_mnist(source="auto"):
    """Load Fashion-MNIST, or the embedded digits in its place.

    Args:
        source: as in `load_mnist`; the full set is 31 MB. The stand-in shows digits, not clothes,
            with class names that say so.

    Returns:
        LabelledImages (m, 28, 28, 1): 60000 for training and 10000 for testing, or 1347 and 450.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the data cannot be had.

    Reference:
        Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine
        learning algorithms", 2017. Licence: MIT.

    Example:
        >>> load_fashion_mnist("embedded").test_images.shape
        (450, 28, 28, 1)
    """
    return load_from(source, full=_full, embedded=enlarged_digits)


def _full():
    paths = [fetch(file) for file in FILES]
    parts = [_array_of_bytes(gzip.decompress(path.read_bytes())) for path in paths]
    train_images, train_labels, test_images, test_labels = parts
    return LabelledImages(
        train_images[..., None],
        train_labels.astype(np.int64),
        test_images[..., None],
        test_labels.astype(np.int64),
        CLASS_NAMES,
        "Fashion-MNIST",
    )


def _array_of_bytes(content):
    # idx: two zeros, 8 for unsigned bytes, the number of axes; their lengths; the values
    n_axes = content[3]
    shape = np.frombuffer(content, ">u4", count=n_axes, offset=4).astype(int)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * n_axes).reshape(shape)
