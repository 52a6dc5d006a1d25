"""A network with one hidden layer: forward, backward, and what its units do."""

from dlcourse.exercises.c1w3 import (
    choices,
    forward,
    hidden_units,
    initial,
    learning,
    model,
    quiz,
    rectifiers,
    tanh,
)

NOTEBOOK = "04_c1w3_shallow_network"
BACKEND = "numpy"
QUIZ = quiz.QUIZ

# in the order of the notebook
ComposeLinear = hidden_units.ComposeLinear
TanhAndSlope = tanh.TanhAndSlope
LeakyReluAndSlope = rectifiers.LeakyReluAndSlope
EluAndSlope = rectifiers.EluAndSlope
SoftplusAndSlope = rectifiers.SoftplusAndSlope
SoftmaxAndHardmax = choices.SoftmaxAndHardmax
LayerSizes = initial.LayerSizes
InitializeParameters = initial.InitializeParameters
ForwardPropagation = forward.ForwardPropagation
ComputeCost = forward.ComputeCost
BackwardPropagation = learning.BackwardPropagation
UpdateParameters = learning.UpdateParameters
NnModel = model.NnModel
Predict = model.Predict
HiddenUnitSpread = hidden_units.HiddenUnitSpread
FractionSaturated = hidden_units.FractionSaturated
