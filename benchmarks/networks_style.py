"""How fast a step of style transfer is, on a network of the shape of VGG-19.

    python -m benchmarks.networks_style

The weights are random, which changes no time. "Ours" is `StyleTransfer`: one compiled step, the
network only up to the last layer that is compared, the targets from the beginning. Against it
stands the form of the tutorials: eager, the whole network, the targets computed in each step. As
Keras's own example writes it, the content image, the style image and the result go through the
network as one batch of three, and the gradient is taken through all of it; the goal is for this
form. A more careful hand would send the three through one after the other and let the tape watch
only the result: the second comparison. The network is frozen in every form.

The bound is what the computer needs for the multiplications of our step alone, at the speed of
its best matrix product (2048 by 2048, float32): each layer once forward and once back to its input,
and the Gram matrices. The second comparison says in brackets what a step at the bound would reach.
"""

import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["main", "measure_step", "multiplications", "tables"]

CASES = ((256, 7), (400, 5))  # pixels, rounds
GOAL = 0.33
PRODUCT = 2048


def measure_step(size, rounds):
    """Seconds of one step of every form, taking turns in one process.

    Args:
        size: height and width of all images in pixels.
        rounds: how many times each form runs, after one time that does not count.

    Returns:
        Dict from the name of the form to its list of seconds; "matrix product" is one of
        2048 by 2048.
    """
    ways = _ways(size)
    seconds = {name: [] for name in ways}
    order = np.random.default_rng(0)
    for number in range(rounds + 1):
        for name in order.permutation(list(ways)):
            start = time.perf_counter()
            ways[name]()
            if number:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def multiplications(extractor, size):
    """Multiplications of one step: forward, back to the image, and the Gram matrices.

    Args:
        extractor: model that `build_extractor` cut out of a network.
        size: height and width of the image.

    Returns:
        Number of multiply-and-add pairs.
    """
    import keras

    sized = keras.Model(extractor.inputs[0], [layer.output for layer in extractor.layers])
    shapes = sized.compute_output_shape((1, size, size, 3))
    total = 0
    for layer, (_, height, width, channels) in zip(extractor.layers, shapes, strict=True):
        if isinstance(layer, keras.layers.Conv2D):
            # the first layer's input has three channels; its gradient is the image's
            total += 2 * height * width * layer.kernel.shape.num_elements()
        if layer.name in extractor.output_names or layer.name.endswith("_conv1"):
            total += 2 * height * width * channels**2  # the Gram matrix and its gradient
    return total


def tables():
    """Measure everything.

    Returns:
        List of one rich Table.
    """
    table = Table(title="style transfer, one step, shape of VGG-19: seconds, median (quartile)")
    for column in ("size", "ours", "tutorial, batch of three", "ratio", f"goal ≤ {GOAL}",
                   "one by one", "ratio (at the bound)", "of the product bound"):  # fmt: skip
        table.add_column(column, justify="right")
    for size, rounds in CASES:
        seconds = measure_step(size, rounds)
        ours, batch, alone = (
            statistics.median(seconds[form]) for form in ("ours", "batch of three", "one by one")
        )
        speed = PRODUCT**3 / min(seconds["matrix product"])
        bound = multiplications(_network_and_extractor()[1], size) / speed
        table.add_row(
            f"{size}²", _text(seconds["ours"]),
            _text(seconds["batch of three"]), f"{ours / batch:.2f}",
            "reached" if ours / batch <= GOAL else "MISSED",
            _text(seconds["one by one"]), f"{ours / alone:.2f} ({bound / alone:.2f})",
            f"{ours / bound:.2f} times {bound:.2f} s",
        )  # fmt: skip
    return [table]


def _network_and_extractor():
    from dlcourse.models.style_comparison import default_comparison
    from dlcourse.models.style_network import build_vgg19_network
    from dlcourse.models.style_transfer import build_extractor

    network = build_vgg19_network(weights=None)
    return network, build_extractor(network, default_comparison(network))


def _ways(size):
    from dlcourse.models.style_network import build_vgg19_network
    from dlcourse.models.style_transfer import build_style_transfer

    network = build_vgg19_network(weights=None)
    content, style = np.random.default_rng(0).random((2, size, size, 3), dtype=np.float32)
    tutorials = _tutorials(network, content[None], style[None])
    transfer = build_style_transfer(network, content, style)
    square = np.random.default_rng(1).random((PRODUCT, PRODUCT), dtype=np.float32)
    return {
        "ours": lambda: transfer.optimize(steps=1),
        **tutorials,
        "matrix product": _product(square),
    }


def _product(square):
    import tensorflow as tf

    square = tf.constant(square)
    return lambda: tf.matmul(square, square).numpy()


def _tutorials(network, content, style):
    """The two usual forms, with the losses as the tutorials write them."""
    import keras
    import tensorflow as tf

    from dlcourse.models.style_comparison import default_comparison

    comparison = default_comparison(network)
    named = {layer.name: layer.output for layer in network.layers if "_" in layer.name}
    whole = keras.Model(network.inputs[0], named)  # up to block5_pool
    image, optimizer = tf.Variable(content), keras.optimizers.Adam(0.02)

    def gram(features):
        rows = tf.reshape(features, (-1, features.shape[-1]))
        return tf.matmul(rows, rows, transpose_a=True) / features[..., 0].shape.num_elements()

    def loss(of_content, of_style, of_image):
        alpha, beta, gamma = comparison.factors
        layer = comparison.content_layer
        total = alpha * tf.reduce_mean((of_content[layer] - of_image[layer]) ** 2) / 4
        for layer, weight in comparison.style_layers.items():
            difference = gram(of_style[layer]) - gram(of_image[layer])
            total += beta * weight * tf.reduce_mean(difference**2) / 4
        return total + gamma * tf.image.total_variation(image)[0]

    def update(tape, total):
        optimizer.apply_gradients([(tape.gradient(total, image), image)])
        image.assign(tf.clip_by_value(image, 0, 1))
        return total.numpy()

    def one_by_one():
        of_content, of_style = whole(content), whole(style)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(image)
            total = loss(of_content, of_style, whole(image))
        return update(tape, total)

    def batch_of_three():
        with tf.GradientTape() as tape:
            found = whole(tf.concat([content, style, image], axis=0))
            parts = [{name: a[i : i + 1] for name, a in found.items()} for i in range(3)]
            total = loss(*parts)
        return update(tape, total)

    return {"one by one": one_by_one, "batch of three": batch_of_three}


def _text(seconds):
    lower = np.quantile(seconds, 0.25)
    return f"{statistics.median(seconds):.2f} ({lower:.2f})"


def main():
    """Print what `tables` measures."""
    console = Console(width=140)
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
