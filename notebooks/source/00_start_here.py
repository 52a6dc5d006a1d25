# %% [markdown]
# # Start here: how the notebooks, their checks and their hints work
#
# **You will**
#
# - run the cells of a notebook from top to bottom,
# - fill your first blank and have it checked,
# - read what a check says: *not attempted*, *wrong*, *crashed* and *passed*,
# - ask for hints, see the solution, look at your progress, answer a quiz,
# - know what happens when you hand a notebook in.
#
# A notebook is a list of cells. Click on a cell and press **Shift + Enter** to run it; the next one is
# then selected. Start with the cell below: it makes `dlcourse` available, tells you what the code
# runs on, and opens this lesson.

# %% setup

# %% [markdown]
# Every notebook goes on with its own imports. If you ever see `NameError: name 'np' is not defined`,
# this is the cell that has not been run (after a break, the menu **Run → Run All Above Selected
# Cell** brings everything back).

# %%
import matplotlib.pyplot as plt
import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · Some data, and a convention
#
# In 1935 Edgar Anderson measured irises; fifty flowers of each of two species come with the course.
#
# In the NumPy part of this course the examples are **columns**: a data set of $m$ examples with
# $n_x$ features each is one matrix
#
# $$X = \begin{bmatrix} | & | & & | \\ x^{(1)} & x^{(2)} & \cdots & x^{(m)} \\ | & | & & | \end{bmatrix}
# \quad\text{of shape } (n_x, m), \qquad Y \text{ of shape } (1, m).$$
#
# So a **row** of $X$ is one feature of all flowers, and a column is one flower.

# %%
iris = datasets.load_iris_pair()
print("X:", iris.X.shape, " Y:", iris.Y.shape)
print("features:", iris.features, " species:", iris.species, " labels:", np.unique(iris.Y))
print("the first flower:", iris.X[:, [0]].ravel(), "cm, of class", iris.Y[0, 0])

# %% [markdown]
# ## 2 · Your first blank
#
# Two numbers say a lot about a feature: where it lies, and how far it spreads.
#
# $$\mu = \frac{1}{m}\sum_{i=1}^{m} x^{(i)}, \qquad
# \sigma = \sqrt{\frac{1}{m}\sum_{i=1}^{m}\left(x^{(i)} - \mu\right)^2}$$
#
# Compute both for every feature at once. The results are **columns** of shape $(n_x, 1)$, one number
# per row of $X$, so that later `X - mean` subtracts from every flower what belongs to each feature.
#
# A blank is a function whose name, arguments and description are given. Replace the line
# `raise NotImplementedError` with your code (one or more lines) and leave the rest as it is: the
# check finds your work by its name. NumPy's `X.mean` and `X.std` do the sums; two of their arguments,
# `axis` and `keepdims`, do the rest.
#
# The cell after it checks your function. Run it now, even if you have written nothing yet: it can be
# run as often as you like, and nothing is lost by a wrong attempt.
#
# A blank that you left raises `NotImplementedError` as soon as something uses it. A check tells you so
# in peace. Other cells stop there with a traceback (the first one here is in section 5), and so does
# **Run → Run All Cells**: that is no damage. Fill the blank, run its cell, and go on.


# %%
def mean_and_spread(X):
    """Mean and standard deviation of every feature over the examples.

    Args:
        X: examples in columns, (n_x, m).

    Returns:
        Tuple (mean, spread), both of shape (n_x, 1). The spread divides by m.
    """
    ### BEGIN SOLUTION
    mean = X.mean(axis=1, keepdims=True)
    spread = X.std(axis=1, keepdims=True)
    return mean, spread
    ### END SOLUTION


# %%
lesson.check("mean_and_spread")

# %% [markdown]
# ## 3 · How to read a check
#
# A check runs several small tests and has one line for each (unfold *All checks* when it fails). A test states something that must be
# true of any right solution: a case worked out by hand, or a property. It does not compare your code
# with ours, so every right way of writing it passes.
#
# Try each of these in the blank above, run the cell, then run the check again:
#
# | Write this | The check says | Why |
# |---|---|---|
# | `raise NotImplementedError` | ○ not attempted yet | the blank is still a blank |
# | `return X.mean(axis=1, keepdims=True), X.std(axs=1)` | ✗ stopped with an error | your own traceback follows; its last line is the place to start reading |
# | `return X.mean(axis=1), X.std(axis=1)` | ✗ with "shape (2,), expected (2, 1)" | the numbers are right, but a *rank-1 array* is neither row nor column |
# | `return X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)` | ✗ and **This looks like** … | see below |
# | `return np.zeros((2, 1)), np.ones((2, 1))` | ✗ | the inputs differ from test to test, so a fixed answer cannot pass |
# | `return X.mean(axis=1` | what it said before | the cell itself answers `SyntaxError`: Python could not read it, and the version before is still there |
#
# A failed test tells you **what was checked**, **what came out** and **what was expected**: the name of
# the result, its shape, its largest difference and where that is. Read shapes first, numbers second.
#
# **This looks like …** is more than a guess. For every exercise we know the mistakes that people
# really make. When your function fails, the check runs those wrong versions on the same inputs, and if
# one gives exactly your results, it tells you which misconception you have. When nothing is shown,
# your mistake is a new one: the hints help.
#
# Some tests may pass while others fail: then you get a share of the points, unless only those pass that
# anything would pass.

# %% [markdown]
# ## 4 · Hints, solution, progress
#
# A hint is a step of a ladder: each time you run the cell you get one more. The first only points
# somewhere, the second gives the formula, the third nearly the code.

# %%
lesson.hint("mean_and_spread")

# %% [markdown]
# The solution of the course opens once your check has passed. It is worth a look even then: two right
# solutions can differ in how easily they are read.

# %%
lesson.solution("mean_and_spread")

# %% [markdown]
# Your progress is kept in a small file on your computer, across notebooks and restarts. What has
# passed once stays passed there, whatever you try afterwards.

# %%
lesson.progress()

# %% [markdown]
# ## 5 · What it is good for
#
# Subtract the mean and divide by the spread, and every feature is centred at 0 with spread 1. The
# cloud keeps its shape; only the axes change. Learning algorithms like that, because no feature is
# louder than another just for its unit. You will meet this again in course 2.

# %%
mean, spread = mean_and_spread(iris.X)
for i, feature in enumerate(iris.features):
    print(f"{feature}: mean {mean[i, 0]:.2f} cm, spread {spread[i, 0]:.2f} cm")

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
plotting.planar_points(iris.X, iris.Y, left, iris.species)
left.set(title="as measured", xlabel=f"{iris.features[0]} (cm)", ylabel=f"{iris.features[1]} (cm)")
plotting.planar_points((iris.X - mean) / spread, iris.Y, right, iris.species)
_ = right.set(title="standardized", xlabel=iris.features[0], ylabel=iris.features[1])

# %% [markdown]
# ## 6 · Working well, and handing in
#
# - **Before you hand in**, choose *Kernel → Restart Kernel and Run All Cells*. A notebook remembers
#   what you ran in which order, even cells that you have changed or deleted since; a fresh run shows
#   what is really written there. (It stops where a cell needs a blank that you left. Hand in all the
#   same: every exercise counts by itself.)
# - **Save** the notebook and hand in the `.ipynb` file itself. In a terminal,
#   `dlcourse check 00_start_here.ipynb` tells you beforehand what the grader will see, and
#   `dlcourse watch 00_start_here.ipynb` does so each time you save.
# - The grader looks for your **functions and classes by name**. Add as many cells as you like, but
#   keep the names and arguments of the blanks. Of all other cells it runs imports, definitions and
#   simple assignments only; so a blank must not need a variable that is computed, say, by training.
# - It runs the same tests as the check here, **with other random inputs**, in a closed room of its
#   own: without network, with a limit on time and memory. A loop without an end costs that one
#   exercise, not the whole notebook.
# - A blank that you broke beyond repair: `dlcourse reset` puts it back as it was.
#
# Everything runs on a CPU in about a minute per notebook. `dlcourse.scale()` says `"quick"` there, and
# `"full"` where there is a GPU; the training parts then use larger sizes.

# %% [markdown]
# ## 7 · What to try next
#
# - Make `mean_and_spread` wrong in a way of your own. Does the check know your mistake?
# - Write it without `mean` and `std`, with sums only. Does it still pass?
# - Standardize the columns instead of the rows. What would that mean for a flower?
# - Look at two species that overlap: `datasets.load_iris_pair("versicolor", "virginica")`.

# %% quiz
