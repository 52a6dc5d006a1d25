"""Straight from input to output, or by steps that each have their own data."""

from dlcourse.strategy.advice import Advice
from dlcourse.strategy.rates import count

__all__ = ["end_to_end_or_components"]


def end_to_end_or_components(direct, steps, needed):
    """Tell whether one network should learn the whole way from input to output.

    The question is whether there is enough data for a function of that complexity.

    Args:
        direct: number of examples (input, final output).
        steps: dictionary from every step by hand to the number of examples (input, output) of that
            step alone; a step that needs no learning is left out.
        needed: examples that the whole way would take, at least 1; each step takes fewer.

    Returns:
        Advice: "end to end", "components" or "collect data", and what decided.

    Raises:
        ValueError: a number is below 0, or there is no step.

    Example:
        >>> turnstile = {"find the face": 10**6, "same person?": 10**8}
        >>> print(end_to_end_or_components(direct=5_000, steps=turnstile, needed=10**6))
        components
        - 5000 examples of the whole way, 1000000 needed
        - every step has more: find the face 1000000, same person? 100000000
        >>> end_to_end_or_components(direct=10**7, steps={"phonemes": 10**4}, needed=10**6).choice
        'end to end'
    """
    count("needed", needed, 1)
    if not steps:
        raise ValueError("steps: expected at least one step to compare with; got none")
    counts = {step: count(f"steps[{step!r}]", number) for step, number in steps.items()}
    if count("direct", direct) >= needed:
        enough = f"{direct} examples of the whole way, {needed} needed: let the data speak"
        return Advice("end to end", (enough, "no step has to be designed by hand"))
    too_few = f"{direct} examples of the whole way, {needed} needed"
    listed = ", ".join(f"{step} {number}" for step, number in counts.items())
    if min(counts.values()) > direct:
        return Advice("components", (too_few, f"every step has more: {listed}"))
    return Advice("collect data", (too_few, f"some step has no more than that: {listed}"))
