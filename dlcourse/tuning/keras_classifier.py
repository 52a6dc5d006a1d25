"""Classification with a Keras model, for everything in scikit-learn that takes a classifier."""

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import validate_data

from dlcourse.tuning.keras_estimator import KerasEstimator

__all__ = ["KerasClassifier"]


class KerasClassifier(ClassifierMixin, KerasEstimator):
    """A scikit-learn classifier around a function that builds a Keras model.

    Args:
        build: function that returns a `keras.Model` with a probability per class (or one sigmoid
            unit for two classes); see `KerasEstimator` for all parameters.

    Attributes:
        classes_: the classes, sorted, shape (classes,).
        history_: dict from the name of a loss or metric to its list, a number per epoch.

    Example:
        >>> import numpy as np
        >>> from dlcourse.tuning import KerasClassifier
        >>> def softmax_regression(input_shape, classes, learning_rate=0.1):
        ...     import keras
        ...     layers = [keras.Input(input_shape), keras.layers.Dense(classes, "softmax")]
        ...     model = keras.Sequential(layers)
        ...     optimizer = keras.optimizers.SGD(learning_rate)
        ...     model.compile(optimizer, "sparse_categorical_crossentropy")
        ...     return model
        >>> model = KerasClassifier(softmax_regression, epochs=30, random_state=0)
        >>> X, y = np.array([[-1.0], [-2.0], [1.0], [2.0]]), ["low", "low", "high", "high"]
        >>> model.set_params(learning_rate=1.0).fit(X, y).predict(X).tolist()
        ['low', 'low', 'high', 'high']
    """

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
        X, y = validate_data(self, X, y, dtype="float32", allow_nd=True)
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
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]

    def _strata(self, y):
        return y
