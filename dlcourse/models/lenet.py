"""LeNet-5: as published in 1998, and as the course draws it today."""

import keras

from dlcourse.layers.partial_convolution import PartialConvolution
from dlcourse.layers.radial_basis import RadialBasisScores
from dlcourse.layers.scaled_tanh_activation import scaled_tanh
from dlcourse.layers.trainable_subsampling import TrainableSubsampling
from dlcourse.models.digit_patterns import digit_patterns

__all__ = ["build_course_lenet", "build_lenet5"]

# Which of the six maps of S2 each of the sixteen maps of C3 sees (table I of the paper): every
# three neighbours, every four, three times two pairs of neighbours, and all; 60 connections.
NEIGHBOURS = [[(first + k) % 6 for k in range(count)] for count in (3, 4) for first in range(6)]
PAIRS = [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5]]
C3_SEES = (*NEIGHBOURS, *PAIRS, range(6))


def build_lenet5():
    """LeNet-5 as in the paper: 60,000 weights that learn, and 840 fixed ones.

    C1 156, S2 12, C3 1,516, S4 32, C5 48,120 and F6 10,164 add up to the paper's 60,000; the
    output compares F6 with ten drawings of 84 points, which makes its 840 fixed numbers.

    Returns:
        An uncompiled `keras.Model` from images (m, 32, 32, 1) to scores (m, 10): minus squared
        distances, the largest wins. Train it with `dlcourse.losses.map_criterion_loss`. The paper
        codes white as −0.1 and black as 1.175, for a mean near 0 and a variance near 1.

    Reference:
        LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
        Recognition", Proceedings of the IEEE, 1998, §II-B.

    Example:
        >>> counts = {layer.name: layer.count_params() for layer in build_lenet5().layers}
        >>> [counts[name] for name in ("C1", "S2", "C3", "S4", "C5", "F6", "output")]
        [156, 12, 1516, 32, 48120, 10164, 840]
    """
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            _convolution(6, 5, scaled_tanh, "C1"),
            TrainableSubsampling(name="S2"),
            keras.layers.Activation(scaled_tanh, name="S2_tanh"),
            PartialConvolution(C3_SEES, 5, name="C3"),
            keras.layers.Activation(scaled_tanh, name="C3_tanh"),
            TrainableSubsampling(name="S4"),
            keras.layers.Activation(scaled_tanh, name="S4_tanh"),
            _convolution(120, 5, scaled_tanh, "C5"),
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dense(84, activation=scaled_tanh, name="F6"),
            RadialBasisScores(digit_patterns(), name="output"),
        ],
        name="lenet5",
    )


def build_course_lenet(input_shape=(32, 32, 3), classes=10):
    """The course's network in the manner of LeNet-5: ReLU, max pooling and a softmax.

    Numbers of the course's table, for 32×32×3: activations 6272 (CONV1), 1568 (POOL1), 1600
    (CONV2), 400 (POOL2), 120 (FC3), 84 (FC4) and 10; parameters 608, 3216, 48,120, 10,164 and
    850, together 62,958.

    Args:
        input_shape: (h, w, channels) of the images, h and w at least 16.
        classes: number of classes, >= 1.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels) to probabilities (m, classes).

    Raises:
        ValueError: The images are too small to be halved twice.

    Reference:
        The layers of LeCun et al. 1998 with the rectifiers of Nair and Hinton, "Rectified linear
        units improve restricted Boltzmann machines", 2010.

    Example:
        >>> model = build_course_lenet()
        >>> [layer.count_params() for layer in model.layers if layer.weights]
        [608, 3216, 48120, 10164, 850]
    """
    if min(input_shape[:2]) < 16:
        raise ValueError(
            f"input_shape: expected images of at least 16 by 16, so that two 5×5 filters and two "
            f"poolings leave a pixel; got {tuple(input_shape)}: enlarge the images"
        )
    return keras.Sequential(
        [
            keras.Input(input_shape),
            _convolution(8, 5, "relu", "CONV1"),
            keras.layers.MaxPooling2D(2, data_format="channels_last", name="POOL1"),
            _convolution(16, 5, "relu", "CONV2"),
            keras.layers.MaxPooling2D(2, data_format="channels_last", name="POOL2"),
            keras.layers.Flatten(name="flatten"),
            keras.layers.Dense(120, "relu", name="FC3"),
            keras.layers.Dense(84, "relu", name="FC4"),
            keras.layers.Dense(classes, "softmax", name="softmax"),
        ],
        name="course_lenet",
    )


def _convolution(filters, size, activation, name):
    return keras.layers.Conv2D(
        filters, size, activation=activation, data_format="channels_last", name=name
    )
