"""All activation functions of the course, each with its derivative with respect to its input z.

The element-wise ones work on an array of any shape; softmax and hardmax look at a whole column.
All keep float32 and float64 (integers become float64) and stay finite for any finite z.

Example:
    >>> activation, derivative = ELEMENTWISE["tanh"]
    >>> float(activation(0.0)), float(derivative(0.0))
    (0.0, 1.0)
"""

from dlcourse.scratch.rectifiers import (
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    softplus,
    softplus_derivative,
)
from dlcourse.scratch.softmax import (
    hardmax,
    hardmax_derivative,
    softmax,
    softmax_jacobian,
    softmax_vjp,
)
from dlcourse.scratch.squashing import (
    linear,
    linear_derivative,
    sigmoid,
    sigmoid_derivative,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)

__all__ = [
    "ELEMENTWISE",
    "elu",
    "elu_derivative",
    "hardmax",
    "hardmax_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "linear",
    "linear_derivative",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_jacobian",
    "softmax_vjp",
    "softplus",
    "softplus_derivative",
    "step",
    "step_derivative",
    "tanh",
    "tanh_derivative",
]

# name -> (function, derivative); both take z
ELEMENTWISE = {
    "step": (step, step_derivative),
    "linear": (linear, linear_derivative),
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (tanh, tanh_derivative),
    "relu": (relu, relu_derivative),
    "leaky_relu": (leaky_relu, leaky_relu_derivative),
    "elu": (elu, elu_derivative),
    "softplus": (softplus, softplus_derivative),
}
