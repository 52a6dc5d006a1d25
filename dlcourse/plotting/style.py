"""Style transfer: the three images, and how its costs fell."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["style_transfer_panel"]


def style_transfer_panel(content, style, generated, costs):
    """Show the content image, the style image, the result, and the costs over the steps.

    Args:
        content: (height, width, 3), 0 to 1.
        style: (height, width, 3), 0 to 1.
        generated: (height, width, 3), 0 to 1.
        costs: dict from the name of a cost to its values, one for every step; each is divided by
            its largest value, so that one scale shows them all.

    Returns:
        The Figure.

    Raises:
        ValueError: there are no costs.
    """
    if not costs or not all(len(values) for values in costs.values()):
        raise ValueError("costs: expected at least one cost with at least one step; got none")
    figure, axes = plt.subplots(1, 4, figsize=(13, 3), layout="constrained")
    titles = ("content", "style", "generated")
    for ax, image, title in zip(axes, (content, style, generated), titles, strict=False):
        ax.imshow(np.clip(image, 0, 1))
        ax.set_title(title)
        ax.axis("off")
    dashes = ("-", "--", ":", "-.")
    for number, (name, values) in enumerate(costs.items()):
        largest = max(np.max(np.abs(values)), np.finfo(float).tiny)
        steps = range(1, len(values) + 1)
        line = dashes[number % len(dashes)]
        axes[-1].plot(steps, np.asarray(values) / largest, line, color=f"C{number}", label=name)
    axes[-1].set(title="costs", xlabel="step", ylabel="share of the largest value", ylim=(0, 1.05))
    axes[-1].legend(fontsize=8)
    return figure
