"""TensorFlow by hand: tapes, variables, pipelines and an optimizer."""

from dlcourse.exercises.c2w3 import (
    adam_optimizer,
    framework_quiz,
    input_pipeline,
    tape_descent,
    tensor_functions,
    tensor_losses,
    tensor_network,
    traced_average,
)

NOTEBOOK = "13_c2w3_tensorflow"
PROVIDES = ()
BACKEND = "keras"
QUIZ = framework_quiz.QUIZ

# in the order of the notebook
Minimize = tape_descent.Minimize
LinearFunction = tensor_functions.LinearFunction
Sigmoid = tensor_functions.Sigmoid
OneHotMatrix = tensor_functions.OneHotMatrix
InitializeParameters = tensor_network.InitializeParameters
ForwardPropagation = tensor_network.ForwardPropagation
ComputeTotalLoss = tensor_losses.ComputeTotalLoss
ComputeGradients = tensor_losses.ComputeGradients
UpdateParameters = tensor_losses.UpdateParameters
MakeAverager = traced_average.MakeAverager
MakeDataset = input_pipeline.MakeDataset
Adam = adam_optimizer.Adam
