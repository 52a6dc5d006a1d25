"""What a convolution looks for (its filters) and where it finds it (its activations)."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["activation_grid", "filter_grid"]


def filter_grid(kernel, columns=8, size=1.0):
    """Show the filters of a convolution, all on one scale that is centred at 0.

    Args:
        kernel: weights (f, f, channels, filters), as of `keras.layers.Conv2D`.
        columns: filters in a row.
        size: width of a filter in inches.

    Returns:
        The Figure. Filters of three channels are shown in colour (grey is 0); of any other number
        of channels, the first is shown: blue is negative, white 0, red positive.

    Raises:
        ValueError: kernel does not have four axes.

    Example:
        >>> figure = filter_grid(np.zeros((3, 3, 1, 6)))
        >>> len(figure.axes)  # six filters and the scale
        7
    """
    kernel = np.asarray(kernel)
    if kernel.ndim != 4:
        raise ValueError(f"kernel: expected shape (f, f, channels, filters); got {kernel.shape}")
    limit = max(np.abs(kernel).max(), np.finfo(np.float32).tiny)
    in_color = kernel.shape[2] == 3
    pictures = np.moveaxis(kernel if in_color else kernel[:, :, 0], -1, 0)
    if in_color:
        pictures = (pictures / limit + 1) / 2
    figure, places = _grid(pictures, columns, size)
    for ax, picture in zip(places, pictures, strict=True):
        shown = ax.imshow(picture, cmap="RdBu_r", vmin=-limit, vmax=limit, interpolation="nearest")
    if not in_color:
        figure.colorbar(shown, ax=places, label="weight", shrink=0.8)
    return figure


def activation_grid(activations, columns=8, size=1.2):
    """Show the maps that a convolution makes of one image, all on one scale.

    Args:
        activations: (h, w, channels), outputs of a layer for one image.
        columns: maps in a row.
        size: width of a map in inches.

    Returns:
        The Figure; every map bears the number of its channel. Equal numbers look equal in all
        maps, so that a dead filter is dark.

    Raises:
        ValueError: activations does not have three axes.

    Example:
        >>> figure = activation_grid(np.zeros((5, 5, 3)))
        >>> [ax.get_title() for ax in figure.axes[:3]]
        ['0', '1', '2']
    """
    activations = np.asarray(activations)
    if activations.ndim != 3:
        raise ValueError(
            f"activations: expected shape (h, w, channels), one image; got {activations.shape}"
        )
    maps = np.moveaxis(activations, -1, 0)
    figure, places = _grid(maps, columns, size)
    limits = {"vmin": maps.min(), "vmax": maps.max()}
    for number, (ax, picture) in enumerate(zip(places, maps, strict=True)):
        shown = ax.imshow(picture, cmap="cividis", interpolation="nearest", **limits)
        ax.set_title(f"{number}", fontsize=8)
    figure.colorbar(shown, ax=places, label="activation", shrink=0.8)
    return figure


def _grid(pictures, columns, size):
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(size * columns + 1, (size + 0.2) * rows),
        squeeze=False,
        layout="constrained",
    )
    for ax in axes.flat[len(pictures) :]:
        ax.remove()
    places = list(axes.flat[: len(pictures)])
    for ax in places:
        ax.set(xticks=[], yticks=[])
    return figure, places
