"""What all optimizers share: something remembered about every weight, and a step made from it."""

import keras
from keras import ops

__all__ = ["StepOptimizer", "moving_average"]


class StepOptimizer(keras.optimizers.Optimizer):
    """An optimizer that is no more than its formula.

    A subclass lists in `remembers` what it keeps about every weight, and its `step` says how the
    weight and what is kept change. All the rest is Keras's base class, before `step` is called:
    first the gradients are clipped, then the weights decay.

    Args:
        learning_rate: float above 0, a `LearningRateSchedule`, or a function without arguments.
        **kwargs: weight_decay, clipnorm, clipvalue, global_clipnorm, use_ema, ema_momentum,
            ema_overwrite_frequency, loss_scale_factor, gradient_accumulation_steps and name, as
            in `keras.optimizers.Optimizer`.

    Example:
        >>> class SignDescent(StepOptimizer):
        ...     def step(self, gradient, learning_rate):
        ...         return learning_rate * ops.sign(gradient), ()
        >>> weight = keras.Variable([1.0, 1.0])
        >>> SignDescent(0.5).apply([ops.array([8.0, -0.1])], [weight])
        >>> weight.numpy().tolist()
        [0.5, 1.5]
    """

    remembers = ()
    starts_at = "zeros"

    def build(self, variables):
        """Make room for what is remembered.

        Args:
            variables: the trainable variables of the model.
        """
        if self.built:
            return
        super().build(variables)
        self._kept = [
            [self.add_variable_from_reference(v, name, self.starts_at) for v in variables]
            for name in self.remembers
        ]

    def update_step(self, gradient, variable, learning_rate):
        """Move one variable, as Keras's base class asks for it.

        Args:
            gradient: of the cost with respect to the variable.
            variable: what is to be moved.
            learning_rate: scalar.
        """
        index = self._get_variable_index(variable)
        kept = [variables[index] for variables in self._kept]
        change, kept_now = self.step(
            ops.cast(gradient, variable.dtype), ops.cast(learning_rate, variable.dtype), *kept
        )
        for old, new in zip(kept, kept_now, strict=True):
            self.assign(old, new)
        self.assign_sub(variable, change)

    def step(self, gradient, learning_rate, *kept):
        """Say how far to go.

        Args:
            gradient: tensor; or on TensorFlow, from an embedding, the rows that are not zero
                (`tf.IndexedSlices`), which functions of `keras.ops` take but operators do not.
            learning_rate: scalar of the same dtype.
            *kept: what is remembered so far, one tensor for each name in `remembers`.

        Returns:
            Pair (change, kept): what to subtract from the variable, and a tuple with what to
            remember from now on.
        """
        raise NotImplementedError(f"{type(self).__name__}: write the method step")


def moving_average(average, new, share):
    """Let an exponentially weighted average take in one more value.

    Args:
        average: the average so far.
        new: the value, same shape.
        share: how much of the average is kept, in [0, 1).

    Returns:
        share · average + (1 - share) · new.

    Example:
        >>> float(moving_average(ops.array(2.0), ops.array(10.0), 0.75))
        4.0
    """
    return ops.add(share * average, ops.multiply(1 - share, new))
