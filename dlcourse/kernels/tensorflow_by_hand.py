"""A small network in TensorFlow itself, without Keras: what the notebook on TensorFlow asks for.

All other networks of the course are written for Keras and run on any backend. This one is here
because it teaches the backend: tapes, variables, compiled functions and pipelines have no portable
form. Examples are columns, as in the formulas of the course; only the pipeline has them as rows.
"""

import tensorflow as tf

__all__ = [
    "compute_gradients",
    "compute_total_loss",
    "forward_propagation",
    "initialize_parameters",
    "linear_function",
    "make_averager",
    "make_dataset",
    "minimize",
    "one_hot_matrix",
    "sigmoid",
    "slices",
    "slope",
    "update_parameters",
]


def minimize(cost, start, learning_rate, steps):
    """Gradient descent on one number, with the slope from a tape.

    Args:
        cost: function from a tensor to a tensor, both without axes.
        start: where to begin.
        learning_rate: alpha, above 0.
        steps: how many, at least 0.

    Returns:
        List of steps + 1 floats, the start first.

    Example:
        >>> minimize(lambda w: w**2 - 10 * w + 25, 0.0, 0.25, 2)
        [0.0, 2.5, 3.75]
    """
    w = tf.Variable(float(start))
    path = [float(w.numpy())]
    for _ in range(steps):
        w.assign_sub(learning_rate * slope(cost, w))
        path.append(float(w.numpy()))
    return path


def slope(cost, w):
    """Derivative of a cost at a variable.

    Args:
        cost: function from a tensor to a tensor.
        w: `tf.Variable`.

    Returns:
        Tensor of the shape of w.
    """
    with tf.GradientTape() as tape:
        value = cost(w)
    return tape.gradient(value, w)


def linear_function(W, X, b):
    """W X + b, as a tensor.

    Args:
        W: weights, shape (n, n_x).
        X: examples as columns, shape (n_x, m).
        b: biases, shape (n, 1).

    Returns:
        Tensor (n, m).

    Example:
        >>> linear_function([[1.0, 2.0]], [[3.0], [4.0]], [[0.5]]).numpy().tolist()
        [[11.5]]
    """
    return tf.matmul(W, X) + b


def sigmoid(z):
    """Sigmoid of every element in single precision.

    Args:
        z: numbers of any shape and type, whole ones too.

    Returns:
        float32 tensor of the shape of z.

    Example:
        >>> float(sigmoid(0))
        0.5
    """
    return tf.sigmoid(tf.cast(z, tf.float32))


def one_hot_matrix(labels, depth):
    """A column for each label, with a 1 in its row.

    Args:
        labels: whole numbers from 0 to depth - 1, shape (m,).
        depth: number of classes.

    Returns:
        float32 tensor (depth, m).

    Example:
        >>> one_hot_matrix([1, 0], 3).numpy().tolist()
        [[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]
    """
    return tf.one_hot(labels, depth, axis=0)


def initialize_parameters(sizes, seed):
    """Variables of a network: Glorot's normal distribution for weights, zeros for biases.

    Args:
        sizes: units of each layer, the inputs first.
        seed: whole number; equal seeds, equal weights. Every layer draws its own.

    Returns:
        Dictionary of float32 `tf.Variable`: "W1" (n_1, n_0), "b1" (n_1, 1), …

    Example:
        >>> parameters = initialize_parameters([2, 3, 1], seed=1)
        >>> {name: tuple(variable.shape) for name, variable in parameters.items()}
        {'W1': (3, 2), 'b1': (3, 1), 'W2': (1, 3), 'b2': (1, 1)}
    """
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
        deviation = (2 / (n_in + n_out)) ** 0.5
        weights = generator.normal((n_out, n_in), stddev=deviation)
        parameters[f"W{layer}"] = tf.Variable(weights)
        parameters[f"b{layer}"] = tf.Variable(tf.zeros((n_out, 1)))
    return parameters


def forward_propagation(X, parameters):
    """Scores of the last layer, with ReLU in all layers before it.

    Args:
        X: examples as columns, shape (n_x, m).
        parameters: dictionary "W1", "b1", … of tensors or variables.

    Returns:
        Tensor (C, m), the scores: no softmax.

    Example:
        >>> one = [[1.0]]
        >>> network = {"W1": one, "b1": one, "W2": one, "b2": [[-5.0]]}
        >>> forward_propagation([[2.0, -3.0]], network).numpy().tolist()
        [[-2.0, -5.0]]
    """
    A, layers = X, len(parameters) // 2
    for layer in range(1, layers + 1):
        Z = linear_function(parameters[f"W{layer}"], A, parameters[f"b{layer}"])
        A = tf.nn.relu(Z)
    return Z


def compute_total_loss(logits, labels):
    """Sum of the losses of all examples, from their scores.

    Args:
        logits: scores, shape (C, m).
        labels: one-hot columns, shape (C, m).

    Returns:
        Tensor without axes.

    Example:
        >>> round(float(compute_total_loss([[0.0, 0.0], [0.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]])), 3)
        1.386
    """
    losses = tf.nn.softmax_cross_entropy_with_logits(tf.transpose(labels), tf.transpose(logits))
    return tf.reduce_sum(losses)


def compute_gradients(X, Y, parameters):
    """The mean loss and its gradients.

    Args:
        X: examples as columns, shape (n_x, m).
        Y: one-hot columns, shape (C, m).
        parameters: dictionary of `tf.Variable`.

    Returns:
        (cost, grads): a tensor without axes, and a dictionary of tensors "dW1", "db1", …
    """
    with tf.GradientTape() as tape:
        cost = compute_total_loss(forward_propagation(X, parameters), Y) / X.shape[1]
    gradients = tape.gradient(cost, parameters)
    return cost, {f"d{name}": gradient for name, gradient in gradients.items()}


def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent, in place.

    Args:
        parameters: dictionary of `tf.Variable`, which move.
        grads: dictionary of tensors "dW1", "db1", …
        learning_rate: alpha.
    """
    for name, variable in parameters.items():
        variable.assign_sub(learning_rate * grads[f"d{name}"])


def make_averager(beta):
    """A compiled function that remembers: an exponentially weighted average, bias-corrected.

    Args:
        beta: share of the old average that is kept, in [0, 1).

    Returns:
        `tf.function` from a float32 tensor to the average of all that it was given so far.

    Example:
        >>> average = make_averager(0.5)
        >>> [round(float(average(tf.constant(value))), 3) for value in (6.0, 3.0)]
        [6.0, 4.0]
    """
    v, t = tf.Variable(0.0), tf.Variable(0.0)

    @tf.function
    def average(value):
        t.assign_add(1.0)
        v.assign(beta * v + (1 - beta) * value)
        return v / (1 - beta**t)

    return average


def slices(*arrays):
    """A pipeline of single examples, still in order.

    Args:
        *arrays: with the examples along the first axis.

    Returns:
        `tf.data.Dataset` of tuples.
    """
    return tf.data.Dataset.from_tensor_slices(arrays)


def make_dataset(images, labels, batch_size, seed):
    """Batches of digits, shuffled anew in every epoch.

    Args:
        images: whole numbers from 0 to 16, shape (m, h, w).
        labels: shape (m,), 0 to 9.
        batch_size: examples per batch; the last one has those that are left.
        seed: of the shuffling.

    Returns:
        `tf.data.Dataset` of pairs: x float32 (k, h * w) from 0 to 1, y float32 (k, 10) one-hot.
    """

    def prepared(image, label):
        return tf.reshape(tf.cast(image, tf.float32) / 16, [-1]), tf.one_hot(label, 10)

    shuffled = slices(images, labels).shuffle(len(images), seed=seed)
    return shuffled.map(prepared).batch(batch_size).prefetch(tf.data.AUTOTUNE)
