"""From one neuron to a network: perceptron, depth, and computation graphs."""

from dlcourse.exercises.c1w1 import (
    depth,
    graph,
    mlp,
    neuron,
    node,
    perceptron,
    quiz,
)

NOTEBOOK = "01_c1w1_from_one_neuron"
BACKEND = "keras"
QUIZ = quiz.QUIZ

# in the order of the notebook
Neuron = neuron.Neuron
StepAndSigmoid = neuron.StepAndSigmoid
PerceptronUpdate = perceptron.PerceptronUpdate
LearningPerceptron = perceptron.LearningPerceptron
XorNetwork = depth.XorNetwork
ParityTree = depth.ParityTree
ParityUnits = depth.ParityUnits
GraphForward = graph.GraphForward
GraphBackward = graph.GraphBackward
AutomaticNode = node.AutomaticNode
WaveAndSlope = node.WaveAndSlope
BuildMlp = mlp.BuildMlp
