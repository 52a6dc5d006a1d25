"""Models that are tables: the probabilities of the next token, for every beginning there is."""

import itertools

import numpy as np
from keras import ops

__all__ = ["Tree", "answers", "plain"]


class Tree:
    """For each of `batch` examples a table of log-probabilities that depend on the whole prefix."""

    def __init__(self, seed, batch=1, size=3, depth=3, forbidden=0.0):
        rng = np.random.default_rng(seed)
        self.size, self.depth, self.batch = size, depth, batch
        nodes = sum(size**t for t in range(depth))
        p = rng.dirichlet(np.full(size, 0.5), (batch, nodes)) + 1e-6
        p[rng.random(p.shape) < forbidden] = 0
        with np.errstate(divide="ignore"):
            self.table = np.log(p / np.maximum(p.sum(-1, keepdims=True), 1)).astype(np.float32)

    def start(self):
        """Start tokens, and a state: which example, where in the tree, and what need not move."""
        example = np.arange(self.batch, dtype=np.int32)
        nowhere = np.full((self.batch, 1), -1, np.int32)
        state = {"example": ops.convert_to_tensor(example), "place": [nowhere, None]}
        return np.zeros(self.batch, np.int32), state

    def step(self, tokens, state):
        before = state["place"][0][:, 0]
        # the beginning has number 0, its children 1 to V, …
        node = ops.where(before < 0, 0, before * self.size + tokens + 1)
        rows = ops.reshape(self.table, (-1, self.size))
        log_p = ops.take(rows, state["example"] * self.table.shape[1] + node, axis=0)
        return log_p, {"example": state["example"], "place": [node[:, None], None]}

    def all_sequences(self, example, ends, alpha=0.0):
        """Score of every complete sequence, found by going through all of them."""
        found = {}
        for tokens in itertools.product(range(self.size), repeat=self.depth):
            node, total, words = 0, 0.0, []
            for token in tokens:
                total += float(self.table[example, node, token])
                words.append(token)
                if token in ends:
                    break
                node = node * self.size + token + 1
            found[tuple(words)] = total / max(len(words), 1) ** alpha
        return found


def plain(found, example):
    """The sequences of one example as (tokens, score), empty places left out."""
    tokens, lengths, scores = (
        ops.convert_to_numpy(array)[example]
        for array in (found.tokens, found.lengths, getattr(found, "scores", found[-1]))
    )
    if tokens.ndim == 1:
        return tuple(tokens[:lengths].tolist()), float(scores)
    return [
        (tuple(row[:length].tolist()), float(score))
        for row, length, score in zip(tokens, lengths, scores, strict=True)
        if score > -np.inf
    ]


def answers():
    """What all searches find on whatever backend is running, also inside a compiled function."""
    import keras

    from dlcourse.decoding import Beams, TokenSampler, beam_search, greedy_search, sample_sequences
    from dlcourse.decoding import sequence_log_probabilities as scored

    tree = Tree(1, batch=3, size=4, depth=4, forbidden=0.2)
    start, state = tree.start()
    ends = (1, 3)

    def search(start):
        return tuple(beam_search(tree.step, start, state, 4, ends, Beams(3, 3)))

    def spoilt(start):
        def step(tokens, state):
            return tree.step(tokens, state)[0] * float("nan"), state

        arguments = step, start, state, 2, ends
        return tuple(beam_search(*arguments)) + tuple(greedy_search(*arguments))

    def decode():
        return [*search(start), *greedy_search(tree.step, start, state, 4, ends)]

    compiled = _compiled(keras.backend.backend())
    greedy = greedy_search(tree.step, start, state, 4, ends)
    drawn = sample_sequences(tree.step, start, state, 4, ends, TokenSampler(0, 3, 0.9))
    sampler = TokenSampler(0.7, top_k=3, top_p=0.9, seed=3)
    seeded = [sample_sequences(tree.step, start, state, 4, ends, sampler) for _ in range(5)]
    return {
        "beams": search(start),
        "beams, compiled": (compiled or (lambda f: f))(search)(ops.convert_to_tensor(start)),
        "on an accelerator": with_values_out_of_reach(decode),
        "NaN on an accelerator": with_values_out_of_reach(lambda: spoilt(start)),
        "greedy": tuple(greedy),
        "at temperature 0": tuple(drawn),
        "greedy, scored": tuple(scored(tree.step, start, state, greedy.tokens, ends)),
        "NaN": compiled and compiled(spoilt)(ops.convert_to_tensor(start)),
        "ctc": ctc_answers(),
        "drawn": [tuple(sequences) for sequences in seeded],
        "drawn, scored": [
            tuple(scored(tree.step, start, state, sequences.tokens, ends)) for sequences in seeded
        ],
    }


def with_values_out_of_reach(function):
    """Call a function as if all tensors lay on an accelerator, whose values it is slow to fetch."""
    from dlcourse.decoding import steps

    ordinary = steps.on_the_host
    steps.on_the_host = lambda *tensors: None
    try:
        return function()
    finally:
        steps.on_the_host = ordinary


def ctc_answers():
    """Collapsed labels, and greedy decoding of a recognizer's scores."""
    from dlcourse.metrics import ctc_collapse, ctc_greedy

    labels = np.random.default_rng(1).integers(0, 3, (4, 8))
    scores = np.random.default_rng(2).normal(size=(2, 6, 3)).astype(np.float32)
    return [*ctc_collapse(labels, 1, [8, 3, 0, 5]), *ctc_greedy(scores)]


def _compiled(backend):
    if backend == "tensorflow":
        import tensorflow as tf

        signature = [tf.TensorSpec((None,), tf.int32)]
        return lambda function: tf.function(function, input_signature=signature)
    if backend == "jax":
        import jax

        return jax.jit
    return None
