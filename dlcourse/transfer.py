"""Transfer learning: what a network learnt on one task serves another that has few examples."""

from typing import NamedTuple

import keras
import numpy as np

from dlcourse.layers.inference_only import InferenceOnly

__all__ = [
    "TransferResult",
    "TwoPhases",
    "cut",
    "fit_in_two_phases",
    "freeze",
    "join",
    "precompute_features",
]


class TwoPhases(NamedTuple):
    """How long and how fast to learn, first with the head alone, then with some layers below it.

    Args:
        head_epochs: passes over the features in the first phase, >= 1.
        head_rate: learning rate of the first phase, > 0.
        tuning_epochs: passes over the examples in the second phase; 0 leaves the extractor as is.
        tuning_rate: learning rate of the second phase, > 0 and below head_rate, so that what was
            learnt from many examples is not torn down for a few.
        tuned_layers: how many of the extractor's last layers with weights learn in the second
            phase, >= 0.
        batch_size: examples per step in both phases, >= 1.
    """

    head_epochs: int = 20
    head_rate: float = 1e-3
    tuning_epochs: int = 10
    tuning_rate: float = 1e-4
    tuned_layers: int = 1
    batch_size: int = 32


class TransferResult(NamedTuple):
    """What `fit_in_two_phases` leaves.

    Args:
        model: `keras.Model` from examples to the head's outputs.
        head_history: `keras.callbacks.History` of the first phase.
        tuning_history: of the second phase; None where it had no epochs.
    """

    model: keras.Model
    head_history: keras.callbacks.History
    tuning_history: keras.callbacks.History | None


def cut(model, layer_name):
    """The first part of a network, up to and with one layer, as a feature extractor.

    Args:
        model: `keras.Model` whose layers form a graph (functional or sequential).
        layer_name: name of the last layer to keep.

    Returns:
        A `keras.Model` that shares its layers and weights with `model`.

    Raises:
        ValueError: model has no layer of that name.

    Example:
        >>> layers = [keras.layers.Dense(4, name="below"), keras.layers.Dense(2, name="above")]
        >>> model = keras.Sequential([keras.Input((3,)), *layers])
        >>> cut(model, "below").output_shape
        (None, 4)
    """
    names = [layer.name for layer in model.layers]
    if layer_name not in names:
        raise ValueError(f"layer_name: expected one of {', '.join(names)}; got {layer_name!r}")
    return keras.Model(model.inputs, model.get_layer(layer_name).output, name=f"to_{layer_name}")


def freeze(model, but_last=0):
    """Let only the last few layers learn; compile again afterwards, or nothing changes.

    Args:
        model: `keras.Model`; layers without weights do not count.
        but_last: how many of its last layers with weights go on learning, >= 0.

    Returns:
        model.

    Raises:
        ValueError: but_last is negative or more than there are layers with weights.

    Example:
        >>> model = keras.Sequential([keras.Input((3,)), *map(keras.layers.Dense, (4, 2))])
        >>> [layer.trainable for layer in freeze(model, but_last=1).layers]
        [False, True]
    """
    with_weights = [layer for layer in model.layers if layer.weights]
    if not 0 <= but_last <= len(with_weights):
        raise ValueError(
            f"but_last: expected 0 to {len(with_weights)}, the number of layers with weights; got "
            f"{but_last!r}"
        )
    model.trainable = True  # a frozen model would overrule its layers
    frozen = len(with_weights) - but_last
    for number, layer in enumerate(with_weights):
        layer.trainable = number >= frozen
    return model


def precompute_features(extractor, inputs, batch_size=32):
    """Send each example through a frozen extractor once, for all the epochs of the head.

    Args:
        extractor: `keras.Model` that will not change.
        inputs: what it is called with, examples first.
        batch_size: examples per step, >= 1; memory only, the features do not depend on it.

    Returns:
        Array (m, …) with the features of each example, as in inference: nothing dropped, batch
        normalization with its moving averages.

    Example:
        >>> extractor = keras.Sequential([keras.Input((2,)), keras.layers.Rescaling(10)])
        >>> precompute_features(extractor, np.eye(2, dtype="float32")).tolist()
        [[10.0, 0.0], [0.0, 10.0]]
    """
    return np.asarray(extractor.predict(inputs, batch_size=batch_size, verbose=0))


def join(extractor, head):
    """Put a head on an extractor whose batch normalization and dropout stay as in inference.

    Without that, moving averages would drift towards the few examples of the new task, and what
    the head sees in the second phase would differ from the features that it was trained on.

    Args:
        extractor: `keras.Model` from examples to features.
        head: `keras.Model` from features to outputs.

    Returns:
        A `keras.Model` from examples to outputs that shares the layers of both.

    Raises:
        ValueError: the head does not take what the extractor gives.

    Example:
        >>> extractor = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4)])
        >>> head = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
        >>> join(extractor, head).count_params() == (8 + 1) * 4 + (4 + 1) * 2
        True
    """
    if extractor.output_shape[1:] != head.input_shape[1:]:
        raise ValueError(
            f"head: expected one that takes {extractor.output_shape}, the extractor's features; "
            f"got one that takes {head.input_shape}"
        )
    inputs = keras.Input(extractor.input_shape[1:])
    features = InferenceOnly(extractor, name="extractor")(inputs)
    return keras.Model(inputs, head(features), name="transferred")


def fit_in_two_phases(extractor, head, x, y, loss, phases=TwoPhases()):  # noqa: B008 (immutable)
    """Train a new head on frozen features, then tune it with some layers below it, slowly.

    The second phase comes last because an untrained head sends large, meaningless gradients down.

    Args:
        extractor: `keras.Model` trained on another task, such as one that `cut` made.
        head: uncompiled `keras.Model` from its features to the new outputs.
        x: examples of the new task, first axis m.
        y: their targets, as `loss` wants them.
        loss: loss or its name, as in `compile`.
        phases: epochs and rates.

    Returns:
        TransferResult. Extractor and head are changed: the model consists of them.

    Raises:
        ValueError: the tuning rate is not below the head's, or parts do not fit together.

    Reference:
        Yosinski et al., "How transferable are features in deep neural networks?", 2014;
        Course 4, week 2, "Transfer learning" for the precomputed features.

    Example:
        >>> extractor = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "relu")])
        >>> head = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        >>> x, y = np.eye(2, dtype="float32"), np.ones((2, 1), "float32")
        >>> short = TwoPhases(head_epochs=2, tuning_epochs=1)
        >>> fit_in_two_phases(extractor, head, x, y, "mse", short).model.output_shape
        (None, 1)
    """
    if not 0 < phases.tuning_rate < phases.head_rate:
        raise ValueError(
            f"phases: expected a tuning_rate above 0 and below head_rate, {phases.head_rate}; got "
            f"{phases.tuning_rate}"
        )
    model = join(extractor, head)
    freeze(extractor)
    features = precompute_features(extractor, x, phases.batch_size)
    first = _fit(head, features, y, loss, (phases.head_rate, phases.head_epochs, phases.batch_size))
    second = None
    if phases.tuning_epochs:
        freeze(extractor, but_last=phases.tuned_layers)
        pace = (phases.tuning_rate, phases.tuning_epochs, phases.batch_size)
        second = _fit(model, x, y, loss, pace)
    return TransferResult(model, first, second)


def _fit(model, x, y, loss, pace):
    rate, epochs, batch_size = pace
    model.compile(keras.optimizers.Adam(rate), loss)
    return model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
