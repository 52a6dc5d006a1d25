"""Successive halving over scikit-learn estimators, with epochs as what is rationed."""

from sklearn.experimental import enable_halving_search_cv  # noqa: F401 (makes the next one exist)
from sklearn.model_selection import HalvingRandomSearchCV

from dlcourse.tuning.spaces import distributions

__all__ = ["halving_search"]


def halving_search(estimator, space, trials, epochs, *, factor=3, **settings):
    """Many configurations briefly, the best of them longer, with cross-validation throughout.

    Args:
        estimator: `KerasClassifier`, `KerasRegressor` or another estimator with `epochs`.
        space: dictionary from names of hyper-parameters to `Choice`, `Uniform` or `LogUniform`.
        trials: configurations in the first round, >= factor.
        epochs: of the last round; every earlier one has 1/factor of the next one's.
        factor: one of so many goes on to the next round; >= 2.
        **settings: others of scikit-learn's `HalvingRandomSearchCV`, such as cv, n_jobs and
            random_state.

    Returns:
        A `HalvingRandomSearchCV` that has not been fitted; see `trial_table`. Every round trains
        from the beginning.

    Raises:
        ValueError: there are too few trials or epochs for two rounds.

    Reference:
        Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
        optimization", 2016.

    Example:
        >>> from dlcourse.tuning import KerasClassifier, LogUniform
        >>> estimator = KerasClassifier(lambda learning_rate=0.1: None)
        >>> space = {"learning_rate": LogUniform(1e-4, 1.0)}
        >>> search = halving_search(estimator, space, trials=9, epochs=18)
        >>> search.resource, search.min_resources, search.max_resources
        ('epochs', 2, 18)
    """
    if factor < 2 or trials < factor:
        raise ValueError(f"trials: expected at least factor >= 2; got {trials} and {factor}")
    last = next(n for n in range(trials) if factor ** (n + 1) > trials)  # exact, unlike math.log
    if epochs < factor**last:
        raise ValueError(
            f"epochs: expected at least {factor**last} for {last + 1} rounds; got {epochs}"
        )
    return HalvingRandomSearchCV(
        estimator,
        distributions(space),
        n_candidates=trials,
        factor=factor,
        resource="epochs",
        min_resources=epochs // factor**last,
        max_resources=epochs,
        **settings,
    )
