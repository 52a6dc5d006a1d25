"""Orthogonalization: one knob for one effect, like a television set's."""

from dataclasses import dataclass

__all__ = ["KNOBS", "LINKS", "Knob", "first_failing_link", "knobs_for"]

# what has to hold, in this order
LINKS = ("train", "dev", "test", "real world")


@dataclass(frozen=True)
class Knob:
    """Something to turn, and which links of the chain move with it.

    Args:
        name: what to do.
        moves: the links out of `LINKS`; more than one is what orthogonalization avoids.
    """

    name: str
    moves: tuple[str, ...]


KNOBS = (
    Knob("larger network", ("train",)),
    Knob("better optimizer", ("train",)),
    Knob("longer training", ("train",)),
    Knob("regularization", ("dev",)),
    Knob("larger training set", ("dev",)),
    Knob("larger dev set", ("test",)),
    Knob("other dev and test sets", ("real world",)),
    Knob("other metric", ("real world",)),
    # stops the fit to the training set as well: it works, but it is two knobs in one
    Knob("early stopping", ("train", "dev")),
)


def knobs_for(link, orthogonal=True):
    """List what to turn when one link of the chain fails.

    Args:
        link: one of "train", "dev", "test" and "real world": the first that does not fit well.
        orthogonal: whether to leave out knobs that move other links, too.

    Returns:
        Tuple of names.

    Raises:
        ValueError: there is no such link.

    Example:
        >>> knobs_for("dev")
        ('regularization', 'larger training set')
        >>> knobs_for("dev", orthogonal=False)[-1]
        'early stopping'
    """
    if link not in LINKS:
        raise ValueError(f"link: expected one of {', '.join(LINKS)}; got {link!r}")
    chosen = [knob for knob in KNOBS if link in knob.moves]
    return tuple(knob.name for knob in chosen if len(knob.moves) == 1 or not orthogonal)


def first_failing_link(errors, targets):
    """Find the first link of the chain whose error is not good enough yet: the one to work on.

    Args:
        errors: dictionary from links to their errors, in per cent; those measured so far.
        targets: dictionary from those links to the error that is good enough.

    Returns:
        str: the link, or None where all that was measured is good enough.

    Raises:
        ValueError: a link is unknown or has no target.

    Example:
        >>> targets = {"train": 2, "dev": 4, "test": 4}
        >>> first_failing_link({"train": 1, "dev": 9, "test": 10}, targets)
        'dev'
    """
    for link in errors:
        if link not in LINKS or link not in targets:
            raise ValueError(
                f"errors: expected links out of {', '.join(LINKS)} with a target; got {link!r}"
            )
    failing = [link for link in LINKS if link in errors and errors[link] > targets[link]]
    return failing[0] if failing else None
