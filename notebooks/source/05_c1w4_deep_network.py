# %% [markdown]
# # Deep networks, layer by layer
#
# A network with one hidden layer was written out formula by formula. For twenty layers nobody
# writes twenty formulas: each layer does the same thing, so we write *one* layer, forward and
# backward, and put as many of them in a row as we like.
#
# **You will**
#
# - tell the shape of every matrix in a network before computing anything, and check it,
# - start the weights at a scale that survives many layers, and count what there is to learn,
# - write the forward pass, the cost and the backward pass for any number of layers, ending with a
#   sigmoid or with a softmax,
# - see that backpropagation is the chain rule plus *memoization*, and count what that saves,
# - train a network of your own on handwritten digits.

# %% setup

# %%
from functools import cache
from itertools import pairwise

import numpy as np

from dlcourse import datasets, plotting
from dlcourse.scratch.activations import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
)

# %% [markdown]
# The activations are the ones that you met in the lesson on shallow networks; they are given.
#
# ## 1 · Dimensions first
#
# A network with $L$ layers has sizes $n^{[0]}, n^{[1]}, \dots, n^{[L]}$, of which $n^{[0]} = n_x$
# counts the inputs: they are data, not a layer. With the $m$ examples in **columns**, layer $l$
# computes
#
# $$Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}, \qquad A^{[l]} = g^{[l]}(Z^{[l]}), \qquad A^{[0]} = X$$
#
# | | shape | why |
# |---|---|---|
# | $W^{[l]}$ | $(n^{[l]}, n^{[l-1]})$ | a row for each unit, a column for each of its inputs |
# | $b^{[l]}$ | $(n^{[l]}, 1)$ | one number for each unit; broadcasting adds it to every column |
# | $Z^{[l]}, A^{[l]}$ | $(n^{[l]}, m)$ | a row for each unit, a column for each example |
#
# Every gradient has the shape of what it belongs to: $dW^{[l]}$ that of $W^{[l]}$, and so on. Most
# bugs in deep learning code are shapes that do not fit, or, worse, shapes that fit by accident. So
# write down first what fits.

# %%
_ = plotting.draw_network((64, 20, 7, 5, 1))


# %%
def layer_shapes(layer_dims, m):
    """Tell the shape of every matrix in a network.

    Args:
        layer_dims: sizes [n[0], n[1], …, n[L]], the inputs first.
        m: number of examples.

    Returns:
        dict from "W1", "b1", "Z1", "A1", "W2", … to a tuple (rows, columns).
    """
    ### BEGIN SOLUTION
    shapes = {}
    for layer in range(1, len(layer_dims)):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        shapes[f"W{layer}"] = (n, n_prev)
        shapes[f"b{layer}"] = (n, 1)
        shapes[f"Z{layer}"] = shapes[f"A{layer}"] = (n, m)
    return shapes
    ### END SOLUTION


# %%
lesson.check("layer_shapes")

# %% [markdown]
# ## 2 · Parameters
#
# ### Where to start
#
# If all weights of a layer were zero, its units would compute the same thing, get the same gradient
# and stay the same for ever. So weights start at random; biases may start at zero. For a network
# with one hidden layer, small weights do well: $W \sim 0.01 \cdot \mathcal N(0, 1)$.
#
# All randomness comes from a generator `rng` that is passed in (`np.random.default_rng(seed)`):
# equal seeds, equal weights, whatever ran before.


# %%
def initialize_parameters(n_x, n_h, n_y, rng):
    """Draw the parameters of a network with one hidden layer.

    Args:
        n_x, n_h, n_y: number of inputs, hidden units and outputs.
        rng: numpy.random.Generator; rng.standard_normal(shape) draws from N(0, 1).

    Returns:
        dict with W1 (n_h, n_x) and W2 (n_y, n_h), draws from N(0, 1) times 0.01, and with
        b1 (n_h, 1) and b2 (n_y, 1), zeros.
    """
    ### BEGIN SOLUTION
    return {
        "W1": rng.standard_normal((n_h, n_x)) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": rng.standard_normal((n_y, n_h)) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }
    ### END SOLUTION


# %%
lesson.check("initialize_parameters")

# %% [markdown]
# ### A scale for many layers
#
# A unit adds up $n^{[l-1]}$ terms. Variances add, so with weights of standard deviation $s$ the
# sum has about $s\sqrt{n^{[l-1]}}$ times the scale of its inputs. With $s = 0.01$ and 64 inputs
# that is a factor of 0.08: after four layers hardly anything of the signal is left. With
#
# $$W^{[l]} \sim \frac{1}{\sqrt{n^{[l-1]}}}\, \mathcal N(0, 1)$$
#
# the factor is 1. (ReLU throws away half of it; course 2 repairs that as well.)


# %%
def initialize_parameters_deep(layer_dims, rng):
    """Draw the parameters of a network with any number of layers.

    Args:
        layer_dims: sizes [n[0], n[1], …, n[L]], the inputs first.
        rng: numpy.random.Generator.

    Returns:
        dict with, for l = 1 … L, W{l} (n[l], n[l-1]), draws from N(0, 1) divided by √n[l-1], and
        b{l} (n[l], 1), zeros.
    """
    ### BEGIN SOLUTION
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        parameters[f"W{layer}"] = rng.standard_normal((n, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters
    ### END SOLUTION


# %%
lesson.check("initialize_parameters_deep")

# %% [markdown]
# Send a signal of standard deviation 1 through eight ReLU layers of 100 units, once with each
# scale:

# %%
rng = np.random.default_rng(0)
start = rng.standard_normal((100, 500))
for scale, name in ((0.01, "0.01"), (0.1, "1/√100")):
    A, left = start, []
    for _ in range(8):
        A = relu(scale * rng.standard_normal((100, 100)) @ A)
        left.append(A.std())
    print(f"weights of scale {name:7s}", "  ".join(f"{s:.0e}" for s in left))

# %% [markdown]
# ### What is learned, and what you choose
#
# **Parameters** are the numbers that gradient descent finds: every $W^{[l]}$ and $b^{[l]}$.
# **Hyper-parameters** are what you decide before it begins and what shapes the result: the
# learning rate, the number of steps, the number of layers and their sizes, the activation, later
# the batch size and the strength of regularization. The cost has no slope in the number of
# layers, so you have to try: idea → code → experiment → next idea.
#
# How many parameters are there? A photograph of 64 × 64 pixels in three colours has 12 288
# inputs. With layers of 20, 7, 5 and 1 units that makes **245 973** parameters, nearly all in the
# first layer.


# %%
def count_parameters(layer_dims):
    """Count the numbers that gradient descent learns.

    Args:
        layer_dims: sizes [n[0], n[1], …, n[L]], the inputs first.

    Returns:
        int: number of entries of all W[l] and b[l] together.
    """
    ### BEGIN SOLUTION
    return sum(n * n_prev + n for n_prev, n in pairwise(layer_dims))
    ### END SOLUTION


# %%
lesson.check("count_parameters")


# %%
def classify_quantities(names):
    """Sort names into parameters and hyper-parameters.

    Args:
        names: list of strings. "W" or "b" followed by the number of a layer ("W1", "b12") is a
            parameter; every other name ("learning_rate", "batch_size") is a hyper-parameter.

    Returns:
        dict with two lists, "parameters" and "hyperparameters", each in the order of names.
    """
    ### BEGIN SOLUTION
    kinds = {"parameters": [], "hyperparameters": []}
    for name in names:
        learned = name[0] in "Wb" and name[1:].isdigit()
        kinds["parameters" if learned else "hyperparameters"].append(name)
    return kinds
    ### END SOLUTION


# %%
lesson.check("classify_quantities")

# %% [markdown]
# ## 3 · Forward
#
# The whole network is **[linear → ReLU] × (L−1) → linear → sigmoid or softmax**. We build it from
# the inside out: linear part, layer, network, cost.
#
# ### The linear part
#
# On the way back we shall need what went into the product. So each function returns, beside its
# result, a **cache** of its inputs. A cache costs memory and saves computing: how much, you will
# count at the end.


# %%
def linear_forward(A_prev, W, b):
    """Compute the linear part of a layer, Z = W A_prev + b.

    Args:
        A_prev: activations of the layer before, or the data, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).

    Returns:
        (Z, cache): Z of shape (n, m), and the tuple cache = (A_prev, W, b).
    """
    ### BEGIN SOLUTION
    return W @ A_prev + b, (A_prev, W, b)
    ### END SOLUTION


# %%
lesson.check("linear_forward")

# %% [markdown]
# ### A layer
#
# $A = g(Z)$, where $g$ is ReLU in hidden layers. In the output layer it is a **sigmoid** for a
# yes/no question with one unit, or a **softmax** for one of several classes, a unit each:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} \qquad\qquad
#   \operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$
#
# Both give probabilities. The entries of a softmax sum to 1: more for one class is less for
# another. (`softmax(Z)` works on each column.)


# %%
def linear_activation_forward(A_prev, W, b, activation):
    """Compute a whole layer, A = g(W A_prev + b).

    Args:
        A_prev: activations of the layer before, or the data, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).
        activation: "relu", "sigmoid" or "softmax".

    Returns:
        (A, cache): A of shape (n, m), and the tuple cache = (linear_cache, Z), where linear_cache
        is the one of linear_forward: cache = ((A_prev, W, b), Z).
    """
    ### BEGIN SOLUTION
    Z, linear_cache = linear_forward(A_prev, W, b)
    g = {"relu": relu, "sigmoid": sigmoid, "softmax": softmax}[activation]
    return g(Z), (linear_cache, Z)
    ### END SOLUTION


# %%
lesson.check("linear_activation_forward")

# %% [markdown]
# ### The network
#
# The last layer follows from the parameters: where $W^{[L]}$ has a single row it is a sigmoid,
# otherwise a softmax.


# %%
def l_model_forward(X, parameters):
    """Run [linear -> ReLU] x (L-1) -> linear -> sigmoid or softmax.

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, …, WL, bL, hence with 2 L entries.

    Returns:
        (AL, caches): AL of shape (n[L], m), probabilities: of a sigmoid where WL has one row, of a
        softmax where it has several. caches is the list of the L caches of
        linear_activation_forward; caches[0] belongs to layer 1.
    """
    ### BEGIN SOLUTION
    L = len(parameters) // 2
    A, caches = X, []
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        output = "sigmoid" if W.shape[0] == 1 else "softmax"
        A, cache = linear_activation_forward(A, W, b, "relu" if layer < L else output)
        caches.append(cache)
    return A, caches
    ### END SOLUTION


# %%
lesson.check("l_model_forward")

# %% [markdown]
# Now the dimensions of section 1 can be compared with real ones: 64 pixels of 300 images of
# handwritten digits, in a 64-20-7-5-1 network.

# %%
task = datasets.is_it_a_two()
layer_dims = [64, 20, 7, 5, 1]
parameters = initialize_parameters_deep(layer_dims, np.random.default_rng(1))
AL, caches = l_model_forward(task.train_x, parameters)
expected = layer_shapes(layer_dims, task.train_x.shape[1])
for layer, ((A_prev, W, b), Z) in enumerate(caches, start=1):
    for name, array in (("W", W), ("b", b), ("Z", Z)):
        assert array.shape == expected[f"{name}{layer}"], f"{name}{layer} has shape {array.shape}"
    print(f"layer {layer}: W {W.shape} · A {A_prev.shape} + b {b.shape} = Z {Z.shape}")

# %% [markdown]
# ### The cost
#
# How improbable does the network find what is true? For one output unit, and for several with
# one-hot columns $y$:
#
# $$J = -\frac1m \sum_{i} \Big[ y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log (1 - a^{(i)}) \Big]
# \qquad\qquad J = -\frac1m \sum_{i} \sum_{k} y^{(i)}_k \log a^{(i)}_k$$
#
# A network that knows nothing says 0.5, or $1/K$ for each of $K$ classes, and pays
# $\log 2 = 0.693$, or $\log K$. Beware of $\log 0$: rounding makes a very certain sigmoid exactly
# 0 or 1, and $0 \cdot \log 0$ is not a number.


# %%
def compute_cost(AL, Y):
    """Average the cross-entropy over the examples.

    Args:
        AL: probabilities, shape (1, m) from a sigmoid, or (classes, m) from a softmax.
        Y: labels of the same shape: 0 or 1 in one row, or one-hot columns.

    Returns:
        float: the cost. Finite also where AL is exactly 0 or 1, and then below 1e-7 where every
        answer is right: keep the arguments of log above 0, for instance with np.maximum(…, 1e-15).
    """
    ### BEGIN SOLUTION
    m = Y.shape[1]
    log_likelihood = Y * np.log(np.maximum(AL, 1e-15))
    if Y.shape[0] == 1:
        log_likelihood = log_likelihood + (1 - Y) * np.log(np.maximum(1 - AL, 1e-15))
    return float(-np.sum(log_likelihood) / m)
    ### END SOLUTION


# %%
lesson.check("compute_cost")

# %%
print(f"cost before training {compute_cost(AL, task.train_y):.3f}, of saying 0.5: {np.log(2):.3f}")

# %% [markdown]
# ## 4 · Backward
#
# The chain rule, from the last layer to the first. Each layer is handed $dA^{[l]}$, the gradient
# of the cost with respect to its output, and hands $dA^{[l-1]}$ on:
#
# $$\begin{aligned}
# dZ^{[l]} &= dA^{[l]} * g'(Z^{[l]}), & dA^{[l-1]} &= W^{[l]\,T} dZ^{[l]}, \\
# dW^{[l]} &= \tfrac1m\, dZ^{[l]} A^{[l-1]\,T}, \qquad & db^{[l]} &= \tfrac1m \textstyle\sum_i dZ^{[l](i)}
# \end{aligned}$$
#
# In the course's notation $dZ$ and $dA$ belong to single examples, a column for each; the average
# over the examples is taken where they are collected, in $dW$ and $db$.
#
# ### The linear part
#
# The shapes alone nearly tell you which product to take.


# %%
def linear_backward(dZ, cache):
    """Go back through the linear part of a layer.

    Args:
        dZ: gradient with respect to Z, a column for each example, shape (n, m).
        cache: the tuple (A_prev, W, b) of linear_forward.

    Returns:
        (dA_prev, dW, db): dA_prev (n_prev, m), a column for each example; dW (n, n_prev) and
        db (n, 1), averaged over the m examples.
    """
    ### BEGIN SOLUTION
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
    ### END SOLUTION


# %%
lesson.check("linear_backward")

# %% [markdown]
# ### The layer
#
# For ReLU and sigmoid each $a$ depends on its own $z$ only: multiply by the slope, $g'(z) = 1$
# where $z > 0$ for ReLU, $g'(z) = \sigma(z)(1 - \sigma(z))$ for the sigmoid (`relu_derivative(Z)`
# and `sigmoid_derivative(Z)` are given). A softmax is different: raising one score lowers all the
# other probabilities of its column. With $s = \operatorname{softmax}(z)$,
#
# $$dz = s * \Big( da - \sum_k da_k\, s_k \Big)$$


# %%
def linear_activation_backward(dA, cache, activation):
    """Go back through a layer: first the activation, then the linear part.

    Args:
        dA: gradient with respect to A, a column for each example, shape (n, m); it must not be
            changed.
        cache: ((A_prev, W, b), Z) of linear_activation_forward.
        activation: "relu", "sigmoid" or "softmax".

    Returns:
        (dA_prev, dW, db), as linear_backward returns them.
    """
    ### BEGIN SOLUTION
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * relu_derivative(Z)
    elif activation == "sigmoid":
        dZ = dA * sigmoid_derivative(Z)
    else:
        S = softmax(Z)
        dZ = S * (dA - np.sum(dA * S, axis=0, keepdims=True))
    return linear_backward(dZ, linear_cache)
    ### END SOLUTION


# %%
lesson.check("linear_activation_backward")

# %% [markdown]
# ### The network
#
# Where does it begin? For a sigmoid with the cross-entropy,
#
# $$dA^{[L]} = -\frac{Y}{A} + \frac{1-Y}{1-A}, \qquad
# dZ^{[L]} = dA^{[L]} * A (1 - A) = A^{[L]} - Y$$
#
# and for a softmax with its cross-entropy the same comes out: prediction minus label. Start with
# $dZ^{[L]} = A^{[L]} - Y$ rather than with $dA^{[L]}$: the latter divides by zero as soon as one
# output is exactly 0 or 1, although the product of the two factors is harmless.


# %%
def l_model_backward(AL, Y, caches):
    """Go back through the whole network and collect the gradients of all parameters.

    Args:
        AL: probabilities of l_model_forward, shape (n[L], m).
        Y: labels of the same shape: 0 or 1 in one row, or one-hot columns.
        caches: the list of L caches of l_model_forward, ((A_prev, W, b), Z) each.

    Returns:
        dict with dW1, db1, …, dWL, dbL, each of the shape of its parameter (further entries, such
        as dA1, do no harm). Finite also where AL is exactly 0 or 1.
    """
    ### BEGIN SOLUTION
    L, grads = len(caches), {}
    dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_backward(AL - Y, caches[L - 1][0])
    for layer in range(L - 1, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[layer - 1], "relu")
        grads[f"dW{layer}"], grads[f"db{layer}"] = dW, db
    return grads
    ### END SOLUTION


# %%
lesson.check("l_model_backward")

# %% [markdown]
# **Do not take anybody's word for a gradient, measure it.** Move one weight up and down a little:
# the cost changes by slope times distance. Here for twenty weights of each layer of the digits
# network:

# %%
grads = l_model_backward(AL, task.train_y, caches)
step = 1e-6
for layer in range(1, len(layer_dims)):
    W, dW = parameters[f"W{layer}"], grads[f"dW{layer}"]
    ours, measured = [], []
    for flat in rng.choice(W.size, min(20, W.size), replace=False):
        index = np.unravel_index(flat, W.shape)
        costs = []
        for sign in (1, -1):
            moved = W.copy()
            moved[index] += sign * step
            answer, _ = l_model_forward(task.train_x, {**parameters, f"W{layer}": moved})
            costs.append(compute_cost(answer, task.train_y))
        ours.append(dW[index])
        measured.append((costs[0] - costs[1]) / (2 * step))
    ours, measured = np.array(ours), np.array(measured)
    ratio = np.linalg.norm(ours - measured) / (np.linalg.norm(ours) + np.linalg.norm(measured))
    print(f"dW{layer}: relative difference {ratio:.0e}")

# %% [markdown]
# A difference of about $10^{-7}$ or less is rounding; $10^{-2}$ would be a bug.
#
# ## 5 · One step downhill
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha\, dW^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha\, db^{[l]}$$


# %%
def update_parameters(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Args:
        parameters: dict with W1, b1, …, WL, bL; neither it nor its arrays must be changed.
        grads: dict with dW1, db1, …, dWL, dbL.
        learning_rate: step size, above 0.

    Returns:
        A new dict with the same keys.
    """
    ### BEGIN SOLUTION
    return {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}
    ### END SOLUTION


# %%
lesson.check("update_parameters")

# %% [markdown]
# ### Ten digits
#
# That is all there is to a deep network. Put together, your functions tell the ten digits apart: 64
# pixels, two hidden layers, a softmax over ten classes. A network that knows nothing pays
# $\log 10 = 2.30$ and is right one time in ten.

# %%
data = datasets.digits()
X = data.train_images.reshape(-1, 64).T / 16
X_test = data.test_images.reshape(-1, 64).T / 16
Y = np.eye(10)[:, data.train_labels]
steps = 250 if dlcourse.scale() == "quick" else 2000

parameters, costs = initialize_parameters_deep([64, 32, 16, 10], np.random.default_rng(0)), []
for _ in range(steps):
    AL, caches = l_model_forward(X, parameters)
    costs.append(compute_cost(AL, Y))
    grads = l_model_backward(AL, Y, caches)
    parameters = update_parameters(parameters, grads, 0.5)

for name, x, labels in (("train", X, data.train_labels), ("test", X_test, data.test_labels)):
    right = np.mean(l_model_forward(x, parameters)[0].argmax(axis=0) == labels)
    print(f"{name}: {right:.1%} of {len(labels)} digits are right")

# %%
_ = plotting.cost_curve(costs)

# %% [markdown]
# The peaks at the beginning are steps that went too far: 0.5 is a large learning rate. With 0.1 the
# curve is smooth, and after as many steps the cost is still higher. Try it.

# %% [markdown]
# ## 6 · Backpropagation = chain rule + memoization
#
# The chain rule alone is a recursion. The error $\delta = \partial \mathcal L / \partial z$ of a
# hidden unit asks for the errors of all units of the next layer; each of them asks for the layer
# after it. Every unit also asks for activations, which ask for the layers before:
#
# $$\begin{aligned}
# a^{[l]}_j &= g\Big(\sum_i w^{[l]}_{ji}\, a^{[l-1]}_i + b^{[l]}_j\Big), &
# \delta^{[L]} &= a^{[L]} - y, \\
# \delta^{[l]}_j &= \Big(\sum_k w^{[l+1]}_{kj}\, \delta^{[l+1]}_k\Big) \cdot g'(z^{[l]}_j), \qquad &
# dW^{[l]}_{ji} &= \delta^{[l]}_j \, a^{[l-1]}_i, \quad db^{[l]}_j = \delta^{[l]}_j
# \end{aligned}$$
#
# Written down as it stands, each value is computed again whenever somebody asks for it.
# **Memoization** means to keep what has been computed. That is what the caches do on the way
# forward, and the passing on of $dA$ on the way back. It changes no number, only how often it is
# computed.
#
# Count the multiplications for **one example**; additions and the functions $g$ are free.
#
# **With a cache** everything is computed once. Forward, each weight multiplies once; so it does
# for $dW$. Each error of a *hidden* unit of layer $l$ takes $n^{[l+1]}$ products with weights and
# one with $g'$. (Nobody needs the errors of the inputs.) A 2-3-1 network takes
# $9 + 9 + 3 \cdot (1 + 1) = 24$.


# %%
def multiplications_with_cache(layer_dims):
    """Count the multiplications for the gradients of one example if every result is kept.

    Args:
        layer_dims: sizes [n[0], n[1], …, n[L]], the inputs first.

    Returns:
        int: forward pass, errors of the hidden units, and dW.
    """
    ### BEGIN SOLUTION
    weights = sum(n * n_prev for n_prev, n in pairwise(layer_dims))
    errors = sum(n * (n_next + 1) for n, n_next in pairwise(layer_dims[1:]))
    return 2 * weights + errors
    ### END SOLUTION


# %%
lesson.check("multiplications_with_cache")

# %% [markdown]
# **Without a cache** follow the formulas. Let $z_l$ be the cost of one $z$ (or $a$) of layer $l$,
# and $e_l$ that of one error:
#
# $$z_0 = 0, \quad z_l = n^{[l-1]} (z_{l-1} + 1), \qquad\qquad
# e_L = z_L, \quad e_l = n^{[l+1]} (e_{l+1} + 1) + z_l + 1$$
#
# Each of the $n^{[l]} n^{[l-1]}$ entries of $dW^{[l]}$ asks for an error and an activation of the
# layer before, and multiplies them: $e_l + z_{l-1} + 1$. Each of the $n^{[l]}$ entries of
# $db^{[l]}$ asks for an error: $e_l$. Add it all up. A 2-1 network takes
# $2 \cdot (2 + 0 + 1) + 2 = 8$, a 2-3-1 network **168** instead of 24.


# %%
def multiplications_without_cache(layer_dims):
    """Count the multiplications for the gradients of one example if nothing is kept.

    Args:
        layer_dims: sizes [n[0], n[1], …, n[L]], the inputs first.

    Returns:
        int: for every entry of every dW and db, everything it asks for, computed anew.
    """
    ### BEGIN SOLUTION
    L = len(layer_dims) - 1
    z = [0]
    for n_prev in layer_dims[:-1]:
        z.append(n_prev * (z[-1] + 1))
    error, total = z[L], 0
    for layer in range(L, 0, -1):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        total += n * (n_prev * (error + z[layer - 1] + 1) + error)
        error = n * (error + 1) + z[layer - 1] + 1
    return total
    ### END SOLUTION


# %%
lesson.check("multiplications_without_cache")

# %% [markdown]
# For the digits network 64-20-7-5-1 that is 3 132 against 2 541 427 352; with the cache the work
# grows *linearly* with depth, without it *exponentially* (the axis is logarithmic, so that is a
# straight line):

# %%
networks = [[3, *[3] * hidden, 1] for hidden in range(1, 11)]
_ = plotting.multiplication_growth(
    [len(sizes) - 1 for sizes in networks],
    [multiplications_with_cache(sizes) for sizes in networks],
    [multiplications_without_cache(sizes) for sizes in networks],
)
for sizes in ([2, 3, 1], [64, 7, 1], [64, 20, 7, 5, 1]):
    with_cache, without = multiplications_with_cache(sizes), multiplications_without_cache(sizes)
    print(f"{sizes!s:20} with cache {with_cache:6,}   without {without:14,}")

# %% [markdown]
# **Seeing is believing.** Here is the bare chain rule as a program: functions that call
# themselves and each other, exactly the formulas above. The only difference between the two runs
# is `functools.cache`, which keeps the results.


# %%
def chain_rule(x, y, parameters, remember):
    """Gradients of one example by recursion, and how many multiplications it took."""
    L, count = len(parameters) // 2, 0

    def times(a, b):
        nonlocal count
        count += 1
        return a * b

    def z(layer, j):
        weights = parameters[f"W{layer}"][j]
        products = (times(w, a(layer - 1, i)) for i, w in enumerate(weights))
        return sum(products) + parameters[f"b{layer}"][j, 0]

    def a(layer, j):
        return x[j] if layer == 0 else (sigmoid if layer == L else relu)(z(layer, j))

    def error(layer, j):
        if layer == L:
            return a(L, j) - y
        weights = parameters[f"W{layer + 1}"][:, j]
        back = sum(times(w, error(layer + 1, k)) for k, w in enumerate(weights))
        return times(back, relu_derivative(z(layer, j)))

    if remember:
        z, a, error = cache(z), cache(a), cache(error)
    grads = {}
    for layer in range(1, L + 1):
        n, n_prev = parameters[f"W{layer}"].shape
        grads[f"dW{layer}"] = np.array(
            [[times(error(layer, j), a(layer - 1, i)) for i in range(n_prev)] for j in range(n)]
        )
        grads[f"db{layer}"] = np.array([[error(layer, j)] for j in range(n)])
    return grads, count


# %%
sizes = [2, 3, 3, 1]
small = initialize_parameters_deep(sizes, np.random.default_rng(3))
x, y = np.array([1.0, -0.5]), 1
AL, caches = l_model_forward(x[:, np.newaxis], small)
backpropagation = l_model_backward(AL, np.array([[y]]), caches)
formulas = {True: multiplications_with_cache(sizes), False: multiplications_without_cache(sizes)}
for remember, formula in formulas.items():
    grads, count = chain_rule(x, y, small, remember)
    equal = all(np.allclose(grads[name], backpropagation[name]) for name in grads)
    print(f"remember={remember!s:5} {count:5} multiplications, your formula says {formula:5}")
    print(f"               the same gradients as backpropagation: {equal}")

# %% [markdown]
# ## What to try next
#
# - Start the ten-digits network with weights of 0.01 (multiply those of
#   `initialize_parameters_deep`). What does the cost do, and how does it depend on the number of
#   hidden layers?
# - Give the network 2, 4, 6 hidden layers of 16 units. Which learning rate still works?
# - Replace the softmax by ten sigmoids. What changes in the cost, and do the ten numbers still
#   sum to 1?
# - Drop one term on purpose (the $1/m$, a transpose in a square layer) and look at what the
#   gradient check says, and what training says. Which of the two notices?
# - Count the *memory* of the cache: how many numbers does the forward pass keep for $m$ examples?
#
# In the next notebook your layers become an image classifier. The quiz of the week is at its end.
