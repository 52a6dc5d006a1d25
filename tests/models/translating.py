"""What holds for translators on every backend: small ones, tried in the process of one backend."""

import keras
import numpy as np
from keras import ops

from dlcourse.models import build_encoder_decoder, build_transformer

__all__ = ["BUILDERS", "example", "stepwise"]

BUILDERS = {
    "encoder-decoder, GRU": lambda: build_encoder_decoder((5, 9), (4, 7), 3, 2, "gru"),
    "encoder-decoder, LSTM": lambda: build_encoder_decoder((5, 9), (4, 7), 3, 2),
    "transformer": lambda: build_transformer(
        (5, 9), (4, 7), blocks=2, dim=4, num_heads=2, hidden=3, dropout=0.5
    ),
}
SOURCE = np.array([[3, 1, 4, 0, 0], [2, 7, 1, 8, 2]], "int32")
GIVEN = np.array([[1, 4, 2, 6], [1, 3, 5, 2]], "int32")


def example(kind):
    """A small translator with random weights."""
    model = BUILDERS[kind]()
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
    return model


def stepwise(kinds=tuple(BUILDERS)):
    """Largest difference between taking all steps at once and one by one, by kind.

    In the middle the rows change places, as in a beam search.
    """
    found = {}
    for kind in kinds:
        model = example(kind)
        expected = ops.log_softmax(model([SOURCE, GIVEN]), axis=-1)
        state, rows = model.start(SOURCE), [0, 1]
        apart = []
        for t in range(4):
            if t == 2:
                rows = [1, 0]
                state = keras.tree.map_structure(lambda x: ops.take(x, [1, 0], axis=0), state)
            log_probabilities, state = model.step(GIVEN[rows, t], state)
            wanted = ops.convert_to_numpy(expected)[rows, t]
            apart.append(np.abs(ops.convert_to_numpy(log_probabilities) - wanted).max())
        found[kind] = float(max(apart))
    return found
