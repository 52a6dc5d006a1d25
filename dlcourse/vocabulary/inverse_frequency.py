"""Tf-idf: counts in which a word weighs the more, the fewer documents have it."""

import numpy as np
from scipy import sparse

__all__ = ["TfIdf"]


class TfIdf:
    """Turn counts into tf-idf vectors of length 1.

    A count is multiplied by 1 + log((1 + m) / (1 + df)), where df of the m documents have the word.
    The logarithm, because the weight says how much it tells that the word is there (its surprise,
    -log of its probability); the ones, as if one more document held every word, so that nothing is
    divided by 0; and the leading 1, so that a word of every document does not vanish.

    Args:
        counts: array or sparse array (m, V) of the documents from which the weights are learned.

    Raises:
        ValueError: there is no document.

    Reference:
        Spärck Jones, "A statistical interpretation of term specificity and its application in
        retrieval", 1972; in the form of scikit-learn's TfidfTransformer.

    Example:
        >>> model = TfIdf(np.array([[2, 1], [2, 0]]))
        >>> model.weights.round(3).tolist()
        [1.0, 1.405]
        >>> model(np.array([[0, 7]])).toarray().tolist()
        [[0.0, 1.0]]
    """

    def __init__(self, counts):
        counts = sparse.csr_array(counts)
        m = counts.shape[0]
        if m == 0:
            raise ValueError("counts: expected at least one document; the corpus is empty")
        having = np.asarray((counts > 0).sum(axis=0)).ravel()
        self.weights = 1 + np.log((1 + m) / (1 + having))

    def __call__(self, counts):
        """Weigh counts and scale each document to length 1.

        Args:
            counts: array or sparse array (documents, V); the documents may be new ones.

        Returns:
            csr_array (documents, V) of float64; documents without a known word stay 0.

        Raises:
            ValueError: there is another number of words than at first.
        """
        counts = sparse.csr_array(counts, dtype=np.float64)
        if counts.shape[1] != len(self.weights):
            raise ValueError(
                f"counts: expected {len(self.weights)} words; got shape {counts.shape}"
            )
        weighed = counts * self.weights
        lengths = np.sqrt(np.asarray((weighed * weighed).sum(axis=1)).ravel())
        return sparse.csr_array(weighed / np.where(lengths == 0, 1, lengths)[:, np.newaxis])
