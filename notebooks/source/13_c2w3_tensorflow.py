# %% [markdown]
# # TensorFlow by hand
#
# Ten notebooks ago you derived gradients on paper. A framework does that for you, and it lets you
# forget how. Here we use TensorFlow **without** the comfort of Keras: a number that rolls into a
# valley, then a network of three layers, whose loop over the batches you can see. Only the last step,
# an optimizer of your own, plugs into Keras again.
#
# **You will**
#
# - let a tape find slopes, and minimise $w^2 - 10 w + 25$ with it;
# - write the small functions of a network with tensors;
# - make variables, a forward pass, a loss, gradients, a step;
# - fall into the trap of compiled functions, once, on purpose;
# - build a pipeline with `tf.data` that shuffles before it batches;
# - train on handwritten digits with a loop of your own;
# - write Adam as an optimizer that Keras accepts as its own.

# %% setup

# %%
import time

import keras
import numpy as np
import tensorflow as tf

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · A tape
#
# A **tensor** is an array that knows where it lives (on a CPU or a GPU) and cannot be changed. A
# **variable** is a box for a tensor, whose content can: `w.assign(3.0)`, `w.assign_sub(0.1)`.
#
# A `tf.GradientTape` notes every operation on variables while it is running. Afterwards it goes back
# over its notes, by the chain rule, exactly as you did in notebook 01 with the computation graph:

# %%
w = tf.Variable(0.0)
with tf.GradientTape() as tape:
    J = w**2 - 10 * w + 25
print("J =", J.numpy(), "  dJ/dw =", tape.gradient(J, w).numpy(), "  by hand: 2·0 − 10")

# %% [markdown]
# Three things to know about it:
#
# - It watches **variables**. A `tf.constant` it watches only after `tape.watch(…)`; the gradient with
#   respect to something that was not watched is `None`, without any warning.
# - It is used up by one call of `gradient`. Every step records anew.
# - NumPy is invisible to it. A `.numpy()` on the way, and the way is cut.
#
# The cost $J(w) = w^2 - 10 w + 25 = (w - 5)^2$ has its minimum at 5. Descend.


# %%
def minimize(cost, start, learning_rate, steps):
    """Gradient descent on one number, with the slope from a tape.

    Args:
        cost: function from w, a tensor or variable without axes, to a tensor.
        start: first value of w.
        learning_rate: alpha.
        steps: how many.

    Returns:
        List of steps + 1 floats: w before the first step and after each.
    """
    ### BEGIN SOLUTION
    w = tf.Variable(float(start))
    path = [float(w.numpy())]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            value = cost(w)
        w.assign_sub(learning_rate * tape.gradient(value, w))
        path.append(float(w.numpy()))
    return path
    ### END SOLUTION


# %%
lesson.check("minimize")


# %%
def parabola(w):
    return w**2 - 10 * w + 25


paths = {f"α = {rate}": minimize(parabola, 0.0, rate, 30) for rate in (0.01, 0.1, 0.5, 0.9)}
for name, path in paths.items():
    print(f"{name}: after one step {path[1]:.3f}, after 30 steps {path[-1]:.4f}")
shown = {name: path[:16] for name, path in paths.items()}
ax = plotting.fitted_curves(np.arange(16), np.full(16, 5.0), shown)
ax.lines[0].set_label("the minimum")
ax.set(xlabel="step", ylabel="w")
_ = ax.legend(fontsize=8)

# %% [markdown]
# Every step multiplies the distance to 5 by $1 - 2\alpha$: with $\alpha = 0.5$ it arrives at once,
# with 0.1 it comes nearer by a fifth each time, and with 0.9 too, though from the other side each
# time. For any other cost only one line would change, the one that says what $J$ is. That is what
# frameworks are for.
#
# ## 2 · Small functions
#
# The operations are named as you would guess: `tf.matmul` (or `@`), `tf.transpose`, `tf.reduce_sum`,
# `tf.nn.relu`. In this notebook examples are **columns** again, as in the formulas of the course.
#
# One difference from NumPy matters every day: **TensorFlow does not change types for you.** A float32
# plus a float64 is an error, and so is the sigmoid of whole numbers. `tf.cast` is explicit about it.


# %%
def linear_function(W, X, b):
    """W X + b.

    Args:
        W: weights, float32 (n, n_x).
        X: examples as columns, float32 (n_x, m).
        b: biases, float32 (n, 1).

    Returns:
        Tensor (n, m).
    """
    ### BEGIN SOLUTION
    return tf.matmul(W, X) + b
    ### END SOLUTION


# %%
lesson.check("linear_function")


# %%
def sigmoid(z):
    """Sigmoid of every element.

    Args:
        z: numbers of any shape and type, whole ones too.

    Returns:
        float32 tensor of the shape of z.
    """
    ### BEGIN SOLUTION
    return tf.sigmoid(tf.cast(z, tf.float32))
    ### END SOLUTION


# %%
lesson.check("sigmoid")

# %% [markdown]
# A label 2 of four classes as a column: $[0, 0, 1, 0]^T$. `tf.one_hot` does it; `axis` says where the
# classes go.


# %%
def one_hot_matrix(labels, depth):
    """A column for each label, with a 1 in the row of its class.

    Args:
        labels: whole numbers from 0 to depth - 1, shape (m,).
        depth: number of classes.

    Returns:
        float32 tensor (depth, m).
    """
    ### BEGIN SOLUTION
    return tf.one_hot(labels, depth, axis=0)
    ### END SOLUTION


# %%
lesson.check("one_hot_matrix")

# %% [markdown]
# ## 3 · A network of variables
#
# Everything that learns must be a `tf.Variable`. Weights are drawn from Glorot's normal distribution,
#
# $$\sigma = \sqrt{\frac{2}{n_{in} + n_{out}}}$$
#
# and biases are zero. TensorFlow's generators are like NumPy's: `generator =
# tf.random.Generator.from_seed(1)` and then `generator.normal(shape, stddev=…)`, which moves on with
# every draw. (A Keras *initializer* with a fixed seed does not: it gives the same numbers at every
# call, and two layers of one shape would begin alike.)


# %%
def initialize_parameters(sizes, seed):
    """Variables of a network: Glorot's normal distribution for the weights, zeros for the biases.

    Args:
        sizes: units of each layer, the inputs first, such as [64, 25, 12, 10].
        seed: whole number; equal seeds, equal weights.

    Returns:
        Dictionary of float32 tf.Variable: "W1" (n_1, n_0), "b1" (n_1, 1), "W2" (n_2, n_1), …
    """
    ### BEGIN SOLUTION
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        weights = generator.normal((n_out, n_in), stddev=(2 / (n_in + n_out)) ** 0.5)
        parameters[f"W{layer}"] = tf.Variable(weights)
        parameters[f"b{layer}"] = tf.Variable(tf.zeros((n_out, 1)))
    return parameters
    ### END SOLUTION


# %%
lesson.check("initialize_parameters")

# %% [markdown]
# The forward pass is LINEAR → RELU → … → LINEAR, and it stops at the scores: the softmax is part of
# the loss (notebook 11 has told why).


# %%
def forward_propagation(X, parameters):
    """Scores of the last layer, with ReLU in all layers before it.

    Args:
        X: examples as columns, float32 (n_x, m).
        parameters: dictionary "W1", "b1", …, of any number of layers.

    Returns:
        Tensor (C, m): Z of the last layer.
    """
    ### BEGIN SOLUTION
    A, layers = X, len(parameters) // 2
    for layer in range(1, layers + 1):
        Z = linear_function(parameters[f"W{layer}"], A, parameters[f"b{layer}"])
        A = tf.nn.relu(Z)
    return Z
    ### END SOLUTION


# %%
lesson.check("forward_propagation")

# %% [markdown]
# For the loss TensorFlow has `tf.nn.softmax_cross_entropy_with_logits(labels=…, logits=…)`, one loss
# for each example. It takes *logits*, scores before the softmax, and it expects the classes along the
# **last** axis, while ours are along the first. Forget to transpose, and it computes a softmax over
# the examples: no error, a number that even falls during training, and a network that learns
# nonsense. We return the **total** of the batch; a mean over the epoch is then simply the sum of the
# totals over the number of examples, whatever the size of the last batch.


# %%
def compute_total_loss(logits, labels):
    """Sum of the losses of all examples.

    Args:
        logits: scores, float32 (C, m).
        labels: one-hot columns, float32 (C, m).

    Returns:
        Tensor without axes.
    """
    ### BEGIN SOLUTION
    losses = tf.nn.softmax_cross_entropy_with_logits(
        labels=tf.transpose(labels), logits=tf.transpose(logits)
    )
    return tf.reduce_sum(losses)
    ### END SOLUTION


# %%
lesson.check("compute_total_loss")

# %% [markdown]
# Now the tape. `tape.gradient(cost, parameters)` takes a dictionary of variables as well, and gives a
# dictionary of gradients with the same keys. And the whole backward pass of notebook 05 is one line.


# %%
def compute_gradients(X, Y, parameters):
    """The cost of a batch and its gradients.

    Args:
        X: examples as columns, float32 (n_x, m).
        Y: one-hot columns, float32 (C, m).
        parameters: dictionary of tf.Variable, "W1", "b1", …

    Returns:
        cost: tensor without axes, the total loss divided by m;
        grads: dictionary of tensors "dW1", "db1", …, the gradients of the cost.
    """
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        cost = compute_total_loss(forward_propagation(X, parameters), Y) / X.shape[1]
    gradients = tape.gradient(cost, parameters)
    return cost, {"d" + name: gradient for name, gradient in gradients.items()}
    ### END SOLUTION


# %%
lesson.check("compute_gradients")

# %% [markdown]
# The step must happen **in place**. `W = W - alpha * dW` would make a new tensor, and leave the
# variable as it was.


# %%
def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent, which moves the variables themselves.

    Args:
        parameters: dictionary of tf.Variable, "W1", "b1", …
        grads: dictionary of tensors "dW1", "db1", …
        learning_rate: alpha.
    """
    ### BEGIN SOLUTION
    for name, variable in parameters.items():
        variable.assign_sub(learning_rate * grads["d" + name])
    ### END SOLUTION


# %%
lesson.check("update_parameters")

# %% [markdown]
# ## 4 · Compiled functions, and their trap
#
# Each operation of TensorFlow is called from Python, one after the other. `@tf.function` above a
# function changes that: at the first call Python runs the function **once**, with stand-ins for the
# tensors, and TensorFlow writes down the graph of operations. From then on the *graph* runs, and not
# Python. How much faster that is depends on how small the operations are:

# %%
parameters = initialize_parameters([64, 25, 12, 10], seed=1)
x = tf.random.Generator.from_seed(2).normal((64, 32))
y = one_hot_matrix(np.arange(32) % 10, 10)
for name, function in (
    ("as it is", compute_gradients),
    ("compiled", tf.function(compute_gradients)),
):
    function(x, y, parameters)  # the first call traces
    start = time.perf_counter()
    for _ in range(50):
        function(x, y, parameters)
    print(f"{name}: {(time.perf_counter() - start) / 50 * 1000:.2f} ms for cost and gradients")

# %% [markdown]
# **The trap.** What is Python, and no tensor, happens while tracing only. A `print` prints once. A
# Python counter counts to one and is then a constant of the graph. And a *Python number* as an argument
# is a constant too: each new number is traced anew, which is slow. Tensors are not.

# %%
calls = 0


@tf.function
def trapped(value):
    global calls
    calls += 1
    print("    Python is here")
    return value * calls


print([float(trapped(tf.constant(1.0))) for _ in range(5)], "— and calls is", calls)
print([float(trapped(float(k))) for k in (1, 2, 3)], "— three Python numbers; calls is", calls)

# %% [markdown]
# State that must change from call to call belongs in a `tf.Variable`, made *outside* of the compiled
# function. Write the bias-corrected average of notebook 10 that way:
#
# $$v \leftarrow \beta v + (1 - \beta)\,\theta, \qquad t \leftarrow t + 1, \qquad
# \hat v = \frac{v}{1 - \beta^t}$$


# %%
def make_averager(beta):
    """A compiled function that remembers: an exponentially weighted average.

    Args:
        beta: share of the old average that is kept.

    Returns:
        A tf.function, which takes a float32 tensor without axes and gives the bias-corrected
        average of all that it was given so far. Each call of make_averager gives a new one, with a
        memory of its own.
    """
    ### BEGIN SOLUTION
    v, t = tf.Variable(0.0), tf.Variable(0.0)

    @tf.function
    def average(value):
        t.assign_add(1.0)
        v.assign(beta * v + (1 - beta) * value)
        return v / (1 - beta**t)

    return average
    ### END SOLUTION


# %%
lesson.check("make_averager")

# %% [markdown]
# ## 5 · A pipeline
#
# `tf.data` feeds a training: it takes the examples apart, shuffles, prepares and batches them, and
# has the next batch ready while the present one is being computed. The order of the stages is not a
# matter of taste:
#
# 1. **shuffle** single examples, with a buffer as large as the data if memory allows. A buffer of
#    100 only mixes within 100 examples: if the data come sorted, batches stay nearly sorted.
# 2. **map**: prepare each example. (After the shuffling or before it, as you like; cheap stages that
#    make the data larger belong behind it.)
# 3. **batch**. Shuffle *after* it, and the same examples stay together for ever.
# 4. **prefetch**, always last.


# %%
def make_dataset(images, labels, batch_size, seed):
    """Batches of digits, shuffled anew in every epoch.

    Args:
        images: whole numbers from 0 to 16, shape (m, h, w).
        labels: whole numbers from 0 to 9, shape (m,).
        batch_size: examples per batch; the last one has those that are left.
        seed: of the shuffling.

    Returns:
        tf.data.Dataset of pairs (x, y) for k examples as rows: x float32 (k, h * w), from 0 to 1;
        y float32 (k, 10), one-hot.
    """
    ### BEGIN SOLUTION

    def prepare(image, label):
        return tf.reshape(tf.cast(image, tf.float32) / 16, [-1]), tf.one_hot(label, 10)

    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    dataset = dataset.shuffle(len(images), seed=seed).map(prepare)
    return dataset.batch(batch_size).prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %%
lesson.check("make_dataset")

# %% [markdown]
# ## 6 · Train, with your own loop
#
# The network 64 → 25 → 12 → 10 on the digits. (The specialization takes photographs of hand signs
# here; digits do as well.) In every epoch, for every batch: gradients, step. The total losses are summed up,
# and divided by $m$ at the end. Note the two transpositions, where rows of the pipeline become columns
# of the formulas.

# %%
digits = datasets.digits()
test_X = tf.constant(digits.test_images.reshape(450, 64).T / 16, tf.float32)
quick_gradients = tf.function(compute_gradients)


def accuracy(parameters):
    """Share of the test digits whose largest score is the right one."""
    found = tf.argmax(forward_propagation(test_X, parameters), axis=0).numpy()
    return np.mean(found == digits.test_labels)


def train(parameters, step, epochs, batch_size=32):
    """Train with batches; `step` moves the parameters, given the gradients."""
    dataset = make_dataset(digits.train_images, digits.train_labels, batch_size, seed=0)
    costs = []
    for _ in range(epochs):
        total = 0.0
        for x, y in dataset:
            cost, grads = quick_gradients(tf.transpose(x), tf.transpose(y), parameters)
            step(parameters, grads)
            total += float(cost) * len(x)
        costs.append(total / len(digits.train_images))
    return costs


# %%
epochs = {"quick": 20, "full": 100}[dlcourse.scale()]
parameters, costs = initialize_parameters([64, 25, 12, 10], seed=1), {}
costs["gradient descent, α = 0.1"] = train(
    parameters, lambda parameters, grads: update_parameters(parameters, grads, 0.1), epochs
)
first, last = costs["gradient descent, α = 0.1"][:: epochs - 1]
print(f"cost of the first epoch {first:.3f} (log 10 is 2.303), of the last {last:.3f}; "
      f"{accuracy(parameters):.1%} of the test digits right")  # fmt: skip

# %% [markdown]
# ## 7 · An optimizer that Keras accepts
#
# In notebook 10 Adam was a function of dictionaries. As a `keras.optimizers.Optimizer` it can be given
# to `compile`, saved with a model and used with any learning-rate schedule. Three methods:
#
# - `build(variables)` makes room for what is remembered about each variable. It must be a variable
#   too (you know why since section 4): `self.add_variable_from_reference(variable, "v")` makes a zero
#   of its shape. Call `super().build(variables)` first.
# - `update_step(gradient, variable, learning_rate)` moves one variable. `self.iterations` counts the
#   steps, from 0; `self._get_variable_index(variable)` tells the number of the variable.
# - `get_config` returns the settings.
#
# $$v \leftarrow \beta_1 v + (1-\beta_1)\, g \qquad s \leftarrow \beta_2 s + (1-\beta_2)\, g^2 \qquad
# w \leftarrow w - \alpha\,\frac{v/(1-\beta_1^t)}{\sqrt{s/(1-\beta_2^t)} + \varepsilon}, \qquad
# t = 1, 2, \dots$$


# %%
class Adam(keras.optimizers.Optimizer):
    """Adam, with the memory of each variable in variables of its own.

    Args:
        learning_rate: alpha, a number or a schedule.
        beta_1: share of the mean gradient that is kept.
        beta_2: share of the mean square that is kept.
        epsilon: added to the root.
        **kwargs: what every Keras optimizer takes.
    """

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        """Remember the settings."""
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def build(self, variables):
        """Make v and s, zeros in the shape of each variable.

        Args:
            variables: list of all that is trained.
        """
        ### BEGIN SOLUTION
        super().build(variables)
        self.v = [self.add_variable_from_reference(w, "v") for w in variables]
        self.s = [self.add_variable_from_reference(w, "s") for w in variables]
        ### END SOLUTION

    def update_step(self, gradient, variable, learning_rate):
        """Move one variable.

        Args:
            gradient: tensor of the shape of the variable.
            variable: what is to be moved, with assign_sub.
            learning_rate: tensor without axes.
        """
        ### BEGIN SOLUTION
        index = self._get_variable_index(variable)
        v, s = self.v[index], self.s[index]
        v.assign(self.beta_1 * v + (1 - self.beta_1) * gradient)
        s.assign(self.beta_2 * s + (1 - self.beta_2) * keras.ops.square(gradient))
        t = keras.ops.cast(self.iterations + 1, variable.dtype)
        v_hat = v / (1 - keras.ops.power(self.beta_1, t))
        s_hat = s / (1 - keras.ops.power(self.beta_2, t))
        variable.assign_sub(learning_rate * v_hat / (keras.ops.sqrt(s_hat) + self.epsilon))
        ### END SOLUTION

    def get_config(self):
        """The settings of every optimizer, and beta_1, beta_2 and epsilon."""
        ### BEGIN SOLUTION
        own = {"beta_1": self.beta_1, "beta_2": self.beta_2, "epsilon": self.epsilon}
        return {**super().get_config(), **own}
        ### END SOLUTION


# %%
lesson.check("Adam")

# %% [markdown]
# Beside Keras's own, twenty steps with the same random gradients. (Keras keeps $\varepsilon$ out of
# the correction of $s$; with gradients of ordinary size nobody can tell.)

# %%
rng = np.random.default_rng(0)
gradients = rng.normal(size=(20, 3)).astype("float32")
mine, theirs = (keras.Variable(np.zeros(3), dtype="float32") for _ in range(2))
for variable, optimizer in ((mine, Adam(0.1)), (theirs, keras.optimizers.Adam(0.1))):
    for gradient in gradients:
        optimizer.apply([tf.constant(gradient)], [variable])
print("yours ", mine.numpy())
print("Keras ", theirs.numpy(), "  largest difference", np.abs(mine.numpy() - theirs.numpy()).max())

# %% [markdown]
# And in your own loop: `optimizer.apply` takes gradients and variables in the same order.


# %%
def adam_step(optimizer):
    """A step for `train` out of a Keras optimizer."""

    def step(parameters, grads):
        optimizer.apply([grads["d" + name] for name in parameters], list(parameters.values()))

    return step


parameters = initialize_parameters([64, 25, 12, 10], seed=1)
costs["your Adam, α = 0.003"] = train(parameters, adam_step(Adam(0.003)), epochs)
print(f"{accuracy(parameters):.1%} of the test digits right")
_ = plotting.compare_costs(costs)

# %% [markdown]
# The cost of an epoch is an average over the batches as they were seen, while the network was moving.
#
# ## 8 · What Keras would have done for you
#
# The same network, the same optimizer, and the loop is called `fit`. You know now what is in it: a
# shuffle, batches, a tape, a compiled step, an optimizer with its variables.

# %%
keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((64,)),
        keras.layers.Dense(25, "relu"),
        keras.layers.Dense(12, "relu"),
        keras.layers.Dense(10),
    ]
)
loss = keras.losses.CategoricalCrossentropy(from_logits=True)
model.compile(optimizer=Adam(0.003), loss=loss)
dataset = make_dataset(digits.train_images, digits.train_labels, 32, seed=0)
history = model.fit(dataset, epochs=epochs, shuffle=False, verbose=0).history["loss"]
found = model.predict(tf.transpose(test_X), verbose=0).argmax(axis=1)
print(f"cost {history[0]:.3f} → {history[-1]:.3f}, "
      f"{np.mean(found == digits.test_labels):.1%} of the test digits right")  # fmt: skip

# %% [markdown]
# Write loops of your own when the training is not of this form: two networks that play against each
# other, a loss that depends on gradients, an image that is trained in place of weights. The course
# has all of these later. Otherwise, take `fit`.
#
# ## What to try next
#
# - Minimise $w^4 - 3 w^2 + w$ from $-2$ and from $2$. Why do the two paths end in different places?
# - Leave out both `tf.transpose` in `compute_total_loss`, and watch cost and accuracy of section 6.
# - In `make_dataset`, shuffle after batching, with digits sorted by their labels. What does the cost
#   of an epoch do now?
# - Take away `tf.function` from `quick_gradients`. How much longer does an epoch take? And why is it
#   traced twice in the first epoch, and never again?
# - Give your Adam a schedule, `Adam(keras.optimizers.schedules.CosineDecay(0.01, 800))`.
# - Write Nesterov's momentum as a Keras optimizer.

# %% quiz
