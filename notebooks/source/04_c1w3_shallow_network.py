# %% [markdown]
# # A network with one hidden layer
#
# One neuron draws one straight line. Put a few neurons side by side and a second one behind them,
# and the border bends. This notebook builds that network by hand, and then looks inside.
#
# **You will**
#
# - show that layers without an activation function are worth just one layer,
# - write the activation functions of the course, each with its slope: tanh, ReLU and leaky ReLU,
#   ELU, softplus, softmax and hardmax,
# - write a network with one hidden layer: forward pass, cost, the six formulas of
#   back-propagation, update, training loop, prediction,
# - see what each hidden unit contributes, and how many units a problem needs,
# - see two ways to start badly: equal weights keep the units identical, large weights saturate
#   them,
# - train it on real handwriting that a single neuron cannot tell apart.

# %% setup

# %%
import numpy as np
from matplotlib import pyplot as plt

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · Data that no straight line separates
#
# A flower with six petals, alternately of class 0 and class 1, made by a formula: each petal is an
# arch of the curve $r = 4\,|\sin 3\varphi|$, with some noise. As always an example is a **column**:
# `X` is $(2, 400)$ and `Y` is $(1, 400)$.

# %%
X, Y = datasets.planar_flower(m=400, rng=np.random.default_rng(1))
new_X, new_Y = datasets.planar_flower(m=400, rng=np.random.default_rng(2))  # never trained on
X.shape, Y.shape


# %%
def sigmoid(z):
    """Squash z into (0, 1), without overflow on either side; you wrote it in the last lesson."""
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, decay) / (1.0 + decay)


def accuracy(predictions, labels):
    """Share of the examples that are right."""
    return float(np.mean(predictions == labels))


# %% [markdown]
# Logistic regression, a single neuron, does what it can:

# %%
w, b = np.zeros((2, 1)), 0.0
for _ in range(500):
    dZ = sigmoid(w.T @ X + b) - Y
    w = w - 0.5 * X @ dZ.T / X.shape[1]
    b = b - 0.5 * float(np.mean(dZ))


def single_neuron(points):
    """What the single neuron says."""
    return (sigmoid(w.T @ points + b) > 0.5).astype(float)


title = f"one neuron: {accuracy(single_neuron(X), Y):.0%} right"
_ = plotting.decision_boundary(single_neuron, X, Y, title=title)

# %% [markdown]
# Hardly better than guessing, which gives 50 %. The border has to turn several times, so we need
# something that can bend.
#
# ## 2 · Why the layer in between must not be linear
#
# Put a layer $A = W_1 X + b_1$ in front of a second one, $W_2 A + b_2$. Multiply it out:
#
# $$W_2 (W_1 x + b_1) + b_2 = \underbrace{W_2 W_1}_{W}\, x + \underbrace{W_2 b_1 + b_2}_{b}$$
#
# Two linear layers **compose to one**. So do a hundred: without something non-linear between them,
# depth buys nothing, and the border stays one straight line. Write the one layer that two amount
# to.


# %%
def compose_linear(W1, b1, W2, b2):
    """Write two linear layers as one.

    Args:
        W1: weights of the first layer, (n_h, n_x).
        b1: its biases, (n_h, 1).
        W2: weights of the second layer, (n_y, n_h).
        b2: its biases, (n_y, 1).

    Returns:
        W (n_y, n_x) and b (n_y, 1), so that W x + b is what the two layers give for x.
    """
    ### BEGIN SOLUTION
    return W2 @ W1, W2 @ b1 + b2
    ### END SOLUTION


# %%
lesson.check("compose_linear")

# %% [markdown]
# ## 3 · Activation functions and their slopes
#
# What stands between two layers is an **activation function** $a = g(z)$, applied to every entry
# by itself. The forward pass needs its value, the backward pass its slope $g'(z)$: the error is
# multiplied by that slope on its way back. Where the slope is 0, nothing is learnt.
#
# | | $g(z)$ | $g'(z)$ | where |
# |---|---|---|---|
# | step | 1 if $z \ge 0$ else 0 | 0 | the perceptron: no slope, no gradient descent |
# | linear | $z$ | 1 | output of a regression |
# | sigmoid | $1/(1+e^{-z})$ | $s(1-s) \le 0.25$ | output: probability of a class |
# | tanh | $2\,\text{sigmoid}(2z) - 1$ | $1 - a^2 \le 1$ | hidden layers, centred at 0 |
# | ReLU | $\max(0, z)$ | 0 or 1 | hidden layers, the usual choice today |
# | leaky ReLU | $z$ or $0.01\,z$ | 1 or 0.01 | a unit that is never quite dead |
# | ELU | $z$ or $\alpha(e^z - 1)$ | 1 or $\alpha e^z$ | like ReLU, but smooth for $\alpha = 1$ |
# | softplus | $\log(1 + e^z)$ | sigmoid$(z)$ | a ReLU with a rounded corner |
# | softmax | $e^{z_i} / \sum_j e^{z_j}$ | a matrix | output: one of several classes |
# | hardmax | 1 at the largest, else 0 | 0 | the decision, not the training |
#
# The slope is nearly free once the value is known, so let each function return both. Three are
# given as a pattern:


# %%
def step_and_slope(z):
    """The perceptron's step: flat on both sides, so its slope teaches nothing."""
    return np.where(z >= 0, 1.0, 0.0), np.zeros(z.shape)


def linear_and_slope(z):
    """What comes in goes out."""
    return 1.0 * z, np.ones(z.shape)


def sigmoid_and_slope(z):
    """The sigmoid and s (1 - s), which is never more than 0.25."""
    s = sigmoid(z)
    return s, s * (1 - s)


# %% [markdown]
# ### Tanh
#
# The hyperbolic tangent is the sigmoid, stretched: twice as high, moved down by 1 so that it is
# centred at 0, and half as wide:
#
# $$\tanh(z) = 2\,\text{sigmoid}(2z) - 1, \qquad \tanh'(z) = 1 - a^2 \ \text{ with } a = \tanh(z)$$
#
# Watch the $2z$: $2\,\text{sigmoid}(z) - 1$ is $\tanh(z/2)$, a mistake that can be found in print.
# In a hidden layer tanh nearly always beats the sigmoid: its outputs average out near 0, which
# suits the next layer, and its slope reaches 1 instead of 0.25.


# %%
def tanh_and_slope(z):
    """Give tanh, computed through the sigmoid above, and its slope.

    Args:
        z: array of any shape.

    Returns:
        a and da/dz, both shaped like z.
    """
    ### BEGIN SOLUTION
    a = 2 * sigmoid(2 * z) - 1
    return a, 1 - a**2
    ### END SOLUTION


# %%
lesson.check("tanh_and_slope")

# %% [markdown]
# ### ReLU and leaky ReLU
#
# Tanh flattens on both sides. The **rectified linear unit** $\max(0, z)$ never does on the right:
# its slope there is 1, however large $z$ is. On the left its slope is 0, and a unit that is
# negative for every example gets no gradient any more: it is *dead*. A small leak keeps it alive:
#
# $$a = \begin{cases} z & z > 0 \\ 0.01\,z & \text{else} \end{cases} \qquad
#   g'(z) = \begin{cases} 1 & z > 0 \\ 0.01 & \text{else} \end{cases}$$
#
# At $z = 0$ there is a corner and no derivative; by convention take the left one. With
# `negative_slope=0.0` you get ReLU itself.


# %%
def leaky_relu_and_slope(z, negative_slope=0.01):
    """Give leaky ReLU and its slope.

    Args:
        z: array of any shape; it must not be changed.
        negative_slope: slope where z is not positive, in [0, 1).

    Returns:
        a and da/dz, both float arrays shaped like z.
    """
    ### BEGIN SOLUTION
    slope = np.where(z > 0, 1.0, negative_slope)
    return slope * z, slope
    ### END SOLUTION


# %%
lesson.check("leaky_relu_and_slope")


# %%
def relu_and_slope(z):
    """ReLU is a leaky ReLU without the leak."""
    return leaky_relu_and_slope(z, negative_slope=0.0)


# %% [markdown]
# ### ELU and softplus
#
# Two ways to round off the corner. The **exponential linear unit** bends towards $-\alpha$ on the
# left; **softplus** is above ReLU everywhere, by $\log 2 = 0.693$ at zero and by less elsewhere.
# The slope of softplus is the sigmoid.
#
# Both contain an exponential, and $e^{800}$ is already more than a 64-bit number can hold. For ELU,
# keep positive $z$ out of the exponential. For softplus, take the large part out of the logarithm:
#
# $$\log(1 + e^z) = \max(z, 0) + \log(1 + e^{-|z|})$$


# %%
def elu_and_slope(z, alpha=1.0):
    """Give the exponential linear unit and its slope.

    Args:
        z: array of any shape, also with entries such as 10000.
        alpha: how far below zero it can go, at least 0.

    Returns:
        a (z where z > 0, alpha (exp(z) - 1) elsewhere) and da/dz, both shaped like z.
    """
    ### BEGIN SOLUTION
    exp_z = np.exp(np.minimum(z, 0))
    return np.where(z > 0, z, alpha * (exp_z - 1)), np.where(z > 0, 1.0, alpha * exp_z)
    ### END SOLUTION


# %%
lesson.check("elu_and_slope")


# %%
def softplus_and_slope(z):
    """Give softplus, log(1 + exp(z)), and its slope.

    Args:
        z: array of any shape, also with entries such as 10000.

    Returns:
        a and da/dz, both shaped like z and finite.
    """
    ### BEGIN SOLUTION
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))), sigmoid(z)
    ### END SOLUTION


# %%
lesson.check("softplus_and_slope")

# %% [markdown]
# All of them at a glance. Look at the dashed slopes: where are they 0, and how large do they get?

# %%
_ = plotting.values_and_slopes(
    {
        "step": step_and_slope,
        "linear": linear_and_slope,
        "sigmoid": sigmoid_and_slope,
        "tanh": tanh_and_slope,
        "ReLU": relu_and_slope,
        "leaky ReLU": leaky_relu_and_slope,
        "ELU": elu_and_slope,
        "softplus": softplus_and_slope,
    }
)

# %% [markdown]
# ### Softmax and hardmax
#
# The last two look at a whole column of scores, one per class. **Softmax** turns it into
# probabilities, **hardmax** into a decision:
#
# $$\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}} \qquad
#   \text{hardmax}(z)_i = \begin{cases} 1 & i = \arg\max_j z_j \\ 0 & \text{else} \end{cases}$$
#
# $z = (5, 2, -1, 3)$ gives $(0.842, 0.042, 0.002, 0.114)$ and $(1, 0, 0, 0)$. Adding one number to
# all scores of a column changes nothing, because $e^{z+c} = e^z e^c$ and $e^c$ cancels. So subtract
# the largest score first, and nothing can overflow.


# %%
def softmax_and_hardmax(Z):
    """Give the smooth and the abrupt choice among the scores of every column.

    Args:
        Z: scores, (classes, m), also with entries such as 10000.

    Returns:
        soft: probabilities, (classes, m); every column sums to 1.
        hard: floats, (classes, m); a 1 at the largest score of each column (of equal ones, the
            first), 0 elsewhere.
    """
    ### BEGIN SOLUTION
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    soft = E / E.sum(axis=0, keepdims=True)
    hard = np.zeros(Z.shape)
    hard[np.argmax(Z, axis=0), np.arange(Z.shape[1])] = 1.0
    return soft, hard
    ### END SOLUTION


# %%
lesson.check("softmax_and_hardmax")

# %% [markdown]
# Multiply the scores by a growing number, and softmax becomes hardmax. That is why it is called
# *soft*. Its slope is the matrix $\partial s_i / \partial z_j = s_i (\delta_{ij} - s_j)$; hardmax
# jumps, so its slope is 0, and one cannot train through it.

# %%
scores = np.array([[5.0], [2.0], [-1.0], [3.0]])
for sharpness in (0, 0.5, 1, 2, 10):
    soft, hard = softmax_and_hardmax(sharpness * scores)
    print(f"softmax of {sharpness:4} · z:", soft.ravel().round(3))
print("hardmax of        z:", softmax_and_hardmax(scores)[1].ravel())

# %% [markdown]
# ## 4 · The network
#
# Two inputs, $n_h$ hidden units with tanh, one output with a sigmoid:
#
# $$Z_1 = W_1 X + b_1 \quad\to\quad A_1 = \tanh(Z_1) \quad\to\quad
#   Z_2 = W_2 A_1 + b_2 \quad\to\quad A_2 = \text{sigmoid}(Z_2)$$

# %%
_ = plotting.draw_network((2, 4, 1))

# %% [markdown]
# ### Sizes
#
# The data decide how many inputs and outputs there are. The number of hidden units is ours to
# choose: a **hyper-parameter**.


# %%
def layer_sizes(X, Y, n_h=4):
    """Tell the sizes of the three layers.

    Args:
        X: examples as columns, (n_x, m).
        Y: labels as columns, (n_y, m).
        n_h: number of hidden units.

    Returns:
        Tuple of whole numbers (n_x, n_h, n_y).
    """
    ### BEGIN SOLUTION
    return X.shape[0], n_h, Y.shape[0]
    ### END SOLUTION


# %%
lesson.check("layer_sizes")

# %% [markdown]
# ### First parameters
#
# Weights start **random**, so that the units differ, and **small**, so that tanh starts where it
# is steep: 0.01 times a standard normal number. Biases may start at 0. Section 6 shows what
# happens otherwise.


# %%
def initialize_parameters(n_x, n_h, n_y, rng):
    """Draw the first parameters.

    Args:
        n_x: number of inputs.
        n_h: number of hidden units.
        n_y: number of outputs.
        rng: numpy Generator to draw from, with rng.standard_normal.

    Returns:
        dict with "W1" (n_h, n_x) and "W2" (n_y, n_h), normal with mean 0 and standard deviation
        0.01, and "b1" (n_h, 1) and "b2" (n_y, 1), zero.
    """
    ### BEGIN SOLUTION
    return {
        "W1": 0.01 * rng.standard_normal((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": 0.01 * rng.standard_normal((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }
    ### END SOLUTION


# %%
lesson.check("initialize_parameters")

# %% [markdown]
# ### Forward
#
# Four lines. Keep all four results: the backward pass needs them, and what is kept need not be
# computed again. That tuple is called the **cache**.


# %%
def forward_propagation(X, parameters):
    """Compute the probabilities of class 1.

    Args:
        X: examples as columns, (n_x, m).
        parameters: dict with "W1", "b1", "W2", "b2".

    Returns:
        A2 (1, m), and the cache (Z1, A1, Z2, A2).
    """
    ### BEGIN SOLUTION
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, (Z1, A1, Z2, A2)
    ### END SOLUTION


# %%
lesson.check("forward_propagation")

# %% [markdown]
# ### Cost
#
# The output is a probability, as in logistic regression, and so the cost is the same cross-entropy:
#
# $$J = -\frac{1}{m} \sum_{i=1}^m \left[ y^{(i)} \log a_2^{(i)}
#   + (1 - y^{(i)}) \log (1 - a_2^{(i)}) \right]$$
#
# A network that knows nothing says 0.5 and pays $\log 2 = 0.693$ per example: remember that number,
# every training of two classes starts near it.


# %%
def compute_cost(A2, Y):
    """Compute the cross-entropy cost, averaged over the examples.

    Args:
        A2: probabilities of class 1, (1, m), between 0 and 1.
        Y: labels, (1, m), each 0 or 1.

    Returns:
        The cost, a float.
    """
    ### BEGIN SOLUTION
    return float(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))
    ### END SOLUTION


# %%
lesson.check("compute_cost")

# %% [markdown]
# ### Backward: six formulas
#
# Write $d\,\cdot$ for the slope of the cost with respect to something. Walk back through the
# network and apply the chain rule once per arrow:
#
# | | shape | why |
# |---|---|---|
# | $dZ_2 = A_2 - Y$ | $(1, m)$ | cross-entropy and sigmoid together, as in logistic regression |
# | $dW_2 = \frac1m\, dZ_2\, A_1^T$ | $(1, n_h)$ | each weight multiplies an entry of $A_1$ |
# | $db_2 = \frac1m \sum_i dZ_2^{(i)}$ | $(1, 1)$ | the bias is added to every example |
# | $dZ_1 = W_2^T dZ_2 * (1 - A_1^2)$ | $(n_h, m)$ | back through $W_2$, times the slope of tanh |
# | $dW_1 = \frac1m\, dZ_1\, X^T$ | $(n_h, n_x)$ | like $dW_2$, with this layer's input |
# | $db_1 = \frac1m \sum_i dZ_1^{(i)}$ | $(n_h, 1)$ | summed along `axis=1`, `keepdims=True` |
#
# The $*$ multiplies entry by entry; everything else is a matrix product. The products $dZ\,A^T$ sum
# over the examples, so there is no loop. And every gradient is shaped like its parameter: check it
# when in doubt.


# %%
def backward_propagation(parameters, cache, X, Y):
    """Compute the gradients of the cost.

    Args:
        parameters: dict with "W1", "b1", "W2", "b2".
        cache: tuple (Z1, A1, Z2, A2) of the forward pass.
        X: examples as columns, (n_x, m).
        Y: labels, (1, m), each 0 or 1.

    Returns:
        dict with "dW1", "db1", "dW2", "db2", each shaped like its parameter.
    """
    ### BEGIN SOLUTION
    _, A1, _, A2 = cache
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
    ### END SOLUTION


# %%
lesson.check("backward_propagation")

# %% [markdown]
# Do not take it on trust. A gradient is a slope, and a slope can be measured: move one weight a
# little in both directions and see how the cost changes. All digits but the last few must agree.

# %%
small = initialize_parameters(2, 4, 1, np.random.default_rng(0))
some = {name: 50 * value for name, value in small.items()}
_, cache = forward_propagation(X, some)
grads = backward_propagation(some, cache, X, Y)
for unit in range(4):
    shift = np.zeros((4, 2))
    shift[unit, 0] = 1e-5
    up, down = (
        compute_cost(forward_propagation(X, some | {"W1": some["W1"] + s})[0], Y)
        for s in (shift, -shift)
    )
    print(
        f"dW1[{unit}, 0]: formula {grads['dW1'][unit, 0]:+.9f}, measured {(up - down) / 2e-5:+.9f}"
    )

# %% [markdown]
# ### Update
#
# One step of gradient descent for all parameters at once:
# $\theta \leftarrow \theta - \alpha\, d\theta$.


# %%
def update_parameters(parameters, grads, learning_rate):
    """Make one step of gradient descent.

    Args:
        parameters: dict with "W1", "b1", "W2", "b2"; it and its arrays must not be changed.
        grads: dict with "dW1", "db1", "dW2", "db2".
        learning_rate: how far to go, relative to the gradient.

    Returns:
        New dict with "W1", "b1", "W2", "b2".
    """
    ### BEGIN SOLUTION
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
    ### END SOLUTION


# %%
lesson.check("update_parameters")

# %% [markdown]
# ### All together


# %%
def nn_model(X, Y, n_h, num_iterations, learning_rate, rng):
    """Train a network with one hidden layer by gradient descent, with the functions above.

    Args:
        X: examples as columns, (n_x, m).
        Y: labels, (1, m), each 0 or 1.
        n_h: number of hidden units.
        num_iterations: number of steps.
        learning_rate: how far each step goes, relative to the gradient.
        rng: numpy Generator that the first weights are drawn from.

    Returns:
        parameters: dict with "W1", "b1", "W2", "b2" after the last step.
        costs: list of floats, the cost before each step.
    """
    ### BEGIN SOLUTION
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h), rng)
    costs = []
    for _ in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION


# %%
lesson.check("nn_model")


# %%
def predict(parameters, X):
    """Decide the class of every example.

    Args:
        parameters: dict with "W1", "b1", "W2", "b2".
        X: examples as columns, (n_x, m).

    Returns:
        Float array (1, m): 1.0 where the probability of class 1 is above one half, else 0.0.
    """
    ### BEGIN SOLUTION
    A2, _ = forward_propagation(X, parameters)
    return (A2 > 0.5).astype(float)
    ### END SOLUTION


# %%
lesson.check("predict")

# %% [markdown]
# ### Train it
#
# Four hidden units on the flower. The cost starts near 0.693 and stays there for a while: with
# weights of 0.01 the network is nearly linear, and a linear network knows nothing here. Then the
# units find different jobs, and it falls. (Where the curve has a spike, a step was too long for the
# steep valley that it had reached, and jumped out: 1.2 is nearly too large a learning rate here.)

# %%
iterations = {"quick": 3000, "full": 10_000}[dlcourse.scale()]
parameters, costs = nn_model(X, Y, 4, iterations, 1.2, np.random.default_rng(0))
_ = plotting.cost_curve(costs, title="four hidden units")

# %%
title = f"four hidden units: {accuracy(predict(parameters, X), Y):.0%} right"
_ = plotting.decision_boundary(lambda points: predict(parameters, points), X, Y, title=title)

# %% [markdown]
# ### What does each hidden unit do?
#
# A hidden unit is a neuron: $\tanh(w \cdot x + b)$ changes its sign on a straight line. The output
# combines these lines. How many does a flower with six petals need? Three lines through the middle
# cut the plane into six sectors. Train just **three** units and look at their lines; the arrow of a
# line points to where its unit is positive.

# %%
three, _ = nn_model(X, Y, 3, iterations, 1.2, np.random.default_rng(0))
ax = plotting.hidden_lines(three["W1"], three["b1"], X, Y)
_ = ax.set_title(f"three hidden units: {accuracy(predict(three, X), Y):.0%} right")

# %% [markdown]
# Nobody told them where to lie. Back-propagation found them.
#
# ## 5 · How many hidden units?
#
# Train networks of different width, and look at the borders. The table also shows points that no
# network has seen.

# %%
study = {
    n_h: nn_model(X, Y, n_h, iterations, 1.2, np.random.default_rng(0))[0]
    for n_h in (1, 2, 3, 4, 10, 50)
}
for n_h, trained in study.items():
    right, right_new = (accuracy(predict(trained, P), L) for P, L in ((X, Y), (new_X, new_Y)))
    print(f"hidden units {n_h:3}: {right:.1%} of the training points, {right_new:.1%} of new ones")

# %%
_ = plotting.hidden_size_study(
    {n_h: (lambda points, p=p: predict(p, points)) for n_h, p in study.items()}, X, Y
)

# %% [markdown]
# One unit draws a line (a better one than in section 1, because tanh keeps the far points from
# pulling at it), two draw a corner, three are just enough. Beyond that the training points go on
# improving a little, but new points do not: near the centre, where the petals overlap, the wide
# networks draw islands around single noisy points. That is **overfitting**. What to do against it
# is a subject of course 2; for now, prefer the smallest network that does the job.
#
# ## 6 · Two ways to start badly
#
# ### Equal weights: the units stay identical
#
# Suppose all hidden units start with the same weights. They compute the same activation, so they
# get the same gradient, so after the step they are still the same. Forever: the network has one
# unit, written down many times. This is the **symmetry** that random weights break.
#
# To see it, measure it. A hidden unit is its row of $W_1$, its entry of $b_1$ and its column of
# $W_2$. The **spread** is the largest difference between two units in any of these numbers.


# %%
def hidden_unit_spread(parameters):
    """Measure how much the hidden units differ.

    Args:
        parameters: dict with "W1" (n_h, n_x), "b1" (n_h, 1) and "W2" (1, n_h).

    Returns:
        The largest difference that two hidden units have in any one of their numbers, a float;
        0.0 if all units are the same.
    """
    ### BEGIN SOLUTION
    units = np.hstack([parameters["W1"], parameters["b1"], parameters["W2"].T])
    return float(np.max(units.max(axis=0) - units.min(axis=0)))
    ### END SOLUTION


# %%
lesson.check("hidden_unit_spread")


# %%
def train_from(parameters, num_iterations, learning_rate=1.2):
    """Train from given parameters, on the flower."""
    costs = []
    for _ in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


# %%
random_start = initialize_parameters(2, 6, 1, np.random.default_rng(0))
starts = {
    "all zero": {name: np.zeros(value.shape) for name, value in random_start.items()},
    "all 0.5": {name: np.full(value.shape, 0.5) for name, value in random_start.items()},
    "small random": random_start,
}
ends = {name: train_from(start, 1000) for name, start in starts.items()}
for name, (trained, costs) in ends.items():
    print(
        f"{name:12} cost {costs[-1]:.3f}, spread {hidden_unit_spread(trained):8.2g}, "
        f"{accuracy(predict(trained, X), Y):.0%} right"
    )

# %% [markdown]
# From zero nothing happens at all: $A_1 = 0$ makes $dW_2 = 0$, and $W_2 = 0$ makes $dZ_1 = 0$. From
# equal numbers the six units move, but together (a spread as tiny as that is rounding): they do no
# better than one unit. From small random numbers they part. Their lines say the same, six on
# top of each other on the left, different ones on the right:

# %%
figure, axes = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
for ax, name in zip(axes, ("all 0.5", "small random"), strict=True):
    trained, _ = ends[name]
    plotting.hidden_lines(trained["W1"], trained["b1"], X, Y, ax)
    ax.set_title(f"six units, from {name}")

# %% [markdown]
# ### Large weights: the units saturate
#
# Random is not enough. With large weights, $z$ is large, tanh sits at $\pm 1$, and its slope
# $1 - a^2$ is nearly 0: the error that arrives is multiplied by nothing. Count the activations that
# are that far out.


# %%
def fraction_saturated(A, limit=0.99):
    """Tell which share of tanh activations is saturated.

    Args:
        A: activations, any shape, between -1 and 1.
        limit: an activation counts as saturated where its absolute value is above this.

    Returns:
        The share, a float between 0 and 1.
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.abs(A) > limit))
    ### END SOLUTION


# %%
lesson.check("fraction_saturated")

# %%
first_activations = {}
print("weights of   saturated   cost after 100 steps   after 1000")
for size in (0.01, 1.0, 10.0, 100.0):
    start = random_start | {"W1": random_start["W1"] / 0.01 * size}
    A1 = forward_propagation(X, start)[1][1]
    _, costs = train_from(start, 1000)
    first_activations[f"weights of size {size:g}"] = A1
    print(f"{size:10g}   {fraction_saturated(A1):9.0%}   {costs[100]:20.3f}   {costs[-1]:10.3f}")

# %%
_ = plotting.activation_histograms(first_activations)

# %% [markdown]
# The inputs reach up to 4 here, so weights of size 1 are already fairly large, and still fine. At
# 10 and 100 most units are stuck at $\pm 1$ before the first step, and after a thousand steps the
# cost is still higher than where the moderate ones were. The right size depends on the number of
# inputs; course 2 derives it (Xavier, He).
#
# ## 7 · Other shapes
#
# Nothing in the network knows about flowers.

# %%
shapes = {
    "moons": datasets.planar_moons(noise=0.15, rng=np.random.default_rng(3)),
    "circles": datasets.planar_circles(noise=0.1, rng=np.random.default_rng(3)),
}
figure, axes = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
for ax, (name, (points, labels)) in zip(axes, shapes.items(), strict=True):
    trained, _ = nn_model(points, labels, 6, iterations, 1.2, np.random.default_rng(0))
    title = f"{name}: {accuracy(predict(trained, points), labels):.0%} right"
    plotting.decision_boundary(lambda p, t=trained: predict(t, p), points, labels, ax, title)

# %% [markdown]
# ## 8 · Real handwriting
#
# Images of the digits 0, 3, 4 and 7, of $8 \times 8$ pixels each, projected onto the two directions
# in which handwritten digits differ most (their first principal components, found on the training
# images only). The question: is it one of **3 and 4** (class 1), or one of **0 and 7** (class 0)?
# In the plane the four digits lie at the corners of a cross: this is *exclusive or*, made by human
# hands.

# %%
digits = datasets.digits_in_the_plane(zeros=(0, 7), ones=(3, 4))
rng = np.random.default_rng(0)
one, _ = nn_model(digits.train_x, digits.train_y, 1, iterations, 1.2, rng)
four, costs = nn_model(digits.train_x, digits.train_y, 4, iterations, 1.2, rng)
for name, trained in {"one hidden unit": one, "four hidden units": four}.items():
    train = accuracy(predict(trained, digits.train_x), digits.train_y)
    test = accuracy(predict(trained, digits.test_x), digits.test_y)
    print(f"{name:17}: {train:.1%} of the training images, {test:.1%} of the test images")

# %%
_ = plotting.decision_boundary(
    lambda points: predict(four, points), digits.test_x, digits.test_y, title="test images"
)

# %% [markdown]
# A single border line gets about three of four images right, four hidden units about 95 of a
# hundred, from only two numbers per image. With all 64 pixels it would be easier still: that is
# the next lesson.
#
# ## 9 · What to try next
#
# - **Other activations.** Write `forward_propagation` and `backward_propagation` with
#   `relu_and_slope` in the hidden layer. How do the borders change? (Look for corners.)
# - **Learning rate.** Train four units with 0.1, 1.2, 5 and 20. Which one is too slow, which one
#   jumps about? Draw the costs with `plotting.learning_rate_curves`.
# - **Luck.** Train two units with ten different generators. Do they all end alike? And three?
# - **More petals.** `datasets.planar_flower(petals=8, rng=…)`: how many units now, and why?
# - **Exclusive or.** Train on the four points $(\pm1, \pm1)$. With weights of 0.01 the cost stays
#   at 0.693 for thousands of steps: the start is nearly a saddle point. What size of weights gets
#   it going?
# - **Noise.** Raise `noise` until 50 units are worse on new points than 3.
# - **Other digits.** `datasets.digits_in_the_plane(zeros=(0, 4), ones=(3, 6))` and others: which
#   groups can even the widest network not tell apart, and why is that not its fault?

# %% quiz
