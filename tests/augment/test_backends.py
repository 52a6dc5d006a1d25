"""JAX and PyTorch compute what TensorFlow computes."""

from pathlib import Path

import numpy as np
import pytest

from dlcourse import augment
from tests.augment.every_function import DRAWN, main
from tests.backends import run_on


@pytest.fixture(scope="module")
def expected():
    return main()


def test_every_function_is_tried(expected):
    functions = {name for name in augment.__all__ if name[0].islower()}
    assert functions <= set(expected)


def test_a_seed_decides_what_is_drawn(expected):
    assert all(expected[name] for name in DRAWN)


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_equal_numbers_on(backend, expected):
    found = run_on(backend, "tests.augment.every_function:main")
    assert set(found) == set(expected)
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-5, atol=1e-5, err_msg=name)


def test_no_module_is_called_like_what_it_holds():
    # the import of such a module would put it in the place of the function
    modules = {path.stem for path in Path(augment.__file__).parent.glob("*.py")}
    assert modules & set(augment.__all__) == set()
