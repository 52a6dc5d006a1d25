"""CIFAR-10: 60000 small colour photographs of ten kinds of animals and vehicles."""

import tarfile

import numpy as np

from dlcourse.datasets.digits_on_photos import digits_on_photos
from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.labelled_images import LabelledImages
from dlcourse.datasets.source import load_from

__all__ = ["load_cifar10"]

CLASS_NAMES = tuple("airplane automobile bird cat deer dog frog horse ship truck".split())
# keras.datasets.cifar10 takes the Python version, which is pickled: reading it runs what it says.
# This one holds the same images as plain bytes. Checksum as other libraries' loaders state it.
FILE = RemoteFile(
    "cifar-10-binary.tar.gz",
    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
)
_FOLDER = "cifar-10-batches-bin"
_TRAIN = tuple(f"{_FOLDER}/data_batch_{number}.bin" for number in range(1, 6))
_TEST = (f"{_FOLDER}/test_batch.bin",)
_IMAGE = (3, 32, 32)  # in the file; channels go last in memory


def load_cifar10(source="auto"):
    """Load CIFAR-10, or embedded digits on patches of photographs in its place.

    Args:
        source: as in `load_mnist`; the full set is 170 MB. The stand-in has the same shape and
            number of classes, and its own class names.

    Returns:
        LabelledImages (m, 32, 32, 3): 50000 for training and 10000 for testing, or 1347 and 450.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the data cannot be had.

    Reference:
        Krizhevsky, "Learning multiple layers of features from tiny images", 2009, chapter 3. Its
        page states no licence.

    Example:
        >>> load_cifar10("embedded").train_images.shape
        (1347, 32, 32, 3)
    """
    return load_from(source, full=_full, embedded=digits_on_photos)


def _full():
    with tarfile.open(fetch(FILE)) as archive:
        contents = {
            member.name: archive.extractfile(member).read()
            for member in archive
            if member.name in (*_TRAIN, *_TEST)
        }
    train_images, train_labels = _records(b"".join(contents[name] for name in _TRAIN))
    test_images, test_labels = _records(contents[_TEST[0]])
    return LabelledImages(
        train_images, train_labels, test_images, test_labels, CLASS_NAMES, "CIFAR-10"
    )


def _records(content):
    # one byte of label and the image, record after record
    records = np.frombuffer(content, np.uint8).reshape(-1, 1 + np.prod(_IMAGE))
    images = records[:, 1:].reshape(-1, *_IMAGE).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(images), records[:, 0].astype(np.int64)
