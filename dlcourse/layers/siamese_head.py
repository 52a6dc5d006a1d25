"""The last layer of a siamese verifier: are these two embeddings of the same person?"""

import keras
from keras import ops

__all__ = ["SiameseHead"]


@keras.saving.register_keras_serializable(package="dlcourse")
class SiameseHead(keras.layers.Layer):
    """Logistic regression on how much two embeddings differ, coordinate by coordinate.

    ŷ = sigmoid(Σ_k w_k c_k + b), with c_k = |f_k - f'_k| or c_k = (f_k - f'_k)² / (f_k + f'_k),
    which weighs a difference more where both are small. The answer is the same for both orders of
    the pair.

    Args:
        similarity: "absolute" or "chi_squared"; the latter is for embeddings >= 0, such as those
            after a ReLU, and takes a coordinate at which both are zero for no difference.
        activation: what turns the score into the answer; "linear" leaves a logit.
        **kwargs: name, dtype and trainable of every Keras layer.

    Input: a list of two float tensors (B, D). Output: (B, 1), near 1 for "the same".

    Raises:
        ValueError: another similarity; or, when called, anything but two embeddings of one shape.

    Reference:
        Taigman, Yang, Ranzato and Wolf, "DeepFace: closing the gap to human-level performance in
        face verification", 2014, sections 4.1 (χ²) and 4.2 (|f - f'|).

    Example:
        >>> head = SiameseHead()
        >>> head([ops.ones((2, 4)), ops.ones((2, 4))]).numpy().tolist()
        [[0.5], [0.5]]
    """

    def __init__(self, similarity="absolute", activation="sigmoid", **kwargs):
        super().__init__(**kwargs)
        if similarity not in ("absolute", "chi_squared"):
            raise ValueError(
                f"similarity: expected 'absolute' or 'chi_squared', got {similarity!r}"
            )
        self.similarity = similarity
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        """One weight per coordinate and a bias."""
        self._check(input_shape)
        self.kernel = self.add_weight(shape=(input_shape[0][-1], 1), name="kernel")
        self.bias = self.add_weight(shape=(1,), initializer="zeros", name="bias")

    def call(self, inputs):
        """Probability (B, 1) that both embeddings are of one class."""
        first, second = inputs
        difference = ops.abs(first - second)
        if self.similarity == "chi_squared":
            difference = self._chi_squared(difference, first + second)
        return self.activation(ops.matmul(difference, self.kernel) + self.bias)

    @staticmethod
    def _chi_squared(difference, total):
        # the quotient must not see a zero at all, or its gradient would be NaN
        safe = ops.where(total > 0, total, ops.ones_like(total))
        return ops.where(total > 0, ops.square(difference) / safe, ops.zeros_like(total))

    def compute_output_shape(self, input_shape):
        """One answer per pair."""
        self._check(input_shape)
        return (input_shape[0][0], 1)

    def get_config(self):
        """Arguments from which the layer can be built again."""
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), "similarity": self.similarity, "activation": activation}

    @staticmethod
    def _check(shapes):
        two = isinstance(shapes, list | tuple) and len(shapes) == 2
        if not (two and all(isinstance(s, list | tuple) and len(s) == 2 for s in shapes)):
            raise ValueError(
                f"inputs: expected two embeddings of shape (batch, dimensions), got {shapes}; call "
                "the head with a list of two"
            )
        if shapes[0][-1] != shapes[1][-1]:
            raise ValueError(
                f"inputs: expected two embeddings of one length, got {shapes[0][-1]} and "
                f"{shapes[1][-1]}; embed both pictures with the same network"
            )
