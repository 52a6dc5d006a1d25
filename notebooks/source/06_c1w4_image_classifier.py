# %% [markdown]
# # An image classifier: two layers against L layers
#
# You have all the parts of a deep network. Now put them to work: show the computer a handwritten
# digit and ask *"is it a two?"*. You train a network with two layers and one with four, compare
# them on images that neither has seen, and then do what separates people who improve models from
# people who restart them: look at the images that go wrong.
#
# **You will**
#
# - turn images into columns that a network can read,
# - train a two-layer network and an L-layer network with the functions of the last notebook,
# - judge them against the simplest answer possible, not against 50 %,
# - see what the first layer looks for, and which images are mislabelled and why,
# - draw a digit of your own and have it classified.

# %% setup

# %%
import numpy as np

from dlcourse import datasets, plotting
from dlcourse.scratch.dense import (
    compute_cost,
    initialize_parameters,
    initialize_parameters_deep,
    l_model_backward,
    l_model_forward,
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    update_parameters,
)

# %% [markdown]
# These are the functions that you wrote in the last notebook, in the course's version. (Yours do
# the same: paste them into a cell below this one, and they are used instead.)
#
# ## 1 · Images as columns
#
# 1797 digits, written by hand, scanned and reduced to 8 × 8 pixels; a pixel is a whole number
# from 0 (paper) to 16 (ink). We keep only 300 of them for training, which is little, so that the
# networks make mistakes to look at. The other 1497 are the test.

# %%
data = datasets.digits(train_size=300)
print("training images", data.train_images.shape, "labels", data.train_labels.shape)
print("test images    ", data.test_images.shape)
_ = plotting.image_grid(data.train_images[:16], titles=data.train_labels[:16], limits=(0, 16))

# %% [markdown]
# A network of dense layers reads a **column of numbers** for each example: the pixels row after
# row, 64 of them. And it likes numbers of moderate size, so divide by the largest value that a
# pixel *can* have. Not by the largest one that happens to be there: training and test images must
# be treated alike.
#
# Beware of a trap. The images come as $(m, h, w)$, and $X$ shall be $(n_x, m)$. `reshape` deals
# out the numbers in the order in which they lie in memory. `images.reshape(n_x, m)` has the right
# *shape*, but mixes pixels of different images, and nothing complains. A network trained on that
# learns nothing, and you search for the mistake in the network.


# %%
def preprocess_images(images, brightest):
    """Turn a stack of images into columns of numbers between 0 and 1.

    Args:
        images: shape (m, height, width), or (m, height, width, channels) for colours; integer or
            float values from 0 to brightest. They must not be changed.
        brightest: the largest value that a pixel can have.

    Returns:
        float array (n_x, m): each column is an image, its pixels in reading order.
    """
    ### BEGIN SOLUTION
    return images.reshape(images.shape[0], -1).T / brightest
    ### END SOLUTION


# %%
lesson.check("preprocess_images")

# %%
train_x = preprocess_images(data.train_images, 16)
test_x = preprocess_images(data.test_images, 16)
train_y = (data.train_labels == 2).astype(int)[np.newaxis]
test_y = (data.test_labels == 2).astype(int)[np.newaxis]
print("train", train_x.shape, train_y.shape, " test", test_x.shape, test_y.shape)

# %% [markdown]
# **Before anything is trained: what would be bad?** One digit in ten is a two. Whoever says "no"
# to every image is right in 90 % of the cases, without looking. A network must beat *that*, not
# 50 %.


# %%
def accuracy(predictions, y):
    """Share of right answers; both arrays have the shape (1, m)."""
    return np.mean(predictions == y)


always_no = np.zeros_like(test_y)
print(
    f"always saying no: {accuracy(always_no, test_y):.1%} right, "
    f"{np.sum(test_y)} twos missed of {np.sum(test_y)}"
)

# %% [markdown]
# ## 2 · Two layers
#
# linear → ReLU → linear → sigmoid, written out:
#
# $$A_1 = \operatorname{ReLU}(W_1 X + b_1), \quad A_2 = \sigma(W_2 A_1 + b_2), \quad
# dZ_2 = A_2 - Y, \quad \theta \leftarrow \theta - \alpha\, d\theta$$
#
# | function | gives |
# |---|---|
# | `initialize_parameters(n_x, n_h, n_y, rng)` | W1, b1, W2, b2 |
# | `linear_activation_forward(A_prev, W, b, activation)` | A, cache = (linear_cache, Z) |
# | `compute_cost(AL, Y)` | the cost |
# | `linear_backward(dZ, linear_cache)` | dA_prev, dW, db |
# | `linear_activation_backward(dA, cache, activation)` | dA_prev, dW, db |
# | `update_parameters(parameters, grads, learning_rate)` | new parameters |


# %%
def two_layer_model(X, Y, layer_dims, learning_rate, num_iterations, rng):
    """Train linear -> ReLU -> linear -> sigmoid by gradient descent on all examples at once.

    Args:
        X: data, shape (n_x, m).
        Y: labels 0 or 1, shape (1, m).
        layer_dims: (n_x, n_h, 1).
        learning_rate: step size.
        num_iterations: number of steps, 0 or more.
        rng: numpy.random.Generator for initialize_parameters.

    Returns:
        (parameters, costs): dict with W1, b1, W2, b2 after the last step, and a list with the cost
        before each step, num_iterations floats.
    """
    ### BEGIN SOLUTION
    parameters, costs = initialize_parameters(*layer_dims, rng), []
    for _ in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        costs.append(compute_cost(A2, Y))
        dA1, dW2, db2 = linear_backward(A2 - Y, cache2[0])
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION


# %%
lesson.check("two_layer_model")

# %%
steps = 1500 if dlcourse.scale() == "quick" else 5000
two, two_costs = two_layer_model(train_x, train_y, (64, 7, 1), 0.3, steps, np.random.default_rng(1))
_ = plotting.cost_curve(two_costs, title="two layers, 7 hidden units")

# %% [markdown]
# The cost begins at $\log 2 = 0.693$, what it costs to answer 0.5 to everything, as weights near 0
# do. It falls fast at first, and then more slowly: you will see why in a moment.
#
# ## 3 · Decisions
#
# The network gives probabilities; somebody has to decide. For one output unit: yes where the
# probability is above one half. For several classes: the most probable one, even where it stays
# below one half.


# %%
def predict(X, parameters):
    """Turn probabilities into decisions.

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, …, WL, bL for l_model_forward.

    Returns:
        Array of whole numbers, shape (1, m). For one output unit: 1 where the probability is above
        0.5, else 0. For several: the row of the largest probability of each column.
    """
    ### BEGIN SOLUTION
    AL, _ = l_model_forward(X, parameters)
    if AL.shape[0] == 1:
        return (AL > 0.5).astype(int)
    return np.argmax(AL, axis=0, keepdims=True)
    ### END SOLUTION


# %%
lesson.check("predict")


# %%
def report(name, parameters):
    """Print accuracies, and the two kinds of error on the test."""
    test_p = predict(test_x, parameters)
    print(
        f"{name:22} train {accuracy(predict(train_x, parameters), train_y):.1%}"
        f"  test {accuracy(test_p, test_y):.1%}"
        f"  missed twos {np.sum((test_p == 0) & (test_y == 1)):3}"
        f"  false alarms {np.sum((test_p == 1) & (test_y == 0)):3}"
    )


report("two layers 64-7-1", two)

# %% [markdown]
# ## 4 · L layers
#
# The same loop, only that whole-network functions do the work: `initialize_parameters_deep`,
# `l_model_forward`, `compute_cost`, `l_model_backward`, `update_parameters`.


# %%
def l_layer_model(X, Y, layer_dims, learning_rate, num_iterations, rng):
    """Train [linear -> ReLU] x (L-1) -> linear -> sigmoid or softmax by gradient descent.

    Args:
        X: data, shape (n_x, m).
        Y: labels, shape (n[L], m): 0 or 1 in one row, or one-hot columns.
        layer_dims: sizes (n_x, n[1], …, n[L]).
        learning_rate: step size.
        num_iterations: number of steps, 0 or more.
        rng: numpy.random.Generator for initialize_parameters_deep.

    Returns:
        (parameters, costs): dict with W1, b1, …, WL, bL after the last step, and a list with the
        cost before each step, num_iterations floats.
    """
    ### BEGIN SOLUTION
    parameters, costs = initialize_parameters_deep(layer_dims, rng), []
    for _ in range(num_iterations):
        AL, caches = l_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = l_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION


# %%
lesson.check("l_layer_model")

# %%
layer_dims = (64, 20, 7, 5, 1)
deep, deep_costs = l_layer_model(train_x, train_y, layer_dims, 0.3, steps, np.random.default_rng(1))
one, _ = l_layer_model(train_x, train_y, (64, 1), 0.3, steps, np.random.default_rng(1))
_ = plotting.cost_curve(deep_costs, title="four layers, 64-20-7-5-1")

# %% [markdown]
# Look at the step on the way down. It lies near 0.325, which is $-(0.1 \log 0.1 + 0.9 \log 0.9)$:
# the cost of answering 0.1 to everything. The first thing that a network learns is how *frequent*
# twos are; only then it begins to look at the pixels.

# %%
report("logistic regression", one)
report("two layers 64-7-1", two)
report("four layers", deep)

# %% [markdown]
# Read this table with care.
#
# - Hidden units help: both networks make about half as many errors as logistic regression, which
#   is a network of one layer.
# - Depth does *not* help here: with 300 images of 64 pixels, four layers are no better than two.
#   Both are right for all training images already; what is missing is data, not layers. Depth
#   pays where there is structure upon structure to find, edges, then shapes, then things, as in
#   photographs.
# - Repeat it with other seeds before you believe a difference of two or three images. One number
#   from one run is an anecdote:

# %%
for name, model, dims in (
    ("two layers", two_layer_model, (64, 7, 1)),
    ("four layers", l_layer_model, layer_dims),
):
    errors = []
    for seed in range(5):
        parameters, _ = model(train_x, train_y, dims, 0.3, steps, np.random.default_rng(seed))
        errors.append(int(np.sum(predict(test_x, parameters) != test_y)))
    print(f"{name:12} errors on {test_y.size} test images with five seeds: {errors}")

# %% [markdown]
# **And why the other start for the deep network?** Give it the weights of 0.01 that served two
# layers well:

# %%
small = initialize_parameters_deep(layer_dims, np.random.default_rng(1))
small = {name: 0.01 * np.sqrt(value.shape[1]) * value for name, value in small.items()}
for step in range(steps + 1):
    AL, caches = l_model_forward(train_x, small)
    if step % (steps // 5) == 0:
        print(f"step {step:5}  cost {compute_cost(AL, train_y):.4f}")
    small = update_parameters(small, l_model_backward(AL, train_y, caches), 0.3)

# %% [markdown]
# It never leaves the step at 0.325. The signal, and on the way back the gradient, shrinks in
# every layer, so that only the bias of the output learns anything.
#
# ## 5 · What does the first layer look for?
#
# Each unit of the first layer has a weight for each pixel, so its weights *are* an image: where
# it is orange, ink speaks for the unit, where it is purple, against it.

# %%
_ = plotting.first_layer_weights(two["W1"], (8, 8))

# %% [markdown]
# Some units look like a smeared two, others like what a two has not, ink in the middle of the left
# side, say. Units that found nothing useful stay pale: they started near zero, and nothing pulled
# at them. In the deep network a single unit means less: it answers to a part, and later layers put
# the parts together.
#
# ## 6 · Look at the mislabelled examples
#
# An accuracy tells how often it goes wrong. Why, the images tell. Sort them: an error with a
# probability of 0.51 is a coin that fell on the wrong side; one with 0.99 is something that the
# network is convinced of, and much more instructive.


# %%
def mislabelled_examples(probabilities, Y):
    """Find the examples on the wrong side of 0.5, the most confident errors first.

    Args:
        probabilities: predicted probabilities that the label is 1, shape (1, m).
        Y: labels 0 or 1, shape (1, m).

    Returns:
        Array of whole numbers, shape (k,): the columns of the k wrong examples, ordered by
        |probability - label| from large to small.
    """
    ### BEGIN SOLUTION
    wrong = np.flatnonzero((probabilities > 0.5) != (Y == 1))
    distance = np.abs(probabilities - Y)[0, wrong]
    return wrong[np.argsort(-distance)]
    ### END SOLUTION


# %%
lesson.check("mislabelled_examples")

# %%
for name, parameters in (("two layers", two), ("four layers", deep)):
    probabilities, _ = l_model_forward(test_x, parameters)
    worst = mislabelled_examples(probabilities, test_y)[:16]
    titles = [f"a {data.test_labels[i]}: p = {probabilities[0, i]:.2f}" for i in worst]
    figure = plotting.image_grid(data.test_images[worst], titles=titles, limits=(0, 16))
    figure.suptitle(f"{name}: label, and probability of being a two")

# %% [markdown]
# For each image ask: would *you* have known? What do the errors have in common? The most
# confident errors of both networks are of one kind: **ones with a broad foot**, which runs along
# the bottom as that of a two does. How should they know better? Here are all the ones that they
# were shown:

# %%
ones = data.train_images[data.train_labels == 1]
_ = plotting.image_grid(ones, columns=10, size=0.8, limits=(0, 16))

# %% [markdown]
# Four of thirty have a foot, against thirty twos that nearly all have one. So here is a plan with a
# reason: get more ones of that kind. A fifth layer would have been a guess. In general:
#
# - a kind of image that is rare in the training data: **collect or make more of it**;
# - images shifted to one side: a dense layer has to learn every position anew, because it sees
#   *where* ink is, not what shape it makes; centring or shifted copies help, and so do
#   convolutions (course 4);
# - images that nobody can read: at 8 × 8 pixels some information is gone for good;
# - wrong labels: look for them among the right answers too before you correct any.
#
# Count the kinds. If one makes up half of the errors, solving it halves them; if it makes up a
# tenth, solving it completely gains no more than a tenth.
#
# ## 7 · Your own digit
#
# Change the drawing (8 rows of 8 characters: `.` paper, `o` grey, `#` ink) and run the cell.

# %%
drawing = """
...##...
..#..#..
.....#..
.....#..
....#...
...#....
..#oo...
..#####.
"""
ink = {".": 0, "o": 8, "#": 16}
image = np.array([[ink[character] for character in row] for row in drawing.split()])
x = preprocess_images(image[np.newaxis], 16)
for name, parameters in (("two layers", two), ("four layers", deep)):
    print(f"{name:11} say: a two with probability {l_model_forward(x, parameters)[0].item():.2f}")
_ = plotting.image_grid([image], size=2, limits=(0, 16))

# %% [markdown]
# ## What to try next
#
# - **Another question.** Ask for eights, or for "is it even?". Which is harder, and what do the
#   errors share?
# - **More data.** Set `train_size` to 100, 600, 1200. What happens to the errors on training and
#   on test images, and to the gap between them?
# - **Ten classes.** `l_layer_model` trains a softmax too: one-hot labels
#   `np.eye(10)[:, data.train_labels]` and ten output units. Which digits does it confuse?
# - **The trap.** Replace your preprocessing by `images.reshape(64, -1) / 16`. How good does it
#   get on training images, and on test images? Would you have noticed from the cost alone?
# - **The threshold.** Say yes from 0.1 on, or only from 0.9 on. What happens to missed twos and
#   false alarms?
# - **Hyper-parameters.** Learning rates 0.03, 0.3, 3; 2, 7, 50 hidden units. Write down what you
#   expect first.

# %% quiz
