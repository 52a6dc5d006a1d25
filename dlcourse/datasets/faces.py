"""Faces of forty people, ten pictures each: who is it, and is it the same person?"""

from typing import NamedTuple

import numpy as np

from dlcourse.datasets.drawn_faces import PEOPLE, PICTURES, drawn_faces
from dlcourse.datasets.fetch import RemoteFile, fetch
from dlcourse.datasets.source import load_from

__all__ = ["Faces", "load_faces"]

# the file that sklearn.datasets.fetch_olivetti_faces takes, with the checksum it states
FILE = RemoteFile(
    "olivettifaces.mat",
    "https://ndownloader.figshare.com/files/5976027",
    "b612fb967f2dc77c9c62d3e1266e0c73d5fca46a4b8906c18e454d41af987794",
)
_SIZE = 64


class Faces(NamedTuple):
    """Pictures of people.

    Attributes:
        images: uint8 (400, 64, 64, 1), grey from 0 to 255.
        people: int64 (400,), who is shown: 0 to 39, ten times each, in order.
        origin: one line that says what these images are.
    """

    images: np.ndarray
    people: np.ndarray
    origin: str


def load_faces(source="auto"):
    """Load the Olivetti faces, or drawn ones in their place.

    There is no split: for one-shot learning, keep some people apart; for recognition, pictures.

    Args:
        source: as in `load_mnist`; the photographs are some MB.

    Returns:
        Faces.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the data cannot be had.

    Reference:
        Samaria and Harter, "Parameterisation of a stochastic model for human face identification",
        1994 (AT&T Laboratories Cambridge, photographs of 1992 to 1994). Credit to AT&T
        Laboratories Cambridge is asked for.

    Example:
        >>> faces = load_faces("embedded")
        >>> faces.images.shape, faces.people.max().item(), faces.origin
        ((400, 64, 64, 1), 39, 'drawn faces of forty invented people')
    """
    return load_from(source, full=_full, embedded=_embedded)


def _embedded():
    return Faces(*drawn_faces(), "drawn faces of forty invented people")


def _full():
    from scipy.io import loadmat

    columns = loadmat(fetch(FILE))["faces"]  # (4096, 400), each picture column by column
    images = columns.T.reshape(-1, _SIZE, _SIZE, 1).transpose(0, 2, 1, 3)
    people = np.repeat(np.arange(PEOPLE), PICTURES)
    return Faces(np.ascontiguousarray(images), people, "Olivetti faces (AT&T Cambridge)")
