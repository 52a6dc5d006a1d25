"""The markers around a solution, and what a blank looks like without it."""

__all__ = ["BEGIN", "BLANK", "END", "without_markers", "without_solution"]

# nbgrader's markers: its users know them, and its tools still work on our notebooks
BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
BLANK = "raise NotImplementedError  # your code here"


def without_solution(source: str) -> str:
    r"""The same code with a blank in place of everything between the markers.

    Example:
        >>> print(without_solution(f"def f(x):\n    {BEGIN}\n    return x\n    {END}"))
        def f(x):
            ### BEGIN SOLUTION
            raise NotImplementedError  # your code here
            ### END SOLUTION
    """
    kept, inside = [], False
    for line in source.splitlines():
        marker = line.strip()
        if not inside or marker == END:
            kept.append(line)
        if marker == BEGIN:
            inside = True
            kept.append(line[: line.index("#")] + BLANK)
        elif marker == END:
            inside = False
    return "\n".join(kept)


def without_markers(source: str) -> str:
    """The same code without the marker lines: a solution to be read."""
    return "\n".join(x for x in source.splitlines() if x.strip() not in (BEGIN, END))
