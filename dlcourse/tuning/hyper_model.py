"""A builder and a space, as keras-tuner wants them."""

import contextlib
import json
import zlib

import keras_tuner

from dlcourse.tuning.keras_estimator import seeded
from dlcourse.tuning.shared_models import share

__all__ = ["BuilderHyperModel"]


class BuilderHyperModel(keras_tuner.HyperModel):
    """A function that builds a compiled model, as keras-tuner wants it.

    Trials of the same architecture share one compiled training step, and those that go on from an
    earlier one, as Hyperband's, go on with the state of its optimizer too.

    Args:
        build: function that takes hyper-parameters by name and returns a compiled `keras.Model`.
        space: dictionary from names of its arguments to `Choice`, `Uniform` or `LogUniform`.
        **fixed: arguments of the builder that are not searched, such as `input_shape`.

    Example:
        >>> import keras, keras_tuner
        >>> from dlcourse.tuning import BuilderHyperModel, Choice
        >>> def build(units):
        ...     model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])
        ...     model.compile("sgd", "mse")
        ...     return model
        >>> model = BuilderHyperModel(build, {"units": Choice([3, 5])})
        >>> model.build(keras_tuner.HyperParameters()).count_params()
        9
    """

    def __init__(self, build, space, **fixed):
        super().__init__()
        self._builder, self._space, self._fixed = build, space, fixed
        self._seed = None

    def with_seed(self, seed):
        """A copy whose models start and train alike whenever their hyper-parameters are alike.

        Args:
            seed: whole number >= 0.

        Returns:
            BuilderHyperModel.
        """
        # not `copy`: keras-tuner keeps methods of this very instance in it
        seeded_copy = type(self)(self._builder, self._space, **self._fixed)
        seeded_copy._seed = seed
        return seeded_copy

    def build(self, hp):
        """Build the model of one trial."""
        chosen = {name: part.declare(hp, name) for name, part in self._space.items()}
        with self._randomness(hp):
            model = self._builder(**self._fixed, **chosen)
        if getattr(model, "compiled", False) and model.built:
            # else keras-tuner cannot give the optimizer the state of the trial that goes on
            model.optimizer.build(model.trainable_variables)
        return model

    def fit(self, hp, model, *args, **kwargs):
        """Train the model of one trial; the training step is that of the first one like it."""
        shared = share(model)
        with shared.lock, self._randomness(hp):
            shared.start_from(model)
            history = shared.model.fit(*args, **kwargs)
            for variable, trained in zip(model.variables, shared.model.variables, strict=True):
                variable.assign(trained)
        return history

    def _randomness(self, hp):
        if self._seed is None:
            return contextlib.nullcontext()
        # where the training of an earlier trial goes on, it must not see the same batches again
        values = {name: hp.values[name] for name in self._space}
        values["from epoch"] = hp.values.get("tuner/initial_epoch", 0)
        text = json.dumps([self._seed, values], sort_keys=True, default=repr)
        return seeded(zlib.crc32(text.encode()))
