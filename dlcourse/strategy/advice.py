"""A recommendation that says why."""

from dataclasses import dataclass

__all__ = ["Advice"]


@dataclass(frozen=True)
class Advice:
    """What to do, and for which reasons.

    Args:
        choice: the recommendation in a word or two.
        reasons: sentences, the ones that decided.
    """

    choice: str
    reasons: tuple[str, ...]

    def __str__(self):
        return "\n- ".join([self.choice, *self.reasons])
