# %% [markdown]
# # NumPy for deep learning
#
# A neural network is arithmetic on large arrays. Whoever writes that arithmetic with loops waits;
# whoever writes it with arrays has it a hundred times sooner, and in fewer lines. The price is that
# *shapes* become part of the programming.
#
# **You will**
#
# - write the sigmoid and its derivative, first for one number, then for whole arrays;
# - measure what a loop costs against the same computation without it;
# - turn images and vectors into columns, and meet the pitfalls of rank-1 arrays;
# - predict the shapes that broadcasting makes, and sum along an axis;
# - normalise rows, write a softmax that does not overflow, and two losses.
#
# Fill a blank, run its check, read what it says. `lesson.hint("name")` gives you a hint, and a
# stronger one each time you ask.

# %% setup

# %%
import math
import time

import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · The sigmoid of one number
#
# A neuron that decides between two classes turns a number $x$ between $-\infty$ and $\infty$ into a
# probability:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# For a large $x$ the power $e^{-x}$ vanishes and $\sigma$ comes close to 1; for a very negative
# $x$ it comes close to 0; and $\sigma(0) = 1/2$. The number $x$ itself is the logarithm of the
# odds: $x = \log 3$ means three to one, a probability of 0.75.
#
# Start with Python's own `math.exp`, which takes a single number.


# %%
def basic_sigmoid(x):
    """Sigmoid of a single number, with math.exp.

    Args:
        x: a number.

    Returns:
        1 / (1 + e^-x), a float between 0 and 1.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + math.exp(-x))
    ### END SOLUTION


# %%
lesson.check("basic_sigmoid")

# %% [markdown]
# ## 2 · The sigmoid of an array
#
# Networks compute with vectors and matrices, and `math.exp` refuses them: it wants one number.
# `np.exp` applies the exponential to **every element** and gives an array of the same shape.
# So do `+`, `-`, `*`, `/`, comparisons, and a number that meets an array. A formula for one
# number is therefore, written with NumPy, already the formula for a million numbers.

# %%
try:
    math.exp(np.array([1.0, 2.0, 3.0]))
except TypeError as error:
    print("math.exp of an array:", error)
print("np.exp of an array:", np.exp(np.array([1.0, 2.0, 3.0])))


# %%
def sigmoid(z):
    """Sigmoid of every element.

    Args:
        z: array of any shape (or a number).

    Returns:
        1 / (1 + e^-z), an array of the shape of z.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %%
lesson.check("sigmoid")

# %% [markdown]
# Learning needs slopes: how much does the output change when $z$ changes a little? For the sigmoid
# the slope can be written with the value itself, so that backpropagation gets it almost for
# free. With $s = \sigma(z)$:
#
# $$\frac{d\sigma}{dz} = \frac{e^{-z}}{(1 + e^{-z})^2} = s\,(1 - s)$$
#
# The product $s(1-s)$ is largest where both factors are one half. So the slope is never larger than
# **0.25**, and far from zero it is almost nothing: a fact that will haunt deep networks.


# %%
def sigmoid_derivative(z):
    """Slope of the sigmoid at every element.

    Args:
        z: array of any shape (or a number).

    Returns:
        s (1 - s) with s = sigmoid(z), an array of the shape of z.
    """
    ### BEGIN SOLUTION
    s = sigmoid(z)
    return s * (1 - s)
    ### END SOLUTION


# %%
lesson.check("sigmoid_derivative")

# %%
line = np.linspace(-8, 8, 201)
_ = plotting.activation_curves(
    line,
    {"sigmoid $s$": sigmoid(line), "its derivative $s(1-s)$": sigmoid_derivative(line)},
    marks=[(0.0, 0.5), (0.0, 0.25)],
)

# %% [markdown]
# ## 3 · Without a loop
#
# A neuron weighs its inputs: $w \cdot x = \sum_i w_i x_i$. The obvious program multiplies and adds
# one pair after the other:


# %%
def dot_loop(a, b):
    """Inner product of two columns (n, 1), pair by pair."""
    total = 0.0
    for i in range(len(a)):
        total += a[i, 0] * b[i, 0]
    return total


# %% [markdown]
# For each of the $n$ pairs, Python looks up two elements, makes a number object of each, finds out
# which multiplication is meant, and throws the objects away again. The multiplication itself is the
# smallest part. An operation on whole arrays does the bookkeeping once and leaves the loop to
# compiled code, which treats several numbers with one instruction. This is **vectorization**.


# %%
def dot(a, b):
    """Inner product of two columns, without a loop.

    Args:
        a: array (n, 1).
        b: array (n, 1).

    Returns:
        The sum of a_i * b_i: a number, not an array.
    """
    ### BEGIN SOLUTION
    return np.sum(a * b)
    ### END SOLUTION


# %%
lesson.check("dot")

# %% [markdown]
# Same result, and the time? The picture shows the **ratio**: how many times longer the loop takes,
# for 10 elements up to a million. (Small arrays gain little: there, calling NumPy is itself the
# cost.)


# %%
def seconds_for(function, *arguments):
    """Best of three, so that another program's work does not count."""
    best = math.inf
    for _ in range(3):
        start = time.perf_counter()
        function(*arguments)
        best = min(best, time.perf_counter() - start)
    return best


sizes = 10 ** np.arange(1, 7)
numbers = np.random.default_rng(0).normal(size=(2, sizes[-1], 1))
loop_seconds = [seconds_for(dot_loop, *numbers[:, :n]) for n in sizes]
array_seconds = [seconds_for(dot, *numbers[:, :n]) for n in sizes]
print(f"a million elements with the loop: {1000 * loop_seconds[-1]:.0f} ms")
print(f"a million elements without:       {1000 * array_seconds[-1]:.1f} ms")
_ = plotting.timing_ratio(sizes, loop_seconds, array_seconds)

# %% [markdown]
# ## 4 · An image is a column
#
# In this part of the course every example is a **column**: a data set of $m$ examples with $n_x$
# numbers each is a matrix $X$ of shape $(n_x, m)$. An image of shape (height, width, channels) must
# be unrolled for that, row by row, into height · width · channels numbers. `reshape` does it, and
# `-1` lets NumPy work out one of the lengths.


# %%
def image2vector(image):
    """Unroll an image into a column, in the order in which its numbers are stored.

    Args:
        image: array (height, width, channels).

    Returns:
        Array (height * width * channels, 1).
    """
    ### BEGIN SOLUTION
    return image.reshape(-1, 1)
    ### END SOLUTION


# %%
lesson.check("image2vector")

# %%
digits = datasets.digits()
digit = digits.train_images[0]
column = image2vector(digit[:, :, np.newaxis])  # one channel: grey
print("image:", digit.shape, "→ column:", column.shape)
_ = plotting.image_as_column(digit, column)

# %% [markdown]
# Side by side, the columns of many images are the matrix $X$ that a network reads. Nothing is lost:
# `column.reshape(8, 8)` is the image again.

# %%
X = np.hstack([image2vector(image[:, :, np.newaxis]) for image in digits.train_images[:16]])
print("X:", X.shape)
_ = plotting.image_grid([x.reshape(8, 8) for x in X.T], digits.train_labels[:16])

# %% [markdown]
# ## 5 · The pitfall of rank 1
#
# `np.arange(5.0)` has the shape `(5,)`: **one** axis. It is neither a row `(1, 5)` nor a column
# `(5, 1)`, and it behaves like neither. Before you run the cell, guess the shapes:

# %%
a = np.arange(5.0)
c = a.reshape(5, 1)
print("a:     ", a.shape, "   a.T:", a.T.shape, "  (transposing does nothing)")
print("a @ a: ", a @ a, "    (an inner product, and a number)")
print("c:     ", c.shape, " c.T:", c.T.shape)
print("c @ c.T:", (c @ c.T).shape, "(a table of products)")
print("a + c: ", (a + c).shape, " (no error, but is that what you wanted?)")

# %% [markdown]
# The last line is the dangerous one. Subtract predictions of shape `(5,)` from labels of shape
# `(5, 1)`, and you get 25 numbers, whose mean looks like a plausible cost. So: make columns and
# rows on purpose, and say so with `assert a.shape == (5, 1)` where it matters.


# %%
def as_column(v):
    """A vector of any layout as a column.

    Args:
        v: n numbers: a list, or an array of shape (n,), (n, 1) or (1, n).

    Returns:
        Array (n, 1).
    """
    ### BEGIN SOLUTION
    return np.asarray(v).reshape(-1, 1)
    ### END SOLUTION


# %%
lesson.check("as_column")

# %% [markdown]
# ## 6 · Broadcasting
#
# Why did `(5,)` and `(5, 1)` make `(5, 5)`? Because of a rule that is worth knowing by heart:
#
# 1. Write the shapes below each other, aligned at the **last** axis. Where the shorter one has no
#    axis, put a 1.
# 2. Axis by axis: equal lengths are fine. A length of 1 is **stretched** to the other one.
# 3. Everything else is an error.
#
# ```
#   (5, 1)        (3, 4)       (64, 16)       (3, 4)
#      (5,)          (4,)       (64, 1)          (3,)
#   ------        ------       --------       ------
#   (5, 5)        (3, 4)       (64, 16)       error: 4 against 3
# ```
#
# The third one is what $w^T X + b$ and "subtract the mean of every feature" rely on. Nothing is
# copied: the stretched axis is read again and again.


# %%
def broadcast_shape(shape_a, shape_b):
    """Shape of a + b for arrays of two given shapes (without making arrays).

    Args:
        shape_a: tuple of axis lengths, perhaps empty.
        shape_b: tuple of axis lengths, perhaps empty.

    Returns:
        Tuple of axis lengths.

    Raises:
        ValueError: if two lengths differ and neither of them is 1.
    """
    ### BEGIN SOLUTION
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + tuple(shape_a)
    b = (1,) * (rank - len(shape_b)) + tuple(shape_b)
    result = []
    for p, q in zip(a, b, strict=True):
        if p != q and 1 not in (p, q):
            raise ValueError(f"{shape_a} and {shape_b} do not fit: {p} against {q}")
        result.append(q if p == 1 else p)
    return tuple(result)
    ### END SOLUTION


# %%
lesson.check("broadcast_shape")

# %% [markdown]
# ## 7 · Sums along an axis
#
# Here are the calories in 100 g of four foods. From which share of them come the carbohydrates?

# %%
FOODS = ["apples", "beef", "eggs", "potatoes"]
SOURCES = ["carbohydrate", "protein", "fat"]
CALORIES = np.array([[56.0, 0.0, 4.4, 68.0], [1.2, 104.0, 52.0, 8.0], [1.8, 135.0, 99.0, 0.9]])

print("axis=0, down the rows:    ", CALORIES.sum(axis=0), "one sum per food")
print("axis=1, along the columns:", CALORIES.sum(axis=1), "one sum per source")
print("axis=0, keepdims:         ", CALORIES.sum(axis=0, keepdims=True).shape)
print("axis=1, keepdims:         ", CALORIES.sum(axis=1, keepdims=True).shape)

# %% [markdown]
# The axis that you name is the one that **disappears**. With `keepdims=True` it stays, with the
# length 1: then the sums are a row or a column, and broadcasting lays them where you mean them.


# %%
def percent_of_total(table):
    """Share of every entry in the sum of its column, in percent.

    Args:
        table: array (n, m), left as it is.

    Returns:
        Array (n, m) whose columns sum to 100.
    """
    ### BEGIN SOLUTION
    return 100 * table / table.sum(axis=0, keepdims=True)
    ### END SOLUTION


# %%
lesson.check("percent_of_total")

# %% [markdown]
# For apples it is 56 of 59 calories: **94.9 %**.

# %%
_ = plotting.stacked_shares(percent_of_total(CALORIES), SOURCES, FOODS)

# %% [markdown]
# The same pattern (reduce along an axis, keep it, combine) normalises vectors. If the rows of a
# matrix have very different lengths, gradient descent struggles; dividing each row by its length
# $\lVert x \rVert = \sqrt{\sum_j x_j^2}$ keeps only its direction:
#
# $$x = \begin{pmatrix} 3 & 4 \\ 0 & -2 \end{pmatrix} \quad\to\quad
# \lVert x \rVert = \begin{pmatrix} 5 \\ 2 \end{pmatrix} \quad\to\quad
# \frac{x}{\lVert x \rVert} = \begin{pmatrix} 0.6 & 0.8 \\ 0 & -1 \end{pmatrix}$$


# %%
def normalize_rows(x):
    """Divide every row by its length.

    Args:
        x: array (n, m), no row all zero; left as it is.

    Returns:
        Array (n, m) whose rows have length one.
    """
    ### BEGIN SOLUTION
    return x / np.linalg.norm(x, axis=1, keepdims=True)
    ### END SOLUTION


# %%
lesson.check("normalize_rows")

# %% [markdown]
# ## 8 · Softmax
#
# The sigmoid decides between two classes. For more of them, softmax turns a column of scores into
# probabilities:
#
# $$\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_k e^{z_k}} = \frac{e^{z_i - c}}{\sum_k e^{z_k - c}}$$
#
# The second form holds for any $c$, because $e^{-c}$ cancels. That matters: $e^{1000}$ is larger
# than any float, and infinity divided by infinity is not a number (NaN). With $c = \max_k z_k$ the
# largest power is $e^0 = 1$, and nothing overflows. Every column needs its *own* maximum.

# %%
with np.errstate(all="ignore"):
    scores = np.array([1000.0, 1001.0])
    print("without the shift:", np.exp(scores) / np.exp(scores).sum())


# %%
def softmax(z, axis=0):
    """Scores to probabilities along an axis, for scores of any size.

    Args:
        z: array of scores; by default every column is an example.
        axis: the axis along which the probabilities sum to one.

    Returns:
        Array of the shape of z.
    """
    ### BEGIN SOLUTION
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
    ### END SOLUTION


# %%
lesson.check("softmax")

# %% [markdown]
# ## 9 · Two losses
#
# How wrong is a prediction $\hat y$? Two answers, each a single number:
#
# $$L_1(\hat y, y) = \sum_i |y_i - \hat y_i| \qquad L_2(\hat y, y) = \sum_i (y_i - \hat y_i)^2$$
#
# $L_1$ counts every unit of error alike. $L_2$ forgives small errors and punishes large ones: an
# error twice as large costs four times as much, so a single outlier can dominate it.


# %%
def l1(yhat, y):
    """Sum of the absolute differences.

    Args:
        yhat: array of predictions.
        y: array of true values, the shape of yhat.

    Returns:
        A number.
    """
    ### BEGIN SOLUTION
    return np.sum(np.abs(y - yhat))
    ### END SOLUTION


# %%
lesson.check("l1")


# %%
def l2(yhat, y):
    """Sum of the squared differences.

    Args:
        yhat: array of predictions.
        y: array of true values, the shape of yhat.

    Returns:
        A number.
    """
    ### BEGIN SOLUTION
    return np.sum((y - yhat) ** 2)
    ### END SOLUTION


# %%
lesson.check("l2")

# %%
errors = np.linspace(-2, 2, 81)
zero = np.array([0.0])
ax = plotting.activation_curves(
    errors,
    {
        "$L_1$": [l1(np.array([e]), zero) for e in errors],
        "$L_2$": [l2(np.array([e]), zero) for e in errors],
    },
)
_ = ax.set(xlabel="error of a single prediction", ylabel="loss")

# %% [markdown]
# ## 10 · On real data: which digit is it most like?
#
# What you have is enough for a first classifier, without any training. Scale every image to
# length one; then the inner product of two images is the cosine of the angle between them: 1 for
# images that differ in brightness only. Average the training images of each digit, and ask of a
# test image which average it is most like. One product of matrices compares *all* test images with
# all ten averages.

# %%
train = normalize_rows(digits.train_images.reshape(-1, 64))
test = normalize_rows(digits.test_images.reshape(-1, 64))
averages = np.stack([train[digits.train_labels == d].mean(axis=0) for d in range(10)])
likeness = normalize_rows(averages) @ test.T  # (10, number of test images)
guesses = likeness.argmax(axis=0)
print("likeness:", likeness.shape, " right:", f"{np.mean(guesses == digits.test_labels):.1%}")
_ = plotting.image_grid(averages.reshape(10, 8, 8), range(10), columns=10)

# %% [markdown]
# And with softmax, likeness becomes something like a probability. The factor 20 makes the
# differences count; here are the test images about which it is least sure, with the truth behind
# the guess:

# %%
probability = softmax(20 * likeness)
unsure = probability.max(axis=0).argsort()[:8]
titles = [
    f"{guesses[i]}? {probability[guesses[i], i]:.0%}, is {digits.test_labels[i]}" for i in unsure
]
_ = plotting.image_grid(digits.test_images[unsure], titles)

# %% [markdown]
# ## What to try next
#
# - Replace `np.sum(a * b)` in `dot` by `(a.T @ b).item()` and draw the ratio again. Which one is
#   faster for a million elements, and why? (One of them first makes an array of a million
#   products.)
# - Time `sigmoid` against a loop over `basic_sigmoid`. Is the gain larger or smaller than that of
#   `dot`, where each element needs less work?
# - `softmax` of two scores $(z, 0)$ is $(\sigma(z), 1 - \sigma(z))$. Verify it with random $z$.
# - Leave out `keepdims=True` in `normalize_rows`. For which shapes is there an error, and for which
#   ones a wrong result without any?
# - Sum $10^7$ numbers of type `float32` with `np.sum` and with a loop. How many digits agree?
#
# The next notebook uses all of this: a neuron that learns. The quiz of the week is at its end.
