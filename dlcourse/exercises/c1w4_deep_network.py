"""Deep networks, layer by layer: forward, backward, and what memoization saves."""

from dlcourse.exercises.c1w4 import (
    cost,
    layer_backward,
    layer_forward,
    memoization,
    network,
    parameters,
    shapes,
)

NOTEBOOK = "05_c1w4_deep_network"
PROVIDES = ("dlcourse.scratch.activations",)

# in the order of the notebook
LayerShapes = shapes.LayerShapes
InitializeParameters = parameters.InitializeParameters
InitializeParametersDeep = parameters.InitializeParametersDeep
CountParameters = shapes.CountParameters
ClassifyQuantities = shapes.ClassifyQuantities
LinearForward = layer_forward.LinearForward
LinearActivationForward = layer_forward.LinearActivationForward
LModelForward = network.LModelForward
ComputeCost = cost.ComputeCost
LinearBackward = layer_backward.LinearBackward
LinearActivationBackward = layer_backward.LinearActivationBackward
LModelBackward = network.LModelBackward
UpdateParameters = parameters.UpdateParameters
MultiplicationsWithCache = memoization.MultiplicationsWithCache
MultiplicationsWithoutCache = memoization.MultiplicationsWithoutCache
