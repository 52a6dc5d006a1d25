"""Every function of dlcourse.augment once, with the same numbers on whichever backend runs it."""

import keras
import numpy as np

from dlcourse import augment

__all__ = ["main"]

DRAWN = ("random_corners", "random_displacements", "random_flips")


def main():
    """Name of each function -> its result as an array; for random ones, whether a seed decides."""
    rng = np.random.default_rng(0)
    images = rng.random((3, 6, 5, 3), dtype=np.float32)
    masks = rng.integers(4, size=(3, 6, 5, 1)).astype("int32")
    flipped, corners = np.array([True, False, True]), np.array([[0, 0], [1, 2], [2, 1]], "int32")
    boxes = np.array([[[0, 1, 3, 4], [2, 2, 5, 6]]] * 3, "float32")
    angles, moves = np.array([10.0, -70.0, 200.0]), rng.standard_normal((3, 2, 6, 5))
    variances, directions = augment.principal_colours(images)
    amounts = rng.standard_normal((3, 3))
    outcomes = {
        "affine_transform": augment.affine_transform(images, [[1.1, 0.2], [-0.1, 0.9]], [0.5, 1]),
        "average_over_crops": augment.average_over_crops(_means, images, (3, 4)),
        "average_predictions": augment.average_predictions(images, [1.0, 0.0, 3.0]),
        "crop": augment.crop(masks, corners, (4, 3)),
        "crop_boxes": augment.crop_boxes(boxes, corners, (4, 3))[1],
        "majority_vote": augment.majority_vote(images[:, :, 0]),
        "mirror": augment.mirror(masks, flipped),
        "mirror_boxes": augment.mirror_boxes(boxes, flipped, 5.0),
        "pad": augment.pad(images, 2),
        "principal_colours": directions * variances,
        "rotate": augment.rotate(images, angles),
        "rotate, nearest": augment.rotate(masks, angles, order=0),
        "shear": augment.shear(images, [0.3, -0.3, 2.0], border="edge"),
        "shift_along_principal_colours": augment.shift_along_principal_colours(
            images, amounts, variances, directions
        ),
        "shift_colours": augment.shift_colours(images, amounts),
        "ten_crop": augment.ten_crop(images, (3, 4)),
        "warp": augment.warp(images, moves),
        **{name: _decided_by_seed(name, images) for name in DRAWN},
    }
    return {name: keras.ops.convert_to_numpy(outcome) for name, outcome in outcomes.items()}


def _means(images):
    return keras.ops.mean(images, axis=(1, 2))


def _decided_by_seed(name, images):
    arguments = {
        "random_corners": (images, (3, 2)),
        "random_displacements": (images, 1.0, 2.0),
        "random_flips": (100,),
    }[name]
    draw = getattr(augment, name)
    one, again, other = (keras.ops.convert_to_numpy(draw(*arguments, seed=s)) for s in (1, 1, 2))
    return np.array_equal(one, again) and not np.array_equal(one, other)
