"""Windows against two loops over the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.context_windows import cbow_windows, skip_gram_pairs

texts = st.lists(st.integers(0, 9), max_size=15)


@given(texts, st.integers(1, 4))
def test_pairs_against_loops(tokens, radius):
    expected = [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(len(tokens))
        if i != j and abs(i - j) <= radius
    ]
    centers, contexts = skip_gram_pairs(tokens, radius)
    assert list(zip(centers.tolist(), contexts.tolist(), strict=True)) == expected


@given(texts, st.integers(1, 4))
def test_windows_against_loops(tokens, radius):
    inside = range(radius, len(tokens) - radius)
    contexts, targets = cbow_windows(tokens, radius)
    assert contexts.shape == (len(inside), 2 * radius)
    assert targets.tolist() == [tokens[i] for i in inside]
    assert contexts.tolist() == [
        tokens[i - radius : i] + tokens[i + 1 : i + radius + 1] for i in inside
    ]


@pytest.mark.parametrize("windows", [cbow_windows, skip_gram_pairs])
@pytest.mark.parametrize(
    ("tokens", "radius", "message"),
    [
        (np.zeros((2, 2), int), 1, r"tokens: expected shape \(t,\); got \(2, 2\)"),
        (np.zeros(2), 1, "tokens: expected integers; got float64"),
        ([1, 2, 3], 0, "radius: expected a whole number of at least 1; got 0"),
    ],
)
def test_bad_input_is_named(windows, tokens, radius, message):
    with pytest.raises(ValueError, match=message):
        windows(tokens, radius)
