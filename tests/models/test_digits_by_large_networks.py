"""Small versions of the large networks learn real images better than logistic regression."""

import pytest

from benchmarks.training_models import PLANS, baseline_accuracy, trained_accuracy


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_a_tiny_network_beats_logistic_regression(name):
    assert trained_accuracy(name) > baseline_accuracy()
