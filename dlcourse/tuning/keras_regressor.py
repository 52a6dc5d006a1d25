"""Regression with a Keras model, for everything in scikit-learn that takes a regressor."""

from sklearn.base import RegressorMixin
from sklearn.utils.validation import validate_data

from dlcourse.tuning.keras_estimator import KerasEstimator

__all__ = ["KerasRegressor"]


class KerasRegressor(RegressorMixin, KerasEstimator):
    __doc__ = (KerasEstimator.__doc__ or "").replace(
        "What `KerasClassifier` and `KerasRegressor` share; not used by itself.",
        "A scikit-learn regressor around a function that builds a Keras model.",
    )
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
            self, X, y, dtype="float32", multi_output=True, y_numeric=True, **self._X_rules()
        )
        self._flat = y.ndim == 1
        y = y.reshape(len(y), -1).astype("float32")
        return self._fit(X, y, outputs=y.shape[1])

    def predict(self, X):
        """Targets of every example, shape (m,) or (m, outputs) as those that were learnt."""
        outputs = self._predict(X).astype("float64")
        return outputs[:, 0] if self._flat else outputs
