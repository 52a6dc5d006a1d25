# %% [markdown]
# # Tuning hyper-parameters
#
# A network learns its weights. Nobody learns its learning rate, its width or its dropout: these
# *hyper-parameters* are found by trying, and each try costs a training. This notebook is about
# trying well: where to look, on which scale, how long, and how far to believe what comes out.
#
# **You will**
#
# - draw learning rates and momenta on the scale that fits them;
# - write grid search, random search, coarse to fine and successive halving, and measure each by how
#   near its budget brings it to the known best of a cheap surface;
# - find a learning rate in one short training, by a range test;
# - write a network whose hyper-parameters are keyword arguments, and search it with scikit-learn
#   and with all three tuners of keras-tuner, on real digits;
# - write cross-validation by hand, and read its numbers without believing more than they say.

# %% setup

# %%
import itertools
import tempfile
from pathlib import Path

import keras
import keras_tuner
import numpy as np
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV

import dlcourse
from dlcourse import datasets, plotting, tuning

# %% [markdown]
# ## 1 · What matters, and in which order
#
# | | hyper-parameter | how to look |
# |---|---|---|
# | first | learning rate $\alpha$ | always, on the log scale |
# | then | units of the hidden layers | powers of two: 32, 64, 128. Sizes in between tell nothing new |
# | | mini-batch size | powers of two; changing it changes the best $\alpha$ too |
# | | momentum $\beta$ | $1-\beta$ on the log scale, or leave it at 0.9 |
# | then | number of layers | one more until it stops helping |
# | | dropout, L2, decay of the rate | once the network overfits |
# | hardly ever | Adam's $\beta_1$, $\beta_2$, $\varepsilon$ | 0.9, 0.999, $10^{-8}$ |
#
# The number of epochs is not in the table: train long and stop early, when the cost on held-out
# data no longer falls. And because the best rate depends on everything else, it is tuned **again, at
# the very end**.
#
# ## 2 · The right scale
#
# Somewhere between 0.0001 and 1 is a good learning rate. Draw uniformly from that range, and nine of
# ten draws lie above 0.1, one in a hundred below 0.01, and next to none where the best one usually is.
# What should be uniform is the *order of magnitude*:
#
# $$\alpha = 10^r, \qquad r \in \mathcal{U}[-4, 0]$$
#
# In general, $r$ runs from $\log_{10}$ of the lowest to $\log_{10}$ of the highest value. Then every
# factor of ten gets the same number of trials.


# %%
def log_uniform(low, high, size, rng):
    """Draw numbers whose order of magnitude is uniform.

    Args:
        low: smallest number, above 0.
        high: largest number.
        size: how many.
        rng: numpy.random.Generator.

    Returns:
        Array of floats, shape (size,), from low to high.
    """
    ### BEGIN SOLUTION
    return 10 ** rng.uniform(np.log10(low), np.log10(high), size)
    ### END SOLUTION


# %%
lesson.check("log_uniform")

# %% [markdown]
# Momentum is harder. From $\beta = 0.9$ to $0.9005$ nothing changes: both average about 10 steps. From
# $0.999$ to $0.9995$ the average goes from 1000 steps to 2000. What counts is the memory,
# $1/(1-\beta)$. So it is $1 - \beta$ whose order of magnitude should be uniform:
#
# $$1 - \beta = 10^r, \qquad r \in \mathcal{U}[-3, -1] \quad\text{for } \beta \in [0.9, 0.999]$$


# %%
def sample_momentum(low, high, size, rng):
    """Draw values of β near 1, so that the order of magnitude of 1 - β is uniform.

    Args:
        low: smallest β, such as 0.9.
        high: largest β, below 1, such as 0.999.
        size: how many.
        rng: numpy.random.Generator.

    Returns:
        Array of floats, shape (size,), from low to high.
    """
    ### BEGIN SOLUTION
    return 1 - log_uniform(1 - high, 1 - low, size, rng)
    ### END SOLUTION


# %%
lesson.check("sample_momentum")

# %% [markdown]
# ## 3 · Grid against random
#
# With two hyper-parameters and nine trials, the tidy thing is a grid of three by three. A search is
# judged here by its **regret**: how far its best trial is above the lowest loss there is. That can be
# known only on a surface that somebody made up, such as this one. Its best rate is 0.003; dropout
# hardly matters. It costs nothing to ask, so that searches can be compared thousands of times.


# %%
def valley(configuration):
    """A loss as a network's might be: 0.1 at rate 0.003 and dropout 0.3, and more elsewhere."""
    rate = np.log10(configuration["learning_rate"] / 0.003)
    return float(0.1 + rate**2 + 0.1 * (configuration["dropout"] - 0.3) ** 2)


LOWEST = 0.1

# %% [markdown]
# A search gives back **all** its trials, pairs (configuration, loss), so that whoever reads them can
# see more than the winner. First the grid: all combinations of some values.


# %%
def grid_search(objective, grid):
    """Try every combination of the values.

    Args:
        objective: function of a dictionary with a value per name, that gives a loss.
        grid: dictionary from names to lists of values.

    Returns:
        List of pairs (configuration, loss), in any order. A configuration is a dictionary from the
        names to one value each.
    """
    ### BEGIN SOLUTION
    trials = []
    for values in itertools.product(*grid.values()):
        configuration = dict(zip(grid, values, strict=True))
        trials.append((configuration, objective(configuration)))
    return trials
    ### END SOLUTION


# %%
lesson.check("grid_search")

# %% [markdown]
# Random search draws every value of every trial anew, each on its own scale. A **space** says how: a
# dictionary from names to (low, high, scale).


# %%
SPACE = {"learning_rate": (1e-4, 1.0, "log"), "dropout": (0.0, 0.5, "linear")}


# %%
def random_search(objective, space, n_trials, rng):
    """Try configurations drawn from a space.

    Args:
        objective: function of a dictionary with a value per name, that gives a loss.
        space: dictionary from names to (low, high, scale), where the scale is "log" or "linear".
        n_trials: how many configurations.
        rng: numpy.random.Generator that all values are drawn from.

    Returns:
        List of n_trials pairs (configuration, loss). The values are plain floats.
    """
    ### BEGIN SOLUTION
    trials = []
    for _ in range(n_trials):
        configuration = {}
        for name, (low, high, scale) in space.items():
            if scale == "log":
                configuration[name] = float(log_uniform(low, high, 1, rng)[0])
            else:
                configuration[name] = float(rng.uniform(low, high))
        trials.append((configuration, objective(configuration)))
    return trials
    ### END SOLUTION


# %%
lesson.check("random_search")

# %%
GRID = {
    "learning_rate": [10**r for r in (-3.33, -2.0, -0.67)],  # the middles of three thirds
    "dropout": [0.083, 0.25, 0.417],
}
on_grid = [c for c, _ in grid_search(valley, GRID)]
at_random = [c for c, _ in random_search(valley, SPACE, 9, np.random.default_rng(9))]


def share_of_range(configurations):
    """Where each configuration lies in the space, from 0 to 1."""
    return np.array(
        [[np.log10(c["learning_rate"]) / 4 + 1, c["dropout"] / 0.5] for c in configurations]
    )


_ = plotting.grid_against_random(
    lambda x: 0.1 + (4 * x - 4 - np.log10(0.003)) ** 2,
    share_of_range(on_grid),
    share_of_range(at_random),
    labels=("learning rate (order of magnitude)", "dropout"),
)

# %% [markdown]
# Both made nine trials. The grid asked about **three** learning rates, three times each; the random
# search asked about **nine**. Which hyper-parameter matters is not known beforehand, and with five of
# them and three values each, a grid takes 243 trials to know three values of the one that counts.
# The regret, over a thousand random searches of each size:

# %%
rng = np.random.default_rng(0)


def regret(trials):
    """How far the best trial is above the lowest loss."""
    return min(loss for _, loss in trials) - LOWEST


def middles(n):
    """A grid of n by n, in the middle of its cells."""
    shares = (np.arange(n) + 0.5) / n
    return {"learning_rate": list(10 ** (4 * shares - 4)), "dropout": list(0.5 * shares)}


for n in (3, 5, 8):
    many = [regret(random_search(valley, SPACE, n * n, rng)) for _ in range(300)]
    print(
        f"{n * n:3d} trials: grid {regret(grid_search(valley, middles(n))):.4f}, "
        f"random {np.median(many):.4f} (nine in ten below {np.quantile(many, 0.9):.4f})"
    )

# %% [markdown]
# Luck is part of it: a grid may happen to have a line at the best rate. The random search does not
# depend on where the lines are, and it can be stopped or prolonged at any time.
#
# ## 4 · Coarse to fine
#
# After some trials all over the space, the good ones often lie together. Then it pays to look
# closer there. **Zoom in** on the best point: each new range has a share of the old width, *on its own
# scale*, with the best value in the middle. Where it would reach beyond the old bounds it is cut.


# %%
def zoom_in(space, center, share):
    """Shrink a space around one of its points.

    Args:
        space: dictionary from names to (low, high, scale).
        center: dictionary from the names to a value inside each range.
        share: width of a new range as a share of the old one, measured on its own scale.

    Returns:
        Dictionary like space: tuples (low, high, scale) of floats and the scale. New ranges do not
        reach beyond the old ones.
    """
    ### BEGIN SOLUTION
    nearer = {}
    for name, (low, high, scale) in space.items():
        middle = center[name]
        if scale == "log":
            low, high, middle = np.log10([low, high, middle])
        reach = share * (high - low) / 2
        low, high = max(low, middle - reach), min(high, middle + reach)
        if scale == "log":
            low, high = 10**low, 10**high
        nearer[name] = (float(low), float(high), scale)
    return nearer
    ### END SOLUTION


# %%
lesson.check("zoom_in")


# %%
def coarse_to_fine(objective, space, n_trials, rng, share=0.25):
    """Spend half of the trials everywhere, and the others around the best of them.

    Args:
        objective: function of a dictionary with a value per name, that gives a loss.
        space: dictionary from names to (low, high, scale).
        n_trials: how many configurations in all, at least 2.
        rng: numpy.random.Generator.
        share: width of the finer ranges as a share of the whole ones.

    Returns:
        List of n_trials pairs (configuration, loss): first n_trials // 2 from the whole space, then
        the others from the space around the best of these.
    """
    ### BEGIN SOLUTION
    coarse = random_search(objective, space, n_trials // 2, rng)
    best, _ = min(coarse, key=lambda trial: trial[1])
    nearer = zoom_in(space, best, share)
    return coarse + random_search(objective, nearer, n_trials - len(coarse), rng)
    ### END SOLUTION


# %%
lesson.check("coarse_to_fine")

# %%
for n_trials in (10, 25, 60):
    medians = [
        np.median([regret(search(valley, SPACE, n_trials, rng)) for _ in range(300)])
        for search in (random_search, coarse_to_fine)
    ]
    print(f"{n_trials:3d} trials: random {medians[0]:.5f}, coarse to fine {medians[1]:.5f}")

# %% [markdown]
# For the same budget, coarse to fine comes several times nearer. The price: what looked good at
# first is believed. Where losses are noisy, or where there are several valleys, it may dig in the
# wrong place; then give the coarse half more trials.
#
# ## 5 · Pandas, caviar, and those between
#
# Who can afford one training at a time *babysits* it, like a **panda** its only cub: watch the curve
# for days, nudge the rate, go on. Who has many machines lays eggs like a **caviar** fish: trains
# hundreds at once, never looks, and takes the best.
#
# **Successive halving** is caviar for a small purse. Most bad configurations can be told after a few
# epochs. So: train all of them briefly; keep the best half; train these twice as long; and so on,
# until one is left. Eight networks of 16 epochs cost 128 epochs. Halved three times from 2 epochs on,
# it is 16 + 16 + 16 + 16, half as much, and the winner still got all its 16.


# %%
def successive_halving(train, configurations, epochs, factor=2):
    """Train all briefly, keep the best, train those longer, until one is left.

    Args:
        train: function of a configuration and a number of epochs; it gives the loss after these.
        configurations: list of whatever train takes.
        epochs: of the first round; every later one has factor times as many.
        factor: one of so many is kept, rounded down, but at least one.

    Returns:
        winner: index of the configuration that is left;
        rounds: list of pairs (epochs, indices of the configurations trained so long, in rising
        order). The last round trains the winner alone.
    """
    ### BEGIN SOLUTION
    alive, rounds = list(range(len(configurations))), []
    while True:
        losses = {number: train(configurations[number], epochs) for number in alive}
        rounds.append((epochs, alive))
        if len(alive) == 1:
            return alive[0], rounds
        best = sorted(alive, key=losses.get)[: max(1, len(alive) // factor)]
        alive, epochs = sorted(best), epochs * factor
    ### END SOLUTION


# %%
lesson.check("successive_halving")

# %% [markdown]
# Sixteen made-up networks, each with a learning curve that falls like one over the epochs. Slow
# starters are the risk: the best in the end may be thrown out in the first round. How often does
# the winner belong to the best three, for how many epochs?

# %%
found, paid = [], 0
for _ in range(300):
    ends, starts = rng.uniform(0.1, 1.0, 16), rng.uniform(0.2, 3.0, 16)
    networks = np.stack([ends, starts], axis=1).tolist()
    winner, rounds = successive_halving(lambda n, epochs: n[0] + n[1] / epochs, networks, 4)
    found.append(np.argsort(ends).tolist().index(winner) < 3)
    paid = sum(epochs * len(alive) for epochs, alive in rounds)
print(
    f"{paid} epochs instead of {16 * 64}: in {np.mean(found):.0%} of the races one of the best 3 wins"
)

# %% [markdown]
# ## 6 · The learning rate in one short training
#
# There is a quicker way to a good learning rate than any search. Start with a tiny one, **raise it by
# the same factor after every step**, and watch the loss. First nothing happens; then it falls,
# faster and faster; then the steps overshoot and it explodes. Somewhere on the steep part is a good
# rate.
#
# For a bowl with curvatures $\lambda_i$ one can say where the end is. A step multiplies the distance
# in direction $i$ by $1 - \alpha\lambda_i$, and that is a growth as soon as
#
# $$\alpha > \frac{2}{\lambda_{\max}}$$
#
# Which loss tells what a step has done? The *next* one. So the suggested rate is `rates[i]` where
# `losses[i + 1] - losses[i]` is smallest.


# %%
def range_test(loss_and_gradient, w, rates):
    """Gradient descent with a rate that rises in every step.

    Args:
        loss_and_gradient: function of w that gives the loss there and its gradient.
        w: array to start from; left as it is.
        rates: array of rising learning rates, with equal ratios.

    Returns:
        losses: array with the loss before each step. A loss that is above four times the lowest so
        far, or that is no number (NaN), ends the test and is left out.
        suggested: float, the rate of the step after which the loss fell most.
    """
    ### BEGIN SOLUTION
    losses = []
    for rate in rates:
        loss, gradient = loss_and_gradient(w)
        if losses and not loss <= 4 * min(losses):
            break
        losses.append(loss)
        w = w - rate * gradient
    losses = np.array(losses)
    return losses, float(rates[np.argmin(np.diff(losses))])
    ### END SOLUTION


# %%
lesson.check("range_test")

# %%
curvatures = np.array([8.0, 1.0, 0.3])


def bowl(w):
    """A quadratic bowl and its gradient."""
    return float(0.5 * np.sum(curvatures * w**2)), curvatures * w


rates = np.geomspace(5e-3, 3.0, 25)
losses, suggested = range_test(bowl, np.array([1.0, 2.0, 4.0]), rates)
_ = plotting.range_test_curve(rates, losses, suggested, limit=2 / curvatures.max())

# %% [markdown]
# Beyond the dotted line the loss still falls for a few steps. By then the steep direction is so close
# to its minimum that it has to grow for a while before anybody sees it. Then it explodes between two
# steps, and the test is over. So the end of the curve is *not* where the stable rates end, and the
# suggestion keeps well away from it.
#
# ## 7 · A network to be searched
#
# Now a real one. Everything that can be searched is a **keyword argument with a default**. That is
# all that `tuning.KerasClassifier`, scikit-learn and keras-tuner need to know about it.


# %%
def build_mlp(
    input_shape, classes, *, units=64, layers=1, activation="relu", dropout=0.0, learning_rate=1e-3
):
    """A compiled multi-layer perceptron whose hyper-parameters are all arguments.

    Args:
        input_shape: shape of one example, such as (64,) or (28, 28, 1); it is flattened.
        classes: number of classes.
        units: units of each hidden layer.
        layers: number of hidden layers, may be 0.
        activation: of the hidden layers, as in Keras.
        dropout: share of the units dropped after each hidden layer; for 0 there is no such layer.
        learning_rate: of Adam.

    Returns:
        A keras.Model that gives a probability per class. It is compiled with Adam, with the
        cross-entropy for labels that are whole numbers, and it watches the accuracy.
    """
    ### BEGIN SOLUTION
    stack = [keras.Input(tuple(input_shape)), keras.layers.Flatten()]
    for _ in range(layers):
        stack.append(keras.layers.Dense(units, activation))
        if dropout:
            stack.append(keras.layers.Dropout(dropout))
    model = keras.Sequential([*stack, keras.layers.Dense(classes, "softmax")])
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %%
lesson.check("build_mlp")

# %% [markdown]
# The data: handwritten digits, a part for searching and a part that is looked at **once**, at the end
# of the notebook.

# %%
full = dlcourse.scale() == "full"
data = datasets.load_mnist("auto") if full else datasets.digits()
pixels = 28 * 28 if full else 64
X, X_test = (
    (images.reshape(-1, pixels) / images.max()).astype("float32")
    for images in (data.train_images, data.test_images)
)
y, y_test = data.train_labels, data.test_labels
print(f"{len(X)} images to search with, {len(X_test)} for the end, {pixels} pixels each")

# %% [markdown]
# First the range test, on a model that is not trained by it (a copy is):

# %%
keras.utils.set_random_seed(0)
result = tuning.rate_range_test(build_mlp((pixels,), 10), X, y, rates=(1e-5, 3.0), steps=120)
_ = plotting.range_test_curve(result.rates, result.losses, result.suggested)

# %% [markdown]
# The losses of single batches are noisy, so the suggestion is made on their moving average. It is a
# rate to begin with, and tells where a search should look: a factor of ten to each side of it.
#
# ## 8 · Cross-validation by hand
#
# One held-out part judges by a few hundred images, and some parts are easier than others. **k-fold
# cross-validation** lets every image judge once: cut the (shuffled!) examples into $k$ parts, and
# train $k$ times on all but one of them. Here examples are *rows*, as in Keras and scikit-learn.


# %%
def cross_validate(fit_and_score, X, y, k, rng):
    """Train k times, each time without one of k parts, which then judges.

    Args:
        fit_and_score: function of (X_train, y_train, X_test, y_test), that trains a new model and
            gives (train_score, test_score).
        X: examples as rows, shape (m, n_x).
        y: labels, shape (m,).
        k: number of parts; where k does not divide m, some of them are one longer.
        rng: numpy.random.Generator that the order of the examples is drawn from.

    Returns:
        train_scores: array of shape (k,);
        test_scores: array of shape (k,).
    """
    ### BEGIN SOLUTION
    folds = np.array_split(rng.permutation(len(X)), k)
    scores = []
    for test in folds:
        train = np.setdiff1d(np.arange(len(X)), test)
        scores.append(fit_and_score(X[train], y[train], X[test], y[test]))
    train_scores, test_scores = np.array(scores, dtype=float).T
    return train_scores, test_scores
    ### END SOLUTION


# %%
lesson.check("cross_validate")

# %% [markdown]
# ### Reading the numbers
#
# Two hypotheses, a classic: **h1** has 99 % on the training parts and 86 % in cross-validation; **h2**
# has 87 % and 84 %. The **gap** of h1 is 13 points: it overfits, and more data or regularization should
# help. h2 has a gap of 3 and does not even fit what it has seen: it needs to be larger. Which of them
# should be used as it is? The one that is better on unseen data, h1. The gap tells what to *do*, not
# what to *take*.
#
# But is 86 really more than 84? Each is a mean of $k$ numbers, and its **standard error** is
#
# $$\frac{s}{\sqrt k}, \qquad s = \sqrt{\frac{1}{k-1}\sum_i (a_i - \bar a)^2}$$
#
# The **one-standard-error rule** takes this seriously: all models whose mean is at least that of the
# best minus *its* standard error count as equally good, and of these, take the one with the smallest
# gap.


# %%
def read_cv(results):
    """Choose by cross-validation without believing more digits than there are.

    Args:
        results: dictionary from names to (train_scores, cv_scores), two lists of k scores each.

    Returns:
        chosen: the name with the smallest gap among those whose mean cv score is at least that of
        the best minus the standard error of the best;
        summary: dictionary from the names to {"cv": mean cv score, "error": its standard error
        (with k - 1), "gap": mean train score minus mean cv score}, all floats.
    """
    ### BEGIN SOLUTION
    summary = {}
    for name, (train_scores, cv_scores) in results.items():
        mean = float(np.mean(cv_scores))
        error = float(np.std(cv_scores, ddof=1) / np.sqrt(len(cv_scores)))
        summary[name] = {"cv": mean, "error": error, "gap": float(np.mean(train_scores)) - mean}
    best = max(summary.values(), key=lambda row: row["cv"])
    good = [name for name, row in summary.items() if row["cv"] >= best["cv"] - best["error"]]
    return min(good, key=lambda name: summary[name]["gap"]), summary
    ### END SOLUTION


# %%
lesson.check("read_cv")

# %% [markdown]
# ### ReLU or softmax, in the hidden layer?
#
# Softmax is made for outputs: it lets units compete for a sum of 1. As a hidden activation it sounds
# absurd. A known run on MNIST with three folds came out like this: ReLU 0.9756 ± 0.0028, softmax
# 0.9747 ± 0.0011 (standard deviations). Is ReLU better? Your functions, on the data at hand:

# %%
EPOCHS = 10


def trained_with(activation):
    """A function that trains a network and gives its accuracies, for cross_validate."""

    def fit_and_score(X_train, y_train, X_dev, y_dev):
        arguments = {"activation": activation, "units": 128, "learning_rate": RATE}
        model = tuning.KerasClassifier(
            build_mlp, arguments, epochs=EPOCHS, batch_size=64, random_state=0
        )
        model.fit(X_train, y_train)
        return model.score(X_train, y_train), model.score(X_dev, y_dev)

    return fit_and_score


RATE = {"quick": 0.03, "full": 0.003}[dlcourse.scale()]
results = {
    activation: cross_validate(trained_with(activation), X, y, 3, np.random.default_rng(0))
    for activation in ("relu", "softmax")
}
chosen, summary = read_cv(results)
for name, row in summary.items():
    print(f"{name:8s} {row['cv']:.4f} ± {row['error']:.4f} (standard error), gap {row['gap']:.4f}")
print("by the rule:", chosen)

# %% [markdown]
# In the known run the two differ by 0.0009, and a single one of its spreads is three times as large.
# On the digits they differ by less than one standard error, which is above one percent. What
# follows is *not* that ReLU is better, but that neither run can tell.
#
# There is a trap in such comparisons. Softmax units share one unit of activity, so that their
# gradients are small and they want a larger learning rate. With 0.005 instead of 0.03 softmax has only
# 84 % after ten epochs, and ReLU 96 %. Whoever stops there has compared learning rates. **Give every
# candidate a rate of its own.**
#
# ## 9 · Two searches of scikit-learn
#
# `tuning.KerasClassifier` makes your builder an estimator of scikit-learn, and its keyword arguments
# parameters with their own names. So `GridSearchCV` can search `units` and `learning_rate` directly,
# with cross-validation. Models of one architecture share one compiled training step: only the first
# one with 16 units and the first one with 64 are compiled, the other ten trainings just run.

# %%
classifier = tuning.KerasClassifier(build_mlp, epochs=4, batch_size=64, random_state=0)
grid = {"units": [16, 64], "learning_rate": [1e-4, 1e-3, 1e-2]}
jobs = 1  # tuning.search_jobs() processes at once pay as soon as a training takes a minute
by_grid = GridSearchCV(classifier, grid, cv=2, n_jobs=jobs, refit=False)
by_grid.fit(X, y)
print(tuning.trial_table(by_grid))
_ = plotting.search_heatmap(tuning.trial_table(by_grid), "units", "learning_rate")

# %% [markdown]
# The rate matters much more than the width: that is a picture of *important* and *unimportant*. Now
# at random, with dropout as a third hyper-parameter. A space is written with `Choice`, `Uniform` and
# `LogUniform`. Two values of dropout will do: they keep the number of architectures, which have to be
# compiled, small:

# %%
space = {
    "units": tuning.Choice([16, 64]),
    "dropout": tuning.Choice([0.0, 0.3]),
    "learning_rate": tuning.LogUniform(1e-4, 1e-1),
}
by_chance = RandomizedSearchCV(
    classifier,
    tuning.distributions(space),
    n_iter=4,
    cv=2,
    random_state=0,
    n_jobs=jobs,
    refit=False,
)
by_chance.fit(X, y)
print(tuning.trial_table(by_chance))

# %% [markdown]
# And successive halving, with epochs as what is rationed: four configurations for one epoch, two
# for two, one for four.

# %%
halving = tuning.halving_search(
    classifier, space, trials=4, epochs=4, factor=2, cv=2, random_state=0, refit=False
)
halving.fit(X, y)
print(tuning.trial_table(halving))

# %% [markdown]
# ## 10 · keras-tuner
#
# keras-tuner wants the builder and its space in one place, a `HyperModel`. Its `build` is given `hp`,
# which answers with a value whenever it is told a name and a range: `hp.Choice(name, values)`,
# `hp.Float(name, low, high)`, and `hp.Float(…, sampling="log")`.


# %%
class MlpHyperModel(keras_tuner.HyperModel):
    """The network for 64 pixels and 10 classes, with three hyper-parameters to search.

    They are called "units" (16, 32, 64 or 128), "dropout" (0 to 0.5) and "learning_rate" (0.0001 to
    0.1, on the log scale).
    """

    def build(self, hp):
        """Build the network with values that hp gives.

        Args:
            hp: keras_tuner.HyperParameters.

        Returns:
            A compiled keras.Model with one hidden layer, as build_mlp makes it.
        """
        ### BEGIN SOLUTION
        return build_mlp(
            (64,),
            10,
            units=hp.Choice("units", [16, 32, 64, 128]),
            dropout=hp.Float("dropout", 0.0, 0.5),
            learning_rate=hp.Float("learning_rate", 1e-4, 1e-1, sampling="log"),
        )
        ### END SOLUTION


# %%
lesson.check("MlpHyperModel")

# %%
hp = keras_tuner.HyperParameters()
MlpHyperModel().build(hp)
print("it asks for", {part.name: part.default for part in hp.space})

# %% [markdown]
# Three tuners take such a model. **RandomSearch** you have written yourself. **BayesianOptimization**
# fits a Gaussian process, a smooth guess with error bars, to the trials so far, and tries where the
# guess is good or the error bars are wide. **Hyperband** runs successive halvings of several kinds:
# many brief trials, or few long ones, since nobody knows which is better.
#
# `tuning` runs all three on one `BuilderHyperModel`, which is your builder and a space, with a seed that
# decides everything, and with a folder in which a search that was interrupted goes on.

# %%
cut = int(0.75 * len(X))
train, dev = (X[:cut], y[:cut]), (X[cut:], y[cut:])
folder = Path(tempfile.mkdtemp())  # in a project of your own: a folder that stays
model = tuning.BuilderHyperModel(build_mlp, space, input_shape=(pixels,), classes=10)
budget = tuning.Budget(trials=3, epochs=2, folder=folder, patience=2)
tuners = {
    "random": tuning.random_search(model, train, dev, budget),
    "bayesian": tuning.bayesian_search(model, train, dev, budget),
    "hyperband": tuning.hyperband(model, train, dev, budget),
}
for name, tuner in tuners.items():
    print(f"{name}:\n{tuning.trial_table(tuner)}\n")

# %%
together = [row for tuner in tuners.values() for row in tuning.trial_table(tuner)]
_ = plotting.parallel_coordinates(together, log=("units", "learning_rate"))

# %% [markdown]
# Every line is a trial, dark ones are good. Where the dark lines come together, the hyper-parameter
# matters; where they spread out, it does not.
#
# ## 11 · At the end: the rate again, early stopping, and the test set, once
#
# With width and dropout decided, the rate is tuned once more. The searches trained for two epochs,
# and short trainings like large rates: so look below, with more epochs. Then the final model is
# trained on everything that was searched with, and stopped early: a tenth of it watches, and when its
# loss has not fallen for some epochs, the best weights come back.

# %%
best = tuning.TrialTable(sorted(together, key=lambda row: -row["score"])).best
final = tuning.KerasClassifier(build_mlp, best, epochs=6, batch_size=64, random_state=0)
closer = [best["learning_rate"] * factor for factor in (0.3, 1.0)]
again = GridSearchCV(final, {"learning_rate": closer}, cv=2, refit=False).fit(X, y)
final.set_params(**again.best_params_, epochs=30, validation_fraction=0.1, patience=5)
final.fit(X, y)
print({name: round(value, 4) for name, value in final.arguments.items()})
print(f"stopped after {len(final.history_['loss'])} epochs")
print(f"accuracy on the {len(X_test)} images never looked at: {final.score(X_test, y_test):.4f}")
_ = plotting.loss_curves(final.history_)

# %% [markdown]
# That number may be quoted. The scores of the searches may not: the best of many noisy numbers is too
# good on average, and the more trials, the more so.
#
# ## What to try next
#
# - In section 3, let dropout matter as much as the rate: replace 0.1 by 10 in `valley`. Who wins now?
# - Add noise to `valley` (`+ rng.normal(0, 0.05)`), as real trainings have it. What becomes of coarse to
#   fine?
# - Halve with `factor=4`. How often does one of the best three still win, and what does it cost?
# - Give softmax 40 epochs in section 8. And both 10 folds: what happens to the standard error?
# - Put `"layers": tuning.Choice([1, 2, 3])` into the space, or `activation`.
# - Stop the notebook in the middle of section 10, with a folder that stays, and run the cell again.
# - Search with `objective="val_loss"` in the `Budget`. Does the same configuration win?
