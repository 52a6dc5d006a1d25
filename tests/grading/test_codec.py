"""The wire language carries data exactly and refuses everything else."""

import json
import math
import pickle

import hypothesis.extra.numpy as numpy_strategies
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from dlcourse.grading.boundary import Handle, SymbolReference
from dlcourse.grading.codec import FunctionText, ModelData, ProtocolError, decode, encode
from dlcourse.grading.data import same

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(),
    st.binary(max_size=50),
)  # fmt: skip
ARRAYS = numpy_strategies.arrays(
    numpy_strategies.boolean_dtypes()
    | numpy_strategies.integer_dtypes()
    | numpy_strategies.floating_dtypes()
    | numpy_strategies.complex_number_dtypes(),
    numpy_strategies.array_shapes(min_dims=0, min_side=0, max_side=4),
)
DATA = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(DATA)
def test_data_round_trips_exactly(value):
    assert same(decode(encode(value)), value, relative=0) or _has_nan(value)


@given(DATA)
def test_encoding_is_stable(value):
    assert encode(decode(encode(value))) == encode(value)


@pytest.mark.parametrize(
    "record",
    [
        Handle(3, "Node"),
        SymbolReference("f"),
        FunctionText("f", "def f(x): return x"),
        {1, 2},
        frozenset({"a"}),
        np.float32(0.1),
        np.str_("text"),
        np.array(["a", "bcd"]),
        b"\x00\xff",
        10**40,
    ],
)
def test_records_round_trip(record):
    decoded = decode(encode(record), from_grader=True)
    assert type(decoded) is type(record)
    assert np.all(decoded == record)


def test_a_generator_goes_on_where_it_was():
    rng = np.random.default_rng(3)
    rng.normal(size=5)
    assert decode(encode(rng), from_grader=True).normal() == rng.normal()


def test_a_model_record_round_trips():
    decoded = decode(encode(ModelData("{}", (np.ones(2), np.zeros((0, 3))))))
    assert decoded.config == "{}"
    assert [w.shape for w in decoded.weights] == [(2,), (0, 3)]


@pytest.mark.parametrize(
    "thing", [np.random.default_rng(0), FunctionText("f", "…"), SymbolReference("f"), np.cos]
)
def test_only_the_grader_sends_functions_and_generators(thing):
    with pytest.raises(ProtocolError):
        decode(encode(thing))


@pytest.mark.parametrize("thing", [object(), lambda: 0, np.array([None]), (i for i in "ab")])
def test_what_is_no_data_is_refused(thing):
    with pytest.raises(ProtocolError):
        encode(thing)


def _message(tree, blob=b""):
    structure = json.dumps(tree).encode()
    return len(structure).to_bytes(8, "big") + structure + blob


def _array(**changes):
    return {"$": "array", "dtype": "<f8", "shape": [1], "at": 0, **changes}


HOSTILE = {
    "overlapping arrays": _message({"$": "list", "v": [_array(), _array()]}, b"8" * 8),
    "empty": b"",
    "a pickle": pickle.dumps([1, 2, 3]),
    "a length beyond the message": (2**62).to_bytes(8, "big") + b"{}",
    "broken JSON": _message({})[:-1] + b"!",
    "deep nesting": (200_002).to_bytes(8, "big") + b"[" * 200_002,
    "an untagged list": _message([1, 2]),
    "an unknown tag": _message({"$": "exec", "v": "1"}),
    "object dtype": _message(_array(dtype="|O8"), b"8" * 8),
    "structured dtype": _message(_array(dtype="<f8,<f8"), b"8" * 16),
    "negative shape": _message(_array(shape=[-1]), b"8" * 8),
    "bool as shape": _message(_array(shape=[True]), b"8" * 8),
    "too long": _message(_array(shape=[2]), b"8" * 8),
    "overflowing": _message(_array(shape=[2**40, 2**40]), b"8" * 8),
    "empty text of many": _message(_array(dtype="<U0", shape=[10**12])),
    "negative start": _message(_array(at=-8), b"8" * 8),
    "many dimensions": _message(_array(shape=[1] * 33), b"8" * 8),
    "unhashable key": _message({"$": "dict", "v": [[{"$": "list", "v": []}, 1]]}),
    "huge number": _message({"$": "int", "v": "f" * 10_000}),
    "a handle of text": _message({"$": "handle", "v": ["0", "x"]}),
    "a strange generator": _message({"$": "rng", "v": {"$": "dict", "v": []}}),
    "no number": _message({"$": "float", "v": "__import__('os')"}),
}


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_messages_are_refused(message):
    with pytest.raises(ProtocolError):
        decode(message)


@given(st.binary(max_size=200))
def test_noise_is_refused_or_plain(noise):
    try:
        decode(noise)
    except ProtocolError:
        pass


def _has_nan(value):
    """NaN in plain scalars is not equal to itself; `same` handles it for floats and arrays."""
    return isinstance(value, complex) and (math.isnan(value.real) or math.isnan(value.imag))
