"""Whose picture is it? A database of embeddings that verifies, recognises and admits not to know.

Verification is 1:1: a picture and a name, do they belong together? Recognition is 1:K: a picture,
and which of K people is it, if any? Both measure the distance between embeddings and accept up to
a threshold τ. A new person is enrolled with a single picture and without any training.
"""

from typing import NamedTuple

import keras
import numpy as np
from scipy.spatial.distance import cdist

__all__ = ["UNKNOWN", "EmbeddingDatabase", "Match", "best_threshold"]

UNKNOWN = None


class Match(NamedTuple):
    """The answer to "who is it?".

    Args:
        name: who is nearest, or UNKNOWN (None) if even they are farther than the threshold.
        distance: Euclidean distance of the embeddings to the nearest enrolled picture; infinite
            if nobody is enrolled.
    """

    name: str | None
    distance: float


class EmbeddingDatabase:
    """Names with the embeddings of one or more pictures each.

    Args:
        embed: function from pictures (m, ...) to embeddings (m, D), such as a `keras.Model`.
        threshold: τ >= 0, the largest Euclidean distance (not squared) that still means the same
            person; see `best_threshold`.

    Raises:
        ValueError: a threshold below 0.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for face recognition and
        clustering", 2015, sections 1 and 4 (with squared distances).

    Example:
        >>> people = EmbeddingDatabase(embed=lambda pictures: pictures, threshold=1.0)
        >>> people.enrol("Ada", [0.0, 0.0])
        >>> people.enrol("Max", [3.0, 0.0])
        >>> people.verify("Ada", [0.0, 0.5]), people.verify("Max", [0.0, 0.5])
        (True, False)
        >>> people.who_is_it([2.5, 0.0])
        Match(name='Max', distance=0.5)
        >>> people.who_is_it([9.0, 0.0]).name is UNKNOWN
        True
    """

    def __init__(self, embed, threshold):
        if not threshold >= 0:
            raise ValueError(f"threshold: expected a distance of at least 0, got {threshold!r}")
        self.embed = embed
        self.threshold = threshold
        self._names = np.array([], dtype=object)
        self._embeddings = None

    @property
    def names(self):
        """Everybody enrolled, in alphabetical order."""
        return sorted(set(self._names))

    def __len__(self):
        """Number of people (not of pictures)."""
        return len(self.names)

    def __contains__(self, name):
        return name in set(self._names)

    def enrol(self, name, picture):
        """Remember one more picture of a person.

        Args:
            name: who it is; a new name, or one that gets a further picture.
            picture: one picture, without the axis of the batch.

        Raises:
            ValueError: no name, or an embedding of another length than those before.
        """
        if not isinstance(name, str) or not name:
            raise ValueError(f"name: expected a text that is not empty, got {name!r}")
        embedding = self._embed([picture])
        known = embedding[:0] if self._embeddings is None else self._embeddings
        self._embeddings = np.concatenate([known, embedding])
        self._names = np.append(self._names, name)

    def forget(self, name):
        """Remove all pictures of a person.

        Args:
            name: who it is.

        Raises:
            ValueError: nobody of that name is enrolled.
        """
        keep = self._names != self._known(name)
        self._names, self._embeddings = self._names[keep], self._embeddings[keep]

    def verify(self, name, picture):
        """Tell whether the picture shows the person of that name (1:1).

        Args:
            name: who it is said to be.
            picture: one picture.

        Returns:
            True if its distance to the nearest of the person's pictures is at most the threshold.

        Raises:
            ValueError: nobody of that name is enrolled.
        """
        return bool(self.distance(name, picture) <= self.threshold)

    def distance(self, name, picture):
        """Distance of the picture to the nearest enrolled one of that person.

        Args:
            name: an enrolled person.
            picture: one picture.

        Returns:
            Euclidean distance, a float.

        Raises:
            ValueError: nobody of that name is enrolled.
        """
        theirs = self._names == self._known(name)
        return float(self._distances([picture])[0, theirs].min())

    def who_is_it(self, picture):
        """Tell whom of all the picture shows (1:K).

        Args:
            picture: one picture.

        Returns:
            Match; of equally near people the one enrolled first.
        """
        return self.who_are_they([picture])[0]

    def who_are_they(self, pictures):
        """`who_is_it` for many pictures, embedded together.

        Args:
            pictures: (m, ...).

        Returns:
            List of m Match.
        """
        if not len(self._names):
            return [Match(UNKNOWN, float("inf")) for _ in pictures]
        distances = self._distances(pictures)
        nearest = distances.argmin(axis=1)
        smallest = distances[np.arange(len(nearest)), nearest].tolist()
        return [
            Match(self._names[place] if distance <= self.threshold else UNKNOWN, distance)
            for place, distance in zip(nearest, smallest, strict=True)
        ]

    def _known(self, name):
        if name not in self:
            raise ValueError(
                f"name: expected one of the {len(self)} people enrolled, got {name!r}; enrol them "
                "first"
            )
        return name

    def _embed(self, pictures):
        embeddings = keras.ops.convert_to_numpy(self.embed(np.asarray(pictures)))
        length = embeddings.shape[-1] if self._embeddings is None else self._embeddings.shape[1]
        if embeddings.shape != (len(pictures), length):
            raise ValueError(
                f"picture: expected one embedding of length {length} for each of the "
                f"{len(pictures)} pictures; embed returned shape {embeddings.shape}"
            )
        return embeddings

    def _distances(self, pictures):
        """Distances (pictures, enrolled pictures)."""
        return cdist(self._embed(pictures), self._embeddings)


def best_threshold(distances, same):
    """Find the τ with which most pairs are judged rightly by "the same if distance ≤ τ".

    Args:
        distances: floats (n,), one per pair.
        same: 1 or True (n,) where the pair is the same person.

    Returns:
        Tuple (threshold, accuracy): τ halfway between two distances that occur (of equally good
        ones the smallest), and the share of the pairs that are judged rightly, 0 to 1.

    Raises:
        ValueError: no pairs, or as many answers as there are not pairs.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet", 2015, section 5.6 (the threshold is chosen on
        other pairs than those that are judged).

    Example:
        >>> best_threshold([0.2, 0.4, 1.0], [1, 1, 0])
        (0.7, 1.0)
    """
    distances, same = np.asarray(distances, float), np.asarray(same, bool)
    if distances.ndim != 1 or len(distances) == 0 or same.shape != distances.shape:
        raise ValueError(
            "distances, same: expected two vectors of one length, at least 1; got shapes "
            f"{distances.shape} and {same.shape}"
        )
    order = np.argsort(distances, kind="stable")
    ascending, same = distances[order], same[order]
    # with the first k pairs accepted, these many are right
    right = np.cumsum(np.append(0, np.where(same, 1, -1))) + np.sum(~same)
    below, above = np.append(0.0, ascending), np.append(ascending, ascending[-1] + 1)
    # no threshold lies between equal distances
    k = int(np.argmax(np.where(below < above, right, -1)))
    # halfway between neighbouring floats may round up to the one that shall be too far
    threshold = min((below[k] + above[k]) / 2, np.nextafter(above[k], 0))
    return float(threshold), float(right[k] / len(same))
