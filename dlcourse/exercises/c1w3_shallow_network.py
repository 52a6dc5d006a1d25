"""A network with one hidden layer: forward, backward, and what its units do."""

from dlcourse.exercises import (
    _c1w3_choices,
    _c1w3_forward,
    _c1w3_hidden_units,
    _c1w3_initial,
    _c1w3_learning,
    _c1w3_model,
    _c1w3_quiz,
    _c1w3_rectifiers,
    _c1w3_tanh,
)

NOTEBOOK = "04_c1w3_shallow_network"
BACKEND = "numpy"
QUIZ = _c1w3_quiz.QUIZ

# in the order of the notebook
ComposeLinear = _c1w3_hidden_units.ComposeLinear
TanhAndSlope = _c1w3_tanh.TanhAndSlope
LeakyReluAndSlope = _c1w3_rectifiers.LeakyReluAndSlope
EluAndSlope = _c1w3_rectifiers.EluAndSlope
SoftplusAndSlope = _c1w3_rectifiers.SoftplusAndSlope
SoftmaxAndHardmax = _c1w3_choices.SoftmaxAndHardmax
LayerSizes = _c1w3_initial.LayerSizes
InitializeParameters = _c1w3_initial.InitializeParameters
ForwardPropagation = _c1w3_forward.ForwardPropagation
ComputeCost = _c1w3_forward.ComputeCost
BackwardPropagation = _c1w3_learning.BackwardPropagation
UpdateParameters = _c1w3_learning.UpdateParameters
NnModel = _c1w3_model.NnModel
Predict = _c1w3_model.Predict
HiddenUnitSpread = _c1w3_hidden_units.HiddenUnitSpread
FractionSaturated = _c1w3_hidden_units.FractionSaturated
