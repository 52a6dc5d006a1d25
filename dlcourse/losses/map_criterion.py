"""The criterion that trained LeNet-5: near to the right pattern, away from the others."""

from keras import ops

__all__ = ["map_criterion_loss"]


def map_criterion_loss(y_true, scores, rubbish_penalty=10.0):
    """Penalty of the right class plus log(exp(−j) + Σ exp(−penalty)) over all classes.

    The first term pulls the features to the pattern of their class; the second pushes them away
    from patterns that are nearer than about j. It maximizes the posterior probability of the right
    class where, besides the ten, "no digit at all" is possible and has the penalty j. With
    unbounded j this is the softmax cross-entropy, which is content as soon as the others are
    further away and on a few hundred images overfits.

    Args:
        y_true: whole numbers (m,) or (m, 1), the right classes.
        scores: minus the penalties, (m, classes), such as `RadialBasisScores` gives.
        rubbish_penalty: j, > 0.

    Returns:
        One number per example, (m,), at least 0.

    Raises:
        ValueError: rubbish_penalty is not positive.

    Reference:
        LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
        Recognition", Proceedings of the IEEE, 1998, equation 9 (the paper gives no value of j).

    Example:
        >>> far = map_criterion_loss([0], ops.array([[-50.0, -80.0]]))  # 50 from its own pattern
        >>> near = map_criterion_loss([0], ops.array([[-1.0, -80.0]]))
        >>> round(float(far[0]), 3), round(float(near[0]), 3)
        (40.0, 0.0)
    """
    if rubbish_penalty <= 0:
        raise ValueError(f"rubbish_penalty: expected more than 0; got {rubbish_penalty!r}")
    scores = ops.convert_to_tensor(scores)
    labels = ops.cast(ops.reshape(y_true, (-1,)), "int32")
    right = ops.one_hot(labels, scores.shape[-1], dtype=scores.dtype)
    rubbish = ops.full_like(scores[:, :1], -rubbish_penalty)
    everything = ops.logsumexp(ops.concatenate([scores, rubbish], axis=1), axis=1)
    return everything - ops.sum(right * scores, axis=1)
