"""Several networks, or several views, and one answer."""

from keras import ops

__all__ = ["average_predictions", "majority_vote"]


def average_predictions(predictions, weights=None):
    """Mean of what several networks say about the same examples.

    Average outputs, never weights: the hidden units of two networks are in no common order.

    Args:
        predictions: (networks, m, ...), such as probabilities; at least one network.
        weights: (networks,), how much each counts, >= 0 and not all 0; all the same if None.

    Returns:
        Tensor (m, ...).

    Raises:
        ValueError: there are not as many weights as networks.

    Reference:
        Hansen and Salamon, "Neural network ensembles", 1990.

    Example:
        >>> ops.convert_to_numpy(average_predictions([[0.0, 1.0], [1.0, 1.0]])).tolist()
        [0.5, 1.0]
    """
    predictions = _stacked(predictions)
    if weights is None:
        return ops.mean(predictions, axis=0)
    weights = ops.cast(ops.convert_to_tensor(weights), predictions.dtype)
    if tuple(weights.shape) != (predictions.shape[0],):
        raise ValueError(
            f"weights: expected one for each of {predictions.shape[0]} networks, got shape "
            f"{tuple(weights.shape)}"
        )
    return ops.tensordot(weights / ops.sum(weights), predictions, axes=1)


def majority_vote(probabilities):
    """The class that most networks find the most probable; of several, the first one.

    Args:
        probabilities: (networks, m, classes).

    Returns:
        int32 tensor (m,).

    Raises:
        ValueError: probabilities has not three axes.

    Example:
        >>> one, other = [[0.9, 0.1]], [[0.4, 0.6]]
        >>> int(majority_vote([one, other, other])[0])
        1
    """
    probabilities = _stacked(probabilities)
    if len(probabilities.shape) != 3:
        raise ValueError(
            "probabilities: expected shape (networks, m, classes), got "
            f"{tuple(probabilities.shape)}"
        )
    votes = ops.one_hot(ops.argmax(probabilities, axis=-1), probabilities.shape[-1])
    return ops.cast(ops.argmax(ops.sum(votes, axis=0), axis=-1), "int32")


def _stacked(predictions):
    if isinstance(predictions, list | tuple):
        return ops.stack([ops.convert_to_tensor(one) for one in predictions])
    return ops.convert_to_tensor(predictions)
