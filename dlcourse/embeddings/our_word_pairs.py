"""Pairs of words of technical prose with judgements, to try an evaluation with.

Chosen and judged for this course, from 0 for nothing in common to 10 for the same. They are the
opinion of its authors and not the average of a panel: what they are good for is comparing vectors
trained on the docstrings of scientific packages with each other, not with figures from papers.
"""

__all__ = ["OUR_PAIRS"]

OUR_PAIRS = (
    ("array", "matrix", 8.5),
    ("array", "list", 7.5),
    ("row", "column", 8.5),
    ("rows", "columns", 8.5),
    ("function", "method", 8.5),
    ("function", "callable", 9.0),
    ("parameter", "argument", 9.5),
    ("integer", "float", 7.5),
    ("integer", "number", 8.0),
    ("string", "character", 7.5),
    ("string", "text", 8.5),
    ("file", "directory", 7.5),
    ("file", "path", 7.5),
    ("mean", "average", 9.5),
    ("mean", "median", 8.0),
    ("mean", "variance", 7.0),
    ("variance", "covariance", 8.0),
    ("minimum", "maximum", 8.5),
    ("first", "last", 7.5),
    ("first", "second", 8.0),
    ("left", "right", 8.5),
    ("true", "false", 8.5),
    ("error", "exception", 9.0),
    ("error", "warning", 7.5),
    ("sample", "observation", 8.5),
    ("samples", "features", 6.0),
    ("graph", "node", 7.5),
    ("node", "edge", 8.0),
    ("image", "pixel", 7.0),
    ("train", "test", 7.0),
    ("model", "estimator", 8.5),
    ("axis", "dimension", 8.5),
    ("input", "output", 7.5),
    ("length", "size", 8.5),
    ("color", "label", 4.0),
    ("matrix", "file", 1.5),
    ("function", "row", 1.5),
    ("string", "variance", 0.5),
    ("directory", "median", 0.5),
    ("image", "exception", 0.5),
    ("graph", "text", 2.0),
    ("true", "column", 1.0),
    ("warning", "edge", 0.5),
    ("path", "float", 1.0),
    ("left", "estimator", 0.5),
    ("average", "directory", 0.5),
)
