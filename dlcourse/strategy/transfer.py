"""Whether to start from a network trained on another task, and what of it to keep."""

from dataclasses import dataclass

from dlcourse.strategy.advice import Advice
from dlcourse.strategy.rates import count

__all__ = ["TransferPlan", "transfer_makes_sense", "transfer_plan"]


@dataclass(frozen=True)
class TransferPlan:
    """What to do with the layers of a pretrained network.

    Args:
        freeze: layers that stay as they are: "all", "early" or "none".
        train: what is trained, in words.
        precompute: whether the outputs of the frozen part can be computed once and stored, as
            nothing before the trained layers ever changes (and the data is not augmented).
        reason: why.
    """

    freeze: str
    train: str
    precompute: bool
    reason: str


# (plenty of data, similar data) -> plan
PLANS = {
    (False, True): TransferPlan(
        "all",
        "a new output layer on the stored features of the last hidden layer",
        True,
        "its features fit, and little data would only spoil them",
    ),
    (False, False): TransferPlan(
        "early",
        "a small classifier on the stored features of an early layer",
        True,
        "late features are those of the other task, edges and textures are anyone's; and there is "
        "too little data to train deep layers",
    ),
    (True, True): TransferPlan(
        "none",
        "a new output layer first, then all or the last layers with a small learning rate",
        False,
        "a good start, and enough data not to overfit from there",
    ),
    (True, False): TransferPlan(
        "none",
        "all layers, from the pretrained weights on",
        False,
        "there is data enough to learn everything anew, and other weights are seldom a worse start "
        "than random ones",
    ),
}


def transfer_plan(plenty, similar):
    """Choose what to freeze and what to train: the four cases.

    Args:
        plenty: whether there is plenty of data for the new task: enough to train the network.
        similar: whether the new data is like that of the first task.

    Returns:
        TransferPlan.

    Reference:
        Yosinski et al., "How transferable are features in deep neural networks?", 2014; Razavian
        et al., "CNN features off-the-shelf", 2014.

    Example:
        >>> transfer_plan(plenty=False, similar=True).freeze
        'all'
        >>> transfer_plan(plenty=True, similar=True).precompute
        False
    """
    return PLANS[bool(plenty), bool(similar)]


def transfer_makes_sense(same_input, examples_a, examples_b, shared_features=True):
    """Tell whether a network trained on task A is a good start for task B.

    Args:
        same_input: whether both tasks have the same kind of input, images say.
        examples_a: number of examples of task A.
        examples_b: number of examples of task B, the one that counts.
        shared_features: whether low-level features of A can be expected to help B.

    Returns:
        Advice: "transfer" or "train on B alone", and what decided.

    Raises:
        ValueError: a number of examples is below 0.

    Example:
        >>> print(transfer_makes_sense(True, examples_a=1_000_000, examples_b=100))
        transfer
        - A has 1000000 examples, B 100: A has seen what B cannot show
        >>> transfer_makes_sense(True, examples_a=100, examples_b=1_000).choice
        'train on B alone'
    """
    a, b = count("examples_a", examples_a), count("examples_b", examples_b)
    against = []
    if not same_input:
        against.append("the inputs differ: the first layers would have nothing to work on")
    if a <= b:
        against.append(f"A has {a} examples, B {b}: each of B's is worth more to B anyway")
    if not shared_features:
        against.append("low-level features of A do not help B")
    if against:
        return Advice("train on B alone", tuple(against))
    return Advice("transfer", (f"A has {a} examples, B {b}: A has seen what B cannot show",))
