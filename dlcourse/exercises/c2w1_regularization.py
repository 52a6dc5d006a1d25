"""Regularization: L2, L1, dropout, early stopping, and when each is called for."""

from dlcourse.exercises.c2w1 import (
    regularization_diagnosis,
    regularization_dropout,
    regularization_l1,
    regularization_l2,
    regularization_stopping,
)

NOTEBOOK = "08_c2w1_regularization"
PROVIDES = ()
BACKEND = "numpy"

# in the order of the notebook
SplitSizes = regularization_diagnosis.SplitSizes
Diagnose = regularization_diagnosis.Diagnose
ComputeCostWithRegularization = regularization_l2.ComputeCostWithRegularization
BackwardPropagationWithRegularization = regularization_l2.BackwardPropagationWithRegularization
WeightDecayUpdate = regularization_l2.WeightDecayUpdate
L1Penalty = regularization_l1.L1Penalty
L1Gradient = regularization_l1.L1Gradient
ForwardPropagationWithDropout = regularization_dropout.ForwardPropagationWithDropout
BackwardPropagationWithDropout = regularization_dropout.BackwardPropagationWithDropout
StoppingEpoch = regularization_stopping.StoppingEpoch
