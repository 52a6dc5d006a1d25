"""From five error rates to what to do next: bias, variance, mismatch, a dev set used up."""

from dataclasses import dataclass, fields

from dlcourse.strategy.rates import per_cent

__all__ = ["Diagnosis", "diagnose"]

# the gap -> what makes it smaller
CURES = {
    "avoidable_bias": (
        "train a larger network",
        "train longer, or with a better optimizer (momentum, RMSprop, Adam)",
        "try another architecture or other hyperparameters",
    ),
    "variance": (
        "get more training data",
        "regularize: L2, dropout, data augmentation",
        "try another architecture or other hyperparameters",
    ),
    "mismatch": (
        "look by hand at how dev examples differ from those for training",
        "make training data more like them: collect such data, or synthesize it",
    ),
    "overfitting_to_dev": ("get a larger dev set",),
}


@dataclass(frozen=True)
class Diagnosis:
    """The error of a model, split into what has different cures; all in percentage points.

    Args:
        human: error of the best people, standing in for the smallest possible one.
        avoidable_bias: train - human; below 0 where the model is better than people are.
        variance: train-dev - train, or dev - train where there is no train-dev set.
        mismatch: dev - train-dev; None without a train-dev set. Below 0 where dev examples are
            the easier ones.
        overfitting_to_dev: test - dev; None without a test set.
    """

    human: float
    avoidable_bias: float
    variance: float
    mismatch: float | None = None
    overfitting_to_dev: float | None = None

    def gaps(self):
        """List the gaps that are known, in the order of the pipeline.

        Returns:
            Dictionary from the name of a gap to its size.
        """
        names = [field.name for field in fields(self)][1:]
        known = {name: getattr(self, name) for name in names}
        return {name: gap for name, gap in known.items() if gap is not None}

    @property
    def problem(self):
        """Name of the largest gap; of equal ones, the first in the pipeline; "none" if none is."""
        gaps = self.gaps()
        largest = max(gaps, key=gaps.get)
        return largest if gaps[largest] > 0 else "none"

    @property
    def advice(self):
        """What makes the largest gap smaller, a tuple of sentences."""
        return CURES.get(
            self.problem, ("no gap is left: raise the target, or change the metric or the data",)
        )


def diagnose(human, train, dev, train_dev=None, test=None):
    """Split the error of a model into avoidable bias, variance, data mismatch, overfitting to dev.

    Args:
        human: error of the best people, in per cent; the proxy for the Bayes error.
        train: error on the training set, in per cent.
        dev: error on the dev set, in per cent.
        train_dev: error on data like the training set that was not trained on, in per cent; None
            where training and dev data come from one distribution anyway.
        test: error on the test set, in per cent, where it was measured.

    Returns:
        Diagnosis, with its `problem` and `advice`.

    Raises:
        ValueError: a rate is not between 0 and 100.

    Example:
        >>> found = diagnose(human=4, train=7, train_dev=10, dev=12, test=12)
        >>> found.gaps()
        {'avoidable_bias': 3, 'variance': 3, 'mismatch': 2, 'overfitting_to_dev': 0}
        >>> diagnose(human=1, train=8, dev=10).problem
        'avoidable_bias'
        >>> diagnose(human=7.5, train=8, dev=10).problem
        'variance'
    """
    rates = {"human": human, "train": train, "train_dev": train_dev, "dev": dev, "test": test}
    for name, rate in rates.items():
        if rate is not None:
            per_cent(name, rate)
    unseen = dev if train_dev is None else train_dev
    return Diagnosis(
        human=human,
        avoidable_bias=_gap(human, train),
        variance=_gap(train, unseen),
        mismatch=None if train_dev is None else _gap(train_dev, dev),
        overfitting_to_dev=None if test is None else _gap(dev, test),
    )


def _gap(before, after):
    return round(after - before, 10)  # 0.2, not 0.19999999999999996
