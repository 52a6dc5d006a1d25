# %% [markdown]
# # Logistic regression as a neural network
#
# The smallest neural network has one neuron. It is also one of the most used models of all, under
# the name *logistic regression*. Everything that deep networks do when they learn is here already:
# a forward pass, a cost, gradients, descent.
#
# **You will**
#
# - write a sigmoid that does not overflow;
# - derive the cost from the probability of the data, and see why it is not the squared error;
# - compute the gradients with loops, then without, and compare the times;
# - run gradient descent, predict, and measure the accuracy;
# - train on real data: is a tumour malignant? And choose a learning rate.

# %% setup

# %%
import time

import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · One neuron
#
# An example $x$ is a column of $n_x$ numbers. The neuron has a weight for each of them, the column
# $w$, and a bias $b$. It computes
#
# $$z = w^T x + b, \qquad a = \hat y = \sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# and $a$ is read as the probability that the label $y$ of $x$ is 1. For all $m$ examples at once,
# the columns of $X$ with the shape $(n_x, m)$, it is the same line: $Z = w^T X + b$ is a row
# $(1, m)$.
#
# **Far from zero** the formula of the sigmoid needs care. At $z = -1000$ it asks for $e^{1000}$,
# which no float can hold; NumPy warns and goes on with infinity. Multiply numerator and denominator
# by $e^z$, and the danger is on the other side:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{1 + e^{z}}$$
#
# So use the first form for $z \ge 0$ and the second for $z < 0$. Both then contain only
# $e^{-|z|}$, which is never larger than one.


# %%
def sigmoid(z):
    """Sigmoid of every element, which takes no exponential of a positive number.

    Args:
        z: array of any shape (or a number); left as it is.

    Returns:
        Array of the shape of z: 1 / (1 + e^-z), accurate far out too. At z = -720 it is
        e^-720, about 2e-313, and not yet 0.
    """
    ### BEGIN SOLUTION
    d = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, d) / (1.0 + d)
    ### END SOLUTION


# %%
lesson.check("sigmoid")

# %%
line = np.linspace(-8, 8, 201)
s = sigmoid(line)
_ = plotting.activation_curves(
    line,
    {"$\\sigma(z)$": s, "slope $\\sigma(1-\\sigma)$": s * (1 - s)},
    marks=[(0, 0.5), (0, 0.25)],
)

# %% [markdown]
# The slope, $\sigma(1 - \sigma)$, is largest at $z = 0$: **0.25**. Where the neuron is sure of
# itself, the slope is almost zero. Keep that in mind; it decides which cost we choose below.
#
# ## 2 · Where to start
#
# All zeros. Then every example gets the probability 0.5: the neuron has no opinion. (In a network
# with hidden layers zeros are a bad start, because all units of a layer would stay equal. Here is
# only one unit.)


# %%
def initialize_with_zeros(dim):
    """Parameters to start from.

    Args:
        dim: number of features n_x.

    Returns:
        w: zeros, shape (dim, 1);
        b: the number 0.
    """
    ### BEGIN SOLUTION
    return np.zeros((dim, 1)), 0.0
    ### END SOLUTION


# %%
lesson.check("initialize_with_zeros")

# %% [markdown]
# ## 3 · The cost, and where it comes from
#
# If the neuron is right, the label is a coin that shows 1 with the probability $a$: a *Bernoulli*
# variable. The probability of the label that was really observed is
#
# $$p(y \mid x) = \begin{cases} a & y = 1 \\ 1 - a & y = 0 \end{cases} \;=\; a^y\,(1-a)^{1-y}$$
#
# For independent examples these multiply to the **likelihood** of the data. Good parameters are
# those that make what happened likely: this is *maximum likelihood*. A product of thousands of
# probabilities underflows to zero, so we take its logarithm, which turns it into a sum; with a
# minus it is something to make small, and divided by $m$ it does not grow with the data:
#
# $$J(w, b) = -\frac1m \sum_{i=1}^m \Big[ y^{(i)} \log a^{(i)} + (1 - y^{(i)})
# \log\big(1 - a^{(i)}\big) \Big]$$
#
# This is the **cross-entropy**. Whoever always says 0.5 pays $\log 2 = 0.6931$ per example.
# Whoever says 0.99 and is right pays 0.01; whoever says 0.99 and is wrong pays 4.6.
#
# One trap: where $a$ is exactly 1 and the label is 1, the second term is $0 \cdot \log 0$. It
# should be 0, but NumPy makes it NaN. For labels that are 0 or 1 it helps to think of the first
# formula of this section: you need the logarithm of only *one* of the two probabilities.


# %%
def compute_cost(A, Y):
    """Cross-entropy cost.

    Args:
        A: probabilities, shape (1, m), each from 0 to 1.
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        -1/m times the sum of y log a + (1-y) log(1-a), a number. An example with a = y exactly
        costs 0 (not NaN).
    """
    ### BEGIN SOLUTION
    p = np.where(Y == 1, A, 1 - A)  # the probability of the label that was observed
    return -np.sum(np.log(p)) / Y.shape[1]
    ### END SOLUTION


# %%
lesson.check("compute_cost")

# %% [markdown]
# ### Why not the squared error?
#
# $(a - y)^2$ is a fine measure of error, but behind a sigmoid it is not **convex**: it can have
# more than one valley, and it has flat plateaus. Here are five examples with one feature, four
# ordinary ones and an outlier at $x = 10$. For each weight $w$ (with $b = 0$), both costs:

# %%
x = np.array([0.5, 1.0, 1.0, 1.0, 10.0])
y = np.array([0.0, 1.0, 1.0, 1.0, 0.0])
weights = np.linspace(-2, 3, 501)
activations = sigmoid(weights[:, np.newaxis] * x)  # one row for each weight
squared_error = np.mean((activations - y) ** 2, axis=1)
cross_entropy = [compute_cost(a[np.newaxis], y[np.newaxis]) for a in activations]
_ = plotting.cost_slices(weights, {"squared error": squared_error, "cross-entropy": cross_entropy})

# %% [markdown]
# The squared error has a valley at $w = -0.13$ (cost 0.226), a hill at $0.37$, and a second, worse
# valley at $w = 1.57$ (cost 0.312). Descent that starts on the right ends there. The cross-entropy
# has a single valley, at $w = -0.18$, and a steep wall where the squared error has its plateau:
# being confidently wrong is expensive, so the gradient is large exactly where it is needed.
#
# With $w$ *and* $b$, the costs are surfaces. From each circle, gradient descent runs to its cross.
# On the squared error, two of the three are caught in the flat land on the right, and one of those
# wanders out of the picture. On the cross-entropy all three arrive at the same point.


# %%
def squared_slope(a, y):
    """Derivative of (a - y)^2 with respect to z."""
    return 2 * (a - y) * a * (1 - a)


def entropy_slope(a, y):
    """Derivative of the cross-entropy with respect to z."""
    return a - y


def descend(slope, start, steps=4000, rate=0.05):
    """All positions (w, b) of gradient descent."""
    path = [np.array(start)]
    for _ in range(steps):
        w, b = path[-1]
        dz = slope(sigmoid(w * x + b), y)
        path.append(path[-1] - rate * np.array([np.mean(dz * x), np.mean(dz)]))
    return np.array(path)


starts = [(2.5, 3.0), (-1.5, -3.0), (2.0, -1.0)]
slopes = {"squared error": squared_slope, "cross-entropy": entropy_slope}
paths = {name: [descend(slope, start) for start in starts] for name, slope in slopes.items()}

biases = np.linspace(-4, 4, 161)
z = weights[:, np.newaxis] * x + biases[:, np.newaxis, np.newaxis]  # (biases, weights, examples)
surfaces = {
    "squared error": np.mean((sigmoid(z) - y) ** 2, axis=-1),
    # 1 - sigmoid(z) is sigmoid(-z), without the rounding
    "cross-entropy": -np.mean(np.log(sigmoid(np.where(y == 1, z, -z))), axis=-1),
}
_ = plotting.cost_surfaces(weights, biases, surfaces, paths)

# %% [markdown]
# ## 4 · The gradients
#
# Which way is down? The chain rule goes backwards through $z \to a \to L$. For one example, with
# $L = -y \log a - (1-y) \log(1-a)$:
#
# $$\frac{dL}{da} = -\frac{y}{a} + \frac{1-y}{1-a} = \frac{a-y}{a(1-a)}, \qquad
# \frac{da}{dz} = a(1-a) \qquad\Rightarrow\qquad dz := \frac{dL}{dz} = a - y$$
#
# The factor $a(1-a)$, which flattens the squared error, **cancels**. What remains is the error
# itself.
# (You may find notes that print $dz = a(1-a)$, which is only the middle factor, or
# $dz = (1-y)/(a(1-a))$. Both are wrong: at the right answer, $a = y$, a gradient must vanish.)
#
# And since $z = w_1 x_1 + \dots + b$, every weight gets the share $dw_j = x_j\,dz$, and $db = dz$;
# for the cost, averaged over all examples.
#
# First in the most literal way, with one loop over the examples and one over the features.


# %%
def propagate_loops(w, b, X, Y):
    """Cost and gradients with two loops.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m).

    Returns:
        grads: {"dw": array (n_x, 1), "db": number};
        cost: a number.
    """
    ### BEGIN SOLUTION
    n_x, m = X.shape
    cost, dw, db = 0.0, np.zeros((n_x, 1)), 0.0
    for i in range(m):
        z = b
        for j in range(n_x):
            z += w[j, 0] * X[j, i]
        a = sigmoid(z)
        cost -= np.log(a if Y[0, i] == 1 else 1 - a)
        dz = a - Y[0, i]
        db += dz
        for j in range(n_x):
            dw[j, 0] += X[j, i] * dz
    return {"dw": dw / m, "db": db / m}, cost / m
    ### END SOLUTION


# %%
lesson.check("propagate_loops")

# %% [markdown]
# Now without any loop. The sum over the features is the product $w^T X$. The sum over the examples
# of $x^{(i)} dz^{(i)}$ is a product of matrices, too:
#
# $$A = \sigma(w^T X + b) \qquad dZ = A - Y \qquad dw = \frac1m X\,dZ^T \qquad
# db = \frac1m \sum_i dz^{(i)}$$
#
# Check the shapes: $(n_x, m)$ times $(m, 1)$ is $(n_x, 1)$, the shape of $w$, as it must be.


# %%
def propagate(w, b, X, Y):
    """Cost and gradients without a loop.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m).

    Returns:
        grads: {"dw": array (n_x, 1), "db": number};
        cost: a number.
    """
    ### BEGIN SOLUTION
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    dZ = A - Y
    grads = {"dw": X @ dZ.T / m, "db": np.sum(dZ) / m}
    return grads, compute_cost(A, Y)
    ### END SOLUTION


# %%
lesson.check("propagate")

# %% [markdown]
# Same numbers, and the time? Here is the data that we will train on: 569 tumours, each described by
# 30 measurements of the cell nuclei seen under a microscope. The label is 1 if the tumour turned
# out to be malignant.

# %%
data = datasets.breast_cancer()
print("training:", data.train_x.shape, data.train_y.shape, " test:", data.test_x.shape)
print(f"malignant: {data.train_y.mean():.1%} of the training part,", end=" ")
print(f"{data.test_y.mean():.1%} of the test part")

start = time.perf_counter()
slow, slow_cost = propagate_loops(np.zeros((30, 1)), 0.0, data.train_x, data.train_y)
middle = time.perf_counter()
fast, fast_cost = propagate(np.zeros((30, 1)), 0.0, data.train_x, data.train_y)
end = time.perf_counter()
print(f"largest difference in dw: {np.abs(slow['dw'] - fast['dw']).max():.1e}")
print(
    f"with loops {1000 * (middle - start):.1f} ms, without {1000 * (end - middle):.2f} ms:", end=" "
)
print(f"{(middle - start) / (end - middle):.0f} times as fast")

# %% [markdown]
# ## 5 · Downhill
#
# Gradient descent repeats a single idea: take a step against the gradient.
#
# $$w \leftarrow w - \alpha\,dw, \qquad b \leftarrow b - \alpha\,db$$
#
# The **learning rate** $\alpha$ decides how long the steps are.


# %%
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009):
    """Gradient descent.

    Args:
        w: weights to start from, shape (n_x, 1); left as they are.
        b: bias to start from, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m).
        num_iterations: number of steps.
        learning_rate: alpha.

    Returns:
        params: {"w": array (n_x, 1), "b": number} after the last step;
        grads: {"dw", "db"} of the last step;
        costs: list with the cost before every step, num_iterations numbers.
    """
    ### BEGIN SOLUTION
    costs = []
    for _ in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        costs.append(cost)
    return {"w": w, "b": b}, grads, costs
    ### END SOLUTION


# %%
lesson.check("optimize")

# %% [markdown]
# ## 6 · From probabilities to answers
#
# A probability above one half is the class 1. That is where $w^T x + b > 0$: on one side of a
# plane, the **decision boundary**.


# %%
def predict(w, b, X):
    """Class of every example.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).

    Returns:
        Array (1, m) of floats: 1.0 where the probability is above 0.5, else 0.0.
    """
    ### BEGIN SOLUTION
    return (sigmoid(w.T @ X + b) > 0.5).astype(float)
    ### END SOLUTION


# %%
lesson.check("predict")


# %%
def accuracy(predictions, Y):
    """Share of right predictions.

    Args:
        predictions: classes, shape (1, m).
        Y: labels, shape (1, m).

    Returns:
        A number from 0 to 1.
    """
    ### BEGIN SOLUTION
    return np.mean(predictions == Y)
    ### END SOLUTION


# %%
lesson.check("accuracy")

# %% [markdown]
# ## 7 · Everything together
#
# The training part is what the model may learn from. The test part stands for the patients of
# tomorrow: the model may predict it, and nothing else.


# %%
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5):
    """Initialise, optimise, predict, measure.

    Args:
        X_train: training examples as columns, shape (n_x, m_train).
        Y_train: their labels, shape (1, m_train).
        X_test: test examples as columns, shape (n_x, m_test).
        Y_test: their labels, shape (1, m_test).
        num_iterations: number of steps.
        learning_rate: alpha.

    Returns:
        Dictionary with "w", "b" and "costs" from the training; "Y_prediction_train" and
        "Y_prediction_test"; "train_accuracy" and "test_accuracy"; and the two settings
        "num_iterations" and "learning_rate".
    """
    ### BEGIN SOLUTION
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    train = predict(params["w"], params["b"], X_train)
    test = predict(params["w"], params["b"], X_test)
    return {
        "w": params["w"],
        "b": params["b"],
        "costs": costs,
        "Y_prediction_train": train,
        "Y_prediction_test": test,
        "train_accuracy": accuracy(train, Y_train),
        "test_accuracy": accuracy(test, Y_test),
        "num_iterations": num_iterations,
        "learning_rate": learning_rate,
    }
    ### END SOLUTION


# %%
lesson.check("model")

# %% [markdown]
# Now the tumours. The measurements have very different sizes (areas are near 650, smoothness is
# near 0.1), which would make the valley of the cost long and narrow. So `datasets.breast_cancer`
# has standardised them: subtract the mean $\mu$ of the feature, divide by its standard deviation
# $\sigma$. Both were computed from the **training part only**: nothing about the test part may leak
# into the model, not even its mean.

# %%
result = model(
    data.train_x, data.train_y, data.test_x, data.test_y, num_iterations=1000, learning_rate=0.1
)
print(
    f"training accuracy {result['train_accuracy']:.1%}, test accuracy {result['test_accuracy']:.1%}"
)
print(f"always saying benign would be right for {1 - data.test_y.mean():.1%} of the test part")
_ = plotting.cost_curve(result["costs"], title="one neuron learns to tell tumours apart")

# %% [markdown]
# The first cost is $\log 2 = 0.6931$, as it must be with zeros. What has it learned? With
# standardised features the weights can be compared: the larger, the more this measurement speaks
# for *malignant*. (But measurements that go together, such as radius and area, share their
# weight.)

# %%
_ = plotting.weight_bars(result["w"], data.feature_names)

# %% [markdown]
# The mistakes are not all alike. A healthy patient who is examined once more is worried for a week;
# an overlooked tumour is far worse. With a lower threshold than 0.5, fewer tumours are missed, at
# the price of more false alarms:

# %%
probability = sigmoid(result["w"].T @ data.test_x + result["b"])
malignant = data.test_y == 1
for threshold in (0.5, 0.2, 0.05):
    alarm = probability > threshold
    missed, false_alarms = np.sum(~alarm & malignant), np.sum(alarm & ~malignant)
    print(f"threshold {threshold}: {missed} of {malignant.sum()} tumours missed,", end=" ")
    print(f"{false_alarms} false alarms")

# %% [markdown]
# ## 8 · Choosing the learning rate
#
# Too small, and the cost creeps. Larger, and it falls faster. Too large, and the steps jump across
# the valley, so that the cost goes up at first, or for ever. With $\alpha = 10$ the first step goes
# so far that the neuron is certain about a patient ($a = 1$ to the last digit) and wrong: this cost
# is infinite, or whatever your `compute_cost` makes of it. The next gradient brings it back.

# %%
rates = (0.001, 0.01, 0.1, 1, 10)
with np.errstate(divide="ignore"):  # the logarithm of zero, just explained
    trained = {
        rate: model(data.train_x, data.train_y, data.test_x, data.test_y, 300, rate)
        for rate in rates
    }
for rate in rates:
    jumps = np.sum(np.diff(trained[rate]["costs"]) > 0)
    print(
        f"α = {rate:5}: training {trained[rate]['train_accuracy']:.1%},",
        f"test {trained[rate]['test_accuracy']:.1%}, steps uphill: {jumps}",
    )
_ = plotting.learning_rate_curves({rate: trained[rate]["costs"] for rate in rates})

# %% [markdown]
# Look at the test accuracy, too. The lowest training cost does not give the best test accuracy:
# with a large rate the model gets through to weights that fit even the odd cases of the training
# part, and is then too sure of itself. That is *overfitting*, which Course 2 is about.
#
# ## What to try next
#
# - Train for 100 and for 20,000 steps with $\alpha = 1$. What happens to both accuracies?
# - Replace `dZ = A - Y` by `(A - Y) * A * (1 - A)`, the gradient of the squared error, and start
#   with all weights at −5 instead of 0. Which of the two gets out of there?
# - Undo the standardisation (`data.train_x * data.std + data.mean`) and look for a learning rate
#   that works.
# - Standardise with $\mu$ and $\sigma$ of *all* patients. Is the difference visible? Why is it a
#   mistake nevertheless?
# - Train on the labels turned round, $1 - y$. How do $w$ and $b$ change, and why?
# - Split with another seed, `datasets.breast_cancer(seed=1)`, a few times. By how much does the
#   test accuracy vary? What does that say about a difference of one percent?

# %% quiz
