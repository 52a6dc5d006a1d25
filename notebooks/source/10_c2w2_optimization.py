# %% [markdown]
# # Optimization
#
# The gradient says which way is down, and nothing else: not how far, not what comes after the next
# bend. Plain gradient descent takes it at its word. This notebook builds, one idea at a time, what
# replaced it: smaller batches, averages that remember, a rate of its own for every number, and
# rates that fall. The sum of these ideas is Adam, which trains most networks today.
#
# **You will**
#
# - cut data into random mini-batches, and see what one example more or less does to a step;
# - write exponentially weighted averages with bias correction, the tool behind everything else;
# - write momentum, Nesterov, Adagrad, RMSprop, Adadelta and Adam, and compare each with Keras step
#   by step;
# - watch all of them run down a bowl, a saddle, a banana and a plateau;
# - train a network on handwritten digits with all of them, with your own functions;
# - let the learning rate fall in six ways.

# %% setup

# %%
import time

import numpy as np

from dlcourse import datasets, plotting
from dlcourse.scratch.races import RACES
from dlcourse.scratch.surfaces import SURFACES

# %% [markdown]
# ## 1 · One step
#
# The parameters of a network are a dictionary of arrays, `"W1"`, `"b1"`, `"W2"` and so on. Their
# gradients are another one, with the keys `"dW1"`, `"db1"`, … A step of gradient descent is
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha \, dW^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha \, db^{[l]}$$
#
# for every layer. All optimizers of this notebook have this form; they only put something better in
# the place of $dW$. And all of them return **new** dictionaries: what is passed in stays as it is,
# so that several optimizers can start from the same parameters.


# %%
def update_parameters_with_gd(parameters, grads, learning_rate):
    """One step of gradient descent.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        learning_rate: alpha.

    Returns:
        New dictionary with the keys of parameters.
    """
    ### BEGIN SOLUTION
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_gd")

# %% [markdown]
# ## 2 · Batches
#
# A gradient over all $m$ examples costs a pass over all of them. But a few dozen examples already
# know roughly which way is down, and a rough direction now is often worth more than an exact one
# later.
#
# | | examples per step | steps per epoch | |
# |---|---|---|---|
# | **batch** gradient descent | all $m$ | 1 | exact, slow for large $m$ |
# | **mini-batch** | 32, 64, … 512 | $\lceil m / \text{size} \rceil$ | rough, uses fast matrix products |
# | **stochastic** | 1 | $m$ | very rough, no matrix products |
#
# An **epoch** is one pass over the data. Two things matter when you cut it:
#
# - **Shuffle**, anew in every epoch, and shuffle $X$ and $Y$ *alike*. If the digits came sorted, a
#   batch of zeros would teach that everything is a zero.
# - **The last batch is short** where $m$ is not a multiple of the size. With $m = 1347$ and
#   batches of 64 there are 21 full ones and one of 3. Its cost is divided by 3, not by 64.


# %%
def random_mini_batches(X, Y, batch_size, rng):
    """Shuffle the examples, each with its label, and cut them into mini-batches.

    Args:
        X: examples as columns, shape (n_x, m).
        Y: labels as columns, shape (1, m), or (C, m) for one-hot columns.
        batch_size: examples per batch.
        rng: numpy.random.Generator that the order is drawn from.

    Returns:
        List of pairs (X_batch, Y_batch). All have batch_size columns but the last, which has those
        that are left (there is no empty one).
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    order = rng.permutation(m)
    batches = []
    for start in range(0, m, batch_size):
        chosen = order[start : start + batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches
    ### END SOLUTION


# %%
lesson.check("random_mini_batches")

# %% [markdown]
# What does a rough direction look like? One neuron with one weight $w$ and one bias $b$ judges
# tumours by a single measurement, their mean radius. Two parameters can be drawn. Each of the three
# descents sees the data four times, which is 4 steps of all examples, 56 steps of 32 examples or
# 1708 steps of one example.


# %%
def neuron_gradients(parameters, X, Y):
    """Gradients of logistic regression."""
    A = 1 / (1 + np.exp(-(parameters["W1"] @ X + parameters["b1"])))
    dZ = (A - Y) / X.shape[1]
    return {"dW1": dZ @ X.T, "db1": dZ.sum(axis=1, keepdims=True)}


def as_point(parameters):
    """The two numbers (w, b) of a network that small."""
    return parameters["W1"].item(), parameters["b1"].item()


def neuron_path(batch_size, rate_of_epoch, epochs=4):
    """Every (w, b) that mini-batch gradient descent passes; the rate is a function of the epoch."""
    rng = np.random.default_rng(0)
    parameters = {"W1": np.array([[-1.0]]), "b1": np.array([[1.5]])}
    path = [as_point(parameters)]
    for epoch in range(epochs):
        for X, Y in random_mini_batches(radius, malignant, batch_size, rng):
            grads = neuron_gradients(parameters, X, Y)
            parameters = update_parameters_with_gd(parameters, grads, rate_of_epoch(epoch))
            path.append(as_point(parameters))
    return np.array(path)


def neuron_cost(w, b):
    """Cross-entropy for arrays of weights and biases."""
    z = np.multiply.outer(w, radius[0]) + b[..., np.newaxis]
    return np.mean(np.logaddexp(0, z) - malignant[0] * z, axis=-1)


# %%
tumours = datasets.breast_cancer()
radius, malignant = tumours.train_x[:1], tumours.train_y
m = radius.shape[1]
paths = {
    f"all {m} examples, α = 2": neuron_path(m, lambda epoch: 2.0),
    "32 examples, α = 0.5": neuron_path(32, lambda epoch: 0.5),
    "1 example, α = 0.1": neuron_path(1, lambda epoch: 0.1),
}
panel = plotting.PathPanel(neuron_cost, paths, (-1.5, 5), (-2.5, 2), labels=("w", "b"))
_ = plotting.optimizer_paths({"one neuron, four epochs": panel})

# %% [markdown]
# The exact steps go straight, but four of them do not get far. Rough steps get further with the same
# data, those of single examples as far as the minimum. But there they do not stay: the gradients of
# single examples still point everywhere. The smaller the batch, the larger the cloud. Section 10
# has the remedy.
#
# ## 3 · Averages that forget
#
# The noise of single steps would cancel in an average over the last few steps. Keeping them all
# would cost memory. An **exponentially weighted average** needs one number:
#
# $$v_t = \beta\, v_{t-1} + (1 - \beta)\, \theta_t, \qquad v_0 = 0$$
#
# Put $v_{t-1}$ into $v_t$, and that again, and you see what it averages:
#
# $$v_t = (1-\beta)\left(\theta_t + \beta\,\theta_{t-1} + \beta^2\,\theta_{t-2} + \dots\right)$$
#
# Every step ago costs a factor $\beta$. After $1/(1-\beta)$ steps a value counts about
# $1/e = 0.37$ of what it did: $0.9^{10} = 0.35$ and $0.98^{50} = 0.36$. So one says that
# $\beta = 0.9$ averages about **10** days and $\beta = 0.98$ about **50**.
#
# **Bias correction.** The weights sum to $1 - \beta^t$, which is far below 1 at the beginning,
# because $v$ started at 0. With $\beta = 0.98$ a first value of 40 gives $v_1 = 0.8$. Divide by the
# sum of the weights:
#
# $$\hat v_t = \frac{v_t}{1 - \beta^t}, \qquad\text{for example}\qquad
# \hat v_2 = \frac{0.0196\,\theta_1 + 0.02\,\theta_2}{0.0396}$$
#
# As $t$ grows, $\beta^t$ vanishes and the correction with it. It is only for the answer: $v$ itself
# goes on uncorrected.


# %%
def exponentially_weighted_averages(values, beta, bias_correction=True):
    """Average of the values up to each time, recent ones counting more.

    Args:
        values: array of numbers, shape (T,).
        beta: share of the old average that is kept, from 0 up to but not including 1.
        bias_correction: whether to divide by 1 - beta**t, where t is 1 for the first value.

    Returns:
        Array of floats, shape (T,).
    """
    ### BEGIN SOLUTION
    v, averages = 0.0, []
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        averages.append(v / (1 - beta**t) if bias_correction else v)
    return np.array(averages)
    ### END SOLUTION


# %%
lesson.check("exponentially_weighted_averages")


# %%
def average_weights(t, beta, bias_correction=True):
    """How much each of the values 1 … t counts in their average at time t.

    Args:
        t: number of values averaged.
        beta: share of the old average that is kept.
        bias_correction: whether to divide by 1 - beta**t, the sum of the weights.

    Returns:
        Array of floats, shape (t,), the weight of the oldest value first.
    """
    ### BEGIN SOLUTION
    weights = (1 - beta) * beta ** np.arange(t - 1, -1, -1.0)
    return weights / (1 - beta**t) if bias_correction else weights
    ### END SOLUTION


# %%
lesson.check("average_weights")

# %%
_ = plotting.memory_curves({f"β = {beta}": average_weights(100, beta) for beta in (0.5, 0.9, 0.98)})

# %% [markdown]
# A year of temperatures (invented by the formula in the next cell, since the weather cannot be
# asked without a network):

# %%
rng = np.random.default_rng(3)
day = np.arange(1, 366)
temperature = 11 - 8 * np.cos(2 * np.pi * (day - 20) / 365) + rng.normal(0, 3, day.size)

_ = plotting.smoothed_curves(
    temperature,
    {
        f"β = {beta}, about {round(1 / (1 - beta))} days": exponentially_weighted_averages(
            temperature, beta
        )
        for beta in (0.5, 0.9, 0.98)
    },
)

# %% [markdown]
# A larger $\beta$ is smoother, and it is *late*: summer arrives more than a month too late. That is
# the price of looking back. Now the first 60 days, with $\beta = 0.98$, with and without the
# correction:

# %%
_ = plotting.smoothed_curves(
    temperature[:60],
    {
        "corrected": exponentially_weighted_averages(temperature, 0.98)[:60],
        "not corrected": exponentially_weighted_averages(temperature, 0.98, False)[:60],
    },
)

# %% [markdown]
# ## 4 · Momentum
#
# In a long, narrow valley the gradient points mostly *across*, from wall to wall, and only a little
# along. Averaged over some steps, the zigzag cancels, and what is left is the way along. So:
# average the gradients, and step along the average.
#
# $$v \leftarrow \beta\, v + (1 - \beta)\, dW, \qquad W \leftarrow W - \alpha\, v$$
#
# with one $v$ for every parameter, which begins at zero. Think of a ball that rolls: $dW$ is the
# push, $v$ the velocity, and that $\beta$ is below 1 is the friction. $\beta = 0.9$ works nearly everywhere. Bias
# correction is usually left out, since after ten steps it does not matter.
#
# (Another convention, Keras's among others, leaves out the factor $1-\beta$:
# $v \leftarrow \beta v + dW$. It makes the same steps with the learning rate $(1 - \beta)\,\alpha$.)


# %%
def initialize_velocity(parameters):
    """The velocity before the first step.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        Dictionary v: under "dW1", "db1", … zeros in the shapes of W1, b1, …
    """
    ### BEGIN SOLUTION
    return {"d" + name: np.zeros_like(value) for name, value in parameters.items()}
    ### END SOLUTION


# %%
lesson.check("initialize_velocity")


# %%
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """One step along the average of the gradients.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        v: dictionary of the averages so far, "dW1", "db1", …; left as it is.
        beta: share of the old average that is kept.
        learning_rate: alpha.

    Returns:
        parameters: new dictionary;
        v: new dictionary.
    """
    ### BEGIN SOLUTION
    v = {name: beta * average + (1 - beta) * grads[name] for name, average in v.items()}
    return update_parameters_with_gd(parameters, v, learning_rate), v
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_momentum")

# %% [markdown]
# ### Nesterov: look before you roll
#
# Before the ball rolls on, it is already known where the velocity alone will carry it:
# $W - \alpha\beta v$. **Nesterov's** idea is to ask for the gradient *there*. If the ball is about to
# run up the opposite wall, that gradient brakes one step earlier.
#
# As written, it needs the gradient at a point where the network is not. The trick of all libraries
# is to let `parameters` *be* the point ahead, at every step. Work out how the point ahead moves, and
# this comes out:
#
# $$v \leftarrow \beta\, v + (1 - \beta)\, dW, \qquad
# W \leftarrow W - \alpha\,\big(\beta\, v + (1 - \beta)\, dW\big)$$
#
# The second formula uses the *new* $v$: it is the velocity as it will be after one more step, if
# the gradient stays. Only the first one is kept.


# %%
def update_parameters_with_nesterov(parameters, grads, v, beta, learning_rate):
    """One step along the average as it will be one step later.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …, the point ahead; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        v: dictionary of the averages so far, "dW1", "db1", …; left as it is.
        beta: share of the old average that is kept.
        learning_rate: alpha.

    Returns:
        parameters: new dictionary;
        v: new dictionary, the average after one update.
    """
    ### BEGIN SOLUTION
    v = {name: beta * average + (1 - beta) * grads[name] for name, average in v.items()}
    ahead = {name: beta * average + (1 - beta) * grads[name] for name, average in v.items()}
    return update_parameters_with_gd(parameters, ahead, learning_rate), v
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_nesterov")

# %% [markdown]
# On a bowl that is ten times steeper across than along, from the same start. Each optimizer gets a
# memory, a dictionary for whatever it has to remember, and `descend` writes down every point:


# %%
def sgd(parameters, grads, memory, learning_rate):
    return update_parameters_with_gd(parameters, grads, learning_rate)


def momentum(parameters, grads, memory, learning_rate):
    parameters, memory["v"] = update_parameters_with_momentum(
        parameters, grads, memory["v"], 0.9, learning_rate
    )
    return parameters


def nesterov(parameters, grads, memory, learning_rate):
    parameters, memory["v"] = update_parameters_with_nesterov(
        parameters, grads, memory["v"], 0.9, learning_rate
    )
    return parameters


def new_memory(parameters):
    """Zeros for every average that an optimizer may want, and the number of steps so far."""
    return {name: initialize_velocity(parameters) for name in ("v", "s", "delta")} | {"t": 0}


def descend(surface, step, start, steps=150, **hyperparameters):
    """All points of an optimizer on a surface, with x in the place of W1 and y in that of b1."""
    parameters = {"W1": np.array([[start[0]]]), "b1": np.array([[start[1]]])}
    memory, path = new_memory(parameters), [start]
    for _ in range(steps):
        dx, dy = surface.gradient(*as_point(parameters))
        grads = {"dW1": np.array([[dx]]), "db1": np.array([[dy]])}
        parameters = step(parameters, grads, memory, **hyperparameters)
        path.append(as_point(parameters))
    return path


# %%
bowl, start = SURFACES["bowl"], (-4.0, 1.6)
paths = {
    "sgd, α = 0.17": descend(bowl, sgd, start, learning_rate=0.17),
    "sgd, α = 0.205": descend(bowl, sgd, start, steps=12, learning_rate=0.205),
    "momentum, α = 0.205": descend(bowl, momentum, start, learning_rate=0.205),
    "nesterov, α = 0.205": descend(bowl, nesterov, start, learning_rate=0.205),
}
panel = plotting.PathPanel(bowl.height, paths, (-4.6, 2.4), (-3, 3), tuple(bowl.minima))
_ = plotting.optimizer_paths({"a narrow valley": panel})

# %% [markdown]
# Across the valley the slope is $10\,y$, so a step of plain descent takes $y$ to
# $(1 - 10\,\alpha)\,y$. With $\alpha = 0.17$ it jumps to the other wall, and with any
# $\alpha > 0.2$ it lands higher each time. Momentum takes the same rate without harm, and Nesterov's
# look ahead damps its swings.
#
# ## 5 · A rate for every number
#
# Momentum changes the direction. The other idea is to change the *scale*: where the wall is ten
# times as steep, take steps a tenth as long. How steep it is, the gradients themselves tell.
# **Adagrad** adds up their squares, for every number separately:
#
# $$s \leftarrow s + dW^2, \qquad W \leftarrow W - \alpha\,\frac{dW}{\sqrt{s} + \varepsilon}$$
#
# (squares, roots and quotients are element by element). The very first step is
# $\alpha\, dW / |dW|$: its length is $\alpha$, whether the slope is 500 or 0.02. Numbers that rarely
# get a gradient, such as the weights of rare words, keep long steps.
#
# $\varepsilon$, about $10^{-8}$, keeps the quotient finite where a gradient was always 0. It stands
# **outside** the root here (in some notes and some libraries it is inside: $\sqrt{10^{-8}}$ would be
# ten thousand times as large).


# %%
def update_parameters_with_adagrad(parameters, grads, s, learning_rate, epsilon=1e-8):
    """One step, divided by the root of the sum of all squared gradients.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        s: dictionary of the sums of squares so far, "dW1", "db1", …; left as it is.
        learning_rate: alpha.
        epsilon: added to the root.

    Returns:
        parameters: new dictionary;
        s: new dictionary.
    """
    ### BEGIN SOLUTION
    s = {name: total + grads[name] ** 2 for name, total in s.items()}
    scaled = {name: grads[name] / (np.sqrt(total) + epsilon) for name, total in s.items()}
    return update_parameters_with_gd(parameters, scaled, learning_rate), s
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_adagrad")

# %% [markdown]
# A sum only grows. With a steady gradient the steps are $\alpha, \alpha/\sqrt2, \alpha/\sqrt3, …$:
# Adagrad comes to a stand, perhaps far from the minimum. **RMSprop** replaces the sum by what you
# know from section 3, an average that forgets (*root mean square* of the gradients):
#
# $$s \leftarrow \beta\, s + (1 - \beta)\, dW^2, \qquad
# W \leftarrow W - \alpha\,\frac{dW}{\sqrt{s} + \varepsilon}$$


# %%
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    """One step, divided by the root of the average of squared gradients.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        s: dictionary of the averages of squares so far, "dW1", "db1", …; left as it is.
        beta: share of the old average that is kept.
        learning_rate: alpha.
        epsilon: added to the root.

    Returns:
        parameters: new dictionary;
        s: new dictionary.
    """
    ### BEGIN SOLUTION
    s = {name: beta * mean + (1 - beta) * grads[name] ** 2 for name, mean in s.items()}
    scaled = {name: grads[name] / (np.sqrt(mean) + epsilon) for name, mean in s.items()}
    return update_parameters_with_gd(parameters, scaled, learning_rate), s
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_rmsprop")

# %% [markdown]
# ### Adadelta: no learning rate at all
#
# In RMSprop the gradient's unit cancels, and the step has the unit of $\alpha$, whatever $W$ is
# measured in. **Adadelta** puts the size of its own past steps there, a second average $\delta$:
#
# $$s \leftarrow \rho\, s + (1 - \rho)\, dW^2, \qquad
# \text{step} = \frac{\sqrt{\delta + \varepsilon}}{\sqrt{s + \varepsilon}}\; dW, \qquad
# \delta \leftarrow \rho\, \delta + (1 - \rho)\, \text{step}^2, \qquad W \leftarrow W - \text{step}$$
#
# Here $\varepsilon$ stands **under both roots**, as in the paper. It is more than a guard:
# $\delta$ begins at 0, so the first step is made by $\varepsilon$ alone, and steps grow from there.


# %%
def update_parameters_with_adadelta(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
    """One step whose length follows from the lengths of the steps before.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        s: dictionary of the averages of squared gradients, "dW1", "db1", …; left as it is.
        delta: dictionary of the averages of squared steps, "dW1", "db1", …; left as it is.
        rho: share of both old averages that is kept.
        epsilon: added under both roots.

    Returns:
        parameters: new dictionary;
        s: new dictionary;
        delta: new dictionary, which contains the step just made.
    """
    ### BEGIN SOLUTION
    s = {name: rho * mean + (1 - rho) * grads[name] ** 2 for name, mean in s.items()}
    steps = {
        name: np.sqrt(delta[name] + epsilon) / np.sqrt(mean + epsilon) * grads[name]
        for name, mean in s.items()
    }
    delta = {name: rho * mean + (1 - rho) * steps[name] ** 2 for name, mean in delta.items()}
    return update_parameters_with_gd(parameters, steps, 1.0), s, delta
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_adadelta")

# %% [markdown]
# ## 6 · Adam
#
# **Adam** (*adaptive moment estimation*) takes the direction from momentum, the scale from RMSprop,
# and corrects the bias of both:
#
# $$v \leftarrow \beta_1 v + (1-\beta_1)\, dW \qquad s \leftarrow \beta_2 s + (1-\beta_2)\, dW^2$$
#
# $$\hat v = \frac{v}{1-\beta_1^t} \qquad \hat s = \frac{s}{1-\beta_2^t} \qquad
# W \leftarrow W - \alpha\,\frac{\hat v}{\sqrt{\hat s} + \varepsilon}$$
#
# The usual $\beta_1 = 0.9$, $\beta_2 = 0.999$ and $\varepsilon = 10^{-8}$ are rarely touched;
# $\alpha$ has to be tried. Here the correction *does* matter. $\beta_2 = 0.999$ remembers about 1000
# steps, so $s$ starts much too small: without corrections the first step would be
# $0.1 / \sqrt{0.001} = 3.2$ times as long as it should be. With them it is exactly $\alpha$.


# %%
def initialize_adam(parameters):
    """The two averages before the first step.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …

    Returns:
        v: under "dW1", "db1", … zeros in the shapes of W1, b1, …;
        s: another dictionary like it.
    """
    ### BEGIN SOLUTION
    return initialize_velocity(parameters), initialize_velocity(parameters)
    ### END SOLUTION


# %%
lesson.check("initialize_adam")


# %%
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """One step of Adam.

    Args:
        parameters: dictionary of arrays, "W1", "b1", …; left as it is.
        grads: dictionary of their gradients, "dW1", "db1", …; left as it is.
        v: dictionary of the averages of gradients so far; left as it is.
        s: dictionary of the averages of squared gradients so far; left as it is.
        t: number of this step, 1 for the first.
        learning_rate: alpha.
        beta1: share of v that is kept.
        beta2: share of s that is kept.
        epsilon: added to the root, outside.

    Returns:
        parameters, v, s, v_corrected, s_corrected: five new dictionaries. v and s are those to
        hand on, uncorrected.
    """
    ### BEGIN SOLUTION
    v = {name: beta1 * mean + (1 - beta1) * grads[name] for name, mean in v.items()}
    s = {name: beta2 * mean + (1 - beta2) * grads[name] ** 2 for name, mean in s.items()}
    v_corrected = {name: mean / (1 - beta1**t) for name, mean in v.items()}
    s_corrected = {name: mean / (1 - beta2**t) for name, mean in s.items()}
    scaled = {name: v_corrected[name] / (np.sqrt(s_corrected[name]) + epsilon) for name in v}
    parameters = update_parameters_with_gd(parameters, scaled, learning_rate)
    return parameters, v, s, v_corrected, s_corrected
    ### END SOLUTION


# %%
lesson.check("update_parameters_with_adam")

# %% [markdown]
# Now all of them fit into one table:


# %%
def adagrad(parameters, grads, memory, learning_rate):
    parameters, memory["s"] = update_parameters_with_adagrad(
        parameters, grads, memory["s"], learning_rate
    )
    return parameters


def rmsprop(parameters, grads, memory, learning_rate):
    parameters, memory["s"] = update_parameters_with_rmsprop(
        parameters, grads, memory["s"], 0.9, learning_rate
    )
    return parameters


def adadelta(parameters, grads, memory, epsilon):
    parameters, memory["s"], memory["delta"] = update_parameters_with_adadelta(
        parameters, grads, memory["s"], memory["delta"], epsilon=epsilon
    )
    return parameters


def adam(parameters, grads, memory, learning_rate):
    memory["t"] += 1
    parameters, memory["v"], memory["s"], _, _ = update_parameters_with_adam(
        parameters, grads, memory["v"], memory["s"], memory["t"], learning_rate
    )
    return parameters


STEPS = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
    "adadelta": adadelta,
}

# %% [markdown]
# ## 7 · Step by step beside Keras
#
# The same start, the same ten random gradients, your step and Keras's. Keras computes in single
# precision, so differences of about $10^{-7}$ are rounding (a little more in Adam: $1 - 0.999$ in
# single precision is off in the fifth digit). Three of its habits have to be translated: its
# momentum has no factor $1 - \beta$ (so the rate is multiplied by it), its Adagrad begins with
# $s = 0.1$ unless told otherwise, and in Adagrad and RMSprop its $\varepsilon$ stands under the root.

# %%
import keras

optimizers = keras.optimizers
TWINS = {
    "sgd": ({"learning_rate": 0.1}, optimizers.SGD(0.1)),
    "momentum": ({"learning_rate": 0.1}, optimizers.SGD(0.1 * (1 - 0.9), momentum=0.9)),
    "nesterov": (
        {"learning_rate": 0.1},
        optimizers.SGD(0.1 * (1 - 0.9), momentum=0.9, nesterov=True),
    ),
    "adagrad": (
        {"learning_rate": 0.1},
        optimizers.Adagrad(0.1, initial_accumulator_value=0.0, epsilon=1e-16),
    ),
    "rmsprop": ({"learning_rate": 0.1}, optimizers.RMSprop(0.1, rho=0.9, epsilon=1e-16)),
    "adam": ({"learning_rate": 0.1}, optimizers.Adam(0.1, epsilon=1e-8)),
    "adadelta": ({"epsilon": 0.001}, optimizers.Adadelta(1.0, rho=0.95, epsilon=0.001)),
}
gradients = np.random.default_rng(0).normal(size=(10, 3, 2))
for name, (hyperparameters, theirs) in TWINS.items():
    parameters = {"W1": np.ones((3, 2))}
    memory, variable, difference = new_memory(parameters), keras.Variable(np.ones((3, 2))), 0.0
    for gradient in gradients:
        parameters = STEPS[name](parameters, {"dW1": gradient}, memory, **hyperparameters)
        theirs.apply([keras.ops.cast(gradient, "float32")], [variable])
        gap = np.abs(parameters["W1"] - keras.ops.convert_to_numpy(variable)).max()
        difference = max(difference, gap)
    print(f"{name:9} largest difference in ten steps: {difference:.0e}")

# %% [markdown]
# ## 8 · The race
#
# Four landscapes, which stand for what a cost can do to an optimizer:
#
# - a **convex bowl**, ten times steeper one way than the other: the narrow valley;
# - a **saddle**: the start lies a thousandth beside the ridge that leads straight to the saddle
#   point, where the gradient is zero and nothing is won;
# - a **banana** (Rosenbrock's function): a bent valley with steep walls and an almost flat floor;
# - **plateaus** with cliffs (Beale's function).
#
# Every optimizer has a learning rate that suits it there (try others below: what is good on one
# surface is useless on the next). Press *pause* and pull the slider to see single steps.

# %%
panels = {}
for name, race in RACES.items():
    surface = SURFACES[name]
    paths = {
        optimizer: descend(surface, step, race.start, **race.hyperparameters[optimizer])
        for optimizer, step in STEPS.items()
    }
    panels[race.title] = plotting.PathPanel(
        surface.height, paths, race.x_range, race.y_range, tuple(surface.minima)
    )
plotting.animate_paths(panels)

# %% [markdown]
# Look for these:
#
# - **Bowl.** Plain descent zigzags. Momentum overshoots and swings back. Adagrad, RMSprop and
#   Adadelta, with a rate for every number, take a smooth way without a single zigzag.
# - **Saddle.** Plain descent and momentum follow the ridge into the saddle point, and wait there
#   until the tiny slope sideways has added up. Those with scaled steps leave at once, because they
#   blow up a small gradient that is steadily small.
# - **Banana.** Across it is so steep that plain descent can afford only tiny steps. Momentum adds
#   up the small slope along the floor, and gets furthest.
# - **Plateaus.** Momentum falls down the cliff and shoots past. Scaled steps hardly notice the
#   cliff, since a steep gradient is divided by its own size.
#
# **Are local minima the danger?** In two dimensions they look like it. But a network has millions
# of parameters. Where the gradient is zero, the cost curves up or down along each of millions of
# directions; for a minimum *all* have to curve up. If up and down were drawn like coins, a hundred
# directions would already make it $2^{-100}$. So most flat places are **saddle points**, and what
# costs time are the **plateaus** around them, where the slope is close to zero for long. That is
# where momentum, RMSprop and Adam help.
#
# ## 9 · Real data: digits
#
# The images have 8 × 8 pixels, centred by the mean of the training part. The network has 64, 32, 16
# and 10 units, ReLU inside and a softmax at the end: you built all of it in Course 1. Here it is
# again, in one function.


# %%
def cost_and_gradients(parameters, X, Y):
    """Cross-entropy of a network of ReLU layers with a softmax, and its gradients."""
    L, m, activations = len(parameters) // 2, X.shape[1], [X]
    for layer in range(1, L + 1):
        Z = parameters[f"W{layer}"] @ activations[-1] + parameters[f"b{layer}"]
        activations.append(np.maximum(Z, 0))
    Z = Z - Z.max(axis=0)
    log_P = Z - np.log(np.exp(Z).sum(axis=0))
    dZ, grads = (np.exp(log_P) - Y) / m, {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ activations[layer - 1].T
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)
        dZ = (parameters[f"W{layer}"].T @ dZ) * (activations[layer - 1] > 0)
    return -np.sum(log_P * Y) / m, grads


def he_initialization(layer_dims, rng):
    """Weights with the variance 2 / (units before), biases of zero."""
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        parameters[f"W{layer}"] = rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev))
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters


def train(step, epochs, batch_size=64, rate_of_epoch=None, seed=0, **hyperparameters):
    """Train on the digits; gives the parameters and the cost of every mini-batch."""
    rng = np.random.default_rng(seed)
    parameters = he_initialization([64, 32, 16, 10], rng)
    memory, costs = new_memory(parameters), []
    for epoch in range(epochs):
        if rate_of_epoch is not None:
            hyperparameters["learning_rate"] = rate_of_epoch(epoch)
        for X, Y in random_mini_batches(train_X, train_Y, batch_size, rng):
            cost, grads = cost_and_gradients(parameters, X, Y)
            parameters = step(parameters, grads, memory, **hyperparameters)
            costs.append(cost)
    return parameters, costs


def accuracy(parameters, X, labels):
    """Share of the images whose most probable digit is the right one."""
    A, L = X, len(parameters) // 2
    for layer in range(1, L + 1):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        A = np.maximum(Z, 0)
    return np.mean(np.argmax(Z, axis=0) == labels)


# %%
digits = datasets.digits()
train_X, test_X = (
    images.reshape(len(images), -1).T / 16 for images in (digits.train_images, digits.test_images)
)
mean = train_X.mean(axis=1, keepdims=True)  # of the training part only
train_X, test_X = train_X - mean, test_X - mean
train_Y = np.eye(10)[digits.train_labels].T
print("X:", train_X.shape, " Y:", train_Y.shape, " test:", test_X.shape)

# %% [markdown]
# First the batch size. Thirty epochs each, plain descent, and for each size a rate that suits it.
# The costs of single batches jump, so what is drawn is their average with $\beta = 0.9$, the
# function of section 3:

# %%
epochs = 30 if dlcourse.scale() == "quick" else 100
costs = {}
for size, rate in {1347: 2.0, 64: 0.8, 8: 0.4}.items():
    begin = time.perf_counter()
    name = f"{size} per step, α = {rate}"
    _, costs[name] = train(sgd, epochs, size, learning_rate=rate)
    print(f"{name}: {len(costs[name])} steps in {time.perf_counter() - begin:.2f} s")
_ = plotting.compare_costs(
    {name: exponentially_weighted_averages(values, 0.9) for name, values in costs.items()},
    steps_per_epoch={name: len(values) / epochs for name, values in costs.items()},
    title="plain gradient descent, by batch size",
)

# %% [markdown]
# Thirty exact steps against 660 rough ones: no contest. Batches of 8 gain once more per epoch, but
# look at the time: their matrix products are too small to keep a processor busy, so that an epoch
# takes several times as long. (On a GPU it is more extreme.) That is why 32 to 512 are usual, often
# powers of two.
#
# Now the optimizers, all with batches of 64, the same initial weights, and the best of a few rates
# for each:

# %%
chosen = {
    "sgd": {"learning_rate": 0.5},
    "momentum": {"learning_rate": 0.8},
    "nesterov": {"learning_rate": 0.8},
    "adagrad": {"learning_rate": 0.1},
    "rmsprop": {"learning_rate": 0.005},
    "adam": {"learning_rate": 0.01},
    "adadelta": {"epsilon": 1e-4},
}
smoothed, networks = {}, {}
for name, hyperparameters in chosen.items():
    networks[name], costs = train(STEPS[name], epochs, **hyperparameters)
    smoothed[name] = exponentially_weighted_averages(costs, 0.95)
    train_share = accuracy(networks[name], train_X, digits.train_labels)
    test_share = accuracy(networks[name], test_X, digits.test_labels)
    print(f"{name:9} training {train_share:.1%}, test {test_share:.1%}")
_ = plotting.compare_costs(
    smoothed, steps_per_epoch=len(costs) / epochs, title="handwritten digits, batches of 64"
)

# %% [markdown]
# All curves come from the same network, the same data and the same batches in the same order. What
# differs is your update. The jump that all of them make after 13 epochs is the short last batch:
# among its three images is a hard one, which counts for a third of this step. Plain descent is thrown
# back by it for ten epochs, Adam for two. (See for yourself: `costs[283:290]`.)
#
# In the *test* accuracy they hardly differ: a better optimizer gets you to the end sooner, it does
# not make the model a better one.
#
# That every optimizer was given a rate that suits it is half of the comparison. With one rate for
# all it would say nothing:

# %%
same = {
    name: exponentially_weighted_averages(train(STEPS[name], epochs, learning_rate=0.01)[1], 0.95)
    for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
}
_ = plotting.compare_costs(same, len(costs) / epochs, title="α = 0.01 for all of them")

# %% [markdown]
# ## 10 · Rates that fall
#
# Far from the minimum long steps are good. Near it the noise of the batches takes over, and the
# parameters dance around the minimum at a distance that goes with $\alpha$. So let $\alpha$ fall.
# $\alpha_0$ is the first rate. The most used law divides by a number that grows with the epoch:
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay\_rate} \cdot \text{epoch}}$$
#
# With $\alpha_0 = 0.2$ and the decay rate 1: 0.1, 0.067, 0.05, 0.04 in the epochs 1 to 4.


# %%
def update_lr(learning_rate0, epoch_num, decay_rate):
    """Learning rate that falls in every epoch.

    Args:
        learning_rate0: the rate of epoch 0.
        epoch_num: number of the epoch, from 0.
        decay_rate: how fast it falls.

    Returns:
        The rate, a number.
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * epoch_num)
    ### END SOLUTION


# %%
lesson.check("update_lr")

# %% [markdown]
# With a decay rate of 1 the rate is all but gone after a few epochs. One way out is to let it fall
# only every `time_interval` epochs, and to hold it in between:
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay\_rate} \cdot
# \left\lfloor \dfrac{\text{epoch}}{\text{time\_interval}} \right\rfloor}$$


# %%
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """Learning rate that falls once per interval.

    Args:
        learning_rate0: the rate of the first interval.
        epoch_num: number of the epoch, from 0.
        decay_rate: how fast it falls.
        time_interval: number of epochs between two drops.

    Returns:
        The rate, a number.
    """
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))
    ### END SOLUTION


# %%
lesson.check("schedule_lr_decay")

# %% [markdown]
# Other laws, each with its own temper:
#
# $$\alpha = 0.95^{\,\text{epoch}}\, \alpha_0 \quad\text{(exponential)}, \qquad
# \alpha = \frac{k}{\sqrt{\text{epoch}}}\, \alpha_0 \quad\text{(root; epochs from 1)}, \qquad
# \alpha = \text{factor}^{\lfloor \text{epoch} / \text{interval} \rfloor}\, \alpha_0
# \quad\text{(staircase)}$$


# %%
def exponential_decay(learning_rate, epoch, base=0.95):
    """Learning rate that loses the same share in every epoch.

    Args:
        learning_rate: the rate of epoch 0.
        epoch: number of the epoch, from 0.
        base: what is left after one epoch.

    Returns:
        The rate, a number.
    """
    ### BEGIN SOLUTION
    return base**epoch * learning_rate
    ### END SOLUTION


# %%
lesson.check("exponential_decay")


# %%
def square_root_decay(learning_rate, epoch, k=1.0):
    """Learning rate that falls with the root of the epoch.

    Args:
        learning_rate: the rate to start from.
        epoch: number of the epoch, from 1.
        k: factor of the rate in epoch 1.

    Returns:
        The rate, a number.
    """
    ### BEGIN SOLUTION
    return k / epoch**0.5 * learning_rate
    ### END SOLUTION


# %%
lesson.check("square_root_decay")


# %%
def staircase_decay(learning_rate, epoch, interval, factor=0.5):
    """Learning rate that is cut every so many epochs.

    Args:
        learning_rate: the rate of epoch 0.
        epoch: number of the epoch, from 0.
        interval: number of epochs on one step of the stairs.
        factor: what is left after one step.

    Returns:
        The rate, a number.
    """
    ### BEGIN SOLUTION
    return factor ** (epoch // interval) * learning_rate
    ### END SOLUTION


# %%
lesson.check("staircase_decay")

# %% [markdown]
# And the oldest law of all: somebody watches the cost, and turns the rate down by hand. As a table,
# epoch → rate from there on; it need not be written in order.


# %%
def manual_schedule(epoch, table):
    """Learning rate from a table written by hand.

    Args:
        epoch: number of the epoch, from 0.
        table: dictionary from an epoch to the rate from that epoch on, in any order; it has an
            entry for epoch 0.

    Returns:
        The rate, a number: that of the latest entry that has begun.
    """
    ### BEGIN SOLUTION
    return table[max(start for start in table if start <= epoch)]
    ### END SOLUTION


# %%
lesson.check("manual_schedule")

# %%
schedules = {
    "constant": lambda epoch: 0.8,
    "update_lr, 0.2": lambda epoch: update_lr(0.8, epoch, 0.2),
    "every 10 epochs": lambda epoch: schedule_lr_decay(0.8, epoch, 1, 10),
    "0.9^epoch": lambda epoch: exponential_decay(0.8, epoch, 0.9),
    "1/√epoch": lambda epoch: square_root_decay(0.8, epoch + 1),
    "halved every 10": lambda epoch: staircase_decay(0.8, epoch, 10),
    "by hand": lambda epoch: manual_schedule(epoch, {0: 0.8, 15: 0.1, 25: 0.02}),
}
_ = plotting.schedule_curves(
    {name: [rate(epoch) for epoch in range(epochs)] for name, rate in schedules.items()},
    steps_per_epoch=1,
)

# %% [markdown]
# Back to the neuron of section 2 and its cloud, now in batches of 4. How far above the lowest
# possible cost is it, at every step of thirty epochs?

# %%
w, b = neuron_path(m, lambda epoch: 2.0, epochs=500)[-1:].T
lowest = neuron_cost(w, b)
above = {}
for name, rate in schedules.items():
    path = neuron_path(4, rate, epochs)
    above[name] = exponentially_weighted_averages(neuron_cost(*path.T) - lowest, 0.99)
_ = plotting.compare_costs(above, len(path) / epochs, title="cost above the lowest possible")

# %% [markdown]
# At the constant rate nothing is won after the first five epochs: the cloud is as large as its steps.
# Whenever the rate falls the cloud shrinks, on the stairs in visible drops. Those that fall to the
# smallest rate end lowest. But a rate that falls too early is no good either: who stands still
# far from the minimum does not get there.
#
# The network of section 9 would show much less of this. It is large enough to fit *every* digit of
# the training part, so that near the minimum all batches agree that nothing is left to do, and the
# noise goes away by itself. A neuron with one measurement cannot please all patients.

# %% [markdown]
# ## What to try next
#
# - In section 2, take the batch size 1 with $\alpha = 0.02$ and with $0.5$. How does the cloud
#   around the minimum change?
# - Give `momentum` other values of $\beta$: 0.5, 0.99. What do the paths in section 4 look like?
# - Replace $\hat v$ and $\hat s$ in your Adam by $v$ and $s$ and run section 9 again. What happens in
#   the first epoch, and afterwards?
# - Start exactly *on* the ridge of the saddle, at $y = 0$. Who gets away, and why? And with
#   mini-batches?
# - Multiply the cost by 1000 (its gradients, that is) in `descend`. Which optimizers do not care?
# - Find a surface of your own with a local minimum, and a start from which momentum gets out of it.
# - Combine Adam with a schedule: pass `rate_of_epoch` to `train(adam, …)`.

# %% quiz
