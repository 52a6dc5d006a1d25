# %% [markdown]
# # Gradient checking and clipping: trust the gradients, and keep them in bounds
#
# A wrong backward pass rarely crashes. It trains a bit, badly, and you look for the fault in the
# data. But whether a gradient is right can be *measured*: nudge a parameter and see how the cost
# answers.
#
# **You will**
#
# - measure a derivative from both sides, and see why not from one;
# - check claimed gradients of one and of many parameters, with the ratio that says how wrong they
#   are;
# - find the wrong component of the backward pass of a real network;
# - clip gradients by value, by norm and by global norm, and see which of these turn the step.

# %% setup

# %%
import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · A derivative, measured
#
# The derivative is the limit of a quotient. Without the limit, two quotients come to mind:
#
# $$\frac{f(\theta + \epsilon) - f(\theta)}{\epsilon} \qquad\text{or}\qquad
# \frac{f(\theta + \epsilon) - f(\theta - \epsilon)}{2\epsilon}$$
#
# Take $f(\theta) = \theta^3$ at $\theta = 1$ with $\epsilon = 0.01$; the derivative is 3. The first
# gives **3.0301**, the second **3.0001**. From one side the error shrinks like $\epsilon$; from
# both sides the curvature cancels, and it shrinks like $\epsilon^2$. It costs one call more, and
# is worth it: an error of 0.03 could just as well be a bug.


# %%
def two_sided_difference(f, theta, epsilon=0.01):
    """A derivative, measured from both sides.

    Args:
        f: function of one number.
        theta: where, a number.
        epsilon: size of the step to either side.

    Returns:
        The difference quotient, a number.
    """
    ### BEGIN SOLUTION
    return (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)
    ### END SOLUTION


# %%
lesson.check("two_sided_difference")


# %%
def wave(theta):
    """A function with the derivative exp(sin θ) cos θ."""
    return np.exp(np.sin(theta))


epsilons = np.logspace(-12, 0, 97)
slope = np.exp(np.sin(1.0)) * np.cos(1.0)
one_side = (wave(1.0 + epsilons) - wave(1.0)) / epsilons
two_sides = np.array([two_sided_difference(wave, 1.0, epsilon) for epsilon in epsilons])
_ = plotting.difference_errors(
    epsilons,
    {"from one side": np.abs(one_side - slope), "from both sides": np.abs(two_sides - slope)},
)

# %% [markdown]
# From right to left: the errors fall, one like $\epsilon$, the other like $\epsilon^2$. Then both
# *rise* again: $f(\theta + \epsilon)$ and $f(\theta - \epsilon)$ agree in nearly all of their
# sixteen digits, and what is left of the difference is rounding, divided by a tiny $\epsilon$. For
# two sides the best step is near $10^{-5}$. With float32, which has seven digits, no step is good:
# check in float64.
#
# ## 2 · How wrong is wrong?
#
# A gap of 0.001 is nothing for a derivative of 1000, and everything for one of 0.002. So divide it
# by the sizes of both:
#
# $$\text{ratio} = \frac{|d - g|}{|d| + |g|}$$
#
# with the measured $d$ and the claimed $g$. About $10^{-7}$ or less is great; with $10^{-5}$ look
# again; $10^{-3}$ is wrong. A ratio of 1 means the wrong sign, or that one of them is 0. Where both
# are 0, nothing differs: call it 0.


# %%
def gradient_check(f, theta, gradient, epsilon=1e-5):
    """Is a claimed derivative right?

    Args:
        f: function of one number.
        theta: where, a number.
        gradient: the derivative that is claimed, a number.
        epsilon: size of the step to either side.

    Returns:
        |d - gradient| / (|d| + |gradient|) with the two-sided difference d; 0.0 if both are 0.
    """
    ### BEGIN SOLUTION
    d = two_sided_difference(f, theta, epsilon)
    size = abs(d) + abs(gradient)
    return abs(d - gradient) / size if size > 0 else 0.0
    ### END SOLUTION


# %%
lesson.check("gradient_check")

# %% [markdown]
# ## 3 · Many parameters
#
# Put all parameters into one column $\theta$ of shape $(n, 1)$. The cost is a function of this
# column. Nudge one component at a time, with the others where they are; that is two forward passes
# for every parameter, and the reason why this is a tool for debugging and not for training. The two
# gradients are then compared as vectors:
#
# $$d_i = \frac{J(\theta + \epsilon e_i) - J(\theta - \epsilon e_i)}{2\epsilon}, \qquad
# \text{ratio} = \frac{\lVert d - g \rVert}{\lVert d \rVert + \lVert g \rVert}$$


# %%
def gradient_check_n(f, theta, gradient, epsilon=1e-5):
    """Is the gradient with respect to n parameters right?

    Args:
        f: function from a column (n, 1) to a number.
        theta: the parameters, shape (n, 1); left as they are.
        gradient: the gradient that is claimed, shape (n, 1).
        epsilon: size of the step to either side.

    Returns:
        The ratio of norms, a number; 0.0 if both gradients are 0.
    """
    ### BEGIN SOLUTION
    d = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = epsilon
        d[i, 0] = (f(theta + step) - f(theta - step)) / (2 * epsilon)
    size = np.linalg.norm(d) + np.linalg.norm(gradient)
    return np.linalg.norm(d - gradient) / size if size > 0 else 0.0
    ### END SOLUTION


# %%
lesson.check("gradient_check_n")

# %% [markdown]
# ## 4 · A network with a bug
#
# A small network for real digits: 64 pixels, 5 tanh units, one sigmoid unit that says whether the
# digit is odd. Here are its cost and two backward passes. One of them is wrong. Can you see which,
# without measuring?


# %%
def cost(parameters, X, Y):
    """Cross-entropy of the network."""
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return np.mean(np.logaddexp(0, Z2) - Y * Z2)


def backward_one(parameters, X, Y):
    """Gradients, first version."""
    m = X.shape[1]
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 0.5 * (1 + np.tanh((parameters["W2"] @ A1 + parameters["b2"]) / 2))
    dZ2 = (A2 - Y) / m
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - A1**2)
    return {
        "W1": dZ1 @ X.T,
        "b1": dZ1.sum(axis=1, keepdims=True),
        "W2": dZ2 @ A1.T,
        "b2": dZ2.sum(axis=1, keepdims=True),
    }


def backward_two(parameters, X, Y):
    """Gradients, second version."""
    m = X.shape[1]
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 0.5 * (1 + np.tanh((parameters["W2"] @ A1 + parameters["b2"]) / 2))
    dZ2 = A2 - Y
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - A1**2)
    return {
        "W1": dZ1 @ X.T / m,
        "b1": dZ1.sum(axis=1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.mean(axis=1, keepdims=True) / m,
    }


def as_column(arrays):
    """All arrays, one below the other, in one column."""
    return np.concatenate([value.reshape(-1, 1) for value in arrays.values()])


def as_arrays(column, like):
    """The arrays back from a column."""
    arrays, start = {}, 0
    for name, value in like.items():
        arrays[name] = column[start : start + value.size].reshape(value.shape)
        start += value.size
    return arrays


# %%
digits = datasets.digits()
X = digits.train_images[:50].reshape(50, 64).T / 16
Y = digits.train_labels[np.newaxis, :50] % 2
rng = np.random.default_rng(0)
parameters = {
    "W1": rng.standard_normal((5, 64)) / 8,
    "b1": np.zeros((5, 1)),
    "W2": rng.standard_normal((1, 5)) / np.sqrt(5),
    "b2": np.zeros((1, 1)),
}


def cost_of_column(column):
    """The cost as a function of one long column."""
    return cost(as_arrays(column, parameters), X, Y)


theta = as_column(parameters)
for backward in (backward_one, backward_two):
    ratio = gradient_check_n(cost_of_column, theta, as_column(backward(parameters, X, Y)))
    print(f"{backward.__name__}: ratio {ratio:.1e} over {theta.size} parameters")

# %% [markdown]
# The first is right. The second is wrong; but where? Do not stare at the code: let the numbers
# say it. Which component has the largest gap?


# %%
def worst_component(numeric, gradients):
    """Which component of which array is wrong?

    Args:
        numeric: dictionary from names to arrays, the measured gradients.
        gradients: dictionary with the same names and shapes, the claimed ones.

    Returns:
        Tuple (name, index): the array with the largest absolute gap, and the place of the gap in
        it, a tuple of integers such as (2, 1).
    """
    ### BEGIN SOLUTION
    gaps = {name: np.abs(numeric[name] - gradients[name]) for name in numeric}
    name = max(gaps, key=lambda key: gaps[key].max())
    index = np.unravel_index(np.argmax(gaps[name]), gaps[name].shape)
    return name, tuple(int(i) for i in index)
    ### END SOLUTION


# %%
lesson.check("worst_component")


# %%
def measure(column, epsilon=1e-5):
    """Two-sided differences of the cost with respect to every parameter."""
    steps = epsilon * np.eye(column.size)[:, :, np.newaxis]
    differences = [cost_of_column(column + s) - cost_of_column(column - s) for s in steps]
    return np.array(differences).reshape(-1, 1) / (2 * epsilon)


numeric = as_arrays(measure(theta), parameters)
claimed = backward_two(parameters, X, Y)
name, index = worst_component(numeric, claimed)
print(f"largest gap: d{name} at {index},", end=" ")
print(f"measured {numeric[name][index]:.6f}, claimed {claimed[name][index]:.6f}")
print(
    f"measured / claimed: {numeric[name][index] / claimed[name][index]:.1f}, and m = {X.shape[1]}"
)

# %% [markdown]
# The bias of the output: its gradient is 50 times too small, and there are 50 examples. Look at the
# last line of `backward_two`: `mean` has divided by $m$, and `/ m` does so once more. A bug
# like that is not fatal, which is the trouble with it: the network trains all the same.
#
# **When you check gradients**
#
# - Only to debug, never in training: two forward passes for each parameter.
# - With the regularization term in the cost, if it is in the gradients.
# - Not with dropout: with new masks in each call, the cost is another function each time. Switch it
#   off (`keep_prob = 1`), check, switch it on.
# - Also after some training: some bugs show only when weights are no longer near 0.
#
# ## 5 · Clipping
#
# Right gradients can still be too large: one steep place, one odd batch, and a single step throws
# the parameters far away. Recurrent networks do so often. **By value**, every component is cut to
# the range from $-c$ to $c$.


# %%
def clip_by_value(gradients, limit):
    """Every component cut to the range from -limit to limit.

    Args:
        gradients: dictionary from names to arrays; left as they are.
        limit: largest absolute value that stays, above 0.

    Returns:
        New dictionary with the same names and shapes.
    """
    ### BEGIN SOLUTION
    return {name: np.clip(g, -limit, limit) for name, g in gradients.items()}
    ### END SOLUTION


# %%
lesson.check("clip_by_value")

# %% [markdown]
# This is simple, but it *turns* the step: large components are cut, small ones not. **By norm**,
# an array that is too long is shortened as a whole:
#
# $$g \leftarrow g \cdot \frac{c}{\lVert g \rVert} \quad\text{if } \lVert g \rVert > c$$


# %%
def clip_by_norm(gradients, max_norm):
    """Each array shortened to a norm of at most max_norm.

    Args:
        gradients: dictionary from names to arrays; left as they are.
        max_norm: largest norm (root of the sum of squares) of one array, above 0.

    Returns:
        New dictionary with the same names and shapes.
    """
    ### BEGIN SOLUTION
    clipped = {}
    for name, g in gradients.items():
        norm = np.sqrt(np.sum(g**2))
        clipped[name] = g * (max_norm / norm) if norm > max_norm else g.copy()
    return clipped
    ### END SOLUTION


# %%
lesson.check("clip_by_norm")

# %% [markdown]
# Each array keeps its direction, but if $dW$ is shortened and $db$ is not, the step as a whole
# turns again. **By global norm**, all arrays count as one long vector, and get one factor. The
# norm before clipping is worth watching in training, so give it back, too.


# %%
def clip_by_global_norm(gradients, max_norm):
    """All arrays shortened by one factor, if together they are longer than max_norm.

    Args:
        gradients: dictionary from names to arrays; left as they are.
        max_norm: largest norm of all arrays as one vector, above 0.

    Returns:
        clipped: new dictionary with the same names and shapes;
        norm: the global norm before clipping, a number.
    """
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {name: g * factor for name, g in gradients.items()}, norm
    ### END SOLUTION


# %%
lesson.check("clip_by_global_norm")

# %%
steep = {"dW": np.array([[8.0]]), "db": np.array([[2.0]])}
clipped = {
    "gradient": steep,
    "by value, 3": clip_by_value(steep, 3.0),
    "by norm, 3": clip_by_norm(steep, 3.0),
    "by global norm, 3": clip_by_global_norm(steep, 3.0)[0],
}
for name, gradients in clipped.items():
    print(f"{name:18} dW {gradients['dW'].item():.2f}, db {gradients['db'].item():.2f}")
del clipped["by norm, 3"]  # with arrays of one number the same as by value
_ = plotting.clipped_steps({name: (g["dW"].item(), g["db"].item()) for name, g in clipped.items()})

# %% [markdown]
# Only the global norm stays on the line of the gradient. And what is it good for? The network of
# section 4 again, trained with a learning rate that is far too large for it:


# %%
def train(learning_rate, max_norm, steps=150):
    """Costs of a training with the right gradients, clipped where max_norm is not None."""
    trained, costs = dict(parameters), []
    for _ in range(steps):
        costs.append(cost(trained, X, Y))
        gradients = backward_one(trained, X, Y)
        if max_norm is not None:
            gradients, _ = clip_by_global_norm(gradients, max_norm)
        trained = {name: trained[name] - learning_rate * gradients[name] for name in trained}
    return costs


_ = plotting.costs_by_start(
    {
        "rate 8": train(8.0, None),
        "rate 8, global norm at most 0.1": train(8.0, 0.1),
        "rate 0.5": train(0.5, None),
    }
)

# %% [markdown]
# Unclipped, the rate of 8 jumps from wall to wall and never gets down. Clipped, each step is at
# most $8 \cdot 0.1 = 0.8$ long: steady at first, and as soon as the gradients are short by
# themselves, the large rate is an advantage. (On these 50 training images; that a low training cost
# is not everything is the topic of notebook 08.)
#
# ## What to try next
#
# - Put other bugs into `backward_two`: a forgotten `1 - A1**2`, a wrong sign, a transposed matrix.
#   What ratios do they give, and does `worst_component` point at them?
# - Check in float32 (`theta.astype(np.float32)`) with several `epsilon`. How small does the ratio
#   get?
# - Replace tanh by ReLU. Why may the check now fail though the gradient is right? (Think of a $z$
#   near 0.)
# - Train with `backward_two`. How much worse is the cost after 100 steps?
# - Clip by value instead in `train`. Which limit does as well?

# %% quiz
