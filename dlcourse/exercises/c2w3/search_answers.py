"""The answer to the exercise on keras-tuner: a class with the space and the builder in it."""

import keras_tuner

from dlcourse.models.tunable_mlp import build_tunable_classifier

__all__ = ["MlpHyperModel"]


class MlpHyperModel(keras_tuner.HyperModel):
    """A multi-layer perceptron on 64 pixels whose width, dropout and rate are searched."""

    def build(self, hp):
        """Declare the three hyper-parameters and build the model with their values."""
        return build_tunable_classifier(
            (64,),
            10,
            units=hp.Choice("units", [16, 32, 64, 128]),
            dropout=hp.Float("dropout", 0.0, 0.5),
            learning_rate=hp.Float("learning_rate", 1e-4, 1e-1, sampling="log"),
        )
