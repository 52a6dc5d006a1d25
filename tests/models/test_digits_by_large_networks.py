"""A small version of a large network learns real images better than logistic regression."""

import pytest

from benchmarks.training_models import baseline_accuracy, trained_accuracy


@pytest.mark.slow
def test_a_tiny_residual_network_beats_logistic_regression():
    # the others take minutes: python -m benchmarks.training models
    assert trained_accuracy("ResNet-18, width 1/8") > baseline_accuracy()
