"""Stand-ins: the schema of the full set, no network, and a warning where the full one was asked."""

import socket

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from dlcourse import datasets
from dlcourse.datasets import cifar10, faces, fashion_mnist, housing, mnist
from dlcourse.datasets.digits_on_photos import digits_on_photos
from dlcourse.datasets.drawn_faces import drawn_faces
from dlcourse.datasets.fetch import DownloadError, RemoteFile

LOADERS = {
    "load_mnist": (mnist, "FILE"),
    "load_fashion_mnist": (fashion_mnist, "FILES"),
    "load_cifar10": (cifar10, "FILE"),
    "load_faces": (faces, "FILE"),
    "load_housing": (housing, "FILE"),
}


@pytest.fixture(params=LOADERS)
def loader(request, monkeypatch):
    """Each loader, on a machine without network."""
    module, attribute = LOADERS[request.param]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}/x"
        file = RemoteFile("x", nowhere, "0" * 64)
        monkeypatch.setattr(module, attribute, (file,) if attribute == "FILES" else file)
        yield getattr(datasets, request.param)


def test_full_means_full(loader):
    with pytest.raises(DownloadError, match="x could not be downloaded from http://127.0.0.1"):
        loader("full")


def test_at_full_scale_the_stand_in_comes_with_a_warning(loader, monkeypatch):
    monkeypatch.setenv("DLCOURSE_SCALE", "full")
    with pytest.warns(UserWarning, match="could not be downloaded .* stand-in is used") as caught:
        data = loader()
    assert caught[0].filename == __file__
    expected = loader("embedded")
    assert data.origin == expected.origin
    np.testing.assert_array_equal(data[0], expected[0])


def test_at_quick_scale_nobody_asks_the_network(loader, monkeypatch, cache):
    monkeypatch.setenv("DLCOURSE_SCALE", "quick")
    assert loader().origin == loader("embedded").origin
    assert not cache.exists()


def test_other_sources_are_refused(loader):
    with pytest.raises(ValueError, match="source: expected one of auto, embedded, full; got 'web'"):
        loader("web")


@pytest.mark.parametrize(
    ("load", "shape"),
    [
        (datasets.load_mnist, (28, 28, 1)),
        (datasets.load_fashion_mnist, (28, 28, 1)),
        (datasets.load_cifar10, (32, 32, 3)),
    ],
)
def test_images_have_the_layout_of_the_full_set(load, shape):
    data, labels = load("embedded"), datasets.digits()
    assert data.train_images.shape == (1347, *shape) and data.test_images.shape == (450, *shape)
    assert data.train_images.dtype == data.test_images.dtype == np.uint8
    assert data.train_images.min() == 0 and data.train_images.max() == 255
    np.testing.assert_array_equal(data.train_labels, labels.train_labels)
    np.testing.assert_array_equal(data.test_labels, labels.test_labels)
    assert len(data.class_names) == 10


def test_an_enlarged_digit_is_the_digit():
    small = datasets.digits().train_images
    large = datasets.load_mnist("embedded").train_images[..., 0]
    again = datasets.resized(large[:, 4:24, 4:24, None], 8, 8)[..., 0]
    for a, b in zip(again[:50], small[:50], strict=True):
        assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.9
    assert large[:, :4].max() == large[:, :, -4:].max() == 0


def test_digits_on_photos_depend_on_the_seed_alone():
    one, again, other = (digits_on_photos(seed).train_images for seed in (1, 1, 2))
    assert np.array_equal(one, again) and not np.array_equal(one, other)


def test_drawn_people_can_be_told_apart_but_pictures_differ():
    images, people = drawn_faces()
    x = images.reshape(len(images), -1) / 255
    assert len(np.unique(x, axis=0)) == 400
    known = np.arange(400) % 10 < 7
    model = KNeighborsClassifier(1).fit(x[known], people[known])
    # one in forty by chance: a picture's nearest is often, but not always, of the same person
    assert 0.25 < model.score(x[~known], people[~known]) < 0.75


def test_faces_and_patients_have_the_layout_of_the_full_set():
    people = datasets.load_faces("embedded")
    assert people.images.shape == (400, 64, 64, 1) and people.images.dtype == np.uint8
    np.testing.assert_array_equal(people.people, np.repeat(np.arange(40), 10))
    table = datasets.load_housing("embedded")
    assert table.train_x.shape == (353, 10) and table.train_y.shape == (353,)
    assert table.train_x.dtype == table.test_y.dtype == np.float32
    assert len(table.feature_names) == 10
    assert not np.array_equal(table.test_y, datasets.load_housing("embedded", seed=1).test_y)
