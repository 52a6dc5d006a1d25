"""Logistic regression as a neural network."""

from dlcourse.exercises.c1w2 import (
    cost,
    descent,
    gradients,
    model,
    neuron,
    predictions,
    quiz,
)

NOTEBOOK = "03_c1w2_logistic_regression"
PROVIDES = ()
BACKEND = "numpy"
QUIZ = quiz.QUIZ

# in the order of the notebook
Sigmoid = neuron.Sigmoid
InitializeWithZeros = neuron.InitializeWithZeros
ComputeCost = cost.ComputeCost
PropagateLoops = gradients.PropagateLoops
Propagate = gradients.Propagate
Optimize = descent.Optimize
Predict = predictions.Predict
Accuracy = predictions.Accuracy
Model = model.Model
