"""Losses of a network that says whether there is an object, and only then where and which.

The target of an example is (p_c, b_x, b_y, b_h, b_w, c_1, …, c_C), or (p, l_1x, l_1y, …) for
landmarks. Where p_c is 0, the rest of the answer means nothing and must not cost anything.
"""

import keras
from keras import ops

__all__ = ["LocalizationLoss", "localization_cross_entropy", "localization_squared_error"]

_BOX = slice(1, 5)


def localization_squared_error(y_true, y_pred):
    """Squared error of all numbers if there is an object, of the first number only if there is not.

    Args:
        y_true: (B, n) targets, n >= 1; the first number is 1 or 0.
        y_pred: (B, n) answers.

    Returns:
        Tensor (B,): the sum of the squared errors that count.

    Raises:
        ValueError: shapes differ or are not (B, n).

    Reference:
        The conditional loss: Redmon et al., "You only look once", 2016, equation 3.

    Example:
        >>> y_true = ops.array([[1.0, 0.5, 0.5], [0.0, 9.0, 9.0]])
        >>> localization_squared_error(y_true, ops.ones((2, 3))).numpy().tolist()
        [0.5, 1.0]
    """
    y_true, y_pred = _checked(y_true, y_pred, least=1)
    errors = ops.square(y_pred - y_true)
    return errors[:, 0] + y_true[:, 0] * ops.sum(errors[:, 1:], axis=1)


def localization_cross_entropy(y_true, y_pred):
    """The same with the loss that suits each part: logistic, squared error, softmax.

    Args:
        y_true: (B, 5 + C) targets, p_c of 0 or 1, the box, and the class as one-hot numbers.
        y_pred: (B, 5 + C): a logit of p_c, the box itself, and logits of the classes.

    Returns:
        Tensor (B,).

    Raises:
        ValueError: shapes differ or are not (B, 5 + C).

    Example:
        >>> y_true = ops.array([[0.0, 0, 0, 0, 0, 0, 0], [1.0, 0, 0, 0, 0, 0, 1]])
        >>> localization_cross_entropy(y_true, ops.zeros((2, 7))).numpy().round(3).tolist()
        [0.6930000185966492, 1.3860000371932983]
    """
    y_true, y_pred = _checked(y_true, y_pred, least=6)
    present = y_true[:, 0]
    # binary_crossentropy averages over its last axis, which is why there is one of length 1
    whether = ops.binary_crossentropy(y_true[:, :1], y_pred[:, :1], from_logits=True)[:, 0]
    where = ops.sum(ops.square(y_pred[:, _BOX] - y_true[:, _BOX]), axis=1)
    which = -ops.sum(y_true[:, 5:] * ops.log_softmax(y_pred[:, 5:], axis=-1), axis=1)
    return whether + present * (where + which)


@keras.saving.register_keras_serializable(package="dlcourse")
class LocalizationLoss(keras.losses.Loss):
    """A localization loss for `compile`.

    Args:
        form: "squared_error" for `localization_squared_error`, which also fits landmarks, or
            "cross_entropy" for `localization_cross_entropy`.
        **options: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: an unknown form, or shapes that do not fit.

    Example:
        >>> loss = LocalizationLoss()
        >>> float(loss(ops.array([[0.0, 9.0]]), ops.array([[1.0, 0.0]])))
        1.0
    """

    def __init__(self, form="squared_error", **options):
        super().__init__(**options)
        if form not in _FORMS:
            raise ValueError(f"form: expected one of {sorted(_FORMS)}, got {form!r}")
        self.form = form

    def call(self, y_true, y_pred):
        """The loss of each example."""
        return _FORMS[self.form](y_true, y_pred)

    def get_config(self):
        """The constructor's arguments."""
        return {**super().get_config(), "form": self.form}


_FORMS = {
    "squared_error": localization_squared_error,
    "cross_entropy": localization_cross_entropy,
}


def _checked(y_true, y_pred, least):
    y_pred = ops.convert_to_tensor(y_pred)
    y_true = ops.cast(ops.convert_to_tensor(y_true), y_pred.dtype)
    true, pred = tuple(y_true.shape), tuple(y_pred.shape)
    if len(true) != 2 or len(pred) != 2 or true[1] != pred[1] or true[1] < least:
        raise ValueError(
            f"y_true, y_pred: expected equal shapes (B, n) with n >= {least}, got {true} and {pred}"
        )
    return y_true, y_pred
