"""Down the slope of a cosine: gentle, steep, gentle."""

import math

import keras
from keras import ops

from dlcourse.scratch.ranges import positive, whole_number

__all__ = ["CosineDecay"]


@keras.saving.register_keras_serializable(package="dlcourse")
class CosineDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Let the rate fall along half a cosine: α₀ · (1 + cos(π · step / decay_steps)) / 2.

    Long steps for longer than any other law, then a soft landing. Equal to
    `keras.optimizers.schedules.CosineDecay`; for a warm-up, wrap it in `Warmup`.

    Args:
        learning_rate: α₀, the rate at step 0, above 0.
        decay_steps: steps (not epochs) until the end, at least 1; after it the rate stays.
        final: share of α₀ that is left at the end, in [0, 1].

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017,
        equation 5.

    Example:
        >>> rate = CosineDecay(0.2, decay_steps=100)
        >>> [round(float(rate(step)), 3) for step in (0, 25, 50, 75, 100)]
        [0.2, 0.171, 0.1, 0.029, 0.0]
    """

    def __init__(self, learning_rate, decay_steps, final=0.0):
        super().__init__()
        self.learning_rate = positive("learning_rate", learning_rate)
        self.decay_steps = whole_number("decay_steps", decay_steps, 1)
        if not 0 <= final <= 1:
            raise ValueError(f"final: expected a number in [0, 1]; got {final!r}")
        self.final = float(final)

    def __call__(self, step):
        """Return the rate of one step.

        Args:
            step: number of the step, from 0; integer or scalar tensor.

        Returns:
            Scalar tensor of Keras's float type.
        """
        done = ops.cast(step, keras.config.floatx()) / self.decay_steps
        height = (1 + ops.cos(math.pi * ops.minimum(done, 1.0))) / 2
        return self.learning_rate * (self.final + (1 - self.final) * height)

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        return {
            "learning_rate": self.learning_rate,
            "decay_steps": self.decay_steps,
            "final": self.final,
        }
