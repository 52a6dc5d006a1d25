"""Draw the next token: at a temperature, among the k likeliest, or among the likeliest share."""

import keras
from keras import ops

from dlcourse.scratch.ranges import share, whole_number

__all__ = ["TokenSampler", "keep_top_k", "keep_top_p"]

_LOWEST = -1e30  # finite, in a row where all are forbidden


class TokenSampler:
    """Draws a token for every row of log-probabilities.

    First they are divided by the temperature, then all but the likeliest are forbidden.

    Args:
        temperature: finite, at least 0. Below 1 the likely gets likelier, down to the likeliest
            alone at 0; above 1 all get more alike.
        top_k: only the k likeliest can be drawn; None for all.
        top_p: only the fewest that together have probability p can be drawn; None for all.
        seed: whole number that decides what is drawn; None for another each time.

    Raises:
        ValueError: a number is out of range.

    Reference:
        Holtzman et al., "The Curious Case of Neural Text Degeneration", 2020, for top_p.

    Example:
        >>> sampler = TokenSampler(top_k=2, seed=0)
        >>> log_p = ops.log(ops.array([[0.5, 0.1, 0.4]] * 100))
        >>> sorted(set(ops.convert_to_numpy(sampler(log_p)).tolist()))
        [0, 2]
    """

    def __init__(self, temperature=1.0, top_k=None, top_p=None, seed=None):
        if not 0 <= temperature < float("inf"):
            raise ValueError(f"temperature: expected a number of at least 0; got {temperature!r}")
        self.temperature = temperature
        self.top_k = top_k if top_k is None else whole_number("top_k", top_k, least=1)
        self.top_p = top_p if top_p is None else share("top_p", top_p)
        self.seed_generator = keras.random.SeedGenerator(seed)

    def __call__(self, log_probabilities):
        """Draw.

        Args:
            log_probabilities: (N, V); -inf forbids a token. They need not sum to 1.

        Returns:
            int32 (N,); 0 in a row where all are -inf.
        """
        log_p = ops.convert_to_tensor(log_probabilities)
        if self.temperature == 0:
            return ops.cast(ops.argmax(log_p, axis=-1), "int32")
        # relative to the largest: however small the temperature, no two infinities meet
        largest = ops.maximum(ops.max(log_p, axis=-1, keepdims=True), _LOWEST)
        log_p = (log_p - largest) / self.temperature
        if self.top_k is not None:
            log_p = keep_top_k(log_p, self.top_k)
        if self.top_p is not None:
            log_p = keep_top_p(log_p, self.top_p)
        draws = keras.random.uniform(ops.shape(log_p), seed=self.seed_generator)
        # the largest of log p plus Gumbel noise is token i with probability p_i
        noise = -ops.log(-ops.log(draws))
        return ops.cast(ops.argmax(log_p + ops.cast(noise, log_p.dtype), axis=-1), "int32")


def keep_top_k(log_probabilities, k):
    """Forbid all but the k likeliest tokens of each row.

    Args:
        log_probabilities: (..., V); also scores, which need not sum to 1.
        k: at least 1; all stay where there are no more than k.

    Returns:
        Tensor of the same shape, -inf where forbidden. What equals the last that stays, stays.

    Raises:
        ValueError: k is below 1.

    Example:
        >>> ops.convert_to_numpy(keep_top_k([-1.0, -3.0, -2.0], 2)).tolist()
        [-1.0, -inf, -2.0]
    """
    log_p = ops.convert_to_tensor(log_probabilities)
    k = min(whole_number("k", k, least=1), log_p.shape[-1])
    least = ops.top_k(log_p, k)[0][..., -1:]
    return ops.where(log_p >= least, log_p, -float("inf"))


def keep_top_p(log_probabilities, p):
    """Forbid all but the fewest of each row's likeliest tokens that have probability p together.

    Args:
        log_probabilities: (..., V); also scores, of which the softmax is taken.
        p: from above 0 to 1; one token stays however small it is.

    Returns:
        Tensor of the same shape, -inf where forbidden. What equals the last that stays, stays.

    Raises:
        ValueError: p is not a share.

    Example:
        >>> kept = keep_top_p(ops.log(ops.array([0.5, 0.1, 0.4])), 0.8)
        >>> ops.convert_to_numpy(ops.exp(kept)).round(2)
        array([0.5, 0. , 0.4], dtype=float32)
    """
    log_p = ops.convert_to_tensor(log_probabilities)
    if share("p", p) == 1:  # rounding could take the rarest away
        return log_p
    ordered = ops.flip(ops.sort(log_p, axis=-1), axis=-1)
    weights = ops.exp(ordered - ordered[..., :1])  # probabilities, but for a factor
    before = ops.cumsum(weights, axis=-1) - weights
    enough = p * ops.sum(weights, axis=-1, keepdims=True)
    least = ops.min(ops.where(before < enough, ordered, float("inf")), axis=-1, keepdims=True)
    return ops.where(log_p >= least, log_p, -float("inf"))
