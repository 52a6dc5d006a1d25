"""A language model of counts: how often did which token follow the latest ones?"""

from copy import copy

import numpy as np

__all__ = ["NGramModel", "choose_n_gram_model"]


class NGramModel:
    """Interpolated n-grams: each order leans on the next lower one where it has seen little.

    With c(h, w) how often w followed the context h, c(h) how often anything did, and d(h) how many
    different tokens did, p(w | h) = (c(h, w) + s d(h) p(w | h')) / (c(h) + s d(h)), where h' is h
    without its first token. Below the single tokens stands the uniform distribution. Where h was
    never seen, p(w | h) is p(w | h').

    Args:
        sequences: list of sequences of integers in 0..n_tokens-1. If they have an end, it is the
            last token of each.
        n_tokens: size of the vocabulary, at least 2.
        order: n, at least 1: the latest n - 1 tokens are looked at.
        start: token that is thought to stand in front of each sequence, n - 1 times.
        strength: s, above 0.

    Raises:
        ValueError: an argument is out of its range, or there is no token to count.

    Reference:
        Witten and Bell, "The zero-frequency problem", 1991, method C (s = 1); Chen and Goodman,
        "An empirical study of smoothing techniques for language modeling", 1999, §2.

    Example:
        >>> model = NGramModel([[1, 2, 1, 2, 0]], n_tokens=3, order=2)
        >>> model.probabilities([1]).round(3).tolist()  # 2 always followed 1
        [0.083, 0.125, 0.792]
    """

    def __init__(self, sequences, n_tokens, order, start=0, strength=1.0):
        if n_tokens < 2:
            raise ValueError(
                f"n_tokens: expected at least 2; with {n_tokens} there is nothing to predict"
            )
        if order < 1 or n_tokens**order >= 2**63:
            raise ValueError(f"order: expected 1 or a little more, got {order}")
        if not 0 < strength < np.inf:
            raise ValueError(f"strength: expected a finite number above 0, got {strength}")
        self.n_tokens, self.order, self.start = n_tokens, order, start
        self.strength = strength
        sequences = [self._checked(sequence) for sequence in sequences]
        if not sum(map(len, sequences)):
            raise ValueError("sequences: expected at least one token; the corpus is empty")
        self._tables = [self._counted(sequences, n) for n in range(order)]

    def probabilities(self, context):
        """Tell what may follow.

        Args:
            context: sequence of integers, the tokens since the start.

        Returns:
            float64 (n_tokens,), summing to 1.

        Raises:
            ValueError: a number is of no token.
        """
        context = self._checked(context)
        tokens = np.arange(self.n_tokens)
        rows = [np.full(self.n_tokens, self._codes(context, n)[-1]) for n in range(self.order)]
        return self._interpolated(rows, tokens)

    def log_probabilities(self, sequence):
        """Tell how probable each token of a sequence is after those before it.

        Args:
            sequence: integers (t,), with the end if it is to count.

        Returns:
            float64 (t,), logarithms to the base e.

        Raises:
            ValueError: a number is of no token.
        """
        sequence = self._checked(sequence)
        rows = [self._codes(sequence, n)[:-1] for n in range(self.order)]
        return np.log(self._interpolated(rows, sequence))

    def step(self, token, state):
        """Take one step of writing, as `dlcourse.scratch.sampling.sample_sequence` wants it.

        Args:
            token: the latest token; the first time, the start.
            state: the tokens so far; None the first time.

        Returns:
            (log probabilities (n_tokens,) of the next token, state).
        """
        state = () if state is None else (*state, int(token))
        return np.log(self.probabilities(state)), state

    def with_strength(self, strength):
        """Return the model of the same counts with another strength.

        Args:
            strength: s, above 0.
        """
        other = copy(self)
        other.strength = strength
        return other

    def _checked(self, sequence):
        sequence = np.asarray(sequence, np.int64).ravel()
        if len(sequence) and not 0 <= sequence.min() <= sequence.max() < self.n_tokens:
            raise ValueError(
                f"sequences: expected numbers from 0 to {self.n_tokens - 1}, got "
                f"{sequence.min()} to {sequence.max()}"
            )
        return sequence

    def _codes(self, sequence, n):
        """The n tokens before each place, and before the end, as one number each."""
        padded = np.concatenate([np.full(n, self.start), sequence])
        codes = np.zeros(len(sequence) + 1, np.int64)
        for place in range(n):
            codes = codes * self.n_tokens + padded[place : place + len(codes)]
        return codes

    def _counted(self, sequences, n):
        contexts = np.concatenate([self._codes(sequence, n)[:-1] for sequence in sequences])
        pairs = contexts * self.n_tokens + np.concatenate(sequences)
        pairs, pair_counts = np.unique(pairs, return_counts=True)
        contexts, first = np.unique(pairs // self.n_tokens, return_index=True)
        counts = np.add.reduceat(pair_counts, first)
        different = np.diff([*first, len(pairs)])
        return (pairs, pair_counts), (contexts, counts), (contexts, different)

    def _interpolated(self, contexts, tokens):
        p = np.full(len(tokens), 1 / self.n_tokens)
        for context, (pairs, counts, different) in zip(contexts, self._tables, strict=True):
            seen = _looked_up(counts, context)
            trust = self.strength * _looked_up(different, context)
            among = _looked_up(pairs, context * self.n_tokens + tokens)
            # a context that was never seen tells nothing: 0 / 0, where the lower order stands
            p = np.where(seen > 0, (among + trust * p) / np.maximum(seen + trust, 1e-300), p)
        return p


def choose_n_gram_model(train, validation, n_tokens, start=0, orders=(1, 2, 3, 4)):
    """Choose order and strength by the probability of text that was not counted.

    Args:
        train: list of sequences of integers, to count.
        validation: other sequences, to choose with.
        n_tokens: size of the vocabulary.
        start: as of `NGramModel`.
        orders: the ones to choose from; the strengths are 1/4, 1/2, 1, 2 and 4.

    Returns:
        NGramModel, counted on train.

    Raises:
        ValueError: as of `NGramModel`, or there is no token to choose with.

    Example:
        >>> drawn = np.random.default_rng(0).integers(3, size=(2, 1000))
        >>> choose_n_gram_model(drawn[:1], drawn[1:], n_tokens=3).order  # there is no context
        1
    """
    if not sum(len(sequence) for sequence in validation):
        raise ValueError("validation: expected at least one token to choose with, got none")

    def score(model):
        return sum(model.log_probabilities(sequence).sum() for sequence in validation)

    models = []
    for order in orders:
        model = NGramModel(train, n_tokens, order, start)
        models += [model.with_strength(strength) for strength in (0.25, 0.5, 1.0, 2.0, 4.0)]
    return max(models, key=score)


def _looked_up(table, keys):
    known, values = table
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[places] == keys, values[places], 0)
