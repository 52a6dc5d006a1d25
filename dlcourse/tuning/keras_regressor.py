"""Regression with a Keras model, for everything in scikit-learn that takes a regressor."""

from sklearn.base import RegressorMixin
from sklearn.utils.validation import validate_data

from dlcourse.tuning.keras_estimator import KerasEstimator

__all__ = ["KerasRegressor"]


class KerasRegressor(RegressorMixin, KerasEstimator):
    """A scikit-learn regressor around a function that builds a Keras model.

    Args:
        build: function that returns a `keras.Model` with a number per target; see
            `KerasEstimator` for all parameters.

    Attributes:
        history_: dict from the name of a loss or metric to its list, a number per epoch.

    Example:
        >>> import numpy as np
        >>> from dlcourse.tuning import KerasRegressor
        >>> def line(input_shape, outputs, learning_rate=0.1):
        ...     import keras
        ...     model = keras.Sequential([keras.Input(input_shape), keras.layers.Dense(outputs)])
        ...     model.compile(keras.optimizers.SGD(learning_rate), "mean_squared_error")
        ...     return model
        >>> X = np.array([[-1.0], [0.0], [1.0], [2.0]])
        >>> fitted = KerasRegressor(line, epochs=100, random_state=0).fit(X, 2 * X[:, 0] - 1)
        >>> fitted.predict([[3.0]]).round(2).tolist()
        [5.0]
    """

    _loss = "mean_squared_error"

    def fit(self, X, y):
        """Build the model and train it.

        Args:
            X: examples, shape (m, features), or images (m, …) where the builder takes them.
            y: targets, shape (m,) or (m, outputs). Networks learn targets near ±1: scale larger
                ones, for instance by scikit-learn's `TransformedTargetRegressor`.

        Returns:
            The estimator.

        Raises:
            ValueError: X or y are not of this form, or a parameter is not one of the builder's.
        """
        X, y = validate_data(
            self, X, y, dtype="float32", multi_output=True, y_numeric=True, allow_nd=True
        )
        self._flat = y.ndim == 1
        y = y.reshape(len(y), -1).astype("float32")
        return self._fit(X, y, outputs=y.shape[1])

    def predict(self, X):
        """Targets of every example, shape (m,) or (m, outputs) as those that were learnt."""
        outputs = self._predict(X).astype("float64")
        return outputs[:, 0] if self._flat else outputs

    def __sklearn_tags__(self):
        """Several targets at once are allowed."""
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
