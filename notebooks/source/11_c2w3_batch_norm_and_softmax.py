# %% [markdown]
# # Batch normalization and softmax
#
# In notebook 07 you normalized the inputs, and training went faster. But the inputs of the *second*
# layer are the outputs of the first, and nobody normalizes those. **Batch normalization** does, in
# every layer, during training. The other half of this notebook is the layer at the very end: a
# **softmax** chooses among many classes, as the sigmoid chooses between two.
#
# **You will**
#
# - write batch normalization forward, backward and for prediction, and melt it into a layer;
# - see why a bias before it is lost, and why prediction needs running averages;
# - write softmax, its loss and its gradient so that no score can overflow them;
# - prove that a softmax of two classes is logistic regression, and read ten digits with one layer;
# - write batch normalization and inverted dropout as Keras layers of your own;
# - train one network in four ways and see what each idea is good for.

# %% setup

# %%
import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · Normalize every layer
#
# **From here on examples are rows**, $(m, n)$, as in Keras: $Z = X W + b$, with a unit in each
# column. (The notebooks before had them as columns, as the formulas of the course do. Both are in
# use; the axis of a sum tells which one you read.)
#
# Batch normalization takes a unit's $m$ values in the mini-batch, subtracts their mean and divides
# by their standard deviation:
#
# $$\mu = \frac1m \sum_i z^{(i)}, \qquad \sigma^2 = \frac1m \sum_i (z^{(i)} - \mu)^2, \qquad
# z_{norm}^{(i)} = \frac{z^{(i)} - \mu}{\sqrt{\sigma^2 + \varepsilon}}, \qquad
# \tilde z^{(i)} = \gamma\, z_{norm}^{(i)} + \beta$$
#
# Mean 0 and variance 1 are not always best: a sigmoid would only use its straight middle. So each
# unit gets a scale $\gamma$ and a shift $\beta$ of its own, **which are learned** by gradient descent
# like all weights. With $\gamma = \sqrt{\sigma^2 + \varepsilon}$ and $\beta = \mu$ nothing would
# change at all: the network decides. What is new is that the mean and the spread of a layer now
# depend on two numbers per unit, and no longer on everything that the layers before it do.
# The small $\varepsilon$ is for units that never change.
#
# It sits between the linear part and the activation, on $z$ (there is a debate about this; the
# course and this notebook do it on $z$).


# %%
def batch_norm_forward(Z, gamma, beta, epsilon=1e-3):
    """Normalize every unit with its mean and variance in this batch, then scale and shift it.

    Args:
        Z: outputs of a layer before its activation, shape (m, n), examples as rows.
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        epsilon: added to the variance, under the root.

    Returns:
        out: shape (m, n);
        statistics: {"mean": …, "variance": …} of the batch, each (n,);
        cache: for the way back, the tuple (normal, gamma, scale) of the normalized values before
            gamma and beta, (m, n), of gamma, and of scale = 1 / root of (variance + epsilon), (n,).
    """
    ### BEGIN SOLUTION
    mean, variance = Z.mean(axis=0), Z.var(axis=0)
    scale = 1 / np.sqrt(variance + epsilon)
    normal = (Z - mean) * scale
    return gamma * normal + beta, {"mean": mean, "variance": variance}, (normal, gamma, scale)
    ### END SOLUTION


# %%
lesson.check("batch_norm_forward")

# %% [markdown]
# A network of five tanh layers, whose weights somebody has drawn five times too large. Without
# normalization every unit ends at −1 or 1, where tanh is flat and no gradient comes back (notebook
# 07). With it, the scale of the weights does not matter: a factor in $W$ is in $\sigma$ as well.


# %%
def tanh_activations(normalized, layers=5, units=50):
    """Activations of each layer of a network with too large weights."""
    rng = np.random.default_rng(0)
    A, activations = rng.normal(size=(200, units)), {}
    for layer in range(1, layers + 1):
        Z = A @ rng.normal(0, 5 / np.sqrt(units), (units, units))
        if normalized:
            Z = batch_norm_forward(Z, np.ones(units), np.zeros(units))[0]
        A = np.tanh(Z)
        activations[layer] = A
    return activations


# %%
_ = plotting.layer_histograms(
    {"as it is": tanh_activations(False), "normalized": tanh_activations(True)}, reach=1
)

# %% [markdown]
# ### The bias that vanishes
#
# Whatever a layer adds to a unit, the mean contains it too, and it is subtracted again:
# $(z + b) - (\mu + b) = z - \mu$. A bias before a batch normalization does nothing, and its gradient
# is 0. So it is left out (`use_bias=False` in Keras), and $\beta$ takes its place.

# %%
Z = np.random.default_rng(1).normal(size=(6, 3))
ones, zeros = np.ones(3), np.zeros(3)
for b in (0.0, 1.0, 1000.0):
    out = batch_norm_forward(Z + b, ones, zeros)[0]
    print(f"b = {b:6}: first row {out[0].round(6)}")

# %% [markdown]
# ## 2 · The way back
#
# One value $z^{(i)}$ reaches the cost on three ways: by its own output, by $\mu$, and by $\sigma^2$.
# The last two lead to *all* outputs of the unit. Put together and simplified, with
# $\text{scale} = 1/\sqrt{\sigma^2+\varepsilon}$:
#
# $$d\beta = \sum_i d\tilde z^{(i)}, \qquad d\gamma = \sum_i d\tilde z^{(i)} z_{norm}^{(i)}, \qquad
# dz^{(i)} = \gamma \cdot \text{scale} \cdot
# \left(d\tilde z^{(i)} - \frac{d\beta}{m} - z_{norm}^{(i)}\,\frac{d\gamma}{m}\right)$$
#
# Read the bracket as a sentence: from the gradient, its mean is taken away, and its part along the
# normalized values. Of course: moving the whole batch, or stretching it, changes nothing that comes
# out, so the cost cannot want it. That also is the gradient of the vanished bias: the sum of $dz$
# over the batch, exactly 0.


# %%
def batch_norm_backward(dout, cache):
    """Gradients of batch normalization, through the mean and the variance of the batch too.

    Args:
        dout: gradient of the cost with respect to out, shape (m, n).
        cache: (normal, gamma, scale) of batch_norm_forward.

    Returns:
        dZ: shape (m, n);
        dgamma: shape (n,), summed over the examples;
        dbeta: shape (n,), summed over the examples.
    """
    ### BEGIN SOLUTION
    normal, gamma, scale = cache
    m = len(dout)
    dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
    dZ = gamma * scale * (dout - dbeta / m - normal * dgamma / m)
    return dZ, dgamma, dbeta
    ### END SOLUTION


# %%
lesson.check("batch_norm_backward")

# %%
_, _, cache = batch_norm_forward(Z, ones, zeros)
dZ, _, _ = batch_norm_backward(np.random.default_rng(2).normal(size=(6, 3)), cache)
print("the gradient of a bias before it:", dZ.sum(axis=0).round(12) + 0.0)
print("stretching the batch            :", (dZ * (Z - Z.mean(axis=0))).sum(axis=0).round(2) + 0.0)

# %% [markdown]
# The second line is not quite 0 because of $\varepsilon$: a stretched batch gains a little on it.
#
# ## 3 · One example alone
#
# At prediction there may be a single example. It has no mean and no variance (or rather, it is its
# own mean, and only $\beta$ comes out). And even in a batch, the answer for one customer should not
# depend on who else asked at the same time. So training keeps **running averages** of $\mu$ and
# $\sigma^2$, the exponentially weighted averages of notebook 10:
#
# $$\mu_{run} \leftarrow \text{momentum} \cdot \mu_{run} + (1 - \text{momentum})\, \mu, \qquad
# \sigma^2_{run} \leftarrow \text{momentum} \cdot \sigma^2_{run} + (1 - \text{momentum})\, \sigma^2$$
#
# They begin at 0 and 1. (This *momentum* is just the name of the share that is kept. PyTorch calls
# the other share so: its 0.1 is our 0.9.)


# %%
def update_running(running, statistics, momentum=0.99):
    """Move the running statistics towards those of a batch.

    Args:
        running: dictionary "mean", "variance", each (n,); left as it is.
        statistics: those of the batch, as batch_norm_forward gives them.
        momentum: share of the old that is kept.

    Returns:
        New dictionary "mean", "variance".
    """
    ### BEGIN SOLUTION
    return {name: momentum * running[name] + (1 - momentum) * statistics[name] for name in running}
    ### END SOLUTION


# %%
lesson.check("update_running")


# %%
def batch_norm_inference(Z, gamma, beta, running, epsilon=1e-3):
    """Normalize with the running statistics, each example by itself.

    Args:
        Z: outputs of a layer before its activation, shape (m, n).
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        running: dictionary "mean", "variance", each (n,).
        epsilon: as in training.

    Returns:
        Array (m, n).
    """
    ### BEGIN SOLUTION
    return gamma * (Z - running["mean"]) / np.sqrt(running["variance"] + epsilon) + beta
    ### END SOLUTION


# %%
lesson.check("batch_norm_inference")

# %% [markdown]
# The averages need time. Batches of 32 values with the true mean 5 and the true variance 4; the
# running mean after each batch, for three momenta:

# %%
rng = np.random.default_rng(0)
batches = [rng.normal(5, 2, size=(32, 1)) for _ in range(300)]
means = {}
for momentum in (0.5, 0.9, 0.99):
    running, means[f"momentum {momentum}"] = {"mean": np.zeros(1), "variance": np.ones(1)}, []
    for batch in batches:
        statistics = batch_norm_forward(batch, np.ones(1), np.zeros(1))[1]
        running = update_running(running, statistics, momentum)
        means[f"momentum {momentum}"].append(running["mean"].item())
_ = plotting.smoothed_curves(
    [batch.mean() for batch in batches], means, labels=("batch", "running mean")
)

# %% [markdown]
# Keras's 0.99 still has $0.99^{100} = 37\,\%$ of the start in it after 100 batches. With little data
# that is too slow, and it shows as a strange curve: excellent on the training batches, poor on the
# dev set, for the first few epochs. You will see it in section 7.
#
# ### No cost at prediction
#
# With running statistics, all that is left of the normalization is a factor and a shift for each
# unit. The linear layer before it consists of nothing else, so it can do both itself: find the $W'$
# and $b'$ with $X W' + b' = $ the normalized $X W$. Phones run their networks like this.


# %%
def fold_batch_norm(W, gamma, beta, running, epsilon=1e-3):
    """One linear layer in place of a layer without bias and its normalization.

    Args:
        W: weights of the layer, shape (n_in, n); its outputs are X @ W.
        gamma: scales, shape (n,).
        beta: shifts, shape (n,).
        running: dictionary "mean", "variance", each (n,).
        epsilon: as in training.

    Returns:
        W: shape (n_in, n);
        b: shape (n,).
    """
    ### BEGIN SOLUTION
    scale = gamma / np.sqrt(running["variance"] + epsilon)
    return W * scale, beta - running["mean"] * scale
    ### END SOLUTION


# %%
lesson.check("fold_batch_norm")

# %% [markdown]
# ### What it helps, and what it is not
#
# - **Covariate shift.** If only black cats were shown in training, coloured ones come from another
#   distribution: the inputs have shifted. A hidden layer lives with such shifts all the time, since
#   the layers before it change at each step. Normalized, its inputs may change, but their mean and
#   spread stay put. (That was the reason given in 2015. Later experiments suggest that a smoother
#   cost is the better half of the story. That it speeds up training is not in doubt.)
# - **It regularizes a little, as a side effect.** The statistics of a batch are noisy, so the same
#   example comes out differently in every batch. Below, an example of value 1 among random others.
#   Larger batches, less noise: that alone is a reason not to rely on it as a regularizer.

# %%
for m in (8, 32, 128, 512):
    others = np.random.default_rng(0).normal(size=(400, m - 1, 1))
    outs = [batch_norm_forward(np.vstack([[[1.0]], batch]), ones[:1], zeros[:1])[0][0, 0]
            for batch in others]  # fmt: skip
    print(f"batches of {m:3}: it becomes {np.mean(outs):.2f} ± {np.std(outs):.2f}")

# %% [markdown]
# ## 4 · Softmax: one of many
#
# Which of $C$ classes is it? The last layer gives a score $z_j$ for each, any number. **Softmax**
# turns the scores of an example into probabilities: make them positive, then divide by their sum.
#
# $$\hat y_j = \frac{e^{z_j}}{\sum_{k=1}^{C} e^{z_k}}$$
#
# For the scores 5, 2, −1, 3 the powers are 148.4, 7.4, 0.4, 20.1, their sum is 176.3, and so
#
# $$z = [5, 2, -1, 3] \;\longrightarrow\; \hat y = [0.842,\; 0.042,\; 0.002,\; 0.114]$$
#
# *Soft* in contrast to *hardmax*, which would give $[1, 0, 0, 0]$: no doubts, and no slope to learn
# from.
#
# **Large scores** overflow: $e^{1000}$ is more than any float can hold. But the same number
# subtracted from all scores cancels in the fraction. Subtract the largest of the row, and no power is
# above 1, while the sum is at least 1.


# %%
def softmax(Z):
    """Probabilities of the classes, for each row by itself.

    Args:
        Z: scores, shape (m, C), of any size.

    Returns:
        Array (m, C); every row sums to 1.
    """
    ### BEGIN SOLUTION
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %%
lesson.check("softmax")

# %%
for scores in ([5, 2, -1, 3], [5.5, 2, -1, 3], [1005, 1002, 999, 1003], [10, 4, -2, 6]):
    print(f"{str(scores):25} → {softmax(np.array([scores], dtype=float))[0].round(3)}")

# %% [markdown]
# Adding 1000 to all scores changes nothing, doubling all of them does: large scores are sure ones.
#
# ### The loss
#
# The label is a *one-hot* row: 1 at the true class, 0 elsewhere. The **cross-entropy** picks minus
# the logarithm of the probability that the true class got:
#
# $$\mathcal L(\hat y, y) = -\sum_{j} y_j \log \hat y_j = -\log \hat y_{true}, \qquad
# y = [0, 1, 0, 0],\; \hat y = [0.3, 0.2, 0.1, 0.4] \;\Rightarrow\; -\log 0.2 = 1.609$$
#
# To be certain and right costs 0, to be certain and wrong costs without limit. It is the likelihood
# of notebook 03 again. A network that knows nothing gives every one of ten classes 0.1, which costs
# $\log 10 = 2.303$: if your first loss is far above it, something is wrong.


# %%
def cross_entropy(Y_hat, Y):
    """Loss of every example.

    Args:
        Y_hat: probabilities, shape (m, C), above 0.
        Y: one-hot rows, shape (m, C).

    Returns:
        Array (m,), one loss for each example.
    """
    ### BEGIN SOLUTION
    return -np.sum(Y * np.log(Y_hat), axis=1)
    ### END SOLUTION


# %%
lesson.check("cross_entropy")

# %% [markdown]
# ### Both in one
#
# A hopeless class can get a probability that rounds to 0, whose logarithm is $-\infty$. On paper exp
# and log cancel:
#
# $$\log \hat y_j = z_j - \max_k z_k - \log \sum_k e^{z_k - \max z}$$
#
# which is finite for all finite scores. And the slope of the loss with respect to the *scores*
# becomes as simple as for the sigmoid:
#
# $$\frac{\partial \mathcal L}{\partial z_j} = \hat y_j - y_j$$
#
# Frameworks do the same when you let the last layer without activation and say `from_logits=True`.


# %%
def softmax_cross_entropy(Z, Y):
    """Cost and gradient of softmax and cross-entropy together, straight from the scores.

    Args:
        Z: scores, shape (m, C), of any size.
        Y: one-hot rows, shape (m, C).

    Returns:
        cost: mean of the losses, a number;
        dZ: gradient of the cost with respect to Z, shape (m, C).
    """
    ### BEGIN SOLUTION
    shifted = Z - Z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    m = len(Z)
    return -np.sum(Y * logs) / m, (np.exp(logs) - Y) / m
    ### END SOLUTION


# %%
lesson.check("softmax_cross_entropy")

# %% [markdown]
# ### Two classes
#
# What does softmax do with $C = 2$? Divide numerator and denominator by $e^{z_1}$:
#
# $$\hat y_1 = \frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \frac{1}{1 + e^{-(z_1 - z_0)}}
# = \sigma(z_1 - z_0)$$
#
# It is logistic regression, of the *difference* of the scores. The second set of weights is
# superfluous. Which single neuron says the same?


# %%
def two_classes(W, b):
    """The neuron whose sigmoid is the probability that softmax gives to class 1.

    Args:
        W: weights of the two scores, shape (n_x, 2); the scores are X @ W + b.
        b: biases of the two scores, shape (2,).

    Returns:
        w: shape (n_x, 1);
        b: a number.
    """
    ### BEGIN SOLUTION
    return W[:, 1:] - W[:, :1], b[1] - b[0]
    ### END SOLUTION


# %%
lesson.check("two_classes")

# %% [markdown]
# ## 5 · Ten digits, one layer
#
# Softmax regression: no hidden layer, 64 pixels to 10 scores, 300 steps with your gradient.

# %%
digits = datasets.digits()
X, test_X = (images.reshape(len(images), -1) / 16 for images in digits[::2])
Y = np.eye(10)[digits.train_labels]
W, b, costs = np.zeros((64, 10)), np.zeros(10), []
for _ in range(300):
    cost, dZ = softmax_cross_entropy(X @ W + b, Y)
    W, b = W - 0.5 * X.T @ dZ, b - 0.5 * dZ.sum(axis=0)
    costs.append(cost)
right = np.mean((test_X @ W + b).argmax(axis=1) == digits.test_labels)
print(f"cost {costs[0]:.3f} → {costs[-1]:.3f}, {right:.1%} of the test digits right")
_ = plotting.first_layer_weights(W.T, (8, 8))

# %% [markdown]
# Unit 1 scores the digit 0, unit 10 the digit 9: orange pixels speak for it, purple ones against it.
# For a 0 it is most important that the middle is empty. Between two classes the border is where two scores are equal, a
# plane: softmax regression is as linear as its little brother.
#
# ## 6 · A Keras layer of your own
#
# Now both ideas of regularizing layers as a **Keras layer**, which can be used in any model, trained
# with `fit`, saved and loaded. A layer is a class with four methods:
#
# - `__init__` remembers the settings (and passes `**kwargs`, such as a name, on);
# - `build` makes the weights, as soon as the shape of the inputs is known: `self.add_weight(shape=…,
#   initializer="ones", name=…)`, with `trainable=False` for what gradient descent must not touch;
# - `call` computes, **with functions of `keras.ops`** and not of NumPy: only these have gradients, and
#   work inside a compiled model. `training` says what the layer is used for;
# - `get_config` returns the settings, so that a saved model can be built again.

# %%
import keras


# %%
class BatchNormalization(keras.layers.Layer):
    """Batch normalization of inputs (m, n), with running averages for prediction.

    Its weights are gamma and beta, which learn, and moving_mean and moving_variance, which do not;
    each has the shape (n,). gamma and moving_variance begin with ones, the others with zeros.

    Args:
        momentum: share of the running averages that is kept at each step.
        epsilon: added to the variance, under the root.
        **kwargs: what every Keras layer takes.
    """

    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        """Remember the settings."""
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        """Make gamma, beta, moving_mean and moving_variance.

        Args:
            input_shape: (None, n).
        """
        ### BEGIN SOLUTION
        n = (input_shape[-1],)
        self.gamma = self.add_weight(shape=n, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=n, initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(
            shape=n, initializer="zeros", trainable=False, name="moving_mean"
        )
        self.moving_variance = self.add_weight(
            shape=n, initializer="ones", trainable=False, name="moving_variance"
        )
        ### END SOLUTION

    def call(self, inputs, training=False):
        """Normalize with the batch and move the averages in training, else with the averages.

        Args:
            inputs: tensor (m, n). `keras.ops.moments(inputs, axes=[0])` gives mean and variance,
                and `self.moving_mean.assign(…)` changes a weight.
            training: whether the layer is being trained.

        Returns:
            Tensor (m, n).
        """
        ### BEGIN SOLUTION
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean, variance = keras.ops.moments(inputs, axes=[0])
            for average, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
                average.assign(self.momentum * average + (1 - self.momentum) * value)
        normal = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * normal + self.beta
        ### END SOLUTION

    def get_config(self):
        """The settings of every layer, and momentum and epsilon."""
        ### BEGIN SOLUTION
        own = {"momentum": self.momentum, "epsilon": self.epsilon}
        return {**super().get_config(), **own}
        ### END SOLUTION


# %%
lesson.check("BatchNormalization")

# %% [markdown]
# **Inverted dropout** you know from notebook 08, with `keep_prob`. Keras counts the other way: `rate`
# is the share that *falls*. In training each unit is zeroed with that probability, and those that
# stay are divided by $1 - \text{rate}$; prediction leaves everything as it is.
#
# Random numbers need some care. `keras.random.uniform(shape, seed=3)` draws the same numbers at every
# call. A `keras.random.SeedGenerator(3)` in its place moves on with every draw, also within compiled
# models.


# %%
class InvertedDropout(keras.layers.Layer):
    """In training, zero each unit with probability `rate` and divide the others by 1 - rate.

    Args:
        rate: probability that a unit falls, from 0 up to but not including 1.
        seed: whole number that makes the draws repeatable, or None.
        **kwargs: what every Keras layer takes.
    """

    def __init__(self, rate, seed=None, **kwargs):
        """Remember the settings, and make a generator that moves on with every draw."""
        super().__init__(**kwargs)
        self.rate = rate
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs, training=False):
        """Drop and rescale in training only.

        Args:
            inputs: tensor of any shape; `keras.ops.shape(inputs)` gives it also where the size of
                the batch is not known yet. `keras.ops.where(condition, a, b)` chooses.
            training: whether the layer is being trained.

        Returns:
            Tensor of the shape of inputs.
        """
        ### BEGIN SOLUTION
        if not training:
            return inputs
        numbers = keras.random.uniform(keras.ops.shape(inputs), seed=self.seed_generator)
        return keras.ops.where(numbers >= self.rate, inputs / (1 - self.rate), 0)
        ### END SOLUTION

    def get_config(self):
        """The settings of every layer, and rate and seed."""
        ### BEGIN SOLUTION
        return {**super().get_config(), "rate": self.rate, "seed": self.seed}
        ### END SOLUTION


# %%
lesson.check("InvertedDropout")

# %% [markdown]
# Your layer beside your NumPy functions and beside Keras's own layer, on one batch, twice:

# %%
batch = np.random.default_rng(3).normal(4, 3, size=(8, 2)).astype("float32")
running = {"mean": np.zeros(2), "variance": np.ones(2)}
pair = BatchNormalization(momentum=0.9), keras.layers.BatchNormalization(momentum=0.9)
for _ in range(2):
    out, statistics, _ = batch_norm_forward(batch, np.ones(2), np.zeros(2))
    running = update_running(running, statistics, 0.9)
    print(
        "training:  ", [f"{np.abs(layer(batch, training=True) - out).max():.0e}" for layer in pair]
    )
out = batch_norm_inference(batch, np.ones(2), np.zeros(2), running)
print("prediction:", [f"{np.abs(layer(batch) - out).max():.0e}" for layer in pair])

# %% [markdown]
# ## 7 · One network, four ways
#
# The network is always 784 → 512 → 128 → 10. Each variant adds an idea to the one before:
#
# | variant | hidden block |
# |---|---|
# | `sigmoid` | Dense → sigmoid |
# | `relu` | Dense → ReLU |
# | `batch_norm` | Dense *without bias* → BatchNormalization → ReLU |
# | `dropout` | Dense without bias → BatchNormalization → ReLU → Dropout(0.5) |
#
# and after the two hidden blocks a Dense layer with softmax. Take Keras's own layers here. The
# number of parameters tells the bias's fate: $784 \cdot 512 + 512 + \dots = 468\,874$ in the first
# two. In the others $\beta$ replaces each hidden bias, and $\gamma$ and the two averages come on top:
# $3 \cdot (512 + 128)$ more, 470 794, of which 1280 do not learn.


# %%
def build_mnist_mlp(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
    """The network 784 → 512 → 128 → 10 in one of its four variants.

    Args:
        variant: "sigmoid", "relu", "batch_norm" or "dropout".
        input_shape: shape of one example; a Flatten layer makes a row of it.
        classes: number of classes.
        width: factor for 512 and 128; the hidden layers have int(512 * width) and int(128 * width)
            units.

    Returns:
        A keras.Model from (m, *input_shape) to probabilities (m, classes); not compiled.
    """
    ### BEGIN SOLUTION
    layers = keras.layers
    normalized = variant in ("batch_norm", "dropout")
    stack = [keras.Input(input_shape), layers.Flatten()]
    for units in (512, 128):
        stack.append(layers.Dense(int(units * width), use_bias=not normalized))
        if normalized:
            stack.append(layers.BatchNormalization())
        stack.append(layers.Activation("sigmoid" if variant == "sigmoid" else "relu"))
        if variant == "dropout":
            stack.append(layers.Dropout(0.5))
    return keras.Sequential([*stack, layers.Dense(classes, "softmax")])
    ### END SOLUTION


# %%
lesson.check("build_mnist_mlp")

# %% [markdown]
# The digits, enlarged to 28 × 28 pixels (MNIST itself at the full scale). Plain gradient descent with
# the rate 0.1 and batches of 32, the same for all.

# %%
data = datasets.load_mnist()
epochs = {"quick": 12, "full": 20}[dlcourse.scale()]
train = data.train_images.astype("float32") / 255, data.train_labels
dev = data.test_images.astype("float32") / 255, data.test_labels
networks, histories, weights = {}, {}, {}
for variant in ("sigmoid", "relu", "batch_norm", "dropout"):
    keras.utils.set_random_seed(0)
    model = build_mnist_mlp(variant)
    model.compile(
        keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    before = [layer.get_weights()[0] for layer in dense]
    fitted = model.fit(*train, batch_size=32, epochs=epochs, validation_data=dev, verbose=0)
    networks[variant], histories[variant] = model, fitted.history
    weights[variant] = list(zip(before, [layer.get_weights()[0] for layer in dense], strict=True))
    losses = fitted.history["loss"]
    print(f"{variant:10}  train loss after 3 epochs {losses[2]:.3f}, at the end {losses[-1]:.3f}, "
          f"dev accuracy {fitted.history['val_accuracy'][-1]:.1%}")  # fmt: skip

# %%
_ = plotting.compare_trainings(histories)

# %% [markdown]
# The scale is logarithmic. When the sigmoid network only begins to leave the cost of knowing nothing,
# $\log 10 = 2.3$, the others have nearly done: with saturating units little gradient arrives at the
# first layers. **ReLU is faster than sigmoid, and batch norm is faster than ReLU.** Three more things
# to see:
#
# - On the right, batch norm begins *above* ReLU. It is not worse: its running averages are still
#   on their way (section 3): after an epoch of 43 batches, 65 % of the start are still in them.
# - Dropout's training loss is measured *with* half of the units missing, so it looks worse than the
#   network is. On dev they all work.
# - All this is plain gradient descent. Adam has a rate of its own for every weight, which helps the
#   sigmoid most. The order stayed the same when we tried it here; in a smaller network, on 8 × 8
#   pixels, Adam made batch norm superfluous.
#
# What has become of the weights?

# %%
_ = plotting.weight_distributions(weights)

# %% [markdown]
# In every network the 400 000 weights of the first layer keep the spread that they began with: each
# moves a little, and what is learned lies in many small changes. The last layer tells the networks
# apart. Sigmoid units all hover about ½ and differ little from image to image, so the last layer needs
# large weights to make something of it. Normalized units have a spread of their own, and small
# weights are enough.
#
# ## 8 · What dropout is for
#
# On these 1347 clean digits dropout has next to nothing to do: the last two variants are about equally
# good on dev. It is a remedy against overfitting, so let us overfit: **300 images, and a fifth of all
# labels is drawn by lot**, in train and in dev alike. Who gets the random labels of the training set
# right has learned them by heart. The network has a quarter of the units, on 8 × 8 pixels.

# %%
rng = np.random.default_rng(0)
few = datasets.digits(300)
few_x, dev_x = (images.astype("float32") / 16 for images in few[::2])
few_y, dev_y = (
    np.where(rng.random(len(labels)) < 0.2, rng.integers(0, 10, len(labels)), labels)
    for labels in few[1::2]
)
curves = {}
for variant in ("batch_norm", "dropout"):
    keras.utils.set_random_seed(0)
    model = build_mnist_mlp(variant, (8, 8), width=1 / 4)
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    curves[variant] = [], []
    for _ in range(30):
        model.fit(few_x, few_y, batch_size=32, verbose=0)
        for curve, x, y in zip(curves[variant], (few_x, dev_x), (few_y, dev_y), strict=True):
            curve.append(model.evaluate(x, y, batch_size=len(x), verbose=0))
    train_loss, dev_loss = (curve[-1] for curve in curves[variant])
    wrong = np.mean(model.predict(dev_x, batch_size=len(dev_x), verbose=0).argmax(1) != few[3])
    print(f"{variant:10}  train {train_loss:.2f}, dev {dev_loss:.2f}, gap {dev_loss - train_loss:.2f};"
          f" wrong about the true labels of dev: {wrong:.1%}")  # fmt: skip

# %%
_ = plotting.train_dev_curves(np.arange(1, 31), curves)

# %% [markdown]
# A step of the picture is an epoch, and both losses are measured as in prediction, without dropping
# anything. **Dropout narrows the gap between train and dev.** On the left the network learns the
# random labels by heart, which is of no use on dev. On the right it is kept from it, because no unit
# can rely on another one, and it judges the true labels better. The price is slower training.
#
# It is no miracle. With the full width of 512 and 128 units, half of them are still enough to learn
# everything by heart: there we found gaps of the same size with and without dropout. In the setting
# above, the order is the same for every seed that we tried.
#
# ## What to try next
#
# - Train the four networks with `keras.optimizers.Adam(0.001)`. Which differences remain?
# - Replace `keras.layers.BatchNormalization()` by your own `BatchNormalization(momentum=0.9)`. What
#   happens to the dev loss of the first epochs?
# - Batches of 4, and of 400: which of the four networks mind?
# - A rate ten times as large: which variants survive it?
# - Fold the two normalizations of a trained network into its Dense layers with `fold_batch_norm`, and
#   compare the predictions.
# - Put the normalization *after* the ReLU. Is the debate worth it?
# - Divide the scores by a *temperature* before the softmax, 0.1 or 10. What happens to the
#   probabilities, and what to the winner?
