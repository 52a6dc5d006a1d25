# %% [markdown]
# # Regularization
#
# A network with enough units fits any training set, its noise included. What we want is a network
# that is right about examples it has *not* seen. This lesson is about noticing the difference, and
# about four ways to make it smaller.
#
# **You will**
#
# - split data into train, dev and test, and read bias and variance off two error rates,
# - add an L2 penalty to the cost and to the gradients, and see that it is a *decay* of the weights,
# - see why L1 makes weights exactly zero, and L2 does not,
# - write inverted dropout, forward and backward, and check that it keeps the expectation,
# - decide with a rule when to stop training,
# - watch all of them at work on noisy points in the plane.

# %% setup

# %%
import numpy as np

import dlcourse
from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · Three sets
#
# **Train** fits the parameters. **Dev** chooses between models: which λ, which size, when to stop.
# **Test** measures the chosen one, once. Dev is used up a little with every choice made on it, which
# is why the last measurement needs a third set.
#
# How large? With a thousand examples, 60/20/20 per cent is customary. With a million, a fifth would
# be 200,000 examples that only compare models, and 10,000 do that just as well: 98/1/1. What counts
# is a *number*: an error rate measured on 2000 examples is good to about one per cent. So:
#
# $$m_{dev} = m_{test} = \max\left(\tfrac{m}{100},\; \min\left(\tfrac m5,\, 2000\right)\right)$$
#
# rounded down, at least 1, and train gets what remains.


# %%
def split_sizes(m):
    """Decide how many examples go to train, dev and test.

    Args:
        m: number of examples, 3 or more.

    Returns:
        Tuple of whole numbers (train, dev, test) that sum to m, by the formula above.
    """
    ### BEGIN SOLUTION
    held_out = max(1, min(m // 5, 2000), m // 100)
    return m - 2 * held_out, held_out, held_out
    ### END SOLUTION


# %%
lesson.check("split_sizes")

# %% [markdown]
# ## 2 · Bias and variance
#
# Two numbers tell what is wrong with a model. Is the *train* error high already? Then it cannot fit
# even what it sees: **bias**. Does the error rise from train to *dev*? Then it has learnt what is
# true of the training examples only: **variance**. For a task that people solve almost without
# error:
#
# | train error | dev error | |
# |---|---|---|
# | 1 % | 11 % | high variance |
# | 15 % | 16 % | high bias |
# | 15 % | 30 % | high bias and high variance |
# | 0.5 % | 1 % | neither |
#
# "High" is relative. On blurred pictures that people get wrong in 15 of 100 cases, a train error of
# 15 % is as good as it gets. So bias is measured from the **human error**.


# %%
def diagnose(train_error, dev_error, human_error=0.0, tolerable=1.5):
    """Name the problem of a model.

    Args:
        train_error: error rate on the training set, in per cent.
        dev_error: error rate on the dev set, in per cent.
        human_error: what people reach, in per cent.
        tolerable: largest gap that is not yet called high, in percentage points.

    Returns:
        "high bias", "high variance", "high bias and high variance" or "neither".
    """
    ### BEGIN SOLUTION
    names = []
    if train_error - human_error > tolerable:
        names.append("high bias")
    if dev_error - train_error > tolerable:
        names.append("high variance")
    return " and ".join(names) or "neither"
    ### END SOLUTION


# %%
lesson.check("diagnose")

# %% [markdown]
# The recipe follows. **High bias?** A larger network, longer training, another architecture, until
# train is fitted. **Then high variance?** More data; if there is none to be had, make some by
# *data augmentation* (mirrored, turned, cropped pictures); *regularization*; another architecture.
# Repeat until neither is left.
#
# Here is a task for it: 120 points of two half-moons with much noise for training and 1000 for dev.
# The network is linear → ReLU → linear → ReLU → linear → sigmoid with 60 and 30 hidden units: 2041
# parameters for 120 points.

# %%
rng = np.random.default_rng(1)
train = datasets.planar_moons(120, noise=0.35, rng=rng)
dev = datasets.planar_moons(1000, noise=0.35, rng=rng)
_ = plotting.planar_points(*train)


# %%
def sigmoid(Z):
    """Sigmoid without overflow."""
    d = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1.0, d) / (1.0 + d)


def initialize(sizes, seed):
    """He initialization of W1, b1, …"""
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer in range(1, len(sizes)):
        shape = sizes[layer], sizes[layer - 1]
        parameters[f"W{layer}"] = rng.standard_normal(shape) * np.sqrt(2 / shape[1])
        parameters[f"b{layer}"] = np.zeros((shape[0], 1))
    return parameters


def forward_propagation(X, parameters):
    """Run the network: probabilities (1, m) and the cache of all that was computed."""
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def compute_cost(A3, Y):
    """Cross-entropy, the mean over the examples."""
    p = np.where(Y == 1, A3, 1 - A3)
    return -np.sum(np.log(np.maximum(p, 1e-15))) / Y.shape[1]  # 1 - A3 can round to 0


# %% [markdown]
# ## 3 · L2: large weights cost extra
#
# To bend its border around every single point, a network needs large weights. So let weights cost
# something:
#
# $$J = \underbrace{-\frac1m \sum_i \left[ y \log a + (1-y) \log(1-a) \right]}_{\text{cross-entropy}}
#   + \underbrace{\frac{\lambda}{2m} \sum_l \lVert W^{[l]} \rVert_F^2}_{\text{penalty}}$$
#
# The squared **Frobenius norm** is a plain thing, the sum of the squares of all entries:
# $\lVert W \rVert_F^2 = \sum_i \sum_j w_{ij}^2$. The biases are left out: there are few of them, and
# they shift a border without bending it.


# %%
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Cross-entropy plus the L2 penalty.

    Args:
        A3: probabilities, shape (1, m).
        Y: labels, shape (1, m), each 0 or 1.
        parameters: dict with W1, b1, W2, b2, W3, b3.
        lambd: λ, 0 or more ("lambda" is a word of Python).

    Returns:
        The cost, a number. compute_cost(A3, Y) gives the cross-entropy.
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    squares = sum(np.sum(np.square(parameters[name])) for name in ("W1", "W2", "W3"))
    return compute_cost(A3, Y) + lambd / (2 * m) * squares
    ### END SOLUTION


# %%
lesson.check("compute_cost_with_regularization")

# %% [markdown]
# A new cost has new gradients. The derivative of $\frac{\lambda}{2m} w^2$ is $\frac{\lambda}{m} w$
# (this is what the ½ was for):
#
# $$dW^{[l]} = \frac1m\, dZ^{[l]} A^{[l-1]T} + \frac{\lambda}{m} W^{[l]}, \qquad
#   db^{[l]} = \frac1m \sum_i dz^{[l](i)}$$
#
# with $dZ^{[3]} = A^{[3]} - Y$ and
# $dZ^{[l]} = \left(W^{[l+1]T} dZ^{[l+1]}\right) * \left(Z^{[l]} > 0\right)$ as before.


# %%
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Gradients of the cost with its L2 penalty.

    Args:
        X: data, shape (n_x, m).
        Y: labels, shape (1, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) of forward_propagation.
        lambd: λ, 0 or more.

    Returns:
        dict with exactly dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
    """
    ### BEGIN SOLUTION
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = (W3.T @ dZ3) * (Z2 > 0)
    dZ1 = (W2.T @ dZ2) * (Z1 > 0)
    return {
        "dW1": dZ1 @ X.T / m + lambd / m * W1,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m + lambd / m * W2,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
        "dW3": dZ3 @ A2.T / m + lambd / m * W3,
        "db3": np.sum(dZ3, axis=1, keepdims=True) / m,
    }
    ### END SOLUTION


# %%
lesson.check("backward_propagation_with_regularization")

# %% [markdown]
# ### The same, as a decay
#
# Put this gradient into a step of gradient descent and sort:
#
# $$W \leftarrow W - \alpha\left(dW_{\text{backprop}} + \frac{\lambda}{m} W\right)
#   = W \left(1 - \frac{\alpha\lambda}{m}\right) - \alpha\, dW_{\text{backprop}}$$
#
# Every step first takes a small share of every weight away; what the data do not ask for again and
# again vanishes. Hence the name **weight decay**. (With Adam the two are no longer the same thing;
# for plain descent they are.)


# %%
def weight_decay_update(parameters, grads, learning_rate, lambd, m):
    """One step of gradient descent with weight decay.

    Args:
        parameters: dict of arrays, weights "W1", … and biases "b1", …; left as it is.
        grads: dict with "dW1", "db1", …, gradients of the cross-entropy *without* penalty.
        learning_rate: α, above 0.
        lambd: λ, 0 or more.
        m: number of examples.

    Returns:
        New dict with the same names; only the W decay.
    """
    ### BEGIN SOLUTION
    new = {}
    for name, value in parameters.items():
        shrink = 1 - learning_rate * lambd / m if name.startswith("W") else 1.0
        new[name] = shrink * value - learning_rate * grads[f"d{name}"]
    return new
    ### END SOLUTION


# %%
lesson.check("weight_decay_update")

# %% [markdown]
# ### Too little, enough, too much
#
# The same network, the same start, three values of λ:

# %%
STEPS = {"quick": 3000, "full": 12000}[dlcourse.scale()]
MEASURE = 50  # steps from one measurement of the costs to the next
SIZES = (2, 60, 30, 1)


def fit(lambd=0.0, keep_prob=1.0, rate=0.3, seed=1):
    """Train; returns the parameters and the costs on train and dev, one every MEASURE steps."""
    parameters, m = initialize(SIZES, seed), train.X.shape[1]
    rng, costs = np.random.default_rng(seed), []
    for step in range(STEPS):
        if keep_prob < 1:
            _, cache = forward_propagation_with_dropout(train.X, parameters, keep_prob, rng)
            grads = backward_propagation_with_dropout(train.X, train.Y, cache, keep_prob)
        else:
            _, cache = forward_propagation(train.X, parameters)
            grads = backward_propagation_with_regularization(train.X, train.Y, cache, 0.0)
        parameters = weight_decay_update(parameters, grads, rate, lambd, m)
        if step % MEASURE == 0:
            costs.append([compute_cost(predict(parameters, X), Y) for X, Y in (train, dev)])
    return parameters, np.array(costs).T


def predict(parameters, X):
    """Probabilities of class 1; without dropout, always."""
    return forward_propagation(X, parameters)[0]


fits = {f"λ = {lambd}": fit(lambd=lambd) for lambd in (0, 1, 10)}

# %%
models = {name: lambda X, p=p: predict(p, X) for name, (p, _) in fits.items()}
_ = plotting.regularization_study(models, train, dev)

# %%
for name, (parameters, _) in fits.items():
    errors = [100 * np.mean((predict(parameters, X) > 0.5) != Y) for X, Y in (train, dev)]
    squares = sum(np.sum(parameters[W] ** 2) for W in ("W1", "W2", "W3"))
    print(f"{name:7}: train error {errors[0]:4.1f} %, dev error {errors[1]:4.1f} %,", end=" ")
    print(f"sum of squared weights {squares:6.1f} → {diagnose(*errors, human_error=9.5)}")

# %% [markdown]
# Without penalty the border runs around single points: their noise has been learnt by heart. With
# λ = 1 it is smooth, right less often on train and more often on dev; the gap is smaller, though 120
# points are too few to close it. With λ = 10 the weights are so small that the network can hardly
# bend any more: the variance is gone and bias has come. λ is chosen on dev. (The moons overlap: even
# who knows the formula that made them is wrong about 9.5 % of these dev points. In the last line that
# stands for the human error.)
#
# Why do small weights make a smooth border? Many of them vanish, so that the network is in effect a
# smaller one. And with tanh or sigmoid units, small $z$ stay where the activation is almost a
# straight line.
#
# ## 4 · L1: some weights become zero
#
# Why squares, and not absolute values?
#
# $$\text{L1:}\quad \frac{\lambda}{m} \sum |w|$$


# %%
def l1_penalty(W, lambd, m):
    """L1 penalty of a matrix of weights.

    Args:
        W: weights, any shape.
        lambd: λ, 0 or more.
        m: number of examples.

    Returns:
        λ/m times the sum of all |w|, a number.
    """
    ### BEGIN SOLUTION
    return lambd / m * np.sum(np.abs(W))
    ### END SOLUTION


# %%
lesson.check("l1_penalty")

# %% [markdown]
# The slope of $|w|$ is $-1$ on the left and $+1$ on the right. At 0 there is a kink, and every
# number from $-1$ to $1$ is a **subgradient**; we take 0, so that a weight that is there stays.


# %%
def l1_gradient(W, lambd, m):
    """Subgradient of l1_penalty.

    Args:
        W: weights, any shape.
        lambd: λ, 0 or more.
        m: number of examples.

    Returns:
        Array of the shape of W: the slope in every weight, 0 where a weight is 0.
    """
    ### BEGIN SOLUTION
    return lambd / m * np.sign(W)
    ### END SOLUTION


# %%
lesson.check("l1_gradient")

# %% [markdown]
# The difference is in the pull. L2 pulls in proportion to the weight, $\frac\lambda m w$: weaker and
# weaker on the way to 0, where it never arrives. L1 pulls with the same force on all: a weight
# that the data do not defend with more than $\frac\lambda m$ goes all the way.
#
# Logistic regression on the tumours of notebook 03 has 30 measurements, many of which say the same.
# A plain step along the subgradient would jump over 0 and back, for ever at a distance of up to
# $\frac{\alpha\lambda}{m}$. So a weight that is about to cross 0 is stopped there (this is called
# *soft thresholding*):

# %%
data = datasets.breast_cancer()


def fit_neuron(kind, lambd, steps=2000, rate=0.1):
    """Logistic regression; returns its weights and its accuracy on the test part."""
    X, Y = data.train_x, data.train_y
    m, w, b = X.shape[1], np.zeros((len(X), 1)), 0.0
    for _ in range(steps):
        dz = sigmoid(w.T @ X + b) - Y
        moved, b = w - rate * (X @ dz.T) / m, b - rate * np.mean(dz)
        if kind == "L1":
            pulled = moved - rate * l1_gradient(moved, lambd, m)
            w = np.where(moved * pulled > 0, pulled, 0.0)  # stop at 0 instead of crossing it
        else:
            w = moved - rate * lambd / m * w
    right = (sigmoid(w.T @ data.test_x + b) > 0.5) == data.test_y
    return w, np.mean(right)


weights = {}
for kind, lambd in (("none", 0), ("L2", 10), ("L1", 10)):
    weights[kind], right = fit_neuron(kind, lambd)
    print(f"{kind:4}: {right:.1%} of the test part right,", end=" ")
    print(f"largest weight {np.abs(weights[kind]).max():.2f},", end=" ")
    print(f"L1 penalty for λ = 1: {l1_penalty(weights[kind], 1, data.train_x.shape[1]):.4f}")
_ = plotting.weight_sizes(weights, data.feature_names)

# %% [markdown]
# With L1, 9 of the 30 measurements remain: the model has chosen its inputs itself. With L2 all
# remain, each a little. A sparse model can be stored and explained more easily; on new data it is
# seldom better, and here it is a little worse. L2 is what networks are trained with.
#
# ## 5 · Dropout
#
# Now something that sounds absurd: in every step of training, switch off hidden units at random, for
# each example others. A unit can no longer rely on one particular input, which may be gone next
# time, so it spreads its weights over all of them, and that shrinks them.
#
# For a hidden layer with activations $A$ and the probability `keep_prob` that a unit **stays**:
#
# 1. draw a mask, $D = (U < \texttt{keep\_prob})$ with $U$ uniform in $[0, 1)$, a number for *every
#    entry* of $A$;
# 2. switch off, $A \leftarrow A * D$;
# 3. scale up, $A \leftarrow A / \texttt{keep\_prob}$.
#
# Step 3 makes it *inverted* dropout. Each entry now is $a / p$ with probability $p$ and 0 otherwise,
# which is $p \cdot \frac ap + (1-p) \cdot 0 = a$ on average. So the next layer gets as much as
# before, and at test time there is **nothing to do**: no masks, no factor. The output layer is never
# dropped, nor usually the input.


# %%
def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Run the network in training, with inverted dropout on both hidden layers.

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, W2, b2, W3, b3.
        keep_prob: probability that a hidden unit stays, above 0 and at most 1.
        rng: numpy.random.Generator; rng.random(shape) draws from [0, 1).

    Returns:
        (A3, cache): A3 of shape (1, m), and the tuple cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2,
        b2, Z3, A3, W3, b3), in which D1 and D2 are the masks (True: stays), of the shapes of A1 and
        A2, and A1 and A2 are the activations after dropout.
    """
    ### BEGIN SOLUTION
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    D1 = rng.random(A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0)
    D2 = rng.random(A2.shape) < keep_prob
    A2 = A2 * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    ### END SOLUTION


# %%
lesson.check("forward_propagation_with_dropout")

# %% [markdown]
# Is the expectation kept? One example, 20,000 masks, and the second layer's $Z$ on average:

# %%
example = np.tile(train.X[:, :1], (1, 20_000))
start = initialize(SIZES, 1)
whole = forward_propagation(train.X[:, :1], start)[1][4]  # Z2 without dropout
thinned = forward_propagation_with_dropout(example, start, 0.5, np.random.default_rng(0))[1][5]
print("Z2 of the first four units, without dropout:", whole[:4, 0].round(3))
print("with dropout, on average:                   ", thinned[:4].mean(axis=1).round(3))
print("  … if nothing were divided by keep_prob:   ", 0.5 * thinned[:4].mean(axis=1).round(3))

# %% [markdown]
# **Backward** is the chain rule through step 2 and 3: the same mask, the same factor. What was off
# had no part in the answer and gets no gradient.
#
# $$dA^{[2]} = \left(W^{[3]T} dZ^{[3]}\right) * D^{[2]} / \texttt{keep\_prob}, \qquad
#   dZ^{[2]} = dA^{[2]} * (Z^{[2]} > 0)$$
#
# and the same one layer further down.


# %%
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """Gradients of the cross-entropy for the units that stayed.

    Args:
        X: data, shape (n_x, m).
        Y: labels, shape (1, m).
        cache: the cache of forward_propagation_with_dropout, see there.
        keep_prob: the same as in the forward pass.

    Returns:
        dict with exactly dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
    """
    ### BEGIN SOLUTION
    Z1, D1, A1, _, _, Z2, D2, A2, W2, _, _, A3, W3, _ = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = (W3.T @ dZ3) * D2 / keep_prob * (Z2 > 0)
    dZ1 = (W2.T @ dZ2) * D1 / keep_prob * (Z1 > 0)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
        "dW3": dZ3 @ A2.T / m,
        "db3": np.sum(dZ3, axis=1, keepdims=True) / m,
    }
    ### END SOLUTION


# %%
lesson.check("backward_propagation_with_dropout")

# %%
fits["dropout, half stay"] = fit(keep_prob=0.5)
shown = ("λ = 0", "dropout, half stay")
models = {name: lambda X, p=fits[name][0]: predict(p, X) for name in shown}
_ = plotting.regularization_study(models, train, dev)

# %%
measured = MEASURE * np.arange(len(fits["λ = 0"][1][0]))
_ = plotting.train_dev_curves(measured, {name: fits[name][1] for name in shown})

# %% [markdown]
# Without dropout the cost on dev falls for a few hundred steps and then climbs far above its start:
# the network is wrong about some points, and more and more sure of itself. Dropout slows that down a
# lot, though it does not end it in a network so much too large. (The curves are measured without
# dropout. The cost that training itself sees has a new network in every step, and jumps about: to
# check that it falls, set `keep_prob = 1` first.)
#
# ## 6 · Early stopping
#
# The left curve offers the cheapest cure of all: keep the parameters of the lowest point. To notice
# that it has passed takes **patience**, as training is noisy: stop after `patience` measurements in
# a row without a new lowest dev error. A new one counts only if it is lower by more than
# `min_delta`; what is not enough does not lower the bar either.


# %%
def stopping_epoch(history, patience, min_delta=0.0):
    """Find the epoch after which the rule ends a training.

    Args:
        history: dev error after epoch 0, 1, 2, …, a list of numbers.
        patience: epochs to wait for an improvement, 1 or more.
        min_delta: an epoch improves if its error is below the lowest so far by more than this.

    Returns:
        The first epoch that is the patience-th in a row without improvement, a whole number, or
        None where there is no such epoch.
    """
    ### BEGIN SOLUTION
    lowest, best = float("inf"), 0
    for epoch, value in enumerate(history):
        if value < lowest - min_delta:
            lowest, best = value, epoch
        elif epoch - best >= patience:
            return epoch
    return None
    ### END SOLUTION


# %%
lesson.check("stopping_epoch")

# %%
costs = fits["λ = 0"][1]
stop = stopping_epoch(costs[1].tolist(), patience=10)
best = int(np.argmin(costs[1][: stop + 1]))
_ = plotting.train_dev_curves(measured, {"λ = 0": costs}, MEASURE * best, MEASURE * stop)
print(f"cost on dev: {costs[1][best]:.3f} at the best step, {costs[1][-1]:.3f} at the end")

# %% [markdown]
# It works like L2, with one difference. Weights start small and grow, so stopping early keeps them
# small, and one training tries all sizes, where L2 needs one training per λ. The price: a single
# knob now does two jobs, fitting train and not overfitting it. With separate knobs you can think
# about one thing at a time (*orthogonalization*, Course 3).
#
# Which one, then? L2 nearly always; early stopping when training is expensive; dropout for large
# layers with few data, in computer vision above all. And before all of these: more data.
#
# ## What to try next
#
# - Find the best λ on dev. Search 0.03, 0.1, 0.3, 1, 3: why in factors and not in equal steps?
# - Draw 1200 training points instead of 120. What is left of the gap, and of the use of λ?
# - Penalise the biases too. Does it matter?
# - Use `keep_prob` 0.8 and 0.5 together with λ = 0.3. Do the two add up?
# - Leave out the division by `keep_prob` in both passes. By how much do the answers of `predict`
#   change, and what would repair them?
# - In `fit_neuron`, step along `l1_gradient` without the stop at 0. How many weights are exactly
#   zero, how many are smaller than 0.01?
