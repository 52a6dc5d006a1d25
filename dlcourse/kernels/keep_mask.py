"""Which units dropout keeps: random bits, as few as it takes, from a generator chosen by hand.

The portable path draws a float for every unit and compares it with the rate. On TensorFlow that is
slow in two ways. A float costs 32 random bits, where 16 decide as well unless the rate is very near
0 or 1. And inside a compiled function (`jit_compile=True`, which Keras's `compile` chooses by
itself) TensorFlow leaves the algorithm to XLA, whose choice on a CPU was measured to take 100 times
as long as Threefry, and 40 times as long as Philox. So Threefry is asked for there. Elsewhere the
choice is Philox anyway, and leaving it to TensorFlow spares an eager call five operations.
"""

import math

import keras

__all__ = ["keep_mask"]

_STEPS = 2**16


def keep_mask(shape, rate, seed_generator):
    """Draw for every unit whether it is kept.

    Args:
        shape: tuple of integers or scalar tensors.
        rate: probability that a unit is dropped, strictly between 0 and 1.
        seed_generator: a `keras.random.SeedGenerator`, whose state moves on.

    Returns:
        Pair (keep, probability): a bool tensor of this shape, and the exact probability that an
        element of it is True: 1 − rate, or up to a ten-thousandth of the rate away from it where
        16 random bits decide.

    Example:
        >>> keep, probability = keep_mask((2, 3), 0.25, keras.random.SeedGenerator(1))
        >>> keep.shape == (2, 3), probability
        (True, 0.75)
    """
    if keras.backend.backend() == "tensorflow":
        return _tensorflow(shape, rate, seed_generator)
    # float32 also in half precision, whose random numbers have steps of a thousandth
    draws = keras.random.uniform(shape, dtype="float32", seed=seed_generator)
    return draws >= rate, 1 - rate


def _tensorflow(shape, rate, seed_generator):
    import tensorflow as tf

    seed = tf.cast(seed_generator.next(), tf.int32)
    steps = round(rate * _STEPS)
    if abs(steps / _STEPS - rate) > 1e-4 * min(rate, 1 - rate):
        draws = tf.random.stateless_uniform(shape, seed, alg=_algorithm())
        return draws >= rate, 1 - rate
    draws = _sixteen_bits(shape, seed)
    return draws >= tf.constant(steps, tf.uint16), 1 - steps / _STEPS


def _sixteen_bits(shape, seed):
    """Integers from 0 to 65535: two from each number of the generator."""
    import tensorflow as tf

    known = all(isinstance(size, int) for size in shape)
    count = math.prod(shape) if known else tf.reduce_prod(shape)
    half = (count + 1) // 2
    pairs = tf.random.stateless_uniform([half], seed, None, None, tf.uint32, alg=_algorithm())
    bits = tf.bitcast(pairs, tf.uint16)
    if not known or count % 2:
        bits = tf.reshape(bits, [-1])[:count]
    return tf.reshape(bits, shape)


def _algorithm():
    import tensorflow as tf
    from tensorflow.python.ops import control_flow_util  # nothing public tells

    graph = tf.compat.v1.get_default_graph()
    inside = not tf.executing_eagerly() and control_flow_util.GraphOrParentsInXlaContext(graph)
    return "threefry" if inside else "auto_select"
