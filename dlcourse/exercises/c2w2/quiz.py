"""The quiz of c2w2."""

from dlcourse.grading import Question

QUIZ = (
    Question(
        "Does Adam clip gradients?",
        choices={
            "a": (
                "Yes: no step is longer than the learning rate.",
                "Steps are about as long as α, but that comes from a division, not from a limit: a "
                "gradient that jumps can make a step of several α.",
            ),
            "b": (
                "Yes: gradients above 1 are set to 1 before they are averaged.",
                "Nothing is cut off. A gradient of 500 goes into v as 500 and into s as 250 000.",
            ),
            "c": (
                "No. It divides by the root mean square of past gradients; clipping is another "
                "thing, done before the gradient gets to Adam.",
                "Right. And both are useful together: one exploding gradient stays in s for about "
                "1000 steps and makes all of them tiny.",
            ),
            "d": (
                "No, because Adam does not look at the size of gradients at all.",
                "It does: s is the average of their squares.",
            ),
        },
        answer="c",
    ),
    Question(
        "β = 0.98, v₀ = 0, and the first temperature is 40. What is v₁, and what is it after bias "
        "correction?",
        choices={
            "a": (
                "0.8, corrected 40",
                "Right: 0.02 · 40 = 0.8, and 0.8 / (1 − 0.98¹) = 40.",
            ),
            "b": (
                "39.2, corrected 40",
                "0.98 is the share of the old average, which is 0. The new value gets 0.02.",
            ),
            "c": (
                "0.8, corrected 0.8: the correction only begins at t = 2",
                "At t = 1 the correction is strongest: 1 − 0.98 = 0.02.",
            ),
            "d": (
                "40, and there is nothing to correct",
                "Only if the average began at the first value. It begins at 0.",
            ),
        },
        answer="a",
    ),
    Question(
        "You change β from 0.9 to 0.98. What happens to the averaged curve?",
        choices={
            "a": (
                "It follows the values more closely and gets rougher.",
                "The other way round: a new value now counts 0.02 instead of 0.1.",
            ),
            "b": (
                "It gets smoother and reacts later: it looks back about 50 values instead of 10.",
                "Right: 1/(1 − β). Smoothness is paid for with delay.",
            ),
            "c": (
                "It gets smoother, and its delay stays the same.",
                "An average over more of the past lags further behind.",
            ),
            "d": (
                "Nothing, if it is bias-corrected.",
                "The correction repairs the beginning only; later 1 − βᵗ is almost 1.",
            ),
        },
        answer="b",
    ),
    Question(
        "1000 examples, batches of 64, shuffled once per epoch. How many steps make an epoch, and "
        "what about the last batch?",
        choices={
            "a": (
                "15 steps; the 40 examples that do not fill a batch are left out.",
                "They would be other examples in each epoch, but why throw data away?",
            ),
            "b": (
                "16 steps; the last batch is filled up with 24 examples of the first one.",
                "Then 24 examples count twice in this epoch.",
            ),
            "c": (
                "1000 steps, because every example is seen once.",
                "That is stochastic gradient descent, batches of one.",
            ),
            "d": (
                "16 steps; the last batch has 40 examples, and its cost is divided by 40.",
                "Right: 15 · 64 = 960, and 40 are left.",
            ),
        },
        answer="d",
    ),
    Question(
        "A cost falls, then stays at the same value for thousands of steps with a gradient near "
        "zero, then falls again. The network has a million parameters. What was it most likely?",
        choices={
            "a": (
                "A local minimum, which it left thanks to its momentum.",
                "For a minimum the cost has to curve upwards in all of a million directions.",
            ),
            "b": (
                "A plateau around a saddle point: up in some directions, down in others.",
                "Right. One direction down is enough to get out; finding it takes time where the "
                "slope is small, and less with averages and steps scaled for each number.",
            ),
            "c": (
                "The global minimum.",
                "Then it could not have fallen further.",
            ),
            "d": (
                "An error in the gradients.",
                "Possible, but wrong gradients do not wait: they rarely lead to a flat place and "
                "out of it again.",
            ),
        },
        answer="b",
    ),
    Question(
        "Why does momentum help in a long, narrow valley?",
        choices={
            "a": (
                "Across the valley the gradients change their sign and cancel in the average; "
                "along it they agree and stay.",
                "Right. So a learning rate is possible that would make plain descent jump out.",
            ),
            "b": (
                "It makes the learning rate larger everywhere.",
                "With v as an average, a steady gradient gives the same step as without momentum.",
            ),
            "c": (
                "It divides steep directions by their steepness.",
                "That is what RMSprop, Adagrad and Adam do.",
            ),
            "d": (
                "It skips steps whose gradient points across.",
                "Every gradient is used; they cancel each other.",
            ),
        },
        answer="a",
    ),
    Question(
        "Adagrad learns fast at first and then hardly moves, far from the minimum. Why, and what "
        "helps?",
        choices={
            "a": (
                "ε is too large; take a smaller one.",
                "ε matters only where the sum of squares is about as small.",
            ),
            "b": (
                "The bias correction is missing.",
                "Adagrad adds up, it does not average: there is no bias to correct.",
            ),
            "c": (
                "Its sum of squares only grows, so its steps only shrink. An average that forgets "
                "(RMSprop, Adam) helps.",
                "Right: with a steady gradient the t-th step is only α/√t long.",
            ),
            "d": (
                "Its gradients have vanished; other weights to begin with help.",
                "The gradients may be large: they are divided by a larger and larger number.",
            ),
        },
        answer="c",
    ),
    Question(
        "Why let the learning rate fall during training with mini-batches?",
        choices={
            "a": (
                "Because the gradients grow towards the end.",
                "They shrink near a minimum, but their noise does not.",
            ),
            "b": (
                "To save time: short steps are cheaper.",
                "A step costs the same, however long it is.",
            ),
            "c": (
                "Because Adam diverges otherwise.",
                "Adam often works with a constant rate, and gains from decay as the others do.",
            ),
            "d": (
                "Mini-batch gradients are noisy: with a constant rate the parameters wander around "
                "the minimum, at a distance that depends on the rate.",
                "Right: long steps to get near, short ones to settle.",
            ),
        },
        answer="d",
    ),
)
