"""The patches of images that excite each unit of a convolutional layer most."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["unit_patches"]


def unit_patches(patches, units=None, size=0.8):
    """Show the most exciting patches, one row for each unit.

    Args:
        patches: (units, n_patches, size, size, channels) with 1 or 3 channels, 0 to 1, as
            `dlcourse.maximizing_patches.maximizing_patches` finds them.
        units: numbers of the units to show; the first eight where it is None.
        size: width of a patch in inches.

    Returns:
        The Figure.

    Raises:
        ValueError: patches has another shape.
    """
    patches = np.asarray(patches)
    if patches.ndim != 5 or patches.shape[-1] not in (1, 3) or 0 in patches.shape:
        raise ValueError(
            f"patches: expected (units, n_patches, size, size, 1 or 3); got shape {patches.shape}"
        )
    units = range(min(8, len(patches))) if units is None else units
    shape = (len(units), patches.shape[1])
    figure, axes = plt.subplots(
        *shape, figsize=(size * shape[1] + 0.8, size * shape[0]), squeeze=False,
        layout="constrained",
    )  # fmt: skip
    for unit, row in zip(units, axes, strict=True):
        for patch, ax in zip(patches[unit], row, strict=True):
            # matplotlib wants grey images without their last axis
            ax.imshow(patch.squeeze(-1) if patch.shape[-1] == 1 else np.clip(patch, 0, 1),
                      cmap="gray", vmin=0, vmax=1, interpolation="nearest")  # fmt: skip
            ax.set(xticks=[], yticks=[])
        row[0].set_ylabel(f"unit {unit}", rotation=0, ha="right", va="center", fontsize=9)
    return figure
