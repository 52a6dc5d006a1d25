"""Exercise of c2w3: a pipeline of batches with tf.data."""

import numpy as np

from dlcourse.grading import FLOAT32, assert_close, exercise, helper, mistake

__all__ = ["MakeDataset"]


@helper
def passes(dataset, epochs):
    """All batches of some passes over the data, as arrays, and the kind of the last stage."""
    import numpy as np  # noqa: PLC0415 - a helper travels as source

    batches = [[tuple(np.array(part) for part in batch) for batch in dataset]
               for _ in range(epochs)]  # fmt: skip
    return batches, type(dataset).__name__


def _digits(rng, m):
    """Images that tell by their first two pixels which one they are."""
    images = rng.integers(0, 17, size=(m, 3, 3))
    images[:, 0, 0], images[:, 0, 1] = np.arange(m) % 17, np.arange(m) // 17
    return images, rng.integers(0, 10, m)


def _numbers(x):
    """Which images are the rows of x."""
    ones, seventeens = np.round(16 * x.reshape(len(x), -1)[:, :2].astype("float64")).T
    return (ones + 17 * seventeens).astype(int)


def _pipeline(images, labels, size, seed, stages, **changed):
    """A pipeline for the mistakes, whose stages come in another order or in another form."""
    import keras  # noqa: PLC0415 - TensorFlow takes seconds

    from dlcourse.kernels.tensorflow_by_hand import slices  # noqa: PLC0415

    ops = keras.ops
    scale, flat = changed.get("scale", 16), changed.get("flat", True)

    def prepared(image, label):
        x = ops.cast(image, "float32") / scale
        return ops.reshape(x, [-1]) if flat else x, changed.get("target", ops.one_hot)(label, 10)

    make = {
        "shuffle": lambda d: d.shuffle(
            changed.get("buffer", len(images)), seed=seed,
            reshuffle_each_iteration=changed.get("anew", True),
        ),
        "map": lambda d: d.map(prepared),
        "batch": lambda d: d.batch(size, drop_remainder=changed.get("drop", False)),
        "prefetch": lambda d: d.prefetch(1),
        "repeat": lambda d: d.repeat(2),
    }  # fmt: skip
    dataset = slices(images, labels)
    for stage in stages.split():
        dataset = make[stage](dataset)
    return dataset


@exercise(
    points=3,
    reference="dlcourse.kernels.tensorflow_by_hand:make_dataset",
    returns_objects=True,
)
class MakeDataset:
    """A pipeline: shuffle, prepare, batch, prefetch."""

    hints = (
        "Shuffle single examples or whole batches? How many examples must the shuffling hold at a "
        "time to mix all of them? And which stage lets the next batch be made meanwhile?",
        "from_tensor_slices → shuffle(m, seed) → map(prepare) → batch(batch_size) → prefetch.",
        "`def prepare(image, label): return tf.reshape(tf.cast(image, tf.float32) / 16, [-1]), "
        "tf.one_hot(label, 10)`; `tf.data.Dataset.from_tensor_slices((images, labels)).shuffle("
        "len(images), seed=seed).map(prepare).batch(batch_size).prefetch(tf.data.AUTOTUNE)`",
    )

    def test_batches(self, make_dataset, rng):
        """Flat float32 pixels from 0 to 1 and one-hot rows; the last batch has what is left."""
        for m, size, sizes in ((10, 4, [4, 4, 2]), (6, 3, [3, 3])):
            images, labels = _digits(rng, m)
            (batches,), _ = passes(make_dataset(images, labels, size, 1), 1)
            found = [x.shape for x, _ in batches]
            assert found == [(k, 9) for k in sizes], f"the shapes of x are {found}"
            for x, y in batches:
                order = np.minimum(_numbers(x), m - 1)
                rows = images[order].reshape(len(x), 9) / 16
                assert_close(x, rows.astype("float32"), "x, by its first pixels", FLOAT32)
                one_hot = np.eye(10, dtype="float32")[labels[order]]
                assert_close(y, one_hot, "y, the labels of these x", FLOAT32)

    def test_order(self, make_dataset, rng):
        """Every pass has all examples once, mixed anew; and the last stage prefetches."""
        images, labels = _digits(rng, 100)
        epochs, last = passes(make_dataset(images, labels, 8, 5), 2)
        orders = [np.concatenate([_numbers(x) for x, _ in epoch]).tolist() for epoch in epochs]
        for order in orders:
            assert sorted(order) == list(range(100)), (
                f"a pass should have each of 100 examples once, it has {len(order)}"
            )
            together = sum(b - a == 1 for a, b in zip(order, order[1:], strict=False))
            assert together < 20, f"{together} of 99 neighbours are still together"
            early = max(number - place for place, number in enumerate(order))
            assert early > 30, f"no example comes more than {early} places earlier than before"
        assert orders[0] != orders[1], "both passes have the same order"
        assert "Prefetch" in last, f"the last stage is a {last.strip('_')}, expected a prefetch"

    @mistake("Nothing is shuffled. Sorted data give batches of a single class.")
    def not_shuffled(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "map batch prefetch")

    @mistake(
        "Whole batches are shuffled: the same examples are together in every epoch. Shuffle before "
        "you batch."
    )
    def batches_shuffled(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "map batch shuffle prefetch")

    @mistake(
        "The buffer of the shuffling holds a batch or less, so that an example hardly moves. Give "
        "it the size of the data where memory allows."
    )
    def small_buffer(images, labels, batch_size, seed):
        return _pipeline(
            images, labels, batch_size, seed, "shuffle map batch prefetch", buffer=batch_size
        )

    @mistake("Every epoch has the same order. Leave reshuffle_each_iteration at True.")
    def same_order(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "shuffle map batch prefetch", anew=False)

    @mistake("The short batch at the end is dropped, and its examples are never seen.")
    def remainder_dropped(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "shuffle map batch prefetch", drop=True)

    @mistake("The prefetch is missing: the next batch is made only when it is asked for.")
    def no_prefetch(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "shuffle map batch")

    @mistake("A pass is twice as long: without repeat the loop over epochs decides.")
    def repeated(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "shuffle repeat map batch prefetch")

    @mistake("The pixels go from 0 to 16: divide by 16.")
    def not_scaled(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "shuffle map batch prefetch", scale=1)

    @mistake("The images are still squares. Reshape each to one axis, [-1].")
    def not_flat(images, labels, batch_size, seed):
        return _pipeline(images, labels, batch_size, seed, "shuffle map batch prefetch", flat=False)

    @mistake("The labels are still numbers. Make them one-hot, with tf.one_hot(label, 10).")
    def labels_as_numbers(images, labels, batch_size, seed):
        return _pipeline(
            images, labels, batch_size, seed, "shuffle map batch prefetch",
            target=lambda label, depth: label,
        )  # fmt: skip
