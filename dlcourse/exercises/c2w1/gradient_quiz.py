"""The quiz of c2w1."""

from dlcourse.grading import Question

QUIZ = (
    Question(
        "The training error is 1 %, the dev error 11 %, people make almost no errors. What is it, "
        "and what helps?",
        choices={
            "a": (
                "High bias: a larger network.",
                "The training set is fitted well. A larger network does not close this gap.",
            ),
            "b": (
                "High variance: more data, regularization.",
                "Right: the gap of 10 points is between training and dev set.",
            ),
            "c": ("Both.", "Both would be 15 % and 30 %: far from people, and then far from dev."),
            "d": ("Neither.", "Neither would be 0.5 % and 1 %."),
        },
        answer="b",
    ),
    Question(
        "All weights of a network with hidden ReLU layers start at 0. What happens in training?",
        choices={
            "a": (
                "It trains, only more slowly.",
                "All gradients of weights are exactly 0. No patience helps.",
            ),
            "b": (
                "The gradients explode.",
                "They are products with zeros: nothing explodes.",
            ),
            "c": (
                "Only the last bias moves; the network gives one answer for every input.",
                "Right. Hidden activations are 0, so no weight ever gets a gradient.",
            ),
            "d": (
                "It becomes logistic regression.",
                "That has weights that learn. Here none of them does.",
            ),
        },
        answer="c",
    ),
    Question(
        "Which mean and standard deviation normalise the test set?",
        choices={
            "a": (
                "Those of the training set.",
                "Right: one transformation for all sets, learnt where learning is allowed.",
            ),
            "b": (
                "Those of the test set.",
                "The network would see another transformation than in training; and what about a "
                "test set of one example?",
            ),
            "c": (
                "Those of both sets together.",
                "Then the test set has had a say in the model that it judges.",
            ),
            "d": (
                "None: only training needs it.",
                "The weights fit normalised inputs. Raw ones are as foreign to them as noise.",
            ),
        },
        answer="a",
    ),
    Question(
        "Inverted dropout with keep_prob = 0.8. What happens to the activations at test time?",
        choices={
            "a": (
                "They are multiplied by 0.8.",
                "That belongs to plain dropout. The inverted one has divided in training already.",
            ),
            "b": (
                "A fifth of them is dropped.",
                "Then a prediction would be different each time you ask.",
            ),
            "c": (
                "They are divided by 0.8.",
                "That is done in training, where a fifth is missing. At test time none is.",
            ),
            "d": (
                "Nothing.",
                "Right: dividing by 0.8 in training keeps the expectation, so nothing is left.",
            ),
        },
        answer="d",
    ),
    Question(
        "A gradient check gives the ratio 2·10⁻³, with ε = 10⁻⁷ in float32. What do you do first?",
        choices={
            "a": (
                "Look for the wrong component.",
                "There may be none: float32 has seven digits, and ε took them all.",
            ),
            "b": (
                "Repeat it in float64.",
                "Right: a cost with seven digits cannot show what a nudge of 10⁻⁷ does.",
            ),
            "c": (
                "Train; 10⁻³ is small.",
                "10⁻³ in float64 would mean a bug. In float32 it means nothing.",
            ),
            "d": (
                "Make ε smaller.",
                "Then even fewer digits of the difference are left.",
            ),
        },
        answer="b",
    ),
    Question(
        "Why is dropout switched off for a gradient check?",
        choices={
            "a": (
                "Its backward pass cannot be written down.",
                "It can: the same mask again. That is not the difficulty.",
            ),
            "b": (
                "It would take too long.",
                "A mask costs next to nothing.",
            ),
            "c": (
                "The cost is another function in every call, so a difference measures the masks.",
                "Right. (With one fixed mask it can be checked.)",
            ),
            "d": (
                "It makes all gradients smaller.",
                "Dividing by keep_prob keeps their size on average; the ratio would not care.",
            ),
        },
        answer="c",
    ),
    Question(
        "Which way of clipping keeps the direction of the whole step?",
        choices={
            "a": (
                "By value.",
                "It cuts large components and leaves small ones: the step turns.",
            ),
            "b": (
                "By the norm of each array.",
                "It keeps the direction within each array; but dW1 may shrink and dW2 not.",
            ),
            "c": (
                "By global norm.",
                "Right: one factor for everything.",
            ),
            "d": (
                "None of them.",
                "One factor for all gradients does not turn them.",
            ),
        },
        answer="c",
    ),
)
