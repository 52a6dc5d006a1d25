"""From one neuron to a network: perceptron, depth, and computation graphs."""

from dlcourse.exercises import (
    _c1w1_depth,
    _c1w1_graph,
    _c1w1_mlp,
    _c1w1_neuron,
    _c1w1_node,
    _c1w1_perceptron,
    _c1w1_quiz,
)

NOTEBOOK = "01_c1w1_from_one_neuron"
BACKEND = "keras"
QUIZ = _c1w1_quiz.QUIZ

# in the order of the notebook
Neuron = _c1w1_neuron.Neuron
StepAndSigmoid = _c1w1_neuron.StepAndSigmoid
PerceptronUpdate = _c1w1_perceptron.PerceptronUpdate
LearningPerceptron = _c1w1_perceptron.LearningPerceptron
XorNetwork = _c1w1_depth.XorNetwork
ParityTree = _c1w1_depth.ParityTree
ParityUnits = _c1w1_depth.ParityUnits
GraphForward = _c1w1_graph.GraphForward
GraphBackward = _c1w1_graph.GraphBackward
AutomaticNode = _c1w1_node.AutomaticNode
WaveAndSlope = _c1w1_node.WaveAndSlope
BuildMlp = _c1w1_mlp.BuildMlp
