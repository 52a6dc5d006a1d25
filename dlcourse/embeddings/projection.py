"""Word vectors in the plane, for pictures."""

import numpy as np

__all__ = ["project"]

_PERPLEXITY = 30


def project(space, words=None, method="pca", seed=0):
    """Lay words out in the plane: near to each other what is alike.

    `dlcourse.plotting.word_map` draws them.

    Args:
        space: WordSpace.
        words: m words, at least 3; None for all.
        method: "pca" for the two directions in which they differ most, "tsne" for a layout that
            keeps neighbourhoods and nothing else: distances between groups mean nothing there.
        seed: of the random numbers of t-SNE.

    Returns:
        Array (m, 2).

    Raises:
        ValueError: there are fewer than 3 words, one is unknown, or the method is neither.

    Reference:
        van der Maaten and Hinton, "Visualizing Data using t-SNE", 2008.

    Example:
        >>> from dlcourse.embeddings import WordSpace
        >>> space = WordSpace("abc", np.eye(3))
        >>> project(space).shape
        (3, 2)
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    numbers = np.arange(len(space)) if words is None else space.numbers(words)
    if len(numbers) < 3:
        raise ValueError(f"words: expected at least 3; got {len(numbers)}")
    points = space.directions[numbers]
    if method == "pca":
        points = points if points.shape[1] > 1 else np.pad(points, ((0, 0), (0, 1)))
        return PCA(2, svd_solver="full").fit_transform(points)
    if method == "tsne":
        perplexity = min(_PERPLEXITY, (len(numbers) - 1) / 3)
        tsne = TSNE(2, perplexity=perplexity, init="random", metric="cosine", random_state=seed)
        return tsne.fit_transform(points)
    raise ValueError(f"method: expected pca or tsne; got {method!r}")
