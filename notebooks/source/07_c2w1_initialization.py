# %% [markdown]
# # Initialization and normalisation: a good start for inputs and weights
#
# Gradient descent goes downhill from where it starts. Some starts have no way down at all, some
# are so flat that nothing moves, some so steep that the first step ends in the desert. All of that
# is decided before the first step, and a few lines of code decide it well.
#
# **You will**
#
# - normalise inputs with what the training set teaches, and apply it to the test set;
# - see why all-zero weights never learn, and much too large ones hardly;
# - measure how signals and gradients vanish or explode on their way through a deep network;
# - derive and write the initializers of Glorot (Xavier) and He, normal and uniform;
# - train one network on real digits from five different starts.

# %% setup

# %%
import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · Inputs of one size
#
# In the data of notebook 03, the mean area of a cell nucleus is near 650, its smoothness near 0.1.
# A weight for the area then has to be tiny, one for the smoothness huge: the valley of the cost is
# a canyon, hundreds of times as long as wide. A learning rate that does not jump across it takes
# for ever along it.
#
# So shift and scale every feature $x$, to the mean 0 and the standard deviation 1:
#
# $$\mu = \frac1m \sum_{i=1}^m x^{(i)}, \qquad
# \sigma = \sqrt{\frac1m \sum_{i=1}^m \big(x^{(i)} - \mu\big)^2}, \qquad
# x \leftarrow \frac{x - \mu}{\sigma}$$
#
# Two details that go wrong often:
#
# - **Divide by $\sigma$, not by $\sigma^2$.** (There are well-known slides with the square.) Check
#   it by the units: $x - \mu$ is measured in, say, µm², and so is $\sigma$. The quotient has no
#   unit any more, as it should.
# - **$\mu$ and $\sigma$ come from the training set only**, and the same two are used for dev and
#   test set. Otherwise the network sees test examples that went through another transformation than
#   what it was trained on; and test data would have a say in the model.
#
# And a third one: a feature that never changes, such as a corner of an image that is always white,
# has $\sigma = 0$. Give it $\sigma = 1$; it becomes 0 everywhere, and not NaN. Testing
# `sigma == 0` is not quite enough: the mean of a hundred 0.1s is rounded, and their $\sigma$ is then
# $10^{-17}$. A feature is constant if its largest value is its smallest.


# %%
def fit_normalizer(X_train):
    """Mean and standard deviation of every feature.

    Args:
        X_train: training examples as columns, shape (n_x, m).

    Returns:
        mu: means, shape (n_x, 1);
        sigma: standard deviations, shape (n_x, 1), with 1 for a feature that never changes.
    """
    ### BEGIN SOLUTION
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    constant = np.max(X_train, axis=1, keepdims=True) == np.min(X_train, axis=1, keepdims=True)
    return mu, np.where(constant, 1.0, sigma)
    ### END SOLUTION


# %%
lesson.check("fit_normalizer")


# %%
def normalize(X, mu, sigma):
    """Any set of examples, shifted and scaled by what the training set taught.

    Args:
        X: examples as columns, shape (n_x, m); left as they are.
        mu: means of the training set, shape (n_x, 1).
        sigma: standard deviations of the training set, shape (n_x, 1).

    Returns:
        Array (n_x, m).
    """
    ### BEGIN SOLUTION
    return (X - mu) / sigma
    ### END SOLUTION


# %%
lesson.check("normalize")

# %% [markdown]
# Now the canyon. Two measurements of the tumours, radius and smoothness, shall predict the label
# with one linear neuron and the squared error. (`datasets.breast_cancer` has normalised them
# already; we undo that first.) On both sides gradient descent takes 60 steps with nearly the
# largest learning rate that does not diverge.

# %%
data = datasets.breast_cancer()
raw_train = data.train_x * data.std + data.mean
raw_test = data.test_x * data.std + data.mean
mu, sigma = fit_normalizer(raw_train)
train, test = normalize(raw_train, mu, sigma), normalize(raw_test, mu, sigma)
for name, X in {"training": train, "test": test}.items():
    print(f"{name}: means {X.mean(axis=1)[:3].round(3)}, deviations {X.std(axis=1)[:3].round(3)}")


# %%
def valley(X, Y, reach):
    """Cost of a linear neuron around its best weights, and a descent to them."""
    target = Y - Y.mean()
    curvature = X @ X.T / X.shape[1]
    best = np.linalg.solve(curvature, X @ target.T / X.shape[1])
    rate = 1.8 / np.linalg.eigvalsh(curvature)[-1]
    w = best + np.array(reach)[:, np.newaxis] * [[0.45], [0.8]]
    path = [w.ravel()]
    for _ in range(60):
        w = w - rate * curvature @ (w - best)
        path.append(w.ravel())
    w1, w2 = (b + r * np.linspace(-1.1, 1.1, 121) for b, r in zip(best.ravel(), reach, strict=True))
    d1, d2 = np.meshgrid(w1 - best[0], w2 - best[1])
    rise = curvature[0, 0] * d1**2 + 2 * curvature[0, 1] * d1 * d2 + curvature[1, 1] * d2**2
    slopes = np.linalg.eigvalsh(curvature)
    print(f"steepest curvature / flattest: {slopes[-1] / slopes[0]:,.1f}")
    return w1, w2, rise / 2, path


pair = [0, 4]  # mean radius and mean smoothness
_ = plotting.cost_valleys(
    {
        "raw": valley(raw_train[pair], data.train_y, (0.08, 5.0)),
        "normalised": valley(train[pair], data.train_y, (1.0, 1.0)),
    }
)

# %% [markdown]
# On the left the descent bounces between the walls of a canyon and hardly moves along it ($w_2$
# stays where it was). On the right it is there after a few steps. The ratio of the largest to the
# smallest curvature is the *condition number*; its root says how many times as long as wide the
# valley is: 577 times on the left.
#
# The test set does not have exactly mean 0 and deviation 1, and that is right: it went through the
# transformation of the training set.
#
# ## 2 · All zeros: nothing breaks the symmetry
#
# From here on: the weights. A deep network has a matrix $W^{[l]}$ of shape $(n^{[l]}, n^{[l-1]})$
# and a column $b^{[l]}$ of shape $(n^{[l]}, 1)$ for each layer $l = 1, \dots, L$. The simplest
# start is zero for all of them.


# %%
def initialize_parameters_zeros(layers_dims):
    """Every parameter zero.

    Args:
        layers_dims: sizes [n0, n1, …, nL], the inputs first.

    Returns:
        Dictionary with "W1" (n1, n0), "b1" (n1, 1), …, "WL" (nL, nL-1), "bL" (nL, 1): floats.
    """
    ### BEGIN SOLUTION
    parameters = {}
    for layer in range(1, len(layers_dims)):
        parameters[f"W{layer}"] = np.zeros((layers_dims[layer], layers_dims[layer - 1]))
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters
    ### END SOLUTION


# %%
lesson.check("initialize_parameters_zeros")

# %% [markdown]
# With these, every unit of a layer computes the same, gets the same gradient, and stays the twin
# of its neighbours for ever: a layer of 40 units is worth one. With ReLU it is worse: every hidden
# activation is 0, so every gradient of a weight is 0, and only the last bias ever moves.
#
# ## 3 · Random, but how large?
#
# Random weights break the symmetry (the biases may stay 0). The next idea is one spread for all
# layers. We take a deliberately bad one as the default, and keep it adjustable.


# %%
def initialize_parameters_random(layers_dims, rng, scale=10.0):
    """Normal weights with one standard deviation for all layers; zero biases.

    Args:
        layers_dims: sizes [n0, n1, …, nL], the inputs first.
        rng: numpy.random.Generator, from which all weights are drawn.
        scale: standard deviation of the weights.

    Returns:
        Dictionary with the keys and shapes of `initialize_parameters_zeros`.
    """
    ### BEGIN SOLUTION
    parameters = initialize_parameters_zeros(layers_dims)
    for layer in range(1, len(layers_dims)):
        shape = parameters[f"W{layer}"].shape
        parameters[f"W{layer}"] = scale * rng.standard_normal(shape)
    return parameters
    ### END SOLUTION


# %%
lesson.check("initialize_parameters_random")

# %% [markdown]
# ## 4 · Measure it: vanishing and exploding signals
#
# Each layer multiplies. Take the simplest deep network: linear, and each $W^{[l]}$ is a number
# times the identity. After 50 layers the signal has been multiplied by that number to the power of
# 50:
#
# $$1.5^{50} = 6.4 \cdot 10^{8} \qquad\qquad 0.5^{50} = 8.9 \cdot 10^{-16}$$
#
# A factor that is a little off, to the power of the depth, is far off. So measure: go through the
# layers without biases, $A^{[0]} = X$, $A^{[l]} = g(W^{[l]} A^{[l-1]})$, and write down the size
# of each, the *root mean square* $\sqrt{\text{mean of } a^2}$ over all units and examples.
#
# These two functions are given:


# %%
def activate(Z, activation):
    """g(Z) for the activation "linear", "relu", "tanh" or "sigmoid"."""
    if activation == "relu":
        return np.maximum(0, Z)
    if activation == "tanh":
        return np.tanh(Z)
    if activation == "sigmoid":
        return 0.5 * (1 + np.tanh(Z / 2))
    return Z


def slope(A, activation):
    """The derivative g'(Z), from the value A = g(Z) that the activation has there."""
    if activation == "relu":
        return (A > 0) * 1.0
    if activation == "tanh":
        return 1 - A**2
    if activation == "sigmoid":
        return A * (1 - A)
    return np.ones_like(A)


# %%
def signal_sizes(X, weights, activation):
    """Root mean square of the activations of every layer, the input included.

    Args:
        X: examples as columns, shape (n_x, m).
        weights: list of W1, …, WL; there are no biases.
        activation: name of the activation of all layers, for `activate`.

    Returns:
        Array (L + 1,): the sizes of A0 = X, A1, …, AL.
    """
    ### BEGIN SOLUTION
    A, sizes = X, [np.sqrt(np.mean(X**2))]
    for W in weights:
        A = activate(W @ A, activation)
        sizes.append(np.sqrt(np.mean(A**2)))
    return np.array(sizes)
    ### END SOLUTION


# %%
lesson.check("signal_sizes")

# %%
one = np.ones((2, 1))
_ = plotting.sizes_by_layer(
    {
        f"every layer times {factor}": signal_sizes(one, [factor * np.eye(2)] * 50, "linear")
        for factor in (1.5, 1.1, 1.0, 0.9, 0.5)
    },
    "size of the activations",
)

# %% [markdown]
# A random matrix is not a number, but on average it acts like one. A unit adds up
# $n^{[l-1]}$ = **fan_in** products, $z = \sum_j w_j a_j$. If weights are independent with the
# mean 0, the variances add:
#
# $$\operatorname{var}(z) = \text{fan\_in} \cdot \operatorname{var}(w) \cdot E[a^2]$$
#
# With 100 inputs and $\operatorname{var}(w) = 1$, each layer multiplies the signal by
# $\sqrt{100} = 10$. With a standard deviation of 0.01 it multiplies by 0.1. What is wanted is the
# factor 1, that is $\operatorname{var}(w) = 1/\text{fan\_in}$.
#
# ## 5 · The rules that people use
#
# **Uniform by fan-in.** For a long time the custom was even draws from $\pm 1/\sqrt{\text{fan\_in}}$.
# The root is right, but an even distribution on $\pm c$ has the variance $c^2/3$. So this is
# $1/(3\,\text{fan\_in})$, a third of what is needed: signals shrink by $\sqrt{1/3} = 0.58$ per
# layer.
#
# The shape $(n, n_{\text{prev}})$ of $W$ says it all: $n_\text{prev}$ is fan_in, the number of
# inputs of a unit, and $n$ is fan_out, the number of units that an input reaches.


# %%
def uniform_by_fan_in(shape, rng):
    """Even draws from ±1/√fan_in.

    Args:
        shape: shape (n, n_prev) of the weights.
        rng: numpy.random.Generator.

    Returns:
        Array of that shape.
    """
    ### BEGIN SOLUTION
    limit = 1 / np.sqrt(shape[1])
    return rng.uniform(-limit, limit, shape)
    ### END SOLUTION


# %%
lesson.check("uniform_by_fan_in")

# %% [markdown]
# **Glorot** (Xavier is the first name). Going back, the gradient is multiplied by $W^T$, whose rows
# have fan_out entries. To keep gradients, $\operatorname{var}(w)$ should be $1/\text{fan\_out}$; to
# keep signals, $1/\text{fan\_in}$. Both cannot be had, so take one over the mean of the two:
#
# $$\operatorname{var}(w) = \frac{2}{\text{fan\_in} + \text{fan\_out}}$$
#
# This is made for activations that are like the identity near 0: tanh above all.


# %%
def glorot_normal(shape, rng):
    """Normal draws with the mean 0 and the variance 2/(fan_in + fan_out).

    Args:
        shape: shape (n, n_prev) of the weights.
        rng: numpy.random.Generator.

    Returns:
        Array of that shape.
    """
    ### BEGIN SOLUTION
    return np.sqrt(2 / (shape[0] + shape[1])) * rng.standard_normal(shape)
    ### END SOLUTION


# %%
lesson.check("glorot_normal")

# %% [markdown]
# The same variance from even draws on $\pm c$: solve $c^2/3 = 2/(\text{fan\_in} + \text{fan\_out})$
# for $c$. This is what Keras takes for a `Dense` layer if you say nothing.
#
# $$c = \sqrt{\frac{6}{\text{fan\_in} + \text{fan\_out}}}$$


# %%
def glorot_uniform(shape, rng):
    """Even draws from ±c with the variance 2/(fan_in + fan_out).

    Args:
        shape: shape (n, n_prev) of the weights.
        rng: numpy.random.Generator.

    Returns:
        Array of that shape.
    """
    ### BEGIN SOLUTION
    c = np.sqrt(6 / (shape[0] + shape[1]))
    return rng.uniform(-c, c, shape)
    ### END SOLUTION


# %%
lesson.check("glorot_uniform")

# %% [markdown]
# **He.** ReLU sets half of the $z$ to zero, so $E[a^2] = \frac12 \operatorname{var}(z)$: half of the
# signal is lost in every layer. Put the 2 back:
#
# $$\operatorname{var}(w) = \frac{2}{\text{fan\_in}}$$
#
# This one for the whole network, since it is the one that we will train with.


# %%
def initialize_parameters_he(layers_dims, rng):
    """Normal weights with the variance 2/n[l-1]; zero biases.

    Args:
        layers_dims: sizes [n0, n1, …, nL], the inputs first.
        rng: numpy.random.Generator.

    Returns:
        Dictionary with the keys and shapes of `initialize_parameters_zeros`.
    """
    ### BEGIN SOLUTION
    parameters = initialize_parameters_zeros(layers_dims)
    for layer in range(1, len(layers_dims)):
        n, n_prev = parameters[f"W{layer}"].shape
        parameters[f"W{layer}"] = np.sqrt(2 / n_prev) * rng.standard_normal((n, n_prev))
    return parameters
    ### END SOLUTION


# %%
lesson.check("initialize_parameters_he")


# %%
def he_uniform(shape, rng):
    """Even draws from ±c with the variance 2/fan_in.

    Args:
        shape: shape (n, n_prev) of the weights.
        rng: numpy.random.Generator.

    Returns:
        Array of that shape.
    """
    ### BEGIN SOLUTION
    c = np.sqrt(6 / shape[1])
    return rng.uniform(-c, c, shape)
    ### END SOLUTION


# %%
lesson.check("he_uniform")

# %% [markdown]
# ## 6 · What the layers see
#
# Ten tanh layers of 100 units, fed with 500 examples of standard normal numbers. The histograms
# show how the activations of some layers are spread, from $-1$ to 1.


# %%
def draw(rule, depth=10, n=100, seed=1):
    """Weights of `depth` layers of n units by one rule."""
    rng = np.random.default_rng(seed)
    return [rule((n, n), rng) for _ in range(depth)]


def activations(X, weights, activation):
    """A1, …, AL."""
    layers = [X]
    for W in weights:
        layers.append(activate(W @ layers[-1], activation))
    return layers[1:]


def small(shape, rng):
    return 0.01 * rng.standard_normal(shape)


def large(shape, rng):
    return rng.standard_normal(shape)


def he_normal(shape, rng):
    return initialize_parameters_he([shape[1], shape[0]], rng)["W1"]


noise = np.random.default_rng(0).standard_normal((100, 500))
rules = {
    "0.01 · N(0, 1)": small,
    "1 · N(0, 1)": large,
    "±1/√fan_in": uniform_by_fan_in,
    "Glorot": glorot_normal,
    "He": he_normal,
}
layers = (1, 2, 3, 5, 10)
histograms = {}
for name, rule in rules.items():
    spread = activations(noise, draw(rule), "tanh")
    histograms[name] = {number: spread[number - 1] for number in layers}
_ = plotting.layer_histograms(histograms, reach=1)

# %% [markdown]
# - **0.01**: after three layers all activations are 0 to the eye. Nothing of the input arrives.
# - **1**: nearly all activations are $-1$ or 1. The units are saturated; there the slope of tanh is
#   0, and gradients die.
# - **±1/√fan_in**: shrinks by a steady factor.
# - **Glorot**: a healthy spread in each layer.
# - **He** on tanh: a bit more spread than needed; that 2 is for ReLU.
#
# And in thirty layers of ReLU, as sizes:

# %%
_ = plotting.sizes_by_layer(
    {
        name: signal_sizes(noise, draw(rule, depth=30), "relu")
        for name, rule in {**rules, "He uniform": he_uniform}.items()
    },
    "size of the activations (ReLU)",
)

# %% [markdown]
# Only He's two rules stay near 1. Glorot loses a factor $\sqrt{1/2}$ per layer, which is
# $3 \cdot 10^{-5}$ after thirty.
#
# ## 7 · The way back: vanishing gradients
#
# What the network learns from is the gradient, and it has to go the whole way back:
#
# $$dZ^{[l]} = dA^{[l]} \odot g'\big(Z^{[l]}\big), \qquad dA^{[l-1]} = {W^{[l]}}^T dZ^{[l]}$$
#
# Each layer multiplies by a slope and by weights. Measure this, too.


# %%
def gradient_sizes(X, weights, activation, dA_last):
    """Root mean square of the gradient with respect to the activations of every layer.

    Args:
        X: examples as columns, shape (n_x, m).
        weights: list of W1, …, WL; there are no biases.
        activation: name of the activation of all layers, for `activate` and `slope`.
        dA_last: gradient with respect to AL, shape (nL, m).

    Returns:
        Array (L + 1,): the sizes of dA0 (the gradient with respect to X), dA1, …, dAL = dA_last.
    """
    ### BEGIN SOLUTION
    layers = [X]
    for W in weights:
        layers.append(activate(W @ layers[-1], activation))
    dA, sizes = dA_last, [np.sqrt(np.mean(dA_last**2))]
    for W, A in zip(weights[::-1], layers[:0:-1], strict=True):
        dA = W.T @ (dA * slope(A, activation))
        sizes.append(np.sqrt(np.mean(dA**2)))
    return np.array(sizes[::-1])
    ### END SOLUTION


# %%
lesson.check("gradient_sizes")

# %%
error = np.random.default_rng(2).standard_normal((100, 500))
networks = {
    "sigmoid, Glorot": ("sigmoid", glorot_normal),
    "tanh, Glorot": ("tanh", glorot_normal),
    "tanh, 1 · N(0, 1)": ("tanh", large),
    "ReLU, Glorot": ("relu", glorot_normal),
    "ReLU, He": ("relu", he_normal),
}
_ = plotting.sizes_by_layer(
    {
        name: gradient_sizes(noise, draw(rule, depth=30), activation, error)
        for name, (activation, rule) in networks.items()
    },
    "size of the gradient dA",
)

# %% [markdown]
# Read it from right to left: the gradient enters at layer 30. The slope of the sigmoid is at most
# 0.25, so that each layer, with weights that just keep the size, takes at least three quarters of
# the gradient: after thirty layers $10^{-19}$ of it is left, and the first layers learn nothing. This is the **vanishing gradient**,
# which kept networks shallow for years. ReLU with He's weights keeps it.
#
# Large weights on tanh make two mistakes that partly cancel (tiny slopes, huge weights), and still
# **explode**. Against exploding gradients there is another remedy, clipping, later this week.
#
# In training, watch the norms of the gradients *per layer*: if those of the first layers are
# orders of magnitude below the last ones, the start (or the activation) is wrong.
#
# ## 8 · Five starts, one network
#
# Real data: is a handwritten digit odd? 64 pixels, two hidden layers of 40 ReLU units, one sigmoid
# unit. All runs share everything but the start. The inputs go through your normaliser; four pixels
# of the border are the same in all training images.


# %%
def forward(X, parameters):
    """Hidden activations (with the input in front), and z of the output."""
    L = len(parameters) // 2
    layers = [X]
    for k in range(1, L):
        layers.append(activate(parameters[f"W{k}"] @ layers[-1] + parameters[f"b{k}"], "relu"))
    return layers, parameters[f"W{L}"] @ layers[-1] + parameters[f"b{L}"]


def descent_step(X, Y, parameters, rate):
    """New parameters, the cost before the step, and the norm of every dW."""
    layers, z = forward(X, parameters)
    cost = np.mean(np.logaddexp(0, z) - Y * z)
    dZ = (activate(z, "sigmoid") - Y) / Y.size
    changed, norms = {}, {}
    for k in range(len(parameters) // 2, 0, -1):
        W, dW = parameters[f"W{k}"], dZ @ layers[k - 1].T
        norms[k] = np.linalg.norm(dW)
        changed[f"W{k}"] = W - rate * dW
        changed[f"b{k}"] = parameters[f"b{k}"] - rate * dZ.sum(axis=1, keepdims=True)
        dZ = (W.T @ dZ) * slope(layers[k - 1], "relu")
    return changed, cost, [norms[k] for k in sorted(norms)]


def train_from(parameters, X, Y, steps, rate=0.1):
    """Trained parameters, the cost of every step, and the norms of the first step."""
    costs, first = [], None
    for _ in range(steps):
        parameters, cost, norms = descent_step(X, Y, parameters, rate)
        first = first or norms
        costs.append(cost)
    return parameters, costs, first


# %%
digits = datasets.digits()
pixels, test_pixels = (
    images.reshape(len(images), 64).T for images in (digits.train_images, digits.test_images)
)
mu, sigma = fit_normalizer(pixels)
X_train, X_test = normalize(pixels, mu, sigma), normalize(test_pixels, mu, sigma)
Y_train, Y_test = (labels[np.newaxis] % 2 for labels in (digits.train_labels, digits.test_labels))

sizes = [64, 40, 40, 1]
starts = {
    "zeros": initialize_parameters_zeros(sizes),
    "10 · N(0, 1)": initialize_parameters_random(sizes, np.random.default_rng(1)),
    "1 · N(0, 1)": initialize_parameters_random(sizes, np.random.default_rng(1), 1.0),
    "0.01 · N(0, 1)": initialize_parameters_random(sizes, np.random.default_rng(1), 0.01),
    "He": initialize_parameters_he(sizes, np.random.default_rng(1)),
}
steps = 200 if dlcourse.scale() == "quick" else 1000
all_costs = {}
for name, start in starts.items():
    trained, all_costs[name], norms = train_from(start, X_train, Y_train, steps)
    right = [np.mean((forward(X, trained)[1] > 0) == Y) for X, Y in
             ((X_train, Y_train), (X_test, Y_test))]  # fmt: skip
    print(
        f"{name:15} first cost {all_costs[name][0]:10.3f}, last {all_costs[name][-1]:.3f};",
        f"training {right[0]:.1%}, test {right[1]:.1%};",
        "first ‖dW‖ per layer:", " ".join(f"{norm:.1e}" for norm in norms),
    )  # fmt: skip
_ = plotting.costs_by_start(all_costs)

# %% [markdown]
# - **Zeros**: the cost stays at $\log 2 = 0.693$, and all gradients of weights are exactly 0. It
#   guesses.
# - **10**: the first cost is above 30,000, for the network is utterly sure of wrong answers. The
#   first steps are so large that they push ReLU units below zero for every example: in the end
#   only 2 of the 40 units of the second layer are still alive. Dead units have no gradient, and the
#   cost ends on the plateau of the zeros. It guesses, too.
# - **1**: it gets through, and fits the training set. But it remembers where it started: large
#   random weights make a jagged function, and the test accuracy is well below He's.
# - **0.01**: on a plateau. The output is a product of three small matrices, and the gradients are
#   hundreds of times smaller than He's: 200 steps do not lead off it. (With two hidden layers more
#   time helps. With five, the gradients are so small that it does not.)
# - **He**: starts near $\log 2$, and learns at once.
#
# ## What to try next
#
# - Give the network five hidden layers instead of two. Which starts still learn?
# - Train from `glorot_normal` and `uniform_by_fan_in` weights. How many steps behind He are they?
# - Leave the normaliser out (use `pixels`), or divide by `sigma**2`. Which learning rate works then?
# - Compute `mu` and `sigma` of the test set from the test set. Does the test accuracy change? Why is
#   it a mistake nevertheless? (Think of a test set of one image.)
# - Start with zero weights and tanh instead of ReLU. Do the first weights ever move?
# - Initialize the *biases* at random with the scale 1. Does it hurt?
# - In section 7, which spread of the weights keeps the gradient of thirty sigmoid layers? What do
#   the activations look like then?
