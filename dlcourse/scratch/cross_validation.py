"""Cross-validation by hand, and what its numbers do and do not say."""

import numpy as np

__all__ = ["cross_validate", "read_cv"]


def cross_validate(fit_and_score, X, y, k, rng):
    """Train k times, each time without one of k parts, which then judges.

    Args:
        fit_and_score: takes (X_train, y_train, X_test, y_test), gives (train_score, test_score).
        X: examples as rows, shape (m, n_x).
        y: labels, shape (m,).
        k: number of parts, from 2 to m; where k does not divide m the first ones are one longer.
        rng: numpy.random.Generator that the order of the examples is drawn from.

    Returns:
        train_scores: shape (k,);
        test_scores: shape (k,).

    Raises:
        ValueError: k is not from 2 to m.

    Reference:
        Stone, "Cross-validatory choice and assessment of statistical predictions", 1974.

    Example:
        >>> sizes = lambda X_train, y_train, X_test, y_test: (len(X_train), len(X_test))
        >>> cross_validate(sizes, np.eye(7), np.arange(7), 3, np.random.default_rng(0))
        (array([4., 5., 5.]), array([3., 2., 2.]))
    """
    if not 2 <= k <= len(X):
        raise ValueError(f"k: expected 2 to {len(X)}, the number of examples; got {k}")
    folds = np.array_split(rng.permutation(len(X)), k)
    scores = []
    for test in folds:
        train = np.setdiff1d(np.arange(len(X)), test)
        scores.append(fit_and_score(X[train], y[train], X[test], y[test]))
    train_scores, test_scores = np.array(scores, dtype=float).T
    return train_scores, test_scores


def read_cv(results):
    """Choose by cross-validation without believing more digits than there are.

    Of all models whose mean is within one standard error of the best, the one with the smallest
    gap is chosen: the others have no better score to show for the overfitting.

    Args:
        results: dictionary from names to (train_scores, cv_scores), each of shape (k,).

    Returns:
        chosen: a name;
        summary: dictionary from names to {"cv": mean of the cv_scores, "error": its standard error,
        the standard deviation with k - 1 over √k, "gap": mean train score minus mean cv score}.

    Reference:
        Breiman, Friedman, Olshen and Stone, "Classification and regression trees", 1984, §3.4.3.

    Example:
        >>> results = {"h1": ([0.99, 0.99], [0.85, 0.87]), "h2": ([0.87, 0.87], [0.83, 0.85])}
        >>> chosen, summary = read_cv(results)
        >>> chosen, round(summary["h1"]["gap"], 2)
        ('h1', 0.13)
    """
    summary = {}
    for name, (train_scores, cv_scores) in results.items():
        mean = float(np.mean(cv_scores))
        error = float(np.std(cv_scores, ddof=1) / np.sqrt(len(cv_scores)))
        summary[name] = {"cv": mean, "error": error, "gap": float(np.mean(train_scores)) - mean}
    best = max(summary.values(), key=lambda row: row["cv"])
    good = [name for name, row in summary.items() if row["cv"] >= best["cv"] - best["error"]]
    return min(good, key=lambda name: summary[name]["gap"]), summary
