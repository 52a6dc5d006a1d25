"""Which human error to compare with: the smallest that anybody reaches."""

from dlcourse.strategy.gaps import diagnose
from dlcourse.strategy.rates import per_cent

__all__ = ["bayes_error_proxy", "best_proxy_matters"]


def bayes_error_proxy(human_errors):
    """Take the best human error as what stands in for the smallest possible one.

    Whatever people reach is possible, so that the Bayes error is no larger. (To see whether a model
    is worth deploying, the error of those whose work it does is the one to beat instead.)

    Args:
        human_errors: dictionary from who they are to their error, in per cent.

    Returns:
        Tuple (who, error).

    Raises:
        ValueError: there is none, or a rate is not between 0 and 100.

    Example:
        >>> doctors = {"anybody": 3, "a doctor": 1, "an experienced one": 0.7, "a team": 0.5}
        >>> bayes_error_proxy(doctors)
        ('a team', 0.5)
    """
    if not human_errors:
        raise ValueError("human_errors: expected at least one; got none")
    for who, error in human_errors.items():
        per_cent(f"human_errors[{who!r}]", error)
    best = min(human_errors, key=human_errors.get)
    return best, human_errors[best]


def best_proxy_matters(human_errors, train, dev):
    """Tell whether it makes a difference against whom the model is compared.

    Far from human level every proxy gives the same diagnosis; near it, one that is too large hides
    the bias that is still to be avoided.

    Args:
        human_errors: dictionary from who they are to their error, in per cent.
        train: error on the training set, in per cent.
        dev: error on the dev set, in per cent.

    Returns:
        Tuple (matters, problems): whether some proxy gives another problem than the best one does;
        and the problem by each of them, as of `diagnose`.

    Raises:
        ValueError: there is none, or a rate is not between 0 and 100.

    Example:
        >>> doctors = {"a doctor": 1, "an experienced one": 0.7, "a team": 0.5}
        >>> best_proxy_matters(doctors, train=5, dev=6)[0]
        False
        >>> best_proxy_matters(doctors, train=0.7, dev=0.8)[1]
        {'a doctor': 'variance', 'an experienced one': 'variance', 'a team': 'avoidable_bias'}
    """
    best, _ = bayes_error_proxy(human_errors)
    problems = {who: diagnose(error, train, dev).problem for who, error in human_errors.items()}
    return any(problem != problems[best] for problem in problems.values()), problems
