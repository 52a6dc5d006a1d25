"""Logistic regression as a neural network."""

from dlcourse.exercises import (
    _c1w2_cost,
    _c1w2_descent,
    _c1w2_gradients,
    _c1w2_model,
    _c1w2_neuron,
    _c1w2_predictions,
    _c1w2_quiz,
)

NOTEBOOK = "03_c1w2_logistic_regression"
PROVIDES = ()
BACKEND = "numpy"
QUIZ = _c1w2_quiz.QUIZ

# in the order of the notebook
Sigmoid = _c1w2_neuron.Sigmoid
InitializeWithZeros = _c1w2_neuron.InitializeWithZeros
ComputeCost = _c1w2_cost.ComputeCost
PropagateLoops = _c1w2_gradients.PropagateLoops
Propagate = _c1w2_gradients.Propagate
Optimize = _c1w2_descent.Optimize
Predict = _c1w2_predictions.Predict
Accuracy = _c1w2_predictions.Accuracy
Model = _c1w2_model.Model
