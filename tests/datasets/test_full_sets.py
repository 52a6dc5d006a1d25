"""Full data sets from made-up archives on a local server, against the loaders they come from.

The archives have the real layout and few examples. Keras's and scikit-learn's own loaders read the
same ones (CIFAR-10 in the other format that its page offers) and must find the same numbers.
"""

import gzip
import hashlib
import io
import pickle
import tarfile

import numpy as np
import pytest

from dlcourse import datasets
from dlcourse.datasets import cifar10, faces, fashion_mnist, housing, mnist
from tests.datasets.file_server import serving

RNG = np.random.default_rng(0)


def random_bytes(*shape, below=256):
    return RNG.integers(below, size=shape, dtype=np.uint8)


def served(server, file, content):
    """The same remote file on the local server, with the checksum of the made-up content."""
    name = file.url.rsplit("/", 1)[-1]
    server.files[name] = content
    sha256 = hashlib.sha256(content).hexdigest()
    return file._replace(url=f"{server.url}/{name}", sha256=sha256)


@pytest.fixture
def server():
    with serving({}) as state:
        yield state


def check_images(data, expected, classes):
    (train_images, train_labels), (test_images, test_labels) = expected
    np.testing.assert_array_equal(data.train_images, train_images)
    np.testing.assert_array_equal(data.train_labels, train_labels.ravel())
    np.testing.assert_array_equal(data.test_images, test_images)
    np.testing.assert_array_equal(data.test_labels, test_labels.ravel())
    assert data.train_images.dtype == np.uint8 and data.train_labels.dtype == np.int64
    assert len(data.class_names) == classes


def test_mnist_is_what_keras_finds(server, monkeypatch, tmp_path):
    import keras

    arrays = {
        "x_train": random_bytes(5, 28, 28),
        "y_train": random_bytes(5, below=10),
        "x_test": random_bytes(3, 28, 28),
        "y_test": random_bytes(3, below=10),
    }
    np.savez(tmp_path / "mnist.npz", **arrays)
    content = (tmp_path / "mnist.npz").read_bytes()
    monkeypatch.setattr(mnist, "FILE", served(server, mnist.FILE, content))
    monkeypatch.setattr(
        "keras.src.datasets.mnist.get_file", lambda *_, **__: str(tmp_path / "mnist.npz")
    )
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    data = datasets.load_mnist("full")
    check_images(data, ((x[..., None], y), (x_test[..., None], y_test)), 10)
    assert data.origin == "MNIST"


def test_fashion_mnist_is_what_keras_finds(server, monkeypatch, tmp_path):
    import keras

    for stem, m in (("train", 4), ("t10k", 3)):
        idx = {
            f"{stem}-images-idx3-ubyte.gz": (2051, random_bytes(m, 28, 28)),
            f"{stem}-labels-idx1-ubyte.gz": (2049, random_bytes(m, below=10)),
        }
        for name, (magic, values) in idx.items():
            header = np.array([magic, *values.shape], ">u4").tobytes()
            (tmp_path / name).write_bytes(gzip.compress(header + values.tobytes()))
    files = [
        served(server, file, (tmp_path / file.url.rsplit("/", 1)[-1]).read_bytes())
        for file in fashion_mnist.FILES
    ]
    monkeypatch.setattr(fashion_mnist, "FILES", files)
    monkeypatch.setattr(
        "keras.src.datasets.fashion_mnist.get_file", lambda name, **_: str(tmp_path / name)
    )
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    data = datasets.load_fashion_mnist("full")
    check_images(data, ((x[..., None], y), (x_test[..., None], y_test)), 10)
    assert len(server.requests) == 4


def test_cifar10_is_what_keras_finds_in_the_other_format(server, monkeypatch, tmp_path):
    from keras.src.datasets.cifar import load_batch

    names = [f"data_batch_{n}" for n in range(1, 6)] + ["test_batch"]
    archive, expected = io.BytesIO(), []
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        # the order in which an archive lists its batches must not matter
        for name in reversed(names):
            images, labels = random_bytes(2, 3072), random_bytes(2, below=10)
            batch = np.concatenate([labels[:, None], images], axis=1).tobytes()
            member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}.bin")
            member.size = len(batch)
            tar.addfile(member, io.BytesIO(batch))
            pickled = tmp_path / name
            pickled.write_bytes(pickle.dumps({b"data": images, b"labels": labels.tolist()}))
            expected.insert(0, load_batch(str(pickled)))
    monkeypatch.setattr(cifar10, "FILE", served(server, cifar10.FILE, archive.getvalue()))
    images = np.concatenate([batch[0] for batch in expected]).transpose(0, 2, 3, 1)
    labels = np.concatenate([batch[1] for batch in expected])
    data = datasets.load_cifar10("full")
    check_images(data, ((images[:10], labels[:10]), (images[10:], labels[10:])), 10)


def test_faces_are_what_scikit_learn_finds(server, monkeypatch, tmp_path):
    from scipy.io import savemat
    from sklearn.datasets import fetch_olivetti_faces

    path = tmp_path / "olivettifaces.mat"
    savemat(path, {"faces": random_bytes(4096, 400)})
    monkeypatch.setattr(faces, "FILE", served(server, faces.FILE, path.read_bytes()))
    monkeypatch.setattr("sklearn.datasets._olivetti_faces._fetch_remote", lambda *_, **__: path)
    theirs = fetch_olivetti_faces(data_home=tmp_path)
    ours = datasets.load_faces("full")
    np.testing.assert_allclose(ours.images[..., 0] / 255, theirs.images, atol=1e-6)
    np.testing.assert_array_equal(ours.people, theirs.target)


def test_houses_are_what_scikit_learn_finds(server, monkeypatch, tmp_path):
    from sklearn.datasets import fetch_california_housing

    table = RNG.uniform(1, 9, size=(20, 9)).round(3)
    text = "\n".join(",".join(map(str, row)) for row in table).encode()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        member = tarfile.TarInfo("CaliforniaHousing/cal_housing.data")
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
    monkeypatch.setattr(housing, "FILE", served(server, housing.FILE, archive.getvalue()))
    (tmp_path / "cal.tgz").write_bytes(archive.getvalue())
    monkeypatch.setattr(
        "sklearn.datasets._california_housing._fetch_remote", lambda *_, **__: tmp_path / "cal.tgz"
    )
    theirs = fetch_california_housing(data_home=tmp_path)
    ours = datasets.load_housing("full")
    x, y = np.concatenate([ours.test_x, ours.train_x]), np.concatenate([ours.test_y, ours.train_y])
    order = np.random.default_rng(0).permutation(20)
    np.testing.assert_allclose(x, theirs.data[order], rtol=1e-6)
    np.testing.assert_allclose(y, theirs.target[order], rtol=1e-6)
    assert len(ours.test_x) == 4


def test_checksums_are_those_of_keras_and_scikit_learn():
    import inspect

    import keras
    from sklearn.datasets import _california_housing, _olivetti_faces

    for ours, theirs in ((faces, _olivetti_faces.FACES), (housing, _california_housing.ARCHIVE)):
        assert (ours.FILE.url, ours.FILE.sha256) == (theirs.url, theirs.checksum)
    source = inspect.getsource(keras.datasets.mnist.load_data)
    assert mnist.FILE.sha256 in source and mnist.FILE.url.rsplit("/", 1)[0] in source


def test_no_pickle_is_read(server, monkeypatch):
    pickled = io.BytesIO()
    np.savez(pickled, x_train=np.array([{}], dtype=object))
    monkeypatch.setattr(mnist, "FILE", served(server, mnist.FILE, pickled.getvalue()))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        datasets.load_mnist("full")
