"""Optimization: from gradient descent to Adam."""

from dlcourse.exercises.c2w2 import (
    adadelta,
    adam,
    adaptive,
    averages,
    decay,
    gradient_descent,
    mini_batches,
    momentum,
    quiz,
    stairs,
    zeros,
)

NOTEBOOK = "10_c2w2_optimization"
# the surfaces that the optimizers run down in the pictures
PROVIDES = ("dlcourse.scratch.surfaces",)
BACKEND = "numpy"
QUIZ = quiz.QUIZ

# in the order of the notebook
UpdateParametersWithGd = gradient_descent.UpdateParametersWithGd
RandomMiniBatches = mini_batches.RandomMiniBatches
ExponentiallyWeightedAverages = averages.ExponentiallyWeightedAverages
AverageWeights = averages.AverageWeights
InitializeVelocity = zeros.InitializeVelocity
UpdateParametersWithMomentum = momentum.UpdateParametersWithMomentum
UpdateParametersWithNesterov = momentum.UpdateParametersWithNesterov
UpdateParametersWithAdagrad = adaptive.UpdateParametersWithAdagrad
UpdateParametersWithRmsprop = adaptive.UpdateParametersWithRmsprop
UpdateParametersWithAdadelta = adadelta.UpdateParametersWithAdadelta
InitializeAdam = zeros.InitializeAdam
UpdateParametersWithAdam = adam.UpdateParametersWithAdam
UpdateLr = decay.UpdateLr
ScheduleLrDecay = stairs.ScheduleLrDecay
ExponentialDecay = decay.ExponentialDecay
SquareRootDecay = decay.SquareRootDecay
StaircaseDecay = stairs.StaircaseDecay
ManualSchedule = stairs.ManualSchedule
