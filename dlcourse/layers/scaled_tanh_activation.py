"""The squashing function of the first convolutional networks."""

import keras

__all__ = ["scaled_tanh"]

AMPLITUDE = 1.7159
SLOPE = 2 / 3


@keras.saving.register_keras_serializable(package="dlcourse")
def scaled_tanh(x):
    """1.7159 tanh(2x/3): a tanh that maps −1 and 1 to themselves, where it bends the most.

    Args:
        x: tensor of any shape.

    Returns:
        Tensor of the shape of x, between −1.7159 and 1.7159.

    Reference:
        LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, equation 6
        and appendix A.

    Example:
        >>> scaled_tanh(keras.ops.array([-1.0, 0.0, 1.0])).numpy().round(3).tolist()
        [-1.0, 0.0, 1.0]
    """
    return AMPLITUDE * keras.ops.tanh(SLOPE * x)
