"""A small network that has learned to see from two photographs: the stand-in for VGG-19.

Nobody labelled the photographs. Patches are turned by a quarter, a half or three quarters of a
full turn, and the network must say from which photograph a patch is and how it was turned; that
takes edges, textures and colours, which is what style transfer reads.
"""

import keras
import numpy as np

__all__ = ["build_patch_classifier", "turned_patches", "train_patch_classifier"]

TURNS = 4
WIDTHS = (16, 32, 64)  # channels of the three blocks at width 1


def build_patch_classifier(n_classes=2 * TURNS, input_shape=(None, None, 3), width=1):
    """Three blocks of two convolutions; between them the image gets half as high and wide.

    Args:
        n_classes: number of classes, >= 2.
        input_shape: (height, width, 3) of the images, None where any size goes; pixels 0 to 1.
        width: factor of the numbers of channels, which are 16, 32 and 64 at 1.

    Returns:
        An uncompiled `keras.Model` from images to probabilities (None, n_classes), with layers
        named like those of VGG-19 (block1_conv1, block1_conv2, block1_pool, block2_conv1, …).

    Raises:
        ValueError: n_classes is below 2, or width is not positive.

    Example:
        >>> build_patch_classifier().count_params()
        72600
    """
    if n_classes < 2 or width <= 0:
        raise ValueError(
            f"n_classes, width: expected at least 2 classes and a positive width; got {n_classes} "
            f"and {width}"
        )
    image = keras.Input(input_shape, name="image")
    x = keras.layers.Rescaling(2, offset=-1, name="centered")(image)
    for block, channels in enumerate(WIDTHS, 1):
        if block > 1:
            x = keras.layers.AveragePooling2D(2, name=f"block{block - 1}_pool")(x)
        x = _convolutions(x, block, max(1, round(width * channels)))
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    classes = keras.layers.Dense(n_classes, activation="softmax", name="class")(x)
    return keras.Model(image, classes, name="patch_classifier")


def train_patch_classifier(photos, n_patches=2000, epochs=6, seed=0):
    """Train `build_patch_classifier` to tell photographs apart and how they are turned.

    Args:
        photos: sequence of photographs (height, width, 3), pixels 0 to 1; better small, about 100
            pixels high, so that a patch shows enough to know what is up.
        n_patches: number of training patches, 32 by 32 pixels.
        epochs: how often every patch is used.
        seed: whole number that decides on patches, turns and the initial weights.

    Returns:
        The trained model. About ten seconds on two cores.

    Raises:
        ValueError: as `turned_patches`.

    Reference:
        Gidaris, Singh and Komodakis, "Unsupervised representation learning by predicting image
        rotations", ICLR 2018.
    """
    x, y = turned_patches(photos, n_patches, seed=seed)
    keras.utils.set_random_seed(seed)
    model = build_patch_classifier(n_classes=TURNS * len(photos))
    model.compile(
        optimizer=keras.optimizers.Adam(2e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        # XLA is slower than the plain graph for convolutions on a CPU; JAX knows nothing else
        jit_compile=keras.backend.backend() == "jax",
    )
    model.fit(x, y, batch_size=32, epochs=epochs, verbose=0)
    return model


def turned_patches(photos, n_patches, size=32, seed=0):
    """Cut random patches out of photographs and turn them.

    Args:
        photos: sequence of photographs (height, width, 3), pixels 0 to 1.
        n_patches: number of patches.
        size: height and width of a patch in pixels.
        seed: whole number; equal seeds, equal patches.

    Returns:
        Pair (float32 (n_patches, size, size, 3), int64 (n_patches,) with the classes
        4 photo + quarter turns).

    Raises:
        ValueError: a photograph is smaller than a patch or has no three channels.

    Example:
        >>> x, y = turned_patches([np.zeros((40, 50, 3)), np.ones((40, 50, 3))], 6)
        >>> x.shape, bool(np.all(x.mean((1, 2, 3)) == y // 4))
        ((6, 32, 32, 3), True)
    """
    photos = [np.asarray(photo, "float32") for photo in photos]
    for photo in photos:
        if photo.ndim != 3 or min(photo.shape[:2]) < size or photo.shape[2] != 3:
            raise ValueError(
                f"photos: expected (height, width, 3), at least {size} pixels high and wide; got "
                f"shape {photo.shape}"
            )
    rng = np.random.default_rng(seed)
    classes = rng.integers(0, TURNS * len(photos), n_patches)
    patches = [_turned_patch(photos[c // TURNS], c % TURNS, size, rng) for c in classes]
    return np.stack(patches), classes


def _turned_patch(photo, turns, size, rng):
    row, column = (rng.integers(0, length - size + 1) for length in photo.shape[:2])
    return np.rot90(photo[row : row + size, column : column + size], turns)


def _convolutions(x, block, channels):
    for number in (1, 2):
        name = f"block{block}_conv{number}"
        x = keras.layers.Conv2D(
            channels, 3, padding="same", activation="relu",
            kernel_initializer="he_normal", name=name,
        )(x)  # fmt: skip
    return x
