# %% [markdown]
# # From one neuron to a network: perceptron, depth, and computation graphs
#
# **You will**
#
# - write an artificial neuron, $f(w \cdot x + b)$, and see how the perceptron and the logistic neuron
#   differ in nothing but $f$,
# - write the perceptron learning rule and watch a line find its place between two kinds of flowers,
# - see why XOR needs a hidden layer, and what depth is good for (the parity of $n$ bits),
# - take a formula apart into a computation graph, compute its derivatives by hand, and then write a
#   node that does it by itself: the heart of every deep-learning framework,
# - fit the same formula with a small network that has never seen it,
# - know which kind of network goes with which kind of data.

# %% setup

# %%
import math

import numpy as np

from dlcourse import datasets, plotting

# %% [markdown]
# ## 1 · One neuron
#
# An artificial neuron takes $n_x$ numbers, weighs each of them, adds a bias and passes the sum through
# an **activation function** $f$:
#
# $$z = w \cdot x + b = w_1 x_1 + \dots + w_{n_x} x_{n_x} + b, \qquad \hat{y} = f(z).$$
#
# A weight says how much an input counts, and in which direction. The bias says how easily the neuron
# fires: with $b = -3$ the weighted inputs must reach 3 before $z$ becomes positive. Geometrically,
# $w \cdot x + b = 0$ is a straight line (a plane, a hyperplane) through the space of inputs: $w$ stands
# at a right angle to it, and $b$ moves it away from the origin.
#
# We look at $m$ examples at once. They are the columns of $X$, so one product gives all the sums:
# $z = w^\top X + b$ has shape $(1, m)$.


# %%
def neuron(w, b, X, activation):
    """One artificial neuron looking at m examples: f(w·x + b) for every column x of X.

    Args:
        w: weights, (n_x, 1).
        b: bias, a number.
        X: examples in columns, (n_x, m).
        activation: the function f; it takes an array and works on every entry.

    Returns:
        Outputs of the neuron, (1, m).
    """
    ### BEGIN SOLUTION
    z = w.T @ X + b
    return activation(z)
    ### END SOLUTION


# %%
lesson.check("neuron")

# %% [markdown]
# ## 2 · Same line, two activations
#
# Frank Rosenblatt's **perceptron** (1957) decides: its activation is a step. **Logistic regression**
# hesitates: its activation is the sigmoid, and its output is read as the probability of class 1.
#
# $$\text{perceptron: } \hat y = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}
# \qquad\qquad \text{logistic neuron: } \hat y = \sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# The linear part $z = w \cdot x + b$ is the same, and so is the line between the classes: the step
# jumps at $z = 0$, and the sigmoid passes through one half there. What differs is what happens away
# from the line. The step is flat everywhere, so a small change of $w$ changes nothing that one could
# measure. The sigmoid has a slope, which tells *in which direction* to change $w$. Next week that
# slope is what gradient descent follows.


# %%
def step_and_sigmoid(w, b, X):
    """What a perceptron and a logistic neuron with the same w and b say about the same examples.

    Args:
        w: weights, (n_x, 1).
        b: bias, a number.
        X: examples in columns, (n_x, m).

    Returns:
        Tuple (labels, probabilities), both (1, m): labels 1 where z >= 0, else 0; probabilities the
        sigmoid of z.
    """
    ### BEGIN SOLUTION
    z = w.T @ X + b
    return (z >= 0).astype(float), 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %%
lesson.check("step_and_sigmoid")

# %%
z = np.linspace(-6, 6, 601).reshape(1, -1)
ax = plotting.step_and_sigmoid_curves(z, *step_and_sigmoid(np.ones((1, 1)), 0.0, z))

# %% [markdown]
# ## 3 · The perceptron learning rule
#
# How does a perceptron find its weights, when its step has no slope to follow? By correcting mistakes.
# Show it one example $x$ with label $y$, let it answer $\hat y$, and then
#
# $$w \leftarrow w + \alpha\,(y - \hat y)\,x, \qquad b \leftarrow b + \alpha\,(y - \hat y).$$
#
# The error $y - \hat y$ can only be three things:
#
# | $y$ | $\hat y$ | $y - \hat y$ | what happens |
# |---|---|---|---|
# | 0 or 1 | the same | 0 | nothing: do not touch what works |
# | 1 | 0 | +1 | $x$ was missed: turn $w$ towards $x$ |
# | 0 | 1 | −1 | $x$ was a false alarm: turn $w$ away from $x$ |
#
# Why is that a good idea? After a missed example the same $x$ gets the sum
# $(w + \alpha x)\cdot x + b + \alpha = z + \alpha(\lVert x\rVert^2 + 1)$: larger than before, so closer
# to being right, and the further the longer $x$ is. (The $+1$ is the bias, which learns like a weight
# whose input is always 1.)
#
# The step on an array, for the cells below:


# %%
def step(z):
    """1.0 where z >= 0, else 0.0; same shape as z."""
    return (np.asarray(z) >= 0).astype(float)


# %%
def perceptron_update(w, b, x, y, learning_rate):
    """Correct the weights after seeing one example; nothing changes when the answer was right.

    Args:
        w: weights, (n_x, 1).
        b: bias, a number.
        x: one example, (n_x, 1).
        y: its label, 0 or 1.
        learning_rate: size of the correction, > 0.

    Returns:
        Tuple (w, b): the new weights, (n_x, 1), in a new array, and the new bias, a plain number
        (`.item()` takes the number out of a (1, 1) array).
    """
    ### BEGIN SOLUTION
    y_hat = step(w.T @ x + b).item()
    correction = learning_rate * (y - y_hat)
    return w + correction * x, b + correction
    ### END SOLUTION


# %%
lesson.check("perceptron_update")

# %% [markdown]
# ## 4 · A perceptron that learns until it is right
#
# Now let it go over the examples again and again, one by one in their order, correcting as it goes,
# until a whole pass needs no correction. Count the corrections of every pass: they are its learning
# curve.


# %%
class Perceptron:
    """A neuron with a step activation that learns a line between two classes.

    `Perceptron(n_x, learning_rate)` starts with the weights `w`, zeros of shape (n_x, 1), and the bias
    `b`, 0.0.
    """

    def __init__(self, n_x, learning_rate=1.0):
        """Remember the learning rate and set the weights to zero."""
        self.learning_rate = learning_rate
        self.w = np.zeros((n_x, 1))
        self.b = 0.0

    def predict(self, X):
        """Labels 0 or 1, (1, m), of the columns of X, (n_x, m)."""
        ### BEGIN SOLUTION
        return step(self.w.T @ X + self.b)
        ### END SOLUTION

    def fit(self, X, Y, epochs=100):
        """Learn from the examples one by one, pass after pass, from the present weights on.

        Args:
            X: examples, (n_x, m).
            Y: labels 0 or 1, (1, m).
            epochs: passes at most.

        Returns:
            List of the number of corrections in each pass. Learning stops after a pass without
            corrections, whose 0 is then the last entry.
        """
        ### BEGIN SOLUTION
        corrections = []
        for _ in range(epochs):
            count = 0
            for i in range(X.shape[1]):
                x, y = X[:, [i]], Y[0, i]
                count += int(self.predict(x).item() != y)
                self.w, self.b = perceptron_update(self.w, self.b, x, y, self.learning_rate)
            corrections.append(count)
            if count == 0:
                break
        return corrections
        ### END SOLUTION


# %%
lesson.check("Perceptron")

# %% [markdown]
# Now real flowers. `fit` goes on from the weights it finds, so we can stop after every pass and write
# down where the line is.


# %%
def train_and_record(iris, passes):
    """A perceptron, its line after each pass, and the corrections of each pass."""
    perceptron, lines, corrections = Perceptron(n_x=2), [], []
    for _ in range(passes):
        corrections += perceptron.fit(iris.X, iris.Y, epochs=1)
        lines.append((perceptron.w.copy(), perceptron.b))
        if corrections[-1] == 0:
            break
    right = np.mean(perceptron.predict(iris.X) == iris.Y)
    print(
        f"{len(corrections)} passes, {sum(corrections)} corrections, {right:.0%} of flowers right"
    )
    return perceptron, lines, corrections


# %% [markdown]
# Setosa and versicolor by the lengths of sepal and petal: two clouds with a wide gap.

# %%
easy = datasets.load_iris_pair("setosa", "versicolor", ("sepal length", "petal length"))
_, lines, corrections = train_and_record(easy, passes=100)
figure = plotting.perceptron_training(
    easy.X, easy.Y, lines, corrections, easy.species, easy.features
)

# %% [markdown]
# The same flowers by length and width of the sepal. A line still exists, but the gap is narrow. The
# perceptron needs hundreds of passes, and the number of corrections jumps up and down on the way: it
# knows nothing about the other examples when it corrects one.

# %%
narrow = datasets.load_iris_pair("setosa", "versicolor", ("sepal length", "sepal width"))
_, lines, corrections = train_and_record(narrow, passes=1000)
figure = plotting.perceptron_training(
    narrow.X, narrow.Y, lines, corrections, narrow.species, narrow.features
)

# %% [markdown]
# Versicolor and virginica overlap: no line separates them. The perceptron never comes to rest, and
# which line you get depends on when you stop it.

# %%
mixed = datasets.load_iris_pair("versicolor", "virginica", ("sepal length", "petal length"))
_, lines, corrections = train_and_record(mixed, passes=100)
figure = plotting.perceptron_training(
    mixed.X, mixed.Y, lines, corrections, mixed.species, mixed.features
)

# %% [markdown]
# Novikoff proved in 1962 what the three pictures show. If some line separates the classes with a gap
# of $\gamma$ to either side, and no example is longer than $R$ (counting the bias as one more input,
# always 1), then the perceptron makes at most $(R/\gamma)^2$ corrections, in whatever order the examples
# come. A narrow gap means many corrections; no gap, no promise.

# %% [markdown]
# ## 5 · XOR: why a hidden layer
#
# XOR is 1 when exactly one of two bits is 1. Try to separate the ones, 01 and 10, from the zeros, 00
# and 11, by one line. It cannot be done: suppose $w_1, w_2, b$ did it. The ones ask for
# $w_1 + b \ge 0$ and $w_2 + b \ge 0$, so $w_1 + w_2 + 2b \ge 0$. The zeros ask for $b < 0$ and
# $w_1 + w_2 + b < 0$, so $w_1 + w_2 + 2b < 0$. Both cannot be true.

# %%
bits = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
for name, labels in {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "XOR": [0, 1, 1, 0]}.items():
    print(f"{name:4}", Perceptron(n_x=2).fit(bits, np.array([labels]), epochs=12))

# %% [markdown]
# But two lines can: XOR is 1 *between* them. So let two hidden neurons draw a line each, and let a
# third neuron combine what they say:
#
# $$H = \text{step}(W^{[1]} X + b^{[1]}), \qquad \hat Y = \text{step}(W^{[2]} H + b^{[2]})$$
#
# with $W^{[1]}$ of shape $(2, 2)$, $b^{[1]}$ of shape $(2, 1)$, $W^{[2]}$ of shape $(1, 2)$. There is
# nothing to train here: choose the weights yourself. (More than one choice works, and the check
# accepts all of them. It also asks for inputs between 0 and 1, to see that each unit is a neuron.)


# %%
def xor_network(X):
    """XOR of two bits by a network of three step units with weights chosen by hand.

    Args:
        X: pairs of bits in columns, (2, m); any other numbers go through the same units.

    Returns:
        Tuple (H, Y): the two hidden units, (2, m), and the output, (1, m), all 0 or 1. Every unit is
        a step of a weighted sum of the layer before it.
    """
    ### BEGIN SOLUTION
    W1, b1 = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[-0.5], [-1.5]])  # OR, AND
    W2, b2 = np.array([[1.0, -1.0]]), -0.5  # OR but not AND
    H = step(W1 @ X + b1)
    return H, step(W2 @ H + b2)
    ### END SOLUTION


# %%
lesson.check("xor_network")

# %% [markdown]
# The right picture is the point of the exercise. The hidden layer moves the four inputs to new places,
# where *one* line is enough for the output neuron. All deep learning does is this: find places in
# which the last, simple step becomes easy.

# %%
figure = plotting.xor_layers(xor_network)

# %% [markdown]
# ## 6 · Why depth: the parity of n bits
#
# Is the number of ones odd? That is XOR for $n$ bits: $x_1 \oplus x_2 \oplus \dots \oplus x_n$. Two
# ways to build it:
#
# - **Deep.** A knock-out tournament: XOR the bits in pairs, then the results in pairs, and so on.
#   $n - 1$ XORs in $\lceil \log_2 n \rceil$ levels: depth $O(\log n)$.
# - **Shallow.** One hidden layer with a unit for every input pattern that has an odd number of ones,
#   and an output unit that is the OR of them. Flip any bit and the parity flips, so no two patterns
#   can share a unit: all $2^{n-1}$ are needed.
#
# First the tournament. A row that finds no partner in a level waits for the next one. For two bits,
# $a \oplus b = (a + b) \bmod 2$.


# %%
def parity_tree(X):
    """Parity of n bits by a binary tree of XORs.

    Args:
        X: bits, (n, m) of 0 and 1 with n >= 1.

    Returns:
        Tuple (parity, depth): parity (1, m), 1 where the number of ones in the column is odd, else 0;
        and the number of XOR levels, 0 for a single bit, 1 for two bits, 2 for three or four …
    """
    ### BEGIN SOLUTION
    level, depth = X, 0
    while len(level) > 1:
        half = len(level) // 2
        pairs = (level[0 : 2 * half : 2] + level[1 : 2 * half : 2]) % 2
        level, depth = np.concatenate([pairs, level[2 * half :]]), depth + 1
    return level, depth
    ### END SOLUTION


# %%
lesson.check("parity_tree")

# %% [markdown]
# Now count the units: three for each XOR of the tree (section 5), against the units of the hidden
# layer and the one output.


# %%
def parity_units(n):
    """How many step units the parity of n bits takes, deep and shallow.

    Args:
        n: number of bits, a whole number >= 2.

    Returns:
        Tuple (deep, shallow) of whole numbers. Deep: every XOR of the tree has 3 units. Shallow: one
        hidden unit for each pattern with an odd number of ones, and 1 output unit.
    """
    ### BEGIN SOLUTION
    return 3 * (n - 1), 2 ** (n - 1) + 1
    ### END SOLUTION


# %%
lesson.check("parity_units")

# %%
counts = {n: parity_units(n) for n in range(2, 21)}
print({n: counts[n] for n in (2, 4, 10, 20)})
ax = plotting.parity_growth(list(counts), *zip(*counts.values(), strict=True))

# %% [markdown]
# With four bits both take 9 units. With 20 bits the tree takes 57, and the single layer half a million.
#
# A fair word about this famous argument: it is a theorem about circuits of *and*, *or* and *not*
# gates, in which a hidden unit recognizes a pattern. A neuron with a free threshold is stronger. $n$
# hidden units that fire at *at least 1, 2, …, n ones*, with output weights $+1, -1, +1, \dots$, compute
# parity as well. (Try it below.) The lesson stays: how large a network must be depends on its depth,
# and reusing intermediate results is what depth is good at.

# %% [markdown]
# ## 7 · A network is a composed function
#
# A network is a long formula made of simple steps, and learning needs its derivatives. The **computation
# graph** organizes both. Take
#
# $$J(a, b, c) = 3\,(a + b\,c)$$
#
# and give every intermediate result a name: $u = bc$, $v = a + u$, $J = 3v$. Going **forward**, from
# left to right, computes the value.


# %%
def graph_forward(a, b, c):
    """Forward pass of J = 3(a + bc).

    Args:
        a: a number.
        b: a number.
        c: a number.

    Returns:
        Tuple (u, v, J) with u = bc, v = a + u, J = 3v.
    """
    ### BEGIN SOLUTION
    u = b * c
    v = a + u
    J = 3 * v
    return u, v, J
    ### END SOLUTION


# %%
lesson.check("graph_forward")

# %% [markdown]
# At $a = 5$, $b = 3$, $c = 2$ that is $u = 6$, $v = 11$, $J = 33$.
#
# Going **backward**, from right to left, computes derivatives by the chain rule. Ask at every box: if
# its value grows by a little, how many times as much does $J$ grow?
#
# - $J = 3v$, so $dJ/dv = 3$.
# - $v = a + u$ passes a change of $u$ or $a$ on as it is: $dJ/du = dJ/dv \cdot 1 = 3$ and $dJ/da = 3$.
# - $u = bc$: when $b$ grows by 0.001, $u$ grows by $c \cdot 0.001 = 0.002$ and $J$ by $3 \cdot 0.002$, so
#   $dJ/db = dJ/du \cdot c = 3 \cdot 2 = 6$; and $dJ/dc = dJ/du \cdot b = 3 \cdot 3 = 9$.
#
# Each derivative reuses the one to its right. That is why one backward pass costs about as much as one
# forward pass, however many inputs there are. In code, `dv` is short for $dJ/dv$: the final output is
# always the same, so its name is left out.


# %%
def graph_backward(a, b, c):
    """Backward pass of J = 3(a + bc).

    Args:
        a: a number.
        b: a number.
        c: a number.

    Returns:
        Dictionary of numbers with the keys "dv", "du", "da", "db", "dc"; "dv" stands for dJ/dv.
    """
    ### BEGIN SOLUTION
    dv = 3.0
    du = dv * 1
    da = dv * 1
    db = du * c
    dc = du * b
    return {"dv": dv, "du": du, "da": da, "db": db, "dc": dc}
    ### END SOLUTION


# %%
lesson.check("graph_backward")

# %%
a, b, c = 5.0, 3.0, 2.0
u, v, J = graph_forward(a, b, c)
slopes = graph_backward(a, b, c)
ax = plotting.computation_graph(
    edges=[("a", "v"), ("b", "u"), ("c", "u"), ("u", "v"), ("v", "J")],
    values={"a": a, "b": b, "c": c, "u": u, "v": v, "J": J},
    derivatives={name[1:]: slope for name, slope in slopes.items()} | {"J": 1.0},
    labels={"u": "u = bc", "v": "v = a + u", "J": "J = 3v"},
)

# %% [markdown]
# ## 8 · A node that finds its own derivatives
#
# You worked the backward pass out by looking at the formula. But every box only needed to know its
# *own* derivative. So let a number remember **how it was made**: from which parents, and with which
# slope with respect to each.
#
# | node | value | slopes |
# |---|---|---|
# | `x + y` | $x + y$ | 1 for $x$, 1 for $y$ |
# | `x * y` | $x\,y$ | $y$ for $x$, $x$ for $y$ |
# | `x.square()` | $x^2$ | $2x$ |
# | `x.sqrt()` | $\sqrt x$ | $\dfrac{1}{2\sqrt x}$ |
# | `x.sin()` | $\sin x$ | $\cos x$ |
#
# Then `backward()` needs no formula at all. It gives the last node the derivative 1 (since
# $dJ/dJ = 1$) and goes through the nodes from the result to the inputs; each node hands to every
# parent
#
# $$\text{parent.grad} \mathrel{+}= \text{node.grad} \cdot \text{slope}.$$
#
# Two details matter. The `+=`: a value that is used in two places acts on the result through both, and
# the effects add up. And the order: a node may hand on its grad only when everybody who used it has
# handed theirs in. `topological_order` gives such an order (parents first, so go through it reversed).


# %%
def topological_order(root):
    """Every node that root was made from, and root, each after all of its parents."""
    order, seen, waiting = [], set(), [(root, False)]
    while waiting:
        node, parents_done = waiting.pop()
        if parents_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend((parent, False) for parent, _ in node.parents)
    return order


def as_node(thing):
    """The node itself, or a new one that holds a plain number."""
    return thing if isinstance(thing, Node) else Node(thing)


# %%
class Node:
    """A number that remembers how it was made, so that it can find derivatives by itself.

    `Node(value, parents)` keeps `value` (a float), `grad` (0.0 until `backward` fills it) and
    `parents`: pairs (node, slope), the nodes it was made from, each with the derivative of this value
    with respect to that node's value. An input has none.
    """

    def __init__(self, value, parents=()):
        """Keep the value and the parents."""
        self.value = float(value)
        self.grad = 0.0
        self.parents = tuple(parents)

    def __add__(self, other):
        """Node of self + other, where other is a node or a number."""
        other = as_node(other)
        ### BEGIN SOLUTION
        return Node(self.value + other.value, [(self, 1.0), (other, 1.0)])
        ### END SOLUTION

    def __mul__(self, other):
        """Node of self * other, where other is a node or a number."""
        other = as_node(other)
        ### BEGIN SOLUTION
        return Node(self.value * other.value, [(self, other.value), (other, self.value)])
        ### END SOLUTION

    # for 2 + node and 2 * node, where Python asks the node on the right
    __radd__ = __add__
    __rmul__ = __mul__

    def square(self):
        """Node of the square."""
        ### BEGIN SOLUTION
        return Node(self.value**2, [(self, 2 * self.value)])
        ### END SOLUTION

    def sqrt(self):
        """Node of the square root (of a positive value); math.sqrt."""
        ### BEGIN SOLUTION
        root = math.sqrt(self.value)
        return Node(root, [(self, 1 / (2 * root))])
        ### END SOLUTION

    def sin(self):
        """Node of the sine; math.sin and math.cos."""
        ### BEGIN SOLUTION
        return Node(math.sin(self.value), [(self, math.cos(self.value))])
        ### END SOLUTION

    def backward(self):
        """Fill grad of this node (with 1) and of every node it was made from, starting from 0."""
        order = topological_order(self)
        ### BEGIN SOLUTION
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += node.grad * slope
        ### END SOLUTION


# %%
lesson.check("Node")

# %% [markdown]
# The example of section 7 now takes one line, and nobody has to derive anything:

# %%
a, b, c = Node(5), Node(3), Node(2)
J = 3 * (a + b * c)
J.backward()
print(f"J = {J.value}, dJ/da = {a.grad}, dJ/db = {b.grad}, dJ/dc = {c.grad}")

# %% [markdown]
# Deeper compositions are no harder. Build
#
# $$y = 2\sin(x^2) + \sqrt{5x}$$
#
# from the nodes *mul*, *add*, *square*, *sqrt* and *sin*, and read off its slope.


# %%
def wave_and_slope(x):
    """The function 2·sin(x²) + √(5x), composed of nodes, and its derivative from backward().

    Args:
        x: where to evaluate it, a number > 0.

    Returns:
        Tuple (value, slope) of numbers.
    """
    ### BEGIN SOLUTION
    x = Node(x)
    y = 2 * x.square().sin() + (5 * x).sqrt()
    y.backward()
    return y.value, x.grad
    ### END SOLUTION


# %%
lesson.check("wave_and_slope")

# %%
x = Node(2.0)
squared, scaled = x.square(), 5 * x
sine, root = squared.sin(), scaled.sqrt()
doubled = 2 * sine
y = doubled + root
y.backward()
nodes = {"x": x, "x²": squared, "sin": sine, "2 ·": doubled, "5 ·": scaled, "√": root, "y": y}
ax = plotting.computation_graph(
    edges=[
        *[("x", "x²"), ("x²", "sin"), ("sin", "2 ·"), ("2 ·", "y")],
        *[("x", "5 ·"), ("5 ·", "√"), ("√", "y")],
    ],
    values={name: node.value for name, node in nodes.items()},
    derivatives={name: node.grad for name, node in nodes.items()},
    labels={"sin": "sin(x²)", "2 ·": "2 sin(x²)", "5 ·": "5x", "√": "√(5x)"},
)

# %% [markdown]
# Follow the orange numbers from right to left: $x$ gets the sum of two ways, $-1.307 \cdot 2x$ from above
# and $0.158 \cdot 5$ from below, $-5.229 + 0.791 = -4.439$. The same for the whole curve:

# %%
xs = np.linspace(0.05, 3, 400)
ys, slopes = np.array([wave_and_slope(x) for x in xs.tolist()]).T
ax = plotting.fitted_curves(xs, ys, {"its slope, from backward()": slopes})
_ = ax.axhline(0, color="gray", linewidth=0.8)

# %% [markdown]
# Where the slope crosses zero the curve has its peaks and valleys. Frameworks such as TensorFlow, JAX
# and PyTorch do exactly this, with arrays in place of single numbers.

# %% [markdown]
# ## 9 · Fit it with a network that does not know the formula
#
# We composed the function by hand, because we knew it. A **multi-layer perceptron** (MLP) is also a
# composed function, but a flexible one: weighted sums and tanh, layer after layer, with weights that
# gradient descent adjusts until the composition looks like the data.
#
# $$x \;\to\; \tanh(W^{[1]}x + b^{[1]}) \;\to\; \tanh(W^{[2]}h_1 + b^{[2]}) \;\to\; W^{[3]}h_2 + b^{[3]} = \hat y$$
#
# The last layer has no activation: $\hat y$ may be any number, and a tanh would hold it between −1
# and 1. Keras takes examples as **rows**, $(m, 1)$; this is how all the Keras parts of the course do
# it. Importing Keras takes a few seconds.

# %%
import keras


# %%
def build_mlp(n_hidden):
    """A network from one number to one number: 1 → n_hidden (tanh) → n_hidden (tanh) → 1 (linear).

    Args:
        n_hidden: units in each of the two hidden layers.

    Returns:
        A keras.Model that takes (m, 1) and gives (m, 1); it need not be compiled.
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(n_hidden, activation="tanh"),
            keras.layers.Dense(n_hidden, activation="tanh"),
            keras.layers.Dense(1),
        ]
    )
    ### END SOLUTION


# %%
lesson.check("build_mlp")

# %% [markdown]
# 400 points of the curve are the training data. We compare your network with the best straight line,
# which is all that a network without a hidden layer could ever be. The interval is moved to be centred
# at 0, as in the first notebook: networks like that.

# %%
keras.utils.set_random_seed(1)
epochs = {"quick": 120, "full": 1000}[dlcourse.scale()]
X, Y = xs[:, None] - 1.5, ys[:, None]
mlp = build_mlp(32)
mlp.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
history = mlp.fit(X, Y, batch_size=100, epochs=epochs, verbose=0)
line = np.polyfit(xs, ys, deg=1)
print(f"mean squared error: MLP {history.history['loss'][-1]:.4f}, straight line ", end="")
print(f"{np.mean((np.polyval(line, xs) - ys) ** 2):.4f}, constant {ys.var():.4f}")

# %%
wide = np.linspace(0.05, 4, 500)
truth = 2 * np.sin(wide**2) + np.sqrt(5 * wide)
fitted = {
    "straight line": np.polyval(line, wide),
    "MLP, 32 + 32 units": mlp.predict(wide[:, None] - 1.5, verbose=0),
}
ax = plotting.fitted_curves(wide, truth, fitted)
ax.axvspan(3, 4, color="gray", alpha=0.15)
_ = ax.text(3.5, 1, "never trained here", ha="center")

# %% [markdown]
# On $[0, 3]$ the network has found the curve without being told a single sine. Beyond 3 it knows
# nothing: it learnt the points, not the formula. A composed function that you *know* extrapolates; one
# that is *fitted* interpolates. Keep this picture in mind for every network to come.

# %% [markdown]
# ## 10 · Which network for which data
#
# The layers of an MLP connect everything with everything. For some data that is right; for other data
# there is structure which a network can know from the start instead of having to learn it.
#
# | data | example: from → to | network | because |
# |---|---|---|---|
# | a table | features of a house → price; user and advertisement → click? | **standard** (fully connected) | every column means something of its own, and their order means nothing |
# | images | photo → which of 1000 objects | **convolutional** (CNN, course 4) | near pixels belong together, and a cat is a cat in every corner |
# | sequences | audio → text; English → Chinese | **recurrent** (RNN, course 5; today often attention) | things come one after the other, in any number |
# | several kinds at once | camera and radar → positions of other cars | **hybrid**: a custom combination | each part gets the network that suits it |
#
# **Structured** data are tables: every number has a name, such as *size* or *age*. **Unstructured** data
# are images, sound and text: one pixel, one sample, one letter means nothing alone. People are good at
# the second kind, and computers were not, until networks became deep. Much of the money is still made
# with the first.

# %% [markdown]
# ## 11 · What to try next
#
# - Standardize the sepal data of section 4 with `mean_and_spread` of the first notebook, and count the
#   passes again. What did that do to $R/\gamma$?
# - `datasets.load_iris_pair(..., seed=1)` shows the flowers in another order. Does the perceptron end
#   up with the same line? Does the learning rate matter?
# - Find other weights for `xor_network`: let the hidden units be "first but not second" and "second but
#   not first". How does the right picture change?
# - Build parity of 4 bits with 4 hidden step units (thresholds 0.5, 1.5, 2.5, 3.5) and one output.
# - Give `Node` an `exp` and a subtraction, and build $\tanh$ from them.
# - Use `wave_and_slope` to walk downhill: repeat `x = x - 0.01 * slope` from several starting points. You
#   have just invented gradient descent, and met a local minimum.
# - Give `build_mlp` 2, 4, 8 and 64 units. How few are enough for the curve? What happens with ReLU?

# %% quiz
