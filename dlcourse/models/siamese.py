"""Twin networks: one embedding, applied to two or three pictures and compared."""

import keras

from dlcourse.layers import L2Normalization, SiameseHead

__all__ = ["build_embedding", "build_siamese_verifier", "build_triplet_network"]


def build_embedding(input_shape=(96, 96, 3), dimensions=128, width=32):
    """Build a plain convolutional network whose output is a point on the unit sphere.

    A 3×3 convolution and a halving of the picture in turn, until a side is at most 5 pixels; each
    convolution has twice as many filters as the one before, up to 8 · width. FaceNet's own network
    is `build_facenet`.

    Args:
        input_shape: (height, width, channels) of the pictures, channels last.
        dimensions: length D of the embedding, >= 1; or None to take the last feature map as it
            is. That generalises better where there are few classes to learn from (measured:
            `benchmarks/training_oneshot.py`), because nothing in it belongs to a class.
        width: number of filters of the first convolution, >= 1.

    Returns:
        An uncompiled `keras.Model` from (m, *input_shape) to (m, D), whose rows have length 1.

    Raises:
        ValueError: dimensions or width below 1.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for face recognition and
        clustering", 2015, figure 2 (deep network, L2 normalisation, embedding).

    Example:
        >>> build_embedding((8, 8, 1), dimensions=16, width=8).output_shape
        (None, 16)
    """
    for name, number in (("dimensions", 1 if dimensions is None else dimensions), ("width", width)):
        if number < 1:
            raise ValueError(f"{name}: expected at least 1, got {number!r}")
    x = inputs = keras.Input(input_shape)
    x = _convolution(x, width)
    filters, side = width, min(input_shape[:2])
    while side > 5:
        x = keras.layers.MaxPooling2D(2, padding="same", data_format="channels_last")(x)
        filters, side = min(2 * filters, 8 * width), -(-side // 2)
        x = _convolution(x, filters)
    x = keras.layers.Flatten()(x)
    if dimensions is not None:
        x = keras.layers.Dense(dimensions, name="projection")(x)
    return keras.Model(inputs, L2Normalization(name="unit_length")(x), name="embedding")


def build_siamese_verifier(embedding, similarity="absolute"):
    """Build the binary classifier "are these two pictures of the same class?".

    Args:
        embedding: `keras.Model` from a picture to a vector; both pictures share its weights.
        similarity: "absolute" or "chi_squared", see `SiameseHead`; the latter needs embeddings
            >= 0, so here a ReLU comes before it.

    Returns:
        An uncompiled `keras.Model` from a list of two batches of pictures to probabilities (m, 1),
        near 1 for "the same"; train it with binary cross-entropy.

    Raises:
        ValueError: another similarity.

    Reference:
        Taigman, Yang, Ranzato and Wolf, "DeepFace: closing the gap to human-level performance in
        face verification", 2014, section 4.

    Example:
        >>> verifier = build_siamese_verifier(build_embedding((8, 8, 1), 16, width=8))
        >>> [shape for shape in verifier.input_shape], verifier.output_shape
        ([(None, 8, 8, 1), (None, 8, 8, 1)], (None, 1))
    """
    pair = [keras.Input(embedding.input_shape[1:]) for _ in range(2)]
    twins = [embedding(picture) for picture in pair]
    if similarity == "chi_squared":
        twins = [keras.layers.ReLU()(twin) for twin in twins]
    answer = SiameseHead(similarity, name="head")(twins)
    return keras.Model(pair, answer, name="siamese_verifier")


def build_triplet_network(embedding):
    """Build the network that embeds anchor, positive and negative at a time.

    Args:
        embedding: `keras.Model` from a picture to a vector; the three pictures share its weights.

    Returns:
        An uncompiled `keras.Model` from a list of three batches of pictures to (m, 3, D); train it
        with `dlcourse.losses.TripletLoss`.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet", 2015, section 3.1.

    Example:
        >>> build_triplet_network(build_embedding((8, 8, 1), 16, width=8)).output_shape
        (None, 3, 16)
    """
    triplet = [keras.Input(embedding.input_shape[1:]) for _ in range(3)]
    dimensions = embedding.output_shape[-1]
    rows = [keras.layers.Reshape((1, dimensions))(embedding(picture)) for picture in triplet]
    stacked = keras.layers.Concatenate(axis=1)(rows)
    return keras.Model(triplet, stacked, name="triplet_network")


def _convolution(x, filters):
    x = keras.layers.Conv2D(
        filters,
        3,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
        data_format="channels_last",
    )(x)
    # a faster average than Keras's 0.99: triplet training on little data has few hundred steps
    x = keras.layers.BatchNormalization(axis=-1, momentum=0.9)(x)
    return keras.layers.ReLU()(x)
