"""Every layer keeps the contract on every backend; the table at the end of the run shows it."""

import pytest

from tests.backends import BACKENDS, run_on


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_layer_keeps_the_contract(backend, record_property):
    found = run_on(backend, "tests.layers.contract:report", timeout=900)
    # the summary's table is made of these properties, also if this ran in one of xdist's workers
    record_property("layer contract", (backend, _counts(found)))
    assert found
    assert [f"{name}: {check}\n{text}" for name, check, text in _failures(found)] == []


def _failures(found):
    return [
        (name, check, text)
        for name, outcomes in found.items()
        for check, text in outcomes.items()
        if text != "ok"
    ]


def _counts(found):
    return {
        name: (sum(text == "ok" for text in outcomes.values()), len(outcomes))
        for name, outcomes in found.items()
    }
