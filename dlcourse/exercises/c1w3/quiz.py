"""The quiz of c1w3."""

from dlcourse.grading import Question

QUIZ = (
    Question(
        "A network has ten linear layers and no activation function. What can it compute?",
        choices={
            "a": (
                "Curved borders, if the layers are wide enough.",
                "Width does not help: a product of ten matrices is one matrix, however large.",
            ),
            "b": (
                "Exactly what one linear layer can.",
                "Right. Each pair composes to one: W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2).",
            ),
            "c": (
                "Polynomials of degree ten.",
                "A layer multiplies inputs by weights, never by each other, so the degree stays 1.",
            ),
        },
        answer="b",
    ),
    Question(
        "All weights of a network with four tanh units start at zero. What have the four units "
        "become after 1000 steps of gradient descent?",
        choices={
            "a": (
                "Four different units: the data make them differ.",
                "Data reach all of them in the same way, so their gradients are always equal.",
            ),
            "b": (
                "Four copies of one and the same unit.",
                "Right. Equal parameters get equal gradients. Here they even stay at zero: with "
                "W2 = 0 no error flows back, and with A1 = 0 none reaches W2.",
            ),
            "c": (
                "Saturated units at ±1.",
                "Saturation comes from weights that are too large, not from zeros.",
            ),
            "d": (
                "Units that differ in their biases only.",
                "The biases start equal and get equal gradients as well.",
            ),
        },
        answer="b",
    ),
    Question(
        "Why are the first weights of a tanh layer multiplied by 0.01 and not by 100?",
        choices={
            "a": (
                "Small numbers are stored with more digits.",
                "Floating-point numbers have the same relative precision at every size.",
            ),
            "b": (
                "With 100 the units would all be identical.",
                "Random weights differ at every scale. Equal weights are what makes units equal.",
            ),
            "c": (
                "With 100 nearly all activations are ±1, where 1 - a² is nearly 0 and learning "
                "stalls.",
                "Right. The error is multiplied by that slope on its way back.",
            ),
        },
        answer="c",
    ),
    Question(
        "In a hidden layer, tanh usually trains better than a sigmoid. Why?",
        choices={
            "a": (
                "Its outputs are centred at 0, and its slope is up to 1 instead of 0.25.",
                "Right. The next layer sees inputs of both signs, and more of the error gets back.",
            ),
            "b": (
                "It never saturates.",
                "It does, at both ends, like the sigmoid: it is one, 2 sigmoid(2z) - 1.",
            ),
            "c": (
                "It can output probabilities.",
                "Its values run from -1 to 1. Probabilities come from the sigmoid at the end.",
            ),
        },
        answer="a",
    ),
    Question(
        "W1 is (4, 2), W2 is (1, 4), and there are 400 examples. Which shape has dZ1?",
        choices={
            "a": ("(4, 2)", "That is dW1, which is summed over the examples."),
            "b": ("(4, 1)", "That is db1: dZ1 summed over the examples."),
            "c": (
                "(4, 400)",
                "Right. W2ᵀ (4, 1) times dZ2 (1, 400): one error per hidden unit and example, "
                "shaped like Z1.",
            ),
            "d": ("(1, 400)", "That is dZ2, with one error per example at the output."),
        },
        answer="c",
    ),
    Question(
        "A ReLU unit has a negative z for every example of the training set. What happens to it?",
        choices={
            "a": (
                "It recovers at the next step: the error pulls it back.",
                "The error is multiplied by the slope on its way back, and that slope is 0.",
            ),
            "b": (
                "Its slope is 0 for every example, so its own weights get no gradient: it is dead.",
                "Right. A leaky ReLU keeps a slope of 0.01 there, so such a unit can come back.",
            ),
            "c": (
                "Its output becomes more and more negative.",
                "ReLU gives 0 for every negative z.",
            ),
        },
        answer="b",
    ),
    Question(
        "A network with 50 hidden units gets 99 % of its training points right and 85 % of new "
        "ones. One with 5 units gets 92 % and 91 %. Which do you take?",
        choices={
            "a": (
                "The one with 50 units: it has understood more.",
                "It has learnt the noise of those points by heart, which does not help with new "
                "ones.",
            ),
            "b": (
                "The one with 5 units: new points are what counts.",
                "Right. And the gap between 99 and 85 shows that the larger one overfits; course 2 "
                "tells what else can be done about it.",
            ),
            "c": (
                "Neither: the number of units makes no difference.",
                "Here it does, on the training points as well as on new ones.",
            ),
        },
        answer="b",
    ),
)
