"""Classification with a Keras model, for everything in scikit-learn that takes a classifier."""

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from dlcourse.tuning.keras_estimator import KerasEstimator

__all__ = ["KerasClassifier"]


class KerasClassifier(ClassifierMixin, KerasEstimator):
    __doc__ = (KerasEstimator.__doc__ or "").replace(
        "What `KerasClassifier` and `KerasRegressor` share; not used by itself.",
        "A scikit-learn classifier around a function that builds a Keras model.",
    )
    _loss = "sparse_categorical_crossentropy"

    def fit(self, X, y):
        """Build the model and train it.

        Args:
            X: examples, shape (m, features), or images (m, …) where the builder takes them.
            y: classes, shape (m,): numbers or text.

        Returns:
            The estimator.

        Raises:
            ValueError: X or y are not of this form, or a parameter is not one of the builder's.
        """
        X, y = validate_data(self, X, y, dtype="float32", **self._X_rules())
        check_classification_targets(y)
        self.classes_, numbers = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y: expected at least two classes; got one class, {self.classes_[0]}")
        return self._fit(X, numbers.astype("int32"), classes=len(self.classes_))

    def predict_proba(self, X):
        """Probability of every class, shape (m, classes) in the order of `classes_`."""
        probabilities = self._predict(X).astype("float64")
        if probabilities.shape[1] == 1:  # one sigmoid unit
            probabilities = np.hstack([1 - probabilities, probabilities])
        return probabilities / probabilities.sum(axis=1, keepdims=True)

    def predict(self, X):
        """The most probable class of every example, shape (m,)."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def _strata(self, y):
        return y
