"""The table of layers and backends that the end of a test run shows."""

__all__ = ["lines"]


def lines(counts):
    """One line for each layer: how many checks hold, of how many, on each backend.

    Args:
        counts: dict from the backend to a dict from the layer to (holding, all).

    Returns:
        Lines of text, the backends' names first.
    """
    counts = dict(sorted(counts.items()))  # whichever was ready first
    layers = dict.fromkeys(name for column in counts.values() for name in column)
    width = max(map(len, layers), default=0)
    table = [" " * width + "".join(f"  {backend:>10}" for backend in counts)]
    for layer in layers:
        cells = [_cell(*column[layer]) if layer in column else "-" for column in counts.values()]
        table.append(f"{layer:<{width}}" + "".join(f"  {cell:>10}" for cell in cells))
    return table


def _cell(holding, checks):
    return f"{holding}/{checks}" if holding == checks else f"{holding}/{checks} FAILS"
