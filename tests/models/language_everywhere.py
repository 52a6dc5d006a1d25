"""What recurrent models of text must do on whatever backend is running."""

import keras
import numpy as np
from keras import ops

from dlcourse.language import next_token_step
from dlcourse.metrics import Perplexity
from dlcourse.models import (
    build_averaged_sentiment,
    build_character_language_model,
    build_deep_sentiment,
    build_step_model,
)

__all__ = ["report"]

RNG = np.random.default_rng(0)
TOKENS = RNG.integers(1, 6, size=(3, 4)).astype("int32")


def report():
    """Largest differences that must be 0, and a perplexity beside the loss it belongs to."""
    keras.utils.set_random_seed(0)
    reader = build_deep_sentiment(6, 3, (2,), cell="gru", bidirectional=True)
    found = {"padding": padding(reader), "average": padding(build_averaged_sentiment(6, 3))}
    model = build_character_language_model(6, 4, dimension=2, cell="lstm")
    return {**found, "steps": steps(model), **trained(model)}


def predicted(model, tokens):
    return ops.convert_to_numpy(model(ops.convert_to_tensor(tokens)))


def padding(model):
    """How much it changes whether padding stands behind or in front."""
    post, pre = (np.pad(TOKENS, ((0, 0), side)) for side in ((0, 2), (2, 0)))
    return np.abs(predicted(model, post) - predicted(model, pre)).max()


def steps(model):
    """How much the model that runs token by token differs from the whole one."""
    step, state, differences = next_token_step(build_step_model(model)), None, []
    for token, expected in zip(TOKENS[0], predicted(model, TOKENS[:1])[0], strict=True):
        scores, state = step(int(token), state)
        differences.append(np.abs(np.exp(scores) - expected).max())
    return max(differences)


def trained(model):
    """What Keras logs for a batch with padding, and what its perplexity should have been."""
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[Perplexity(padding=0)])
    x = np.pad(TOKENS, ((0, 0), (0, 2)))
    y = np.pad(np.roll(TOKENS, -1, axis=1), ((0, 0), (0, 2)))
    real = predicted(model, x)[:, :4]
    logs = model.train_on_batch(x, y, return_dict=True)
    log_p = np.log(np.take_along_axis(real, y[:, :4, None], axis=-1))
    expected = np.exp(-log_p.mean())
    return {"loss": logs["loss"], "perplexity": logs["perplexity"], "expected": expected}
