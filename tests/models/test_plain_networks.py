"""Plain networks and transfer learning give the same numbers on every backend."""

import functools

import numpy as np
import pytest

from tests.backends import run_on
from tests.models import plain_networks

on_tensorflow = functools.cache(plain_networks.outputs)


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_every_backend_computes_and_learns(backend):
    program = (
        "from tests.models.plain_networks import outputs, trains\nresult = outputs(), trains()"
    )
    found, losses = run_on(backend, program)
    expected = on_tensorflow()
    assert set(found) == set(expected) == set(plain_networks.BUILDERS)
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-4, atol=1e-4, err_msg=name)
    assert len(losses) == 5 and losses[-1] < losses[0]
