"""The diagnosis as a table: two sources of data, and how each was met."""

from dataclasses import dataclass

from dlcourse.strategy.gaps import diagnose
from dlcourse.strategy.rates import per_cent

__all__ = ["ErrorTable"]

ROWS = ("human level", "trained on", "not trained on")


@dataclass(frozen=True)
class ErrorTable:
    """Error rates on general and on target data: by people, where trained on, where not.

    Down a column the gaps are avoidable bias and variance; across the last row it is the
    mismatch. The other cells tell what the five rates of `diagnose` cannot: whether the target data
    is harder (for people as well), and how a model does on it once trained on some of it.

    Args:
        general: errors (human, trained on, not trained on) on the data that there is a lot of, in
            per cent: human level, training error, train-dev error.
        target: the same on the data of interest; the last one is the dev error. Any but the last
            may be None: not measured.

    Raises:
        ValueError: there are not three rates each, a rate is not between 0 and 100, or one of
            those needed for the diagnosis is None.

    Example:
        >>> table = ErrorTable(general=(4, 7, 10), target=(6, 6, 6))
        >>> table.diagnosis.gaps()
        {'avoidable_bias': 3, 'variance': 3, 'mismatch': -4}
        >>> table.harder_by
        2
        >>> print(table)
                        general   target
        human level         4 %      6 %
        trained on          7 %      6 %
        not trained on     10 %      6 %
    """

    general: tuple
    target: tuple

    def __post_init__(self):
        for name, needed in (("general", (0, 1, 2)), ("target", (2,))):
            rates = getattr(self, name)
            if len(rates) != len(ROWS):
                raise ValueError(f"{name}: expected three rates, {', '.join(ROWS)}; got {rates!r}")
            for index, rate in enumerate(rates):
                if rate is not None or index in needed:
                    per_cent(f"{name}: {ROWS[index]}", rate)

    @property
    def diagnosis(self):
        """The gaps along the way from people, over the training data, to the target data."""
        human, train, train_dev = self.general
        return diagnose(human, train, dev=self.target[2], train_dev=train_dev)

    @property
    def harder_by(self):
        """How much larger people's error is on the target data; None where it was not measured."""
        return None if self.target[0] is None else self.target[0] - self.general[0]

    def __str__(self):
        rows = zip(ROWS, self.general, self.target, strict=True)
        lines = [f"{name:14}{_cell(general)}{_cell(target)}" for name, general, target in rows]
        return "\n".join([f"{'':14}{'general':>9}{'target':>9}", *lines])


def _cell(rate):
    return f"{'-':>9}" if rate is None else f"{rate:>7g} %"
