"""Let a trained model write: one token at a time, at a temperature."""

import numpy as np
from keras import ops

from dlcourse.scratch.sampling import sample_sequence
from dlcourse.vocabulary import EOS, PAD

__all__ = ["batch_step", "next_token_step", "write"]

_SMALLEST = 1e-30  # a probability of 0 has no finite logarithm


def next_token_step(step_model):
    """Make a step function of a step model, as `sample_sequence` and `write` want it.

    Args:
        step_model: keras.Model from a token (1, 1) and states to the probabilities (1, V) of the
            next token and the new states, as `dlcourse.models.build_step_model` makes them.

    Returns:
        Function (token, state) -> (log probabilities (V,), state); a state of None is the
        beginning.
    """

    def step(token, state):
        if state is None:
            state = [ops.zeros((1, *start.shape[1:])) for start in step_model.inputs[1:]]
        probabilities, *state = step_model([ops.convert_to_tensor([[token]], "int32"), *state])
        probabilities = ops.convert_to_numpy(probabilities)[0].astype(np.float64)
        return np.log(np.maximum(probabilities, _SMALLEST)), state

    return step


def batch_step(step_model, batch):
    """Make a step function for several texts at once, as `dlcourse.decoding` wants it.

    Args:
        step_model: as of `next_token_step`.
        batch: number of texts.

    Returns:
        (step, state): function (tokens (batch,), state) -> (log probabilities (batch, V), state),
        and the state to begin with. Token 0, which is PAD, is forbidden: -inf.
    """

    def step(tokens, state):
        probabilities, *state = step_model([ops.expand_dims(tokens, 1), *state])
        scores = ops.log(ops.maximum(probabilities[:, 1:], _SMALLEST))
        return ops.pad(scores, ((0, 0), (1, 0)), constant_values=-np.inf), state

    return step, [ops.zeros((batch, *start.shape[1:])) for start in step_model.inputs[1:]]


def write(step, vocabulary, rng, *, start=(), length=100, temperature=1.0):
    """Write a text that begins in a given way.

    Args:
        step: function (token, state) -> (log probabilities (V,), state): `next_token_step` of a
            network, or the method `step` of an `NGramModel`.
        vocabulary: Vocabulary with EOS, which begins and ends every text.
        rng: numpy.random.Generator.
        start: tokens to begin with: a str for a model of characters, else a list of str.
        length: the most tokens to add, at least 1.
        temperature: 0 always takes the most probable token; 1 follows the model's probabilities;
            above, everything gets more equal.

    Returns:
        List of tokens: those of `start`, and what was added before EOS. PAD is never written.

    Raises:
        ValueError: there is no EOS, a token of start is not in the vocabulary, or as
            `sample_sequence`.

    Example:
        >>> from dlcourse.language import NGramModel
        >>> from dlcourse.vocabulary import Vocabulary
        >>> vocabulary = Vocabulary([EOS, "a", "n"])
        >>> model = NGramModel([vocabulary.encode(list("anna"), end=True)], 3, order=3)
        >>> "".join(write(model.step, vocabulary, np.random.default_rng(0), temperature=0))
        'anna'
    """
    if EOS not in vocabulary:
        raise ValueError(f"vocabulary: expected one with {EOS}; name it in `specials`")
    missing = [token for token in start if token not in vocabulary]
    if missing:
        raise ValueError(f"start: expected tokens of the vocabulary; {missing} are not")
    end = vocabulary[EOS]
    *begun, last = [end, *(vocabulary[token] for token in start)]
    state = None
    for token in begun:
        _, state = step(token, state)

    def go_on(token, later):
        scores, later = step(token, state if later is None else later)
        if PAD in vocabulary:
            scores = np.where(np.arange(len(vocabulary)) == vocabulary[PAD], -np.inf, scores)
        return scores, later

    added = sample_sequence(go_on, last, rng, length, temperature, stop=end)
    return [*start, *vocabulary.decode(added)]
