"""One network for several tasks at once, or one for each."""

from dlcourse.strategy.advice import Advice
from dlcourse.strategy.rates import count

__all__ = ["multi_task_or_separate"]


def multi_task_or_separate(examples, shared_features=True, large_enough=True):
    """Tell whether one network should learn all tasks: a sigmoid per task, from labels that exist.

    Args:
        examples: dictionary from the task's name to how many examples are labelled for it; at
            least two tasks.
        shared_features: whether the tasks could use the same low-level features.
        large_enough: whether the network can be large enough for all the tasks; a small one is
            about the only reason why separate networks would be better.

    Returns:
        Advice: "multi-task" or "separate", and what decided.

    Raises:
        ValueError: there are fewer than two tasks, or a number of examples is below 0.

    Reference:
        Caruana, "Multitask learning", 1997.

    Example:
        >>> signs = {"car": 1_000, "stop sign": 1_000, "pedestrian": 1_000, "light": 1_000}
        >>> multi_task_or_separate(signs).choice
        'multi-task'
        >>> print(multi_task_or_separate({"rare": 100, "common": 100_000}))
        separate
        - common: 100000 examples of its own, 100 of all others: they would not help it
    """
    if len(examples) < 2:
        raise ValueError(f"examples: expected at least two tasks; got {sorted(examples)}")
    counts = {task: count(f"examples[{task!r}]", number) for task, number in examples.items()}
    against = _too_little_help(counts)
    if not shared_features:
        against.append("the tasks share no low-level features")
    if not large_enough:
        against.append(
            "the network is too small for all the tasks, and they would crowd each other"
        )
    if against:
        return Advice("separate", tuple(against))
    return Advice("multi-task", ("every task gains more examples from the others than it has",))


def _too_little_help(counts):
    total = sum(counts.values())
    return [
        f"{task}: {number} examples of its own, {total - number} of all others: "
        "they would not help it"
        for task, number in counts.items()
        if total - number < number
    ]
