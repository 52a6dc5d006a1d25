"""Deep networks, layer by layer: forward, backward, and what memoization saves."""

from dlcourse.exercises import (
    _c1w4_cost,
    _c1w4_layer_backward,
    _c1w4_layer_forward,
    _c1w4_memoization,
    _c1w4_network,
    _c1w4_parameters,
    _c1w4_shapes,
)

NOTEBOOK = "05_c1w4_deep_network"
PROVIDES = ("dlcourse.scratch.activations",)

# in the order of the notebook
LayerShapes = _c1w4_shapes.LayerShapes
InitializeParameters = _c1w4_parameters.InitializeParameters
InitializeParametersDeep = _c1w4_parameters.InitializeParametersDeep
CountParameters = _c1w4_shapes.CountParameters
ClassifyQuantities = _c1w4_shapes.ClassifyQuantities
LinearForward = _c1w4_layer_forward.LinearForward
LinearActivationForward = _c1w4_layer_forward.LinearActivationForward
LModelForward = _c1w4_network.LModelForward
ComputeCost = _c1w4_cost.ComputeCost
LinearBackward = _c1w4_layer_backward.LinearBackward
LinearActivationBackward = _c1w4_layer_backward.LinearActivationBackward
LModelBackward = _c1w4_network.LModelBackward
UpdateParameters = _c1w4_parameters.UpdateParameters
MultiplicationsWithCache = _c1w4_memoization.MultiplicationsWithCache
MultiplicationsWithoutCache = _c1w4_memoization.MultiplicationsWithoutCache
